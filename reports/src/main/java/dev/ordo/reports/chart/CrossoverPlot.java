package dev.ordo.reports.chart;

import dev.ordo.reports.chart.CrossoverMatrix.Cell;
import dev.ordo.reports.chart.CrossoverMatrix.Standing;
import dev.ordo.reports.text.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** A crossover matrix on a sheet: names at its left and above, a legend of its colours below. */
final class CrossoverPlot implements Drawing {

  private static final Color BEYOND = new Color(0x57606A);

  /** How high a row is, in sizes of the letters, where the sheet lets it be. */
  private static final double ROW = 3;

  /** How much of the width names at the left may take, and how high those above may be. */
  private static final double MOST_NAMES = 0.3;

  private static final double MOST_HEAD = 10;

  /** The smallest letters in a cell, as a part of the sheet's. */
  private static final float SMALLEST = 0.55f;

  private static final float SMALLEST_PRINT = 0.95f;

  /** The least height of a row, in sizes of the letters. */
  private static final double LEAST_ROW = 1.9;

  /** The smallest letters of a sheet that cannot grow, as a part of its own. */
  private static final float SMALLEST_SHEET = 0.3f;

  private static final int MOST_NAME = 200;
  private static final double GAP = 0.6;

  private final CrossoverMatrix data;
  private final Sheet sheet;
  private final Rectangle2D grid;
  private final int height;
  private final List<Label> labels = new ArrayList<>();
  private final List<Label> beyond = new ArrayList<>();
  private final List<Swatch> swatches = new ArrayList<>();

  /** A piece of a colour. */
  private record Swatch(Rectangle2D place, Color color) {}

  CrossoverPlot(CrossoverMatrix data, Sheet whole) {
    this.data = data;
    this.sheet = fitting(whole);
    double size = sheet.letters();
    Font font = sheet.font();
    int count = data.subjects().size();
    double pad = GAP * size;
    double names = names(sheet);
    double left = pad + names + 0.5 * size;
    double wide = (sheet.width() - pad - left) / count;
    double top = pad;
    if (sheet.titled()) {
      Font large = sheet.bold().deriveFont(1.15f * sheet.letters());
      String title = Frame.fitting(data.title(), large, sheet.width() - 2 * pad);
      labels.add(Label.of(title, large, sheet.width() / 2.0, top + 0.6 * size, 0.5));
      top += 2 * size;
    }
    boolean level = widest(font) <= wide - 0.5 * size;
    double head = head(sheet);
    double fixed = fixed(sheet);
    double rows = ROW * size * count;
    if (sheet.medium() == Sheet.Medium.SLIDES) {
      rows = Math.min(rows, sheet.height() - fixed);
      height = sheet.height();
    } else {
      height = (int) Math.ceil(fixed + rows);
    }
    grid = new Rectangle2D.Double(left, top + head, wide * count, rows);
    for (int i = 0; i < count; i++) {
      double x = left + (i + 0.5) * wide;
      String above = Frame.fitting(data.subjects().get(i), font, level ? wide : head - 0.5 * size);
      labels.add(
          level
              ? Label.of(above, font, x, top + 0.5 * size, 0.5)
              : Label.upright(above, font, x, top + head - 0.4 * size, 0));
      String beside = Frame.fitting(data.subjects().get(i), font, names);
      labels.add(Label.of(beside, font, left - 0.5 * size, y(i + 0.5), 1));
      for (int column = 0; column < count; column++) {
        add(data.cell(i, column), i, column);
      }
    }
    addLegend(shown(), font, grid.getMaxY() + size);
  }

  /** Returns a sheet with letters so small that all rows have room where it cannot grow. */
  private Sheet fitting(Sheet whole) {
    Sheet fitting = whole;
    for (float part = 1;
        part > SMALLEST_SHEET
            && whole.medium() == Sheet.Medium.SLIDES
            && fixed(fitting) + LEAST_ROW * fitting.letters() * data.subjects().size()
                > whole.height();
        part -= 0.05f) {
      fitting = withLetters(whole, part * whole.letters());
    }
    return fitting;
  }

  private static Sheet withLetters(Sheet whole, float letters) {
    return new Sheet(
        whole.medium(),
        whole.width(),
        whole.height(),
        whole.grows(),
        whole.titled(),
        letters,
        whole.line(),
        whole.marker());
  }

  /** Returns the room for names at the left. */
  private double names(Sheet of) {
    return Math.min(widest(of.font()), MOST_NAMES * of.width());
  }

  /** Returns the room for names above, which stand upright where they are wider than a cell. */
  private double head(Sheet of) {
    double size = of.letters();
    double left = GAP * size + names(of) + 0.5 * size;
    double wide = (of.width() - GAP * size - left) / data.subjects().size();
    double widest = widest(of.font());
    return widest <= wide - 0.5 * size
        ? 1.4 * size
        : Math.min(widest, MOST_HEAD * size) + 0.5 * size;
  }

  /** Returns the height of all but the rows. */
  private double fixed(Sheet of) {
    double size = of.letters();
    double title = of.titled() ? 2 * size : 0;
    double legend = legendRows(shown(), of.font(), of.width()) * 1.6 * size;
    return 2 * GAP * size + title + head(of) + legend + size;
  }

  private double widest(Font font) {
    return data.subjects().stream()
        .mapToDouble(subject -> Label.width(Text.head(Text.clean(subject), MOST_NAME), font))
        .max()
        .orElse(0);
  }

  private double x(double column) {
    return grid.getX() + column * grid.getWidth() / data.subjects().size();
  }

  private double y(double row) {
    return grid.getY() + row * grid.getHeight() / data.subjects().size();
  }

  private void add(Cell cell, int row, int column) {
    double wide = x(1) - x(0);
    double high = y(1) - y(0);
    swatches.add(
        new Swatch(new Rectangle2D.Double(x(column), y(row), wide, high), color(cell.standing())));
    List<Label> texts = cell.beyond() ? beyond : labels;
    double middle = x(column + 0.5);
    double lines = high / sheet.letters() / 2.1;
    Font second = shrunk(cell.interval(), wide, 0.85 * Math.min(1, lines));
    boolean both = !cell.interval().isEmpty() && fits(cell.interval(), second, wide);
    Font first = shrunk(cell.text(), wide, Math.min(1, both ? lines : 1.6 * lines));
    double apart = both ? 0.55 * sheet.letters() * Math.min(1, lines) : 0;
    // A number that is cut is another number; the colour says the rest.
    if (!cell.text().isEmpty() && Label.width(cell.text(), first) <= wide) {
      texts.add(Label.of(cell.text(), first, middle, y(row + 0.5) - apart, 0.5));
    }
    if (both) {
      texts.add(Label.of(cell.interval(), second, middle, y(row + 0.5) + apart, 0.5));
    }
  }

  /** Returns letters that a text fits a cell with, or the smallest. */
  private Font shrunk(String text, double wide, double most) {
    float part = (float) most;
    while (part > smallest()
        && !fits(text, sheet.font().deriveFont(part * sheet.letters()), wide)) {
      part -= 0.05f;
    }
    return sheet.font().deriveFont(Math.max(smallest(), part) * sheet.letters());
  }

  /** Returns the least part of the sheet's letters: what cannot be read in print is left out. */
  private float smallest() {
    return sheet.medium() == Sheet.Medium.PAPER ? SMALLEST_PRINT : SMALLEST;
  }

  private static boolean fits(String text, Font font, double wide) {
    return Label.width(text, font) <= wide - 0.5 * font.getSize2D();
  }

  private List<Standing> shown() {
    List<Standing> shown = new ArrayList<>();
    for (Standing standing : Standing.values()) {
      if (standing != Standing.NONE
          && data.cells().stream().anyMatch(cell -> cell.standing() == standing)) {
        shown.add(standing);
      }
    }
    return shown;
  }

  private static int legendRows(List<Standing> shown, Font font, int width) {
    double room = width - 2 * GAP * font.getSize2D();
    int columns = Math.max(1, (int) (room / entry(shown, font)));
    return (shown.size() + columns - 1) / columns;
  }

  private static double entry(List<Standing> shown, Font font) {
    return shown.stream().mapToDouble(s -> Label.width(s.words(), font)).max().orElse(0)
        + 3 * font.getSize2D();
  }

  private void addLegend(List<Standing> shown, Font font, double top) {
    double size = font.getSize2D();
    int rows = legendRows(shown, font, sheet.width());
    if (rows == 0) {
      return;
    }
    int columns = (shown.size() + rows - 1) / rows;
    double entry = entry(shown, font);
    double left = (sheet.width() - columns * entry + size) / 2;
    for (int i = 0; i < shown.size(); i++) {
      double x = left + i % columns * entry;
      double y = top + (i / columns + 0.4) * 1.6 * size;
      swatches.add(
          new Swatch(
              new Rectangle2D.Double(x, y - 0.6 * size, 1.2 * size, 1.2 * size),
              color(shown.get(i))));
      labels.add(Label.of(shown.get(i).words(), font, x + 1.8 * size, y, 0));
    }
  }

  /** Returns blue where the row wins and orange where it loses, which all people tell apart. */
  private static Color color(Standing standing) {
    return new Color(
        switch (standing) {
          case ALWAYS -> 0x9ECAE1;
          case FROM -> 0xDEEBF7;
          case BELOW -> 0xFEE6CE;
          case NEVER -> 0xFDAE6B;
          case CANNOT_TELL -> 0xE3E6EA;
          case NONE -> 0xFFFFFF;
        });
  }

  @Override
  public int width() {
    return sheet.width();
  }

  @Override
  public int height() {
    return height;
  }

  /** Returns all texts at their places. */
  List<Label> labels() {
    List<Label> all = new ArrayList<>(labels);
    all.addAll(beyond);
    return all;
  }

  @Override
  public void paint(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fill(new Rectangle(0, 0, width(), height()));
    graphics.setStroke(new BasicStroke(sheet.line()));
    for (Swatch swatch : swatches) {
      graphics.setColor(swatch.color());
      graphics.fill(swatch.place());
      graphics.setColor(Color.WHITE);
      graphics.draw(swatch.place());
    }
    graphics.setColor(Frame.INK);
    labels.forEach(label -> graphics.fill(label.outline()));
    graphics.setColor(BEYOND);
    beyond.forEach(label -> graphics.fill(label.outline()));
  }
}

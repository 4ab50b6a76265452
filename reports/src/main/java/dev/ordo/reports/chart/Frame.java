package dev.ordo.reports.chart;

import dev.ordo.reports.text.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything about a plot: title, labels and titles of the axes, and the legend, laid out by the
 * true sizes of the letters so that none leaves the sheet and none touches another.
 */
final class Frame {

  static final Color INK = new Color(0x24292F);
  static final Color GRID = new Color(0xE3E6EA);

  /** The room between parts, in sizes of the letters. */
  private static final double GAP = 0.6;

  private static final int MOST_TITLE = 200;

  /** How small titles may become, as a part of the other letters. */
  private static final float SMALLEST = 0.75f;

  private final Sheet sheet;
  private final Axis across;
  private final Axis up;
  private final Legend legend;
  private final Rectangle plot;
  private final List<Axis.Tick> acrossTicks;
  private final List<Axis.Tick> upTicks;
  private final List<Label> labels = new ArrayList<>();

  /**
   * Lays out a frame.
   *
   * @param whole the sheet; a frame may be higher, where that {@link Sheet#grows}
   * @param title one line, shown where the sheet has titles
   * @param across the horizontal axis
   * @param up the vertical axis
   * @param keys the legend; may be empty
   */
  Frame(Sheet whole, String title, Axis across, Axis up, List<Legend.Key> keys) {
    this.across = across;
    this.up = up;
    legend = Legend.of(keys, whole);
    sheet =
        whole.grows() && !legend.isBeside()
            ? whole.withHeight((int) Math.ceil(whole.height() + legend.height()))
            : whole;
    Font font = sheet.font();
    double size = font.getSize2D();
    double pad = GAP * size;
    double top = pad;
    if (sheet.titled() && !title.isEmpty()) {
      Font large = sheet.bold().deriveFont(1.15f * sheet.letters());
      double room = sheet.width() - 2 * pad;
      Font fit = fittingFont(title, large, room);
      String text = fitting(title, fit, room);
      labels.add(Label.of(text, fit, sheet.width() / 2.0, top + 0.6 * size, 0.5));
      top += 2 * size;
    } else {
      top += 0.2 * size;
    }
    double bottom = sheet.height() - pad - (legend.isBeside() ? 0 : legend.height());
    double right = sheet.width() - pad - (legend.isBeside() ? legend.width() + pad : 0);
    Font bold = sheet.medium() == Sheet.Medium.PAPER ? font : sheet.bold();
    double acrossTitle = bottom - size / 2;
    if (!across.title().isEmpty()) {
      bottom -= 1.5 * size;
    }
    if (across.upright()) {
      bottom -= widest(across, font) + GAP * size;
    } else if (!across.choices().isEmpty()) {
      bottom -= 1.6 * size;
    }
    int plotTop = (int) Math.ceil(top);
    int plotHeight = Math.max(1, (int) Math.floor(bottom) - plotTop);
    upTicks = fitting(up, plotHeight, 1.35 * size);
    double left = pad;
    if (!up.title().isEmpty()) {
      left += 1.6 * size;
    }
    double tickWidth =
        upTicks.stream().mapToDouble(tick -> Label.width(tick.label(), font)).max().orElse(0);
    left += tickWidth + (tickWidth > 0 ? 0.5 * size : 0);
    int plotLeft = (int) Math.ceil(left);
    double end = legend.isBeside() ? right + pad : sheet.width() - pad / 2;
    right = Math.min(right, end - overhang(font, right - plotLeft));
    int plotWidth = Math.max(1, (int) Math.floor(right) - plotLeft);
    plot = new Rectangle(plotLeft, plotTop, plotWidth, plotHeight);
    acrossTicks = fittingAcross(font, end);
    if (!up.title().isEmpty()) {
      double middle = plot.getCenterY();
      double most = 2 * Math.min(middle - plotTop + pad, sheet.height() - middle);
      Font fit = fittingFont(up.title(), bold, most);
      String text = fitting(up.title(), fit, most);
      double center = Math.max(middle, Label.width(text, fit) / 2);
      labels.add(Label.upright(text, fit, pad + size / 2, center, 0.5));
    }
    if (!across.title().isEmpty()) {
      double middle = plot.getCenterX();
      double room = 2 * Math.min(middle, end - middle) - pad;
      Font fit = fittingFont(across.title(), bold, room);
      String text = fitting(across.title(), fit, room);
      labels.add(Label.of(text, fit, middle, acrossTitle, 0.5));
    }
    for (Axis.Tick tick : upTicks) {
      labels.add(Label.of(tick.label(), font, plotLeft - 0.5 * size, y(tick.value()), 1));
    }
    for (Axis.Tick tick : acrossTicks) {
      labels.add(acrossLabel(tick, font));
    }
    Rectangle2D place =
        legend.isBeside()
            ? new Rectangle2D.Double(end, plotTop, legend.width(), plotHeight)
            : new Rectangle2D.Double(
                pad,
                sheet.height() - pad / 2 - legend.height(),
                sheet.width() - 2 * pad,
                legend.height());
    legend.place(place);
    labels.addAll(legend.labels());
  }

  private Label acrossLabel(Axis.Tick tick, Font font) {
    double size = font.getSize2D();
    return across.upright()
        ? Label.upright(tick.label(), font, x(tick.value()), plot.getMaxY() + 0.5 * size, 1)
        : Label.of(tick.label(), font, x(tick.value()), plot.getMaxY() + 0.95 * size, 0.5);
  }

  /** Returns letters that are smaller where a title has no room; in print they never are. */
  private Font fittingFont(String text, Font font, double room) {
    boolean print = sheet.medium() == Sheet.Medium.PAPER;
    float least = print ? sheet.letters() : SMALLEST * sheet.letters();
    double width = Math.max(1, Label.width(Text.clean(text), font));
    float wanted = (float) (0.99 * font.getSize2D() * room / width);
    return font.deriveFont(Math.min(font.getSize2D(), Math.max(least, wanted)));
  }

  /** Returns a text that is cut in its middle until it has room. */
  static String fitting(String text, Font font, double room) {
    String clean = Text.head(Text.clean(text), MOST_TITLE);
    int columns = Text.width(clean);
    String fitting = clean;
    while (columns > 1 && Label.width(fitting, font) > room) {
      columns--;
      fitting = Text.middle(clean, columns);
    }
    return fitting;
  }

  private static double widest(Axis axis, Font font) {
    return axis.choices().stream()
        .flatMap(List::stream)
        .mapToDouble(tick -> Label.width(tick.label(), font))
        .max()
        .orElse(0);
  }

  /** Returns the first choice whose ticks are so far apart, or the last one. */
  private static List<Axis.Tick> fitting(Axis axis, double length, double distance) {
    for (List<Axis.Tick> choice : axis.choices()) {
      boolean fits = true;
      for (int i = 1; i < choice.size() && fits; i++) {
        double apart = axis.part(choice.get(i).value()) - axis.part(choice.get(i - 1).value());
        fits = Math.abs(apart) * length >= distance;
      }
      if (fits) {
        return choice;
      }
    }
    return axis.choices().isEmpty() ? List.of() : List.of(axis.choices().get(0).get(0));
  }

  private List<Axis.Tick> fittingAcross(Font font, double end) {
    if (across.upright()) {
      return fitting(across, plot.width, 1.2 * font.getSize2D());
    }
    List<Axis.Tick> best = List.of();
    for (List<Axis.Tick> choice : across.choices()) {
      // A label at the edge of the plot may be wider than what is left of the sheet.
      List<Axis.Tick> inside =
          choice.stream()
              .filter(tick -> left(tick, font) >= 0 && right(tick, font) <= end)
              .toList();
      boolean fits = true;
      for (int i = 1; i < inside.size() && fits; i++) {
        double gap = left(inside.get(i), font) - right(inside.get(i - 1), font);
        fits = gap >= GAP * font.getSize2D();
      }
      if (fits) {
        return inside;
      }
      best = inside;
    }
    return best.isEmpty() ? best : List.of(best.get(0));
  }

  /** Returns how far the label of the last tick reaches beyond the plot. */
  private double overhang(Font font, double length) {
    if (across.upright() || across.choices().isEmpty()) {
      return 0;
    }
    List<Axis.Tick> most = across.choices().get(0);
    Axis.Tick last = most.get(most.size() - 1);
    double half = Label.width(last.label(), font) / 2;
    return Math.max(0, half - (1 - across.part(last.value())) * length) + 1;
  }

  private double left(Axis.Tick tick, Font font) {
    return x(tick.value()) - Label.width(tick.label(), font) / 2;
  }

  private double right(Axis.Tick tick, Font font) {
    return x(tick.value()) + Label.width(tick.label(), font) / 2;
  }

  /** Returns how wide the whole is. */
  int width() {
    return sheet.width();
  }

  /** Returns how high the whole is. */
  int height() {
    return sheet.height();
  }

  /** Returns the room for the plot. */
  Rectangle plot() {
    return new Rectangle(plot);
  }

  /** Returns the ticks of the horizontal axis. */
  List<Axis.Tick> acrossTicks() {
    return acrossTicks;
  }

  /** Returns the ticks of the vertical axis. */
  List<Axis.Tick> upTicks() {
    return upTicks;
  }

  /** Returns all texts at their places. */
  List<Label> labels() {
    return List.copyOf(labels);
  }

  /** Returns where a value of the horizontal axis lies. */
  double x(double value) {
    return plot.x + across.part(value) * plot.width;
  }

  /** Returns where a value of the vertical axis lies. */
  double y(double value) {
    return plot.getMaxY() - up.part(value) * plot.height;
  }

  /** Paints the background. */
  void paintGround(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fill(new Rectangle(0, 0, sheet.width(), sheet.height()));
  }

  /** Paints everything about the plot. */
  void paint(Graphics2D graphics) {
    if (sheet.medium() == Sheet.Medium.PAPER) {
      graphics.setColor(INK);
      graphics.setStroke(new BasicStroke(sheet.line()));
      graphics.drawLine(plot.x, plot.y, plot.x, plot.y + plot.height);
      graphics.drawLine(plot.x, plot.y + plot.height, plot.x + plot.width, plot.y + plot.height);
    }
    graphics.setColor(INK);
    labels.forEach(label -> graphics.fill(label.outline()));
    legend.paint(graphics);
  }
}

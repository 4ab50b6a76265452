package dev.ordo.reports.chart;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/**
 * The legend of a plot: beside it where names are short and the sheet is wide, else in columns
 * below it.
 */
final class Legend {

  private static final double ROW = 1.5;

  /** The length of a line with its marker and the room behind it, in sizes of the letters. */
  private static final double SAMPLE = 2.6;

  private static final double SPACE = 0.6;

  /** A sheet narrower than so many sizes of its letters has no room beside the plot. */
  private static final double NARROW = 40;

  /** How much of the width a legend beside the plot may take. */
  private static final double MOST_BESIDE = 0.32;

  /** How much of the height a legend may take, and how small its letters may become for it. */
  private static final double MOST_HEIGHT = 0.75;

  private static final double MOST_BELOW = 0.35;

  private static final float SMALLEST = 0.7f;

  private final List<Key> keys;
  private final Sheet sheet;
  private final Font font;
  private final boolean beside;
  private final int columns;
  private final double column;
  private final List<Label> labels = new ArrayList<>();
  private Rectangle2D place = new Rectangle2D.Double();

  /**
   * One entry.
   *
   * @param name what it says
   * @param look how the series is drawn
   * @param line whether that has a line
   */
  record Key(String name, Style.Look look, boolean line) {}

  private Legend(List<Key> keys, Sheet sheet, Font font, boolean beside, int columns, double room) {
    this.keys = keys;
    this.sheet = sheet;
    this.font = font;
    this.beside = beside;
    this.columns = columns;
    this.column = Math.min(room / columns, entry(keys, font) + 2 * SPACE * font.getSize2D());
  }

  static Legend of(List<Key> keys, Sheet sheet) {
    Font font = sheet.font();
    double width = sheet.width();
    boolean narrow = width < NARROW * font.getSize2D();
    if (!narrow) {
      for (Font smaller : sizes(font)) {
        if (entry(keys, smaller) <= MOST_BESIDE * width
            && keys.size() * ROW * smaller.getSize2D() <= MOST_HEIGHT * sheet.height()) {
          return new Legend(keys, sheet, smaller, true, 1, MOST_BESIDE * width);
        }
      }
    }
    double room = width - 2 * SPACE * font.getSize2D();
    Font small = font;
    for (Font smaller : sheet.grows() ? List.of(font) : sizes(font)) {
      double one = entry(keys, smaller) + 2 * SPACE * smaller.getSize2D();
      int columns = Math.max(1, Math.min(keys.size(), (int) (room / one)));
      Legend below = new Legend(keys, sheet, smaller, false, columns, room);
      if (sheet.grows() || below.height() <= MOST_BELOW * sheet.height()) {
        return below;
      }
      small = smaller;
    }
    // Names are cut where there are too many: a legend without a plot says nothing.
    int rows = Math.max(1, (int) (MOST_BELOW * sheet.height() / (ROW * small.getSize2D())));
    return new Legend(keys, sheet, small, false, (keys.size() + rows - 1) / rows, room);
  }

  private static List<Font> sizes(Font font) {
    return List.of(
        font,
        font.deriveFont(0.85f * font.getSize2D()),
        font.deriveFont(SMALLEST * font.getSize2D()));
  }

  private static double entry(List<Key> keys, Font font) {
    double name = keys.stream().mapToDouble(key -> Label.width(key.name(), font)).max().orElse(0);
    return name + (SAMPLE + SPACE) * font.getSize2D();
  }

  boolean isBeside() {
    return beside && !keys.isEmpty();
  }

  double width() {
    return keys.isEmpty() ? 0 : columns * column;
  }

  double height() {
    int rows = (keys.size() + columns - 1) / columns;
    return rows * ROW * font.getSize2D();
  }

  /** Puts the entries into their room, beside from its top, below in its middle. */
  void place(Rectangle2D room) {
    double left = beside ? room.getX() : room.getCenterX() - columns * column / 2;
    place = new Rectangle2D.Double(left, room.getY(), columns * column, height());
    double size = font.getSize2D();
    for (int i = 0; i < keys.size(); i++) {
      String name = Frame.fitting(keys.get(i).name(), font, column - (SAMPLE + SPACE) * size);
      labels.add(Label.of(name, font, x(i) + (SAMPLE + SPACE) * size, y(i), 0));
    }
  }

  private int rows() {
    return (keys.size() + columns - 1) / columns;
  }

  private double x(int index) {
    return place.getX() + index / rows() * column;
  }

  private double y(int index) {
    return place.getY() + (index % rows() + 0.5) * ROW * font.getSize2D();
  }

  List<Label> labels() {
    return List.copyOf(labels);
  }

  /** Paints the lines and markers; the letters are painted with all others. */
  void paint(Graphics2D graphics) {
    double size = font.getSize2D();
    for (int i = 0; i < keys.size(); i++) {
      Key key = keys.get(i);
      double left = x(i);
      graphics.setColor(key.look().color());
      if (key.line()) {
        BasicStroke stroke = key.look().stroke(sheet.line());
        graphics.setStroke(stroke);
        graphics.draw(new Line2D.Double(left, y(i), left + SAMPLE * size, y(i)));
      }
      key.look().marker().paint(graphics, left + SAMPLE * size / 2, y(i), sheet.marker());
    }
  }
}

package dev.ordo.reports.chart;

import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/**
 * A text at its place in a drawing.
 *
 * @param text what it says; may be empty
 * @param outline its letters
 * @param box the room that it takes, with the full height of a line
 */
record Label(String text, Shape outline, Rectangle2D box) {

  private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

  /** Returns how wide a text is. */
  static double width(String text, Font font) {
    return font.getStringBounds(text, EXACT).getWidth();
  }

  /** Returns how high the letters of a line are, without those that hang. */
  static double height(Font font) {
    return font.createGlyphVector(EXACT, "0").getVisualBounds().getHeight();
  }

  /**
   * Places a text.
   *
   * @param x where the part {@code align} of its width lies: 0 is its left end, 1 its right end
   * @param y where the middle of its letters lies
   */
  static Label of(String text, Font font, double x, double y, double align) {
    return turned(text, font, x, y, align, new AffineTransform());
  }

  /** Places a text that reads upwards; {@code align} is along its own direction. */
  static Label upright(String text, Font font, double x, double y, double align) {
    return turned(text, font, x, y, align, AffineTransform.getQuadrantRotateInstance(3, x, y));
  }

  private static Label turned(
      String text, Font font, double x, double y, double align, AffineTransform turn) {
    double width = width(text, font);
    double height = height(font);
    double left = x - align * width;
    double line = font.getSize2D();
    Rectangle2D level = new Rectangle2D.Double(left, y - line / 2, width, line);
    Rectangle2D box = turn.createTransformedShape(level).getBounds2D();
    if (text.isEmpty()) {
      return new Label(text, new Path2D.Double(), box);
    }
    AffineTransform place = new AffineTransform(turn);
    place.translate(left, y + height / 2);
    return new Label(text, new TextLayout(text, font, EXACT).getOutline(place), box);
  }
}

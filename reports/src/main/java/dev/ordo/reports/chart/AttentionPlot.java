package dev.ordo.reports.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** A heat map of attention on a sheet, with a bar that says what its colours mean. */
final class AttentionPlot implements Drawing {

  /** From ColorBrewer's sequential Blues (Brewer, 2003), white at 0. */
  private static final Color[] COLORS = {
    new Color(0xFFFFFF),
    new Color(0xDEEBF7),
    new Color(0x9ECAE1),
    new Color(0x4292C6),
    new Color(0x08519C),
    new Color(0x08306B)
  };

  private static final int BAR_STEPS = 60;

  /** How wide the bar of colours is with its numbers, in sizes of the letters. */
  private static final double BAR = 5;

  private static final int SCREEN_WIDTH = 850;
  private static final int SCREEN_HEIGHT = 760;

  /** How high a heat map is that may choose, as a part of its width. */
  private static final double HEIGHT = 0.88;

  private final AttentionChart data;
  private final Sheet sheet;
  private final Frame frame;
  private final double most;
  private final List<Label> numbers = new ArrayList<>();
  private final Rectangle2D bar;

  AttentionPlot(AttentionChart data, Sheet whole) {
    this.data = data;
    this.sheet = sized(whole);
    double size = sheet.letters();
    int room = (int) Math.ceil(BAR * size);
    int wide = sheet.width() - room;
    Axis across =
        new Axis(
            "position that is looked at",
            -0.5,
            data.columns() - 0.5,
            false,
            true,
            ticks(data.columnLabels()));
    Axis up =
        new Axis(
            "position that looks", data.rows() - 0.5, -0.5, false, false, ticks(data.rowLabels()));
    this.frame = new Frame(sheet.withWidth(wide), data.title(), across, up, List.of());
    double highest = 0;
    for (int row = 0; row < data.rows(); row++) {
      for (int column = 0; column < data.columns(); column++) {
        highest = Math.max(highest, data.cell(row, column));
      }
    }
    this.most =
        highest > 0
            ? new BigDecimal(highest).round(new MathContext(2, RoundingMode.UP)).doubleValue()
            : 1;
    Rectangle plot = frame.plot();
    this.bar = new Rectangle2D.Double(wide + size / 2, plot.y, size, plot.height);
    for (double part : new double[] {0, 0.5, 1}) {
      String text =
          new BigDecimal(part * most)
              .round(new MathContext(2))
              .stripTrailingZeros()
              .toPlainString();
      double y = bar.getMaxY() - part * bar.getHeight();
      double inside = Math.min(Math.max(y, bar.getY() + size / 2), bar.getMaxY() - size / 2);
      numbers.add(Label.of(text, sheet.font(), bar.getMaxX() + 0.4 * size, inside, 0));
    }
  }

  private static Sheet sized(Sheet whole) {
    return switch (whole.medium()) {
      case SCREEN -> whole.withWidth(SCREEN_WIDTH).withHeight(SCREEN_HEIGHT);
      case PAPER -> whole.withHeight((int) (HEIGHT * whole.width()));
      case SLIDES -> whole;
    };
  }

  /** Returns ticks at each position, then at fewer and fewer. */
  private static List<List<Axis.Tick>> ticks(List<String> labels) {
    List<List<Axis.Tick>> choices = new ArrayList<>();
    for (int step = 1; step == 1 || step < labels.size(); step++) {
      List<Axis.Tick> choice = new ArrayList<>();
      for (int i = 0; i < labels.size(); i += step) {
        choice.add(new Axis.Tick(i, labels.get(i)));
      }
      choices.add(choice);
    }
    return choices;
  }

  @Override
  public int width() {
    return sheet.width();
  }

  @Override
  public int height() {
    return sheet.height();
  }

  /** Returns the frame, which knows where everything but the bar is. */
  Frame frame() {
    return frame;
  }

  @Override
  public void paint(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fill(new Rectangle(0, 0, width(), height()));
    Rectangle plot = frame.plot();
    double high = (double) plot.height / data.rows();
    double wide = (double) plot.width / data.columns();
    for (int row = 0; row < data.rows(); row++) {
      for (int column = 0; column < data.columns(); column++) {
        double value = data.cell(row, column);
        if (value > 0) {
          graphics.setColor(color(value / most));
          graphics.fill(
              new Rectangle2D.Double(plot.x + column * wide, plot.y + row * high, wide, high));
        }
      }
    }
    frame.paint(graphics);
    graphics.setColor(Frame.INK);
    graphics.setStroke(new BasicStroke(sheet.line()));
    graphics.draw(plot);
    paintBar(graphics);
  }

  private void paintBar(Graphics2D graphics) {
    double step = bar.getHeight() / BAR_STEPS;
    for (int i = 0; i < BAR_STEPS; i++) {
      graphics.setColor(color((i + 0.5) / BAR_STEPS));
      graphics.fill(
          new Rectangle2D.Double(bar.getX(), bar.getMaxY() - (i + 1) * step, bar.getWidth(), step));
    }
    graphics.setColor(Frame.INK);
    graphics.draw(bar);
    numbers.forEach(number -> graphics.fill(number.outline()));
  }

  /** Returns the colour of a part of the highest weight, between those of two steps. */
  private static Color color(double part) {
    double place = Math.max(0, Math.min(1, part)) * (COLORS.length - 1);
    int index = Math.min(COLORS.length - 2, (int) place);
    double rest = place - index;
    float[] from = COLORS[index].getRGBColorComponents(null);
    float[] to = COLORS[index + 1].getRGBColorComponents(null);
    return new Color(
        mix(from[0], to[0], rest), mix(from[1], to[1], rest), mix(from[2], to[2], rest));
  }

  private static float mix(float from, float to, double part) {
    return (float) (from + (to - from) * part);
  }
}

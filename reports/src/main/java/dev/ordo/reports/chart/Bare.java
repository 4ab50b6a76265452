package dev.ordo.reports.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;

/** An XChart without anything about its plot, whose series fill it to the edges. */
final class Bare {

  private Bare() {}

  /**
   * Takes everything away but the series, and makes both axes linear over the {@link Axis#place
   * places} of theirs.
   */
  static <T extends AxesChartStyler> T style(T styler, Axis across, Axis up) {
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setChartTitleVisible(false);
    styler.setChartPadding(0);
    styler.setLegendVisible(false);
    styler.setPlotBorderVisible(false);
    styler.setPlotContentSize(1);
    styler
        .setAxisTicksVisible(false)
        .setAxisTitlesVisible(false)
        .setPlotTicksMarksVisible(false)
        .setPlotMargin(0)
        .setPlotGridLinesVisible(false)
        .setXAxisMin(across.place(across.low()))
        .setXAxisMax(across.place(across.high()))
        .setYAxisMin(up.place(up.low()))
        .setYAxisMax(up.place(up.high()));
    return styler;
  }

  /** Paints a chart of the size of the room into it. */
  static void paint(Chart<?, ?> chart, Rectangle room, Graphics2D graphics) {
    AffineTransform before = graphics.getTransform();
    graphics.translate(room.x, room.y);
    chart.paint(graphics, room.width, room.height);
    graphics.setTransform(before);
  }
}

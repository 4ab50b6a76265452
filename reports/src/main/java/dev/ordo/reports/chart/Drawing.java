package dev.ordo.reports.chart;

import java.awt.Graphics2D;

/** Something with a size that can paint itself, in units of its {@link Sheet}. */
interface Drawing {

  /** Returns how wide it is. */
  int width();

  /** Returns how high it is. */
  int height();

  /** Paints it, white background included; the upper left corner is at (0, 0). */
  void paint(Graphics2D graphics);
}

package dev.ordo.reports.fit;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * What laws of growth take at some sizes, whatever is measured there: the series of a file mostly
 * share their sizes, and the tables of the last {@value #MOST_KEPT} different ones are kept.
 */
final class SizeTable {

  private static final int MOST_KEPT = 32;

  private static final Recent<Key, SizeTable> KEPT =
      new Recent<>(MOST_KEPT, key -> new SizeTable(key.sizes));

  private final double[] logs;
  private final Map<Growth, Column> columns = new EnumMap<>(Growth.class);

  /** Sizes that are compared by their values. */
  private static final class Key {

    private final double[] sizes;

    Key(double[] sizes) {
      this.sizes = sizes;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && Arrays.equals(sizes, key.sizes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(sizes);
    }
  }

  /**
   * What one law takes, as parts of what it takes at the largest size.
   *
   * @param scale what it takes there
   * @param parts shape (m); not modified
   * @param logs shape (m): the logarithms of the parts; not modified
   * @param negative whether a part is negative or no number
   * @param zero whether a part is zero
   */
  record Column(double scale, double[] parts, double[] logs, boolean negative, boolean zero) {

    private static Column of(Growth growth, double[] sizes) {
      double scale = growth.at(sizes[sizes.length - 1]);
      double[] parts = new double[sizes.length];
      double[] logs = new double[sizes.length];
      boolean negative = false;
      boolean zero = false;
      for (int i = 0; i < sizes.length; i++) {
        parts[i] = growth.at(sizes[i]) / scale;
        logs[i] = Math.log(parts[i]);
        negative |= !(parts[i] >= 0);
        zero |= parts[i] == 0;
      }
      return new Column(scale, parts, logs, negative, zero);
    }
  }

  private SizeTable(double[] sizes) {
    logs = new double[sizes.length];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log(sizes[i]);
    }
    for (Growth growth : Growth.values()) {
      columns.put(growth, Column.of(growth, sizes));
    }
  }

  /**
   * Returns the table of some sizes.
   *
   * @param sizes shape (m), ascending, at least one; not modified
   */
  static SizeTable of(double[] sizes) {
    return KEPT.of(new Key(sizes.clone()));
  }

  /** Returns the logarithms of the sizes; not modified. */
  double[] logs() {
    return logs;
  }

  /** Returns what a law takes. */
  Column column(Growth growth) {
    return columns.get(growth);
  }
}

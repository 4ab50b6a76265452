package dev.ordo.reports.text;

import dev.ordo.reports.data.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;

/**
 * A multiple of a unit that makes a value readable: for 3 000 000 ns it is the millisecond.
 *
 * @param factor how many base units one of these is
 * @param symbol how it is written, for example {@code ms}
 */
public record Scale(double factor, String symbol) {

  private static final List<Scale> TIMES =
      List.of(
          new Scale(1e-6, "fs"),
          new Scale(1e-3, "ps"),
          new Scale(1, "ns"),
          new Scale(1e3, "µs"),
          new Scale(1e6, "ms"),
          new Scale(1e9, "s"));

  private static final List<Scale> MEMORIES =
      List.of(
          new Scale(1, "B"),
          new Scale(1e3, "kB"),
          new Scale(1e6, "MB"),
          new Scale(1e9, "GB"),
          new Scale(1e12, "TB"));

  /** Returns the scale in which {@code value}, in the base of {@code unit}, is at least 1. */
  public static Scale of(double value, Unit unit) {
    return switch (unit.dimension()) {
      case TIME -> largest(TIMES, value, new Scale(1, "ns"));
      case MEMORY -> largest(MEMORIES, value, new Scale(1, "B"));
      case OTHER -> new Scale(1, unit.symbol());
    };
  }

  private static Scale largest(List<Scale> scales, double value, Scale ofZero) {
    if (value == 0) {
      return ofZero;
    }
    Scale found = scales.get(0);
    for (Scale scale : scales) {
      // 999.96 ns rounds to 1000 ns at three digits and reads better as 1.00 µs.
      if (Math.abs(value) >= scale.factor() * 0.9995) {
        found = scale;
      }
    }
    return found;
  }

  /** Returns {@code value}, in base units, as a number in this scale without its symbol. */
  public String number(double value) {
    return Figures.plain(new BigDecimal(value / factor).round(new MathContext(4)));
  }
}

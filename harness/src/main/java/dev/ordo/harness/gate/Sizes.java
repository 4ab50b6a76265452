package dev.ordo.harness.gate;

import dev.ordo.reports.data.MeasuredCell;
import dev.ordo.reports.data.Quantity;
import dev.ordo.reports.data.Series;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Which parameter of a benchmark is its size, as its series say. */
final class Sizes {

  private final Map<String, String> names = new HashMap<>();

  Sizes(List<Series> series) {
    series.forEach(one -> names.put(one.benchmark(), one.sizeName()));
  }

  /** Returns the name of the series that a cell belongs to, or its own where it has no size. */
  SeriesName name(MeasuredCell cell) {
    Map<String, String> others = new LinkedHashMap<>(cell.params());
    others.remove(names.get(cell.benchmark()));
    return SeriesName.of(cell.benchmark(), cell.mode(), cell.threads(), others);
  }

  /** Returns the size of a cell as text; empty where it has none. */
  String text(MeasuredCell cell) {
    String text = cell.params().getOrDefault(names.get(cell.benchmark()), "");
    OptionalDouble number = Quantity.parse(text);
    return number.isPresent() ? text(number.getAsDouble()) : text;
  }

  /** Returns a size as text: without an exponent, without needless digits. */
  static String text(double size) {
    return new BigDecimal(Double.toString(size)).stripTrailingZeros().toPlainString();
  }
}

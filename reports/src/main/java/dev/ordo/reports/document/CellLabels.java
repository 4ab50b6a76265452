package dev.ordo.reports.document;

import dev.ordo.reports.compare.ComparedCell;
import dev.ordo.reports.compare.Comparison;
import dev.ordo.reports.data.MeasuredCell;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.List;

/** Short names for the cells of a comparison: what all share is left out. */
final class CellLabels {

  private final LabelParts parts;
  private final boolean modes;
  private final boolean threads;
  private final boolean metrics;

  CellLabels(Comparison comparison) {
    List<MeasuredCell> cells = new ArrayList<>();
    comparison.cells().forEach(cell -> cells.add(cell.base()));
    comparison.unmatched().forEach(cell -> cells.add(cell.cell()));
    parts =
        new LabelParts(
            cells.stream().map(MeasuredCell::benchmark).toList(),
            cells.stream().map(MeasuredCell::params).toList());
    modes = cells.stream().map(MeasuredCell::mode).distinct().count() > 1;
    threads = cells.stream().map(MeasuredCell::threads).distinct().count() > 1;
    metrics = comparison.cells().stream().map(ComparedCell::metric).distinct().count() > 1;
  }

  /** Returns what tells a cell from the others, for example {@code Sort.quick, n=64}. */
  String of(MeasuredCell cell, String metric) {
    List<String> label = parts.of(cell.benchmark(), cell.params());
    if (modes) {
      label.add(cell.mode());
    }
    if (threads) {
      label.add(LabelParts.threads(cell.threads()));
    }
    if (metrics) {
      label.add(metric);
    }
    return Text.clean(String.join(", ", label));
  }
}

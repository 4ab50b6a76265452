package dev.ordo.peers;

import java.util.ArrayList;
import java.util.List;

/** All rows, in the order of the table. */
final class Rows {

  private Rows() {}

  static List<Row> all() {
    List<Row> rows = new ArrayList<>();
    for (int n : new int[] {256, 512, 1024, 2048}) {
      rows.add(MatrixProducts.row(n));
    }
    rows.add(Scans.row());
    rows.add(Prefills.gpt2());
    rows.add(Prefills.mamba());
    rows.add(Trainings.gpt2());
    rows.add(Trainings.mamba());
    rows.add(LongPrefills.row());
    rows.add(Bandwidth.row());
    rows.addAll(Allocations.rows());
    return rows;
  }

  /**
   * Returns the row of that id.
   *
   * @throws IllegalArgumentException if there is none; the message names the known ids
   */
  static Row get(String id) {
    List<Row> rows = all();
    return rows.stream()
        .filter(row -> row.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "row '" + id + "' must be one of " + rows.stream().map(Row::id).toList()));
  }
}

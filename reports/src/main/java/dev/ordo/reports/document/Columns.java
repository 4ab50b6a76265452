package dev.ordo.reports.document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The columns of a table whose rows have different parts of them. */
final class Columns {

  private Columns() {}

  /**
   * Returns all names in an order that agrees with the rows as far as they agree with each other: a
   * name that only a later row has stands before the names that follow it there.
   *
   * @param rows the names of each row, in its order
   */
  static List<String> merged(Collection<List<String>> rows) {
    List<String> columns = new ArrayList<>();
    for (List<String> row : rows) {
      int place = columns.size();
      // From the end, so that the place of the name that follows is known.
      for (int i = row.size() - 1; i >= 0; i--) {
        int known = columns.indexOf(row.get(i));
        if (known < 0) {
          columns.add(place, row.get(i));
        } else {
          place = known;
        }
      }
    }
    return columns;
  }
}

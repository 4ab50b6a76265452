package dev.ordo.harness.gate;

import dev.ordo.reports.compare.Comparison.Side;
import dev.ordo.reports.compare.Comparison.Unmatched;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one side lacks. Sizes come and go with the time that a run had; a series that lost more than
 * half of its sizes, or a benchmark that is gone, leaves the gate in doubt.
 *
 * @param sentences what is only on one side
 * @param doubts why that must not pass
 */
record Coverage(List<String> sentences, List<String> doubts) {

  private static final int MOST_SIZES = 4;

  /** Copies the lists. */
  Coverage {
    sentences = List.copyOf(sentences);
    doubts = List.copyOf(doubts);
  }

  private record Key(Side side, SeriesName name, String reason) {}

  static Coverage of(Prepared prepared, GateInput candidate, GateOptions options, Names names) {
    Sizes sizes = prepared.sizes();
    Map<SeriesName, Integer> compared = new HashMap<>();
    prepared.cells().forEach(c -> compared.merge(sizes.name(c.base()), 1, Integer::sum));
    Map<Key, List<String>> lacking = new LinkedHashMap<>();
    Map<SeriesName, Integer> lost = new LinkedHashMap<>();
    for (Unmatched cell : prepared.comparison().unmatched()) {
      SeriesName name = sizes.name(cell.cell());
      String size = sizes.text(cell.cell());
      if (!options.ignores(name, prepared.metric(), size)) {
        lacking
            .computeIfAbsent(new Key(cell.side(), name, cell.reason()), none -> new ArrayList<>())
            .add(size);
        if (cell.side() == Side.BASE) {
          lost.merge(name, 1, Integer::sum);
        }
      }
    }
    List<String> sentences = new ArrayList<>();
    lacking.forEach((key, sizesOf) -> sentences.add(sentence(key, sizesOf, names)));
    List<String> doubts = new ArrayList<>();
    lost.forEach(
        (name, count) -> {
          int left = compared.getOrDefault(name, 0);
          if (left < count) {
            doubts.add(
                names.of(name)
                    + (left == 0
                        ? " is in the baseline and not in the candidate."
                        : " has lost " + count + " of " + (count + left) + " sizes."));
          }
        });
    candidate
        .measurements()
        .withMetric(prepared.metric())
        .leftOut()
        .forEach(sentence -> doubts.add("Candidate: " + Text.clean(sentence)));
    return new Coverage(sentences, doubts);
  }

  private static String sentence(Key key, List<String> sizes, Names names) {
    List<String> told = sizes.stream().filter(size -> !size.isEmpty()).toList();
    String at =
        told.isEmpty()
            ? ""
            : " at "
                + String.join(", ", told.subList(0, Math.min(MOST_SIZES, told.size())))
                + (told.size() > MOST_SIZES ? " and " + (told.size() - MOST_SIZES) + " more" : "");
    return "Only in the "
        + (key.side() == Side.BASE ? "baseline" : "candidate")
        + ": "
        + names.of(key.name())
        + at
        + " ("
        + Text.clean(key.reason()).replace("in the base", "in the baseline")
        + ").";
  }
}

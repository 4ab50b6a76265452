package dev.ordo.reports.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.Gap;
import dev.ordo.reports.Study;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is missing in a study, as pages, data and a terminal show it. */
final class GapTable {

  private static final int MOST_SENTENCES = 5;

  private final Study study;

  GapTable(Study study) {
    this.study = study;
  }

  /** Returns one row for each gap. */
  List<Page.Gap> rows() {
    return study.gaps().stream()
        .map(
            gap ->
                new Page.Gap(
                    Text.clean(gap.subject()),
                    Text.clean(gap.aspect()),
                    Figures.size(gap.size()),
                    settings(gap),
                    gap.measured(),
                    gap.failed(),
                    Text.clean(gap.reason())))
        .toList();
  }

  /** Returns an empty line, a heading and a sentence for each of the first gaps; or nothing. */
  List<String> sentences() {
    if (study.gaps().isEmpty()) {
      return List.of();
    }
    List<String> sentences = new ArrayList<>();
    sentences.add("");
    sentences.add("Failed or left out:");
    for (Page.Gap gap : rows().subList(0, Math.min(MOST_SENTENCES, study.gaps().size()))) {
      sentences.add(
          String.join(
                  ", ",
                  List.of(gap.subject(), gap.aspect(), "size " + gap.size(), gap.settings())
                      .stream()
                      .filter(part -> !part.isEmpty())
                      .toList())
              + ": "
              + gap.reason()
              + (gap.measured() > 0 ? " (measured by " + gap.measured() + " other forks)" : ""));
    }
    int more = study.gaps().size() - MOST_SENTENCES;
    if (more > 0) {
      sentences.add("and " + more + " more, which the report lists.");
    }
    return sentences;
  }

  /** Writes a gap with its texts as they came. */
  static void write(Gap gap, ObjectNode node) {
    node.put("subject", gap.subject()).put("aspect", gap.aspect()).put("size", gap.size());
    ObjectNode settings = node.putObject("settings");
    gap.settings().forEach(settings::put);
    node.put("measured", gap.measured()).put("failed", gap.failed());
    node.put("kind", gap.kind()).put("reason", gap.reason());
  }

  private static String settings(Gap gap) {
    return gap.settings().entrySet().stream()
        .map(setting -> Text.clean(setting.getKey()) + " " + Text.clean(setting.getValue()))
        .collect(Collectors.joining(", "));
  }
}

package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ScalingChart;
import java.util.ArrayList;
import java.util.List;

/** As much of a study as a page or a terminal can show; its data is always whole. */
final class Excerpt {

  private Excerpt() {}

  /**
   * Returns the study itself if it has no more than {@code most} of anything, else the first of
   * each kind with a note that says what is not shown.
   */
  static Study of(Study study, int most) {
    List<String> remarks = new ArrayList<>();
    List<Study.Finding> findings = first(study.findings(), most, "series", remarks);
    Study shown =
        study
            .withFindings(findings)
            .withOnlyNotes(first(study.notes(), most, "notes", remarks))
            .withGaps(first(study.gaps(), most, "rows of what failed or was left out", remarks))
            .withParallelism(first(study.parallelism(), most, "speed-ups", remarks))
            .withMemory(first(study.memory(), most, "rows of memory", remarks))
            .withSurfaces(first(study.surfaces(), most, "surfaces", remarks))
            .withCrossings(first(study.crossings(), most, "crossovers", remarks));
    int uncharted = ScalingChart.uncharted(shown);
    if (uncharted > 0) {
      remarks.add(0, "Charts are drawn of the first series; " + uncharted + " have none.");
    }
    return remarks.isEmpty() ? study : shown.withNotes(remarks);
  }

  private static <T> List<T> first(List<T> all, int most, String what, List<String> remarks) {
    if (all.size() <= most) {
      return all;
    }
    remarks.add(
        "Shown are the first "
            + most
            + " of "
            + all.size()
            + " "
            + what
            + "; all are in fits.json and measurements.csv.");
    return all.subList(0, most);
  }
}

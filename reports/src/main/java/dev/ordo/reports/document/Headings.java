package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import java.util.List;

/**
 * What subjects and aspects are called in the head of a table.
 *
 * @param subject {@code model} where all subjects are values of a parameter of this name, else
 *     {@code series}
 * @param aspect {@code phase} where all aspects are values of a parameter of this name, else {@code
 *     metric}
 */
record Headings(String subject, String aspect) {

  static Headings of(Study study) {
    List<Study.Finding> findings = study.findings();
    boolean models =
        findings.stream()
            .allMatch(found -> found.subject().equals(found.series().params().get("model")));
    boolean phases =
        findings.stream()
            .allMatch(found -> found.aspect().equals(found.series().params().get("phase")));
    return new Headings(models ? "model" : "series", phases ? "phase" : "metric");
  }
}

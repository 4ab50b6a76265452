package dev.ordo.reports.document;

import dev.ordo.reports.Study;

/**
 * What subjects and aspects are called in the head of a table.
 *
 * @param subject {@code model} where all subjects begin with the value of a parameter of this name,
 *     else {@code series}
 * @param aspect {@code phase} where all aspects begin with the value of a parameter of this name,
 *     else {@code metric}
 */
record Headings(String subject, String aspect) {

  static Headings of(Study study) {
    boolean models = study.findings().stream().allMatch(found -> names(found, "model"));
    boolean phases = study.findings().stream().allMatch(found -> names(found, "phase"));
    return new Headings(models ? "model" : "series", phases ? "phase" : "metric");
  }

  private static boolean names(Study.Finding finding, String param) {
    String value = finding.series().params().get(param);
    String name = param.equals("model") ? finding.subject() : finding.aspect();
    return value != null && name.startsWith(value);
  }
}

package dev.ordo.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.compare.SpeedUp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyPartsTest {

  @Test
  void onlyKeepsSubjectsAndAspectsInEveryPart() {
    Study whole = Studies.parallel(List.of("rnn", "mamba"), 1, 2);
    Study part = StudyParts.only(whole, "rnn"::equals, "decode"::equals);

    assertThat(part.findings()).isNotEmpty();
    assertThat(part.findings())
        .allMatch(one -> one.subject().equals("rnn") && one.aspect().equals("decode"));
    assertThat(part.parallelism()).allMatch(one -> one.subject().equals("rnn"));
    assertThat(part.memory()).allMatch(one -> one.subject().equals("rnn"));
    assertThat(StudyParts.subjects(whole)).startsWith("rnn").contains("mamba");
  }

  @Test
  void subjectsOfSeveralStudiesAreNamedByTheirStudies() {
    Map<String, Study> studies = new LinkedHashMap<>();
    studies.put("one", Studies.parallel(List.of("rnn", "mamba"), 1, 2));
    studies.put("two", Studies.parallel(List.of("mamba", "gru"), 1, 2));
    Study all = StudyParts.together(studies);

    assertThat(StudyParts.subjects(all))
        .contains("rnn", "mamba [one]", "mamba [two]", "gru")
        .doesNotContain("mamba");
    assertThat(all.parallelism())
        .extracting(SpeedUp::subject)
        .contains("rnn", "mamba [one]", "mamba [two]");
    // What repeats another finding on more threads still does.
    assertThat(all.leading())
        .hasSameSizeAs(all.findings().stream().filter(all.leading()::contains).toList());
    assertThat(all.leading().size())
        .isEqualTo(studies.values().stream().mapToInt(study -> study.leading().size()).sum());
  }

  @Test
  void oneStudyStaysAsItIs() {
    Study study = Studies.models();

    assertThat(StudyParts.together(Map.of("x", study))).isEqualTo(study);
  }

  @Test
  void roofsAreTheHighestAndLoadsThoseOfAll() {
    Study study = Studies.roofed();
    Map<String, Study> studies = new LinkedHashMap<>();
    studies.put("a", study);
    studies.put("b", study);
    Roofline one = study.roofline().orElseThrow();
    Roofline both = StudyParts.together(studies).roofline().orElseThrow();

    assertThat(both.roofs()).containsExactlyInAnyOrderElementsOf(one.roofs());
    assertThat(both.loads()).hasSize(2 * one.loads().size());
    assertThat(both.loads()).allMatch(load -> load.subject().matches(".* \\[[ab]\\]"));
  }

  @Test
  void namesAreAsShortAsTheyCanBe() {
    assertThat(StudyParts.names(List.of(List.of("x", "a"), List.of("x", "b"))))
        .containsExactly("a", "b");
    assertThat(StudyParts.names(List.of(List.of("a", "r"), List.of("b", "r"))))
        .containsExactly("a/r", "b/r");
    assertThat(StudyParts.names(List.of(List.of("a", "r"), List.of("a", "r"))))
        .containsExactly("r", "r#2");
  }
}

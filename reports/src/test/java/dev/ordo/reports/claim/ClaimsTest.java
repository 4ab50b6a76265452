package dev.ordo.reports.claim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Gap;
import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.fit.Stance;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClaimsTest {

  private static List<String> titles(Claims claims) {
    return claims.columns().stream().map(Claims.Column::title).toList();
  }

  private static Claims.Row row(Claims claims, String subject) {
    return claims.rows().stream()
        .filter(r -> r.subject().equals(subject))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void hasARowForEachModelAndFourColumnsForPhases() {
    Claims claims = Claims.of(Studies.models());
    assertThat(titles(claims)).containsExactly("Training", "Inference", "Memory", "Parallelism");
    assertThat(claims.subject()).isEqualTo("model");
    assertThat(claims.rows().stream().map(Claims.Row::subject))
        .containsExactly("transformer", "transformer-kv", "rnn", "s4d", "mamba");
    assertThat(claims.hasTheory()).isTrue();
  }

  @Test
  void keepsPhasesOfInferenceApart() {
    Claims.Entry inference = row(Claims.of(Studies.models()), "rnn").entries().get(1);
    assertThat(inference.claims().stream().map(Claim::part))
        .containsExactly("prefill", "decode", "generate");
    assertThat(inference.missing()).isEmpty();
  }

  @Test
  void saysWhatWasNotMeasured() {
    Claims.Row row = row(Claims.of(Studies.models()), "mamba");
    assertThat(row.entries().get(0)).isEqualTo(new Claims.Entry(List.of(), "not measured"));
    assertThat(row.entries().get(3).missing()).isEqualTo("not measured");
  }

  @Test
  void givesTheReasonOfAGap() {
    Study study =
        Studies.models()
            .withGaps(
                List.of(
                    new Gap("mamba", "train", 64, Map.of(), 0, 2, "out-of-memory", "no heap"),
                    new Gap("lost", "prefill", 64, Map.of(), 0, 2, "crash", "it crashed")));
    Claims claims = Claims.of(study);
    assertThat(row(claims, "mamba").entries().get(0).missing()).isEqualTo("not measured: no heap");
    assertThat(row(claims, "lost").entries().get(1).missing())
        .isEqualTo("not measured: it crashed");
  }

  @Test
  void saysEachVerdictWithTheoryBesideIt() {
    Claim prefill = row(Claims.of(Studies.models()), "s4d").entries().get(1).claims().get(0);
    assertThat(prefill.verdict())
        .isEqualTo(
            "Prefill time is linear in length, slope 1.00 [0.97, 1.03], consistent with theory's"
                + " O(L) (slope 0.96 here).");
    assertThat(prefill.stance()).isEqualTo(Stance.CONSISTENT);
    assertThat(prefill.figure()).isEqualTo("1.00 [0.97, 1.03]");
    assertThat(prefill.theory()).isEqualTo("O(L)");
    assertThat(prefill.expected()).isEqualTo("0.96");
    assertThat(prefill.evidence()).startsWith("time grows as linear");
    Claim decode = row(Claims.of(Studies.models()), "s4d").entries().get(1).claims().get(1);
    assertThat(decode.verdict())
        .isEqualTo(
            "How decode time grows with length cannot be told, slope 0.00 [-0.03, 0.03]; whether"
                + " it is theory's O(1) (slope -0.04 here) cannot be judged.");
  }

  @Test
  void putsMemoryAndSpeedUpsIntoTheirColumns() {
    Claims claims = Claims.of(Studies.parallel(List.of("rnn", "mamba"), 1, 2));
    assertThat(claims.rows()).hasSize(2);
    List<Claims.Entry> rnn = row(claims, "rnn").entries();
    assertThat(rnn.get(2).claims().stream().map(Claim::verdict))
        .containsExactly(
            "Memory kept is overhead + linear in length, slope 0.95, 266 kB at 512, consistent with"
                + " theory's O(L) (slope 0.95 here).",
            "Memory kept is constant in length, slope 0.00, 12.3 kB at 512, consistent with"
                + " theory's O(1) (slope 0.00 here).");
    assertThat(rnn.get(2).claims().stream().map(Claim::part)).containsExactly("train", "decode");
    assertThat(rnn.get(3).claims().get(0).verdict())
        .matches(
            "Training is no faster on 2 threads than on 1 \\(.* times\\), at length 512; its span"
                + " of O\\(log L\\) leaves work for 1.25M processors\\.");
    assertThat(rnn.get(3).claims().get(0).stance()).isEqualTo(Stance.CANNOT_JUDGE);
    Claim mamba = row(claims, "mamba").entries().get(3).claims().get(0);
    assertThat(mamba.verdict()).startsWith("Training is 1.7").contains(" times faster on 2");
    assertThat(mamba.stance()).isEqualTo(Stance.CONSISTENT);
    assertThat(mamba.law()).isEqualTo("faster");
    assertThat(row(claims, "mamba").entries().get(3).claims().get(1).stance())
        .isEqualTo(Stance.NO_THEORY);
  }

  @Test
  void namesThreads() {
    Claims claims = Claims.of(Studies.parallel(List.of("mamba"), 1, 2, 4));
    assertThat(claims.rows().get(0).entries().get(3).claims().stream().map(Claim::part))
        .containsExactly(
            "train, 2 threads", "train, 4 threads", "decode, 2 threads", "decode, 4 threads");
    assertThat(Claims.of(Studies.parallel(List.of("mamba"), 2, 4)).rows().get(0).entries().get(3))
        .extracting(entry -> entry.claims().get(0).part())
        .isEqualTo("train, 2 → 4 threads");
  }

  @Test
  void hasAColumnForEachAspectOfAnyFile() {
    Claims claims = Claims.of(Studies.odd());
    assertThat(titles(claims)).containsExactly("time", "gc.alloc.rate.norm | \"norm\"");
    assertThat(claims.subject()).isEqualTo("series");
    assertThat(claims.hasTheory()).isFalse();
    assertThat(claims.rows()).hasSize(6);
    assertThat(row(claims, Studies.HOSTILE).entries().get(0).claims().get(0).verdict())
        .isEqualTo("Time is linear in size|<i>, slope 1.00 [0.98, 1.02].");
    assertThat(row(claims, "zeros").entries().get(0).missing()).isEqualTo("not measured");
    assertThat(claims.rows().get(3).subject()).doesNotContain("\u001b", "\u202E");
  }

  @Test
  void keepsOneAspectAlone() {
    Claims claims = Claims.of(Studies.single());
    assertThat(titles(claims)).containsExactly("time");
    assertThat(claims.rows().get(0).claims().get(0).part()).isEmpty();
  }

  @Test
  void isEmptyWhereNothingWasMeasured() {
    assertThat(Claims.of(Studies.empty()).rows()).isEmpty();
  }
}

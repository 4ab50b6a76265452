package dev.ordo.harness.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.paired.Pair;
import dev.ordo.reports.paired.PairedCell;
import dev.ordo.reports.paired.PairedComparison;
import dev.ordo.reports.paired.PairedOptions;
import dev.ordo.reports.paired.PairedReport;
import dev.ordo.reports.paired.PairedReport.Uncompared;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedGateTest {

  private static final int PAIRS = 16;

  private static List<Pair> pairs(double ratio, double noise, SplittableRandom random) {
    return IntStream.range(0, PAIRS)
        .mapToObj(round -> new Pair(100, 100 * ratio * Math.exp(noise * random.nextGaussian())))
        .toList();
  }

  private static PairedReport report(
      double ratio, double growth, double noise, long seed, List<Uncompared> uncompared) {
    SplittableRandom random = new SplittableRandom(seed);
    List<PairedCell> cells = new ArrayList<>();
    for (double size = 64; size <= 4096; size *= 4) {
      double expected = ratio * Math.pow(size / 64, growth);
      cells.add(
          new PairedCell(
              "ema.decode",
              size,
              pairs(expected, noise, random),
              expected > 1.05 ? pairs(expected, noise, random) : List.of()));
    }
    return new PairedReport(
        "old.jar",
        "new.jar",
        "length",
        PairedComparison.of(cells, PairedOptions.DEFAULT),
        uncompared,
        List.of("A note."),
        Map.of());
  }

  @Test
  void comesToTheOutcomeOfTheComparison() {
    List<String> outcomes = new ArrayList<>();
    for (double[] kind :
        new double[][] {
          {1, 0, 0.01}, {1.3, 0, 0.01}, {1, 0.5, 0.02}, {0.7, 0, 0.01}, {1, 0, 0.3}
        }) {
      for (List<Uncompared> rest :
          List.of(
              List.<Uncompared>of(),
              List.of(new Uncompared("ema.train@64", false, "too long for the budget")),
              List.of(new Uncompared("ema.train@64", true, "boom")))) {
        PairedReport report = report(kind[0], kind[1], kind[2], outcomes.size(), rest);
        GateResult result = PairedGate.of(report);
        assertThat(result.outcome().name()).isEqualTo(report.outcome().name());
        outcomes.add(result.outcome().name());
      }
    }
    assertThat(outcomes).contains("PASSED", "REGRESSED", "INCONCLUSIVE");
    PairedReport none =
        new PairedReport(
            "a",
            "b",
            "length",
            PairedComparison.of(List.of(), PairedOptions.DEFAULT),
            List.of(),
            List.of(),
            Map.of());
    assertThat(PairedGate.of(none).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(PairedGate.of(none).doubts()).containsExactly("Nothing was compared.");
  }

  @Test
  void claimsALawForASeriesAndACostForACell() {
    GateResult result =
        PairedGate.of(report(1, 0.5, 0.01, 1, List.of(new Uncompared("x.y@1", true, "boom"))));

    Claim law = result.of(Claim.Kind.LAW).get(0);
    assertThat(law.title()).isEqualTo("law of ema.decode");
    assertThat(law.verdict()).isEqualTo(Verdict.REGRESSED);
    assertThat(law.figure()).startsWith("n^0.50 [");
    assertThat(law.sentence()).contains("the candidate grows faster, by length^0.50");
    assertThat(law.trend()).hasSize(4).isSorted();
    List<Claim> cells = result.of(Claim.Kind.CELL);
    assertThat(cells).extracting(Claim::name).startsWith("ema.decode@64").contains("x.y@1");
    assertThat(cells.get(3).fails()).isTrue();
    assertThat(cells.get(3).sentence()).contains("times").doesNotContain("too few");
    assertThat(cells.get(4).sentence()).contains("fails where the base runs: boom");
    assertThat(result.notes()).containsExactly("A note.");
  }

  @Test
  void tellsWhatIsInDoubtAndWhy() {
    GateResult result = PairedGate.of(report(1, 0, 0.3, 2, List.of()));

    assertThat(result.doubtful())
        .isNotEmpty()
        .allSatisfy(claim -> assertThat(claim.doubt().orElseThrow()).contains("regression"));
    assertThat(JUnitReport.text(result, true)).contains("<failure type=\"inconclusive\"");
    assertThat(JUnitReport.text(result, false)).contains("<skipped").doesNotContain("<failure");
  }
}

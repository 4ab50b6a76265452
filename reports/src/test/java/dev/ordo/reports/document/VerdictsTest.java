package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Conclusion;
import dev.ordo.reports.fit.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictsTest {

  private static Study study(Interval exponent) {
    Analysis analysis =
        new Analysis(
            Optional.of(exponent),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            new Conclusion("linear", true, "Linear."));
    Study.Finding finding =
        new Study.Finding(
            "s",
            "a",
            Studies.plain("n", Unit.NANOS_PER_OP, 1, 1),
            analysis,
            Optional.of(new Study.Theory("L", 0.5)));
    return new Study("", List.of(finding), Map.of(), List.of());
  }

  @Test
  void stripsLieOnAScaleFromNoneToQuadratic() {
    Verdicts verdicts = new Verdicts(study(new Interval(1, 0.9, 1.2, 0.95)));
    assertThat(verdicts.scale())
        .isEqualTo(new Page.Scale("0", "2", List.of("0.00", "50.00", "100.00")));
    assertThat(verdicts.all().get(0).strip())
        .isEqualTo(new Page.Strip("50.00", "45.00", "15.00", "25.00"));
  }

  @Test
  void theScaleHoldsWhatIsOutside() {
    Verdicts verdicts = new Verdicts(study(new Interval(2.2, -0.1, 2.6, 0.95)));
    assertThat(verdicts.scale().low()).isEqualTo("-0.5");
    assertThat(verdicts.scale().high()).isEqualTo("3");
  }

  @Test
  void wildExponentsDoNotStretchTheScale() {
    Verdicts verdicts = new Verdicts(study(new Interval(1, -400, Double.POSITIVE_INFINITY, 0.95)));
    assertThat(verdicts.scale().low()).isEqualTo("-3");
    assertThat(verdicts.all().get(0).strip().low()).isEqualTo("0.00");
    assertThat(verdicts.all().get(0).strip().width()).isEqualTo("100.00");
  }

  @Test
  void aFullGridOfAspectsBecomesColumns() {
    assertThat(new Verdicts(Studies.models()).columns())
        .containsExactly("prefill", "decode", "generate");
    assertThat(new Verdicts(Studies.models()).rows()).hasSize(5);
  }

  @Test
  void aSparseGridStaysAList() {
    assertThat(new Verdicts(Studies.odd()).columns()).isEmpty();
    assertThat(new Verdicts(Studies.single()).columns()).isEmpty();
  }
}

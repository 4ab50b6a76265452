package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Conclusion;
import dev.ordo.reports.fit.Course;
import dev.ordo.reports.fit.Crossover;
import dev.ordo.reports.fit.Fit;
import dev.ordo.reports.fit.Fit.Term;
import dev.ordo.reports.fit.ForkSummary;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.fit.NoiseSplit;
import dev.ordo.reports.fit.Regime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DetailsTest {

  private static Page.Detail detail(Term... terms) {
    Fit fit = new Fit("law", List.of(terms), 0.02, 1, 1);
    Analysis analysis =
        new Analysis(
            Optional.empty(),
            List.of(fit),
            Optional.of(fit),
            Optional.empty(),
            new Conclusion("law", true, "Law."));
    return detail(analysis);
  }

  private static Page.Detail detail(Analysis analysis) {
    Study.Finding finding =
        new Study.Finding(
            "s", "a", Studies.plain("n", Unit.NANOS_PER_OP, 1, 1), analysis, Optional.empty());
    Study study = new Study("", List.of(finding), Map.of(), List.of());
    return Details.of(finding, new Verdicts(study));
  }

  @Test
  void writesTermsWithUnitsAndPowers() {
    assertThat(
            detail(new Term(1500, 0, 0), new Term(2, 1, 1), new Term(3, 1.734, 0)).drawn().terms())
        .containsExactly(
            new Page.Term("1.50 µs", false, "", false, ""),
            new Page.Term("2.00 ns", true, "", true, ""),
            new Page.Term("3.00 ns", true, "1.73", false, ""));
  }

  @Test
  void leavesOutTermsThatAreZero() {
    assertThat(detail(new Term(0, 0, 0), new Term(2, 2, 0)).drawn().terms())
        .containsExactly(new Page.Term("2.00 ns", true, "2", false, ""));
    assertThat(detail(new Term(0, 0, 0)).drawn().terms())
        .containsExactly(new Page.Term("0 ns", false, "", false, ""));
  }

  @Test
  void writesTheIntervalsOfCoefficientsThatAreNotZero() {
    Fit fit =
        new Fit(
            "law",
            List.of(new Term(0, 0, 0), new Term(2, 1, 0), new Term(3, 2, 0)),
            0.02,
            1,
            1,
            List.of(
                new Interval(0, 0, 7, 0.95),
                new Interval(2, 1.5, 2.5, 0.95),
                new Interval(3, 0, 6, 0.95)));
    Analysis analysis =
        new Analysis(
            Optional.empty(),
            List.of(fit),
            Optional.of(fit),
            Optional.empty(),
            new Conclusion("law", true, "Law."));

    assertThat(detail(analysis).drawn().intervals()).isEqualTo("1.50 ns … 2.50 ns, 0 ns … 6.00 ns");
    assertThat(detail(new Term(2, 2, 0)).drawn().intervals()).isEmpty();
  }

  @Test
  void marksTheLawThatIsDrawn() {
    Study study = Studies.models();
    Page.Detail detail = Details.of(study.findings().get(0), new Verdicts(study));
    assertThat(detail.laws()).extracting(Page.Law::best).containsExactly(true, false, false);
  }

  @Test
  void countsTheLawsThatAreFarOff() {
    List<Fit> ranking = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      double weight = i == 0 ? 0.9 : i < 5 ? 0.025 : 1e-9;
      ranking.add(new Fit("law " + i, List.of(new Term(1, i, 0)), 0.1, i, weight));
    }
    Analysis analysis =
        new Analysis(
            Optional.empty(),
            ranking,
            Optional.of(ranking.get(7)),
            Optional.empty(),
            new Conclusion("law", true, "Law."));
    Page.Detail detail = detail(analysis);
    assertThat(detail.laws())
        .extracting(Page.Law::name)
        .containsExactly("law 0", "law 1", "law 2", "law 3", "law 4", "law 7");
    assertThat(detail.otherLaws()).isEqualTo(3);
  }

  @Test
  void saysWhereACrossoverLies() {
    Interval size = new Interval(886.4, 700, Double.POSITIVE_INFINITY, 0.95);
    assertThat(Details.sentence(new Crossover(size, true)))
        .isEqualTo("From size 886 [700, ∞] on the quadratic part costs more than the linear part.");
    assertThat(Details.sentence(new Crossover(size, false)))
        .endsWith("; this lies outside the measured sizes.");
  }

  @Test
  void saysWhereASeriesChanges() {
    Interval height = new Interval(1.321, 1.25, 1.4, 0.95);
    assertThat(Details.sentence(new Regime(Regime.Kind.STEP, 512, 1024, height, 0.001)))
        .isEqualTo(
            "A step between 512 and 1024: values beyond it are 1.32 [1.25, 1.40] times as high;"
                + " the law is that beyond it.");
    assertThat(Details.sentence(new Regime(Regime.Kind.FLOOR, 512, 2048, height, 0.001)))
        .isEqualTo(
            "A floor ends between 512 and 2048: the exponent changes by +1.32 [+1.25, +1.40]; the"
                + " law is that beyond it.");
    assertThat(Details.sentence(new Regime(Regime.Kind.KNOT, 512, 2048, height, 0.001)))
        .startsWith("A knot between 512 and 2048: the exponent changes by +1.32");
  }

  @Test
  void saysHowNoiseSplitsAndHowForksRan() {
    NoiseSplit noise = new NoiseSplit(0.021, 9, 0.008, 180, 0.0211, 10, 0);
    Course course =
        new Course(
            Course.Shape.WARM_UP, List.of(new Course.Level(0, 4, 9), new Course.Level(4, 12, 5)));
    ForkSummary.Labelled fork =
        new ForkSummary.Labelled(64, 0, course, ForkSummary.Treatment.LAST_LEVEL);
    String split =
        "Forks vary by 2.1 %, iterations within a fork by 0.8 %: more forks would narrow the"
            + " intervals, more iterations hardly.";

    assertThat(forks(new ForkSummary(Optional.of(noise), 0, List.of()))).isEqualTo(split);
    assertThat(forks(new ForkSummary(Optional.of(noise), 20, List.of(fork))))
        .isEqualTo(
            split
                + " Of 20 forks with iterations enough to judge, 1 fork warms up (at 64) and"
                + " counts from its last level on.");
    assertThat(forks(new ForkSummary(Optional.empty(), 20, List.of())))
        .isEqualTo("All 20 forks with iterations enough to judge run at one level.");
    assertThat(forks(ForkSummary.NONE)).isEmpty();
  }

  private static String forks(ForkSummary forks) {
    Analysis analysis =
        new Analysis(
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            new Conclusion("law", true, "Law."));
    return detail(analysis.withForks(forks)).forks();
  }

  @Test
  void namesSeriesByAllThatTellsThemApart() {
    assertThat(Details.key(Studies.models().findings().get(0).series()))
        .isEqualTo(
            "dev.ordo.harness.bench.SequenceBenchmark.run, avgt, model=transformer,"
                + " phase=prefill, 1 thread");
  }

  @Test
  void listsEveryCell() {
    Study study = Studies.models();
    int cells = study.findings().stream().mapToInt(f -> f.series().points().size()).sum();
    assertThat(Details.data(study)).hasSize(cells);
    assertThat(Details.data(study).get(0).forks()).isEqualTo(3);
    assertThat(Details.data(study).get(0).iterations()).isEqualTo(12);
  }
}

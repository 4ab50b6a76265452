package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.reports.compare.Change;
import dev.ordo.reports.paired.CellFinding;
import dev.ordo.reports.paired.Outcome;
import dev.ordo.reports.paired.PairedOptions;
import dev.ordo.reports.paired.PairedReport;
import dev.ordo.reports.paired.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairedCampaignTest {

  private static final double OVERHEAD_MILLIS = 900;
  private static final double NOISE = 0.01;

  @TempDir private Path directory;

  private long nowNanos;
  private int forks;
  private final SplittableRandom random = new SplittableRandom(5);

  @Test
  void measuresBothSidesBackToBackInRandomOrder() throws IOException {
    List<Entry.Paired> pairs = pairs(run("10m", (arm, cell) -> 1e6));

    int baseFirst = 0;
    for (int i = 0; i < pairs.size(); i += 2) {
      assertThat(pairs.get(i).fork().cell()).isEqualTo(pairs.get(i + 1).fork().cell());
      assertThat(pairs.get(i).pair()).isEqualTo(pairs.get(i + 1).pair());
      assertThat(pairs.get(i).arm()).isNotEqualTo(pairs.get(i + 1).arm());
      baseFirst += pairs.get(i).arm() == Arm.BASE ? 1 : 0;
    }
    assertThat((double) baseFirst / (pairs.size() / 2)).isBetween(0.25, 0.75);
  }

  @Test
  void stopsWhereNothingIsOpenAnyMore() throws IOException {
    PairedReport report = run("60m", (arm, cell) -> 1e6);

    assertThat(report.outcome()).isEqualTo(Outcome.PASSED);
    assertThat(report.comparison().count(Change.UNCHANGED)).isEqualTo(6);
    assertThat(report.comparison().cells()).allMatch(cell -> cell.pairs() < 16);
    assertThat(nowNanos / 1e9).isLessThan(300);
  }

  @Test
  void measuresARegressionOnceMoreAndCallsIt() throws IOException {
    PairedReport report = run("10m", (arm, cell) -> slow(arm, cell, "one") ? 1.2e6 : 1e6);

    assertThat(report.outcome()).isEqualTo(Outcome.REGRESSED);
    for (CellFinding cell : report.comparison().cells()) {
      boolean one = cell.cell().series().startsWith("one");
      assertThat(cell.change()).isEqualTo(one ? Change.SLOWER : Change.UNCHANGED);
      assertThat(cell.cell().again().isEmpty()).isEqualTo(!one);
    }
  }

  @Test
  void doesNotCallWhatTheSecondMeasurementDoesNotShow() throws IOException {
    PairedReport report =
        run("10m", (arm, cell) -> arm == Arm.CANDIDATE && forks < 60 ? 1.3e6 : 1e6);

    assertThat(report.comparison().cells()).anyMatch(CellFinding::suspected);
    assertThat(report.comparison().count(Change.SLOWER)).isZero();
  }

  @Test
  void namesALawThatGotWorse() throws IOException {
    PairedReport report =
        run("10m", (arm, cell) -> slow(arm, cell, "one") ? 1e4 * cell.length() : 1e6);

    assertThat(report.comparison().trends())
        .anySatisfy(
            trend -> {
              assertThat(trend.series()).isEqualTo("one.decode");
              assertThat(trend.change()).isEqualTo(Change.SLOWER);
              assertThat(trend.exponent().contains(1)).isTrue();
            });
  }

  @Test
  void triesAFailingCellTwiceAndBlamesTheCandidate() throws IOException {
    PairedReport report = run("10m", (arm, cell) -> slow(arm, cell, "one") ? Double.NaN : 1e6);

    assertThat(report.outcome()).isEqualTo(Outcome.REGRESSED);
    assertThat(report.uncompared())
        .hasSize(3)
        .allSatisfy(
            cell -> {
              assertThat(cell.regressed()).isTrue();
              assertThat(cell.reason()).contains("fails where the base runs: boom");
            });
  }

  @Test
  void doesNotBlameTheCandidateForABaseThatFails() throws IOException {
    PairedReport report = run("10m", (arm, cell) -> arm == Arm.BASE ? Double.NaN : 1e6);

    assertThat(report.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(report.uncompared()).hasSize(6).noneMatch(PairedReport.Uncompared::regressed);
  }

  @Test
  void leavesOutWhatIsTooLongAndSaysSo() throws IOException {
    PairedReport report = run("60s", (arm, cell) -> cell.length() == 256 ? 2e10 : 1e6);

    assertThat(report.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(report.uncompared()).isNotEmpty().allMatch(cell -> cell.cell().endsWith("@256"));
  }

  @Test
  void keepsToTheBudget() throws IOException {
    run("60s", (arm, cell) -> 1e6 * Math.exp(random.nextDouble()));

    assertThat(nowNanos / 1e9).isLessThan(2 * 62);
  }

  @Test
  void keepsWhatWasMeasuredWhenStopped() throws IOException {
    PairedReport report = run("10m", (arm, cell) -> 1e6, () -> forks >= 9);

    assertThat(report.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    assertThat(report.comparison().cells().stream().mapToInt(CellFinding::pairs).sum())
        .isEqualTo(4);
  }

  private static boolean slow(Arm arm, Cell cell, String model) {
    return arm == Arm.CANDIDATE && cell.model().equals(model);
  }

  private List<Entry.Paired> pairs(PairedReport report) throws IOException {
    assertThat(report.comparison().cells()).isNotEmpty();
    return Journal.read(directory).stream()
        .filter(Entry.Paired.class::isInstance)
        .map(Entry.Paired.class::cast)
        .toList();
  }

  private PairedReport run(String budget, ToDoubleBiFunction<Arm, Cell> nanosPerOp)
      throws IOException {
    return run(budget, nanosPerOp, () -> false);
  }

  /** Runs a campaign on a machine whose clock only moves when a fork runs. */
  private PairedReport run(
      String budget, ToDoubleBiFunction<Arm, Cell> nanosPerOp, BooleanSupplier stopping)
      throws IOException {
    Sweep sweep =
        new Sweep(
            List.of("one", "two"),
            List.of(Phase.DECODE),
            List.of(64, 128, 256),
            Dimensions.plain(List.of(1), List.of()),
            Sweep.same(ModelShape.DEFAULT, List.of("one", "two")),
            7,
            Duration.parse("PT" + budget),
            16,
            1,
            List.of(),
            Optional.empty());
    PairedOptions options = PairedOptions.DEFAULT;
    try (Journal journal =
        Journal.create(
            directory, Entry.Start.of(sweep, RunOptions.DEFAULT, "test", "2026-01-01T00:00:00Z"))) {
      journal.append(
          new Entry.Arms("old.jar", "new.jar", options.margin(), options.alpha(), List.of()));
      new PairedCampaign(
              sweep,
              options,
              new Schedule(sweep, (model, phase) -> true).first(),
              () -> new Forecast(cell -> Double.NaN),
              (arm, stage) ->
                  (round, cell, plan) -> fork(arm, stage, round, cell, plan, nanosPerOp),
              journal,
              new Silence(),
              stopping,
              () -> nowNanos)
          .run();
    }
    assertThat(Files.exists(directory.resolve(Journal.FILE))).isTrue();
    return PairedStudy.of(new RunDirectory(directory));
  }

  private Entry.Fork fork(
      Arm arm,
      Stage stage,
      int round,
      Cell cell,
      ForkPlan plan,
      ToDoubleBiFunction<Arm, Cell> nanosPerOp) {
    assertThat(stage).isNotNull();
    forks++;
    double truth = nanosPerOp.applyAsDouble(arm, cell);
    double nanos = truth * Math.exp(NOISE * random.nextGaussian());
    boolean fails = Double.isNaN(nanos);
    long millis = (long) (OVERHEAD_MILLIS + plan.millis(fails ? 0 : nanos, 1));
    nowNanos += millis * 1_000_000;
    return new Entry.Fork(
        round,
        cell,
        "2026-01-01T00:00:00Z",
        millis,
        plan,
        new Entry.Jvm("java", List.of(), "17", "vm", "17"),
        fails ? new double[0] : new double[] {nanos},
        Map.of(),
        true,
        null,
        fails ? new Failure(Failure.Kind.THREW, "boom") : null);
  }

  private static final class Silence implements Progress {
    @Override
    public void starting(Step step) {}

    @Override
    public void failed(Entry.Fork fork) {}

    @Override
    public void leftOut(Entry.LeftOut entry) {}
  }
}

package dev.ordo.reports.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.reports.bench.Truth.Judgement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds that {@code scripts/bench-fit} prints, asserted with margin on fewer series. */
@Tag("simulation")
class ProofTest {

  private static final SeriesGenerator GENERATOR = new SeriesGenerator(7);

  private static List<Trial> trials(TrueLaw law, Disturbance disturbance, int count) {
    return Trial.run(count, index -> GENERATOR.draw(law, disturbance, index));
  }

  private static List<Trial> trials(Disturbance disturbance, int count) {
    List<Trial> trials = new ArrayList<>();
    for (TrueLaw law : TrueLaw.values()) {
      trials.addAll(trials(law, disturbance, count));
    }
    return trials;
  }

  @ParameterizedTest
  @EnumSource(
      value = TrueLaw.class,
      names = {
        "CONSTANT",
        "SQUARE_ROOT",
        "POWER_0_7",
        "LINEAR",
        "POWER_1_2",
        "THREE_HALVES",
        "QUADRATIC",
        "CUBIC"
      })
  void exponentIntervalHoldsTheExponentOfAPower(TrueLaw law) {
    for (Disturbance disturbance :
        List.of(Disturbance.PURE, Disturbance.CACHE_STEP, Disturbance.OUTLIER_FORK)) {
      assertThat(BenchFit.exponentCoverage(trials(law, disturbance, 200)))
          .as(disturbance.label())
          .isGreaterThanOrEqualTo(0.90);
    }
  }

  @Test
  void namesNearlyAllLawsOfCleanSeries() {
    List<Trial> clean = new ArrayList<>();
    for (TrueLaw law : TrueLaw.values()) {
      if (law.named()) {
        clean.addAll(Trial.run(15, index -> GENERATOR.drawClean(law, index)));
      }
    }
    assertThat(BenchFit.part(clean, Method.ORDO, Judgement.EXACT)).isGreaterThanOrEqualTo(0.95);
    assertThat(BenchFit.part(clean, Method.ORDO, Judgement.WRONG)).isLessThanOrEqualTo(0.01);
  }

  @Test
  void seldomClaimsAWrongLawWhereAStepIs() {
    List<Trial> trials = trials(Disturbance.CACHE_STEP, 40);

    assertThat(BenchFit.part(trials, Method.ORDO, Judgement.WRONG)).isLessThanOrEqualTo(0.02);
    assertThat(BenchFit.part(trials, Method.ORDO, Judgement.EXACT)).isGreaterThanOrEqualTo(0.35);
    double found = BenchFit.regimesFound(trials);
    assertThat(found).isGreaterThanOrEqualTo(0.35);
    assertThat(BenchFit.stepsPlaced(trials)).isGreaterThanOrEqualTo(0.95 * found);
  }

  @ParameterizedTest
  @EnumSource(
      value = Disturbance.class,
      names = {"PURE", "OVERHEAD", "DRIFT", "OUTLIER_FORK"})
  void seldomClaimsAPlaceOfChangeWhereThereIsNone(Disturbance disturbance) {
    assertThat(BenchFit.regimesFound(trials(disturbance, 20))).isLessThanOrEqualTo(0.01);
  }

  @ParameterizedTest
  @EnumSource(
      value = Disturbance.class,
      names = {"PURE", "OVERHEAD", "DRIFT", "OUTLIER_FORK", "BAD_SIZE"})
  void seldomClaimsAWrongLaw(Disturbance disturbance) {
    assertThat(BenchFit.part(trials(disturbance, 20), Method.ORDO, Judgement.WRONG))
        .isLessThanOrEqualTo(0.02);
  }

  @ParameterizedTest
  @ValueSource(longs = {101, 102})
  void claimsAWrongLawInOnePercentOfAllCasesAtMostWhateverTheSeed(long seed) {
    SeriesGenerator generator = new SeriesGenerator(seed);
    List<Trial> trials = new ArrayList<>();
    for (TrueLaw law : TrueLaw.values()) {
      for (Disturbance disturbance : Disturbance.values()) {
        trials.addAll(Trial.run(8, index -> generator.draw(law, disturbance, index)));
      }
    }
    assertThat(BenchFit.part(trials, Method.ORDO, Judgement.WRONG)).isLessThanOrEqualTo(0.01);
    assertThat(BenchFit.part(trials, Method.ORDO, Judgement.EXACT)).isGreaterThanOrEqualTo(0.45);
    assertThat(BenchFit.part(trials, Method.ORDO, Judgement.CANNOT_TELL)).isLessThanOrEqualTo(0.15);
  }

  @ParameterizedTest
  @EnumSource(Disturbance.class)
  void isLessOftenWrongThanAnyOtherRule(Disturbance disturbance) {
    List<Trial> trials = trials(disturbance, 10);
    double own = BenchFit.part(trials, Method.ORDO, Judgement.WRONG);

    Arrays.stream(Method.values())
        .filter(method -> method != Method.ORDO)
        .forEach(
            method ->
                assertThat(BenchFit.part(trials, method, Judgement.WRONG))
                    .as(method.label())
                    .isGreaterThan(own));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.03, 0.10})
  void neverCallsAttentionLinearithmicAsGoogleRuleDoes(double noise) {
    List<Trial> trials = Trial.run(100, index -> GENERATOR.drawAttention(noise, index));

    assertThat(BenchFit.called(trials, Method.ORDO, Order.LINEARITHMIC)).isZero();
    assertThat(BenchFit.part(trials, Method.ORDO, Judgement.WRONG)).isLessThanOrEqualTo(0.01);
    assertThat(BenchFit.called(trials, Method.GOOGLE, Order.LINEARITHMIC))
        .isGreaterThan(noise < 0.05 ? 0.98 : 0.80);
    List<Boolean> covered = trials.stream().flatMap(t -> t.crossoverCovered().stream()).toList();
    assertThat(covered).hasSizeGreaterThan(noise < 0.05 ? 95 : 40);
    assertThat(covered.stream().filter(c -> c).count() / (double) covered.size())
        .isGreaterThanOrEqualTo(0.90);
  }

  @Test
  void seldomClaimsGrowthWhereThereIsNone() {
    List<Trial> flat = Trial.run(300, GENERATOR::drawFlat);
    List<Trial> index = Trial.run(300, GENERATOR::drawIndexLike);

    assertThat(BenchFit.growthClaimed(flat, Method.ORDO)).isLessThanOrEqualTo(0.01);
    assertThat(BenchFit.growthClaimed(index, Method.ORDO)).isLessThanOrEqualTo(0.01);
    assertThat(BenchFit.growthClaimed(index, Method.EXTRA_P)).isGreaterThan(0.10);
  }

  @Test
  void predictsTheLargestSizeWithinTenPercentForMostSeries() {
    List<Map<Method, Double>> factors = new ArrayList<>();
    for (Disturbance disturbance : Disturbance.values()) {
      for (Trial trial : trials(disturbance, 5)) {
        factors.add(trial.heldOut(factors.size()));
      }
    }
    factors.removeIf(Map::isEmpty);

    assertThat(quantile(factors, Method.ORDO, 0.5)).isLessThan(1.1);
    for (Method peer : List.of(Method.GOOGLE, Method.EXTRA_P, Method.SLOPE, Method.LAST_THREE)) {
      assertThat(quantile(factors, peer, 0.9))
          .as(peer.label())
          .isGreaterThan(quantile(factors, Method.ORDO, 0.9));
    }
  }

  private static double quantile(List<Map<Method, Double>> factors, Method method, double part) {
    double[] sorted = factors.stream().mapToDouble(map -> map.get(method)).sorted().toArray();
    return BenchFit.quantile(sorted, part);
  }
}

package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LawCurvesTest {

  private static double[] ones(int m) {
    double[] ones = new double[m];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void seriesOfTheSameSizesShareCurves() {
    double[] sizes = {3, 9, 27, 81};
    LawCurves curves = LawCurves.of(sizes, ones(4), 0);
    assertThat(LawCurves.of(sizes.clone(), ones(4), 0)).isSameAs(curves);
    assertThat(LawCurves.of(sizes, ones(4), 2)).isNotSameAs(curves);
    assertThat(LawCurves.of(sizes, new double[] {1, 1, 1.5, 0.5}, 0)).isNotSameAs(curves);
    assertThat(LawCurves.of(new double[] {3, 9, 27, 82}, ones(4), 0)).isNotSameAs(curves);
  }

  @Test
  void doesNotSeeWhatACallerWritesOverItsSizesLater() {
    double[] sizes = {5, 25, 125, 625};
    LawCurves curves = LawCurves.of(sizes, ones(4), 0);
    sizes[3] = 626;
    assertThat(LawCurves.of(new double[] {5, 25, 125, 625}, ones(4), 0)).isSameAs(curves);
    assertThat(LawCurves.of(sizes, ones(4), 0)).isNotSameAs(curves);
  }

  @Test
  void aPlainLawIsItsLogarithmsAndNoneWhereItBeginsAtZero() {
    LawCurves curves = LawCurves.of(new double[] {1, 2, 4, 8}, ones(4), 0);
    assertThat(curves.plain(Growth.QUADRATIC)[3]).isCloseTo(Math.log(64), within(1e-12));
    assertThat(curves.plain(Growth.LOGARITHMIC)).isNull();
  }

  @Test
  void aCellIsTheSameWhetherItIsKeptOrNot() {
    double[] weights = ones(5);
    CurveTree.Shape shape =
        (k, place, sheet) -> {
          for (int i = 0; i < 5; i++) {
            sheet.curve[i] = k * i + place * i * i;
            sheet.first[i] = i;
            sheet.second[i] = i * i;
          }
          return true;
        };
    CurveTree.Parameter unit = new CurveTree.Parameter(0, 1);
    CurveTree keeping = new CurveTree(unit, unit, shape, weights, 0, new AtomicLong(1 << 20));
    CurveTree forgetting = new CurveTree(unit, unit, shape, weights, 0, new AtomicLong(0));
    CurveTree.Cell kept = keeping.roots()[7];
    CurveTree.Cell passing = forgetting.roots()[7];
    assertThat(kept.parts()).isSameAs(kept.parts());
    assertThat(passing.parts()).isNotSameAs(passing.parts());
    for (int i = 0; i < kept.parts().length; i++) {
      CurveTree.Cell one = kept.parts()[i];
      CurveTree.Cell other = passing.parts()[i];
      assertThat(one.curve).containsExactly(other.curve);
      assertThat(one.part).isEqualTo(other.part).isLessThan(kept.part);
      assertThat(one.across).isEqualTo(other.across);
      assertThat(one.along).isEqualTo(other.along);
    }
  }
}

package dev.ordo.reports.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SizeLayoutTest {

  @ParameterizedTest
  @EnumSource
  void drawsWholeSizesThatAscendOverAFactorOfFour(SizeLayout layout) {
    for (int seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int count = random.nextInt(4, 13);
      double[] sizes = layout.sizes(count, random);

      assertThat(sizes).hasSizeBetween(Math.min(6, count), count);
      assertThat(Arrays.stream(sizes).distinct().toArray()).isSorted().hasSameSizeAs(sizes);
      assertThat(Arrays.stream(sizes)).allMatch(size -> size == Math.rint(size) && size >= 1);
      assertThat(sizes[sizes.length - 1] / sizes[0]).isGreaterThanOrEqualTo(4);
    }
  }
}

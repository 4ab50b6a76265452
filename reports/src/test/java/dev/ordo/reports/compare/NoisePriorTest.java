package dev.ordo.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Unit;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NoisePriorTest {

  private static List<Sample> samples(int count, int forks, double least, double most) {
    Random random = new Random(5);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              double noise = least * Math.pow(most / least, i / (count - 1.0));
              return new Sample(
                  Stream.generate(() -> new double[] {Math.exp(noise * random.nextGaussian())})
                      .limit(forks)
                      .toList(),
                  Unit.NANOS_PER_OP);
            })
        .toList();
  }

  @Test
  void learnsACommonNoise() {
    NoisePrior prior = NoisePrior.of(samples(200, 3, 0.03, 0.03));

    assertThat(prior.degrees()).isGreaterThan(5);
    assertThat(Math.sqrt(prior.variance())).isCloseTo(0.03, within(0.005));
  }

  @Test
  void trustsDifferentNoiseLittle() {
    assertThat(NoisePrior.of(samples(200, 3, 0.001, 0.3)).degrees()).isLessThanOrEqualTo(1);
  }

  @Test
  void knowsNothingFromFewSamplesOrFromCounts() {
    assertThat(NoisePrior.of(samples(9, 3, 0.03, 0.03))).isEqualTo(NoisePrior.NONE);
    assertThat(
            NoisePrior.of(
                java.util.Collections.nCopies(
                    50, new Sample(List.of(new double[] {1}, new double[] {1}), Unit.BYTES))))
        .isEqualTo(NoisePrior.NONE);
  }
}

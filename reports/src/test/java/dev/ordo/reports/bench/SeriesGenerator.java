package dev.ordo.reports.bench;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/** Draws series like those of real benchmarks, each a function of a seed and its number alone. */
final class SeriesGenerator {

  private static final int[] FORKS = {2, 3, 5};

  private final long seed;

  SeriesGenerator(long seed) {
    this.seed = seed;
  }

  /**
   * A series and what it is made from; a series without any law has no truth.
   *
   * @param beyond what the machine shows beyond the sizes, without noise; without a law, nothing
   */
  record Case(Series series, Optional<Truth> truth, Optional<DoubleUnaryOperator> beyond) {

    /** Returns the largest size. */
    double largest() {
      return series.points().get(series.points().size() - 1).size();
    }

    /** Returns the truth of a series that has one. */
    Truth law() {
      return truth.orElseThrow();
    }
  }

  /** Draws the {@code index}-th series of a family: 4 to 12 sizes, noise of 1, 3 or 10 %. */
  Case draw(TrueLaw law, Disturbance disturbance, int index) {
    RandomGenerator random = random(law.ordinal(), disturbance.ordinal(), index);
    double[] sizes = doublings(random.nextInt(4, 9), random.nextInt(4, 13));
    return draw(law, disturbance, sizes, forks(random), Noise.draw(random), random);
  }

  /** Draws a clean series of 8 sizes with 3 % noise. */
  Case drawClean(TrueLaw law, int index) {
    RandomGenerator random = random(law.ordinal(), 100, index);
    double[] sizes = doublings(random.nextInt(4, 9), 8);
    Noise noise = new Noise(0.03, random.nextBoolean());
    return draw(law, Disturbance.PURE, sizes, random.nextBoolean() ? 3 : 5, noise, random);
  }

  /** Draws 4096 n + n², which is what attention looks like, at 7 or 8 sizes up to 4096. */
  Case drawAttention(double level, int index) {
    RandomGenerator random = random(101, (int) (1000 * level), index);
    int first = random.nextInt(5, 7);
    double[] sizes = doublings(first, 13 - first);
    Noise noise = new Noise(level, random.nextBoolean());
    Truth truth = TrueLaw.mixed(Math.exp(random.nextDouble(0, 7)), 4096);
    return draw(truth, Disturbance.PURE, sizes, forks(random), noise, random);
  }

  /** Draws a series that does not grow but for its noise. */
  Case drawFlat(int index) {
    return draw(TrueLaw.CONSTANT, Disturbance.PURE, index + 1_000_000);
  }

  /**
   * Draws a series over a number that is no size, an index or an offset: every value of it has a
   * level of its own, or one of two levels, which all forks share.
   */
  Case drawIndexLike(int index) {
    RandomGenerator random = random(102, 0, index);
    int m = random.nextInt(4, 13);
    double[] sizes = doublings(0, m);
    if (random.nextBoolean()) {
      for (int i = 0; i < m; i++) {
        sizes[i] = i + 1;
      }
    }
    double spread = new double[] {0.05, 0.2, 0.5}[random.nextInt(3)];
    boolean twoLevels = random.nextBoolean();
    int forks = forks(random);
    double[][] values = new double[m][forks];
    for (double[] cell : values) {
      double deviation = twoLevels ? random.nextInt(2) * 2 : random.nextGaussian();
      Arrays.fill(cell, 100 * Math.exp(spread * deviation));
    }
    return new Case(
        series(sizes, values, Noise.draw(random), random), Optional.empty(), Optional.empty());
  }

  private static Case draw(
      TrueLaw law,
      Disturbance disturbance,
      double[] sizes,
      int forks,
      Noise noise,
      RandomGenerator random) {
    return draw(law.draw(sizes, random), disturbance, sizes, forks, noise, random);
  }

  private static Case draw(
      Truth truth,
      Disturbance disturbance,
      double[] sizes,
      int forks,
      Noise noise,
      RandomGenerator random) {
    double[][] values = new double[sizes.length][forks];
    for (int i = 0; i < sizes.length; i++) {
      Arrays.fill(values[i], truth.curve().applyAsDouble(sizes[i]));
    }
    disturbance.disturb(sizes, values, truth, random);
    DoubleUnaryOperator beyond = disturbance.beyond(sizes, values, truth);
    return new Case(series(sizes, values, noise, random), Optional.of(truth), Optional.of(beyond));
  }

  private static Series series(
      double[] sizes, double[][] values, Noise noise, RandomGenerator random) {
    List<Series.Point> points = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      List<double[]> forks = new ArrayList<>();
      for (double mean : values[i]) {
        forks.add(noise.fork(mean, random));
      }
      points.add(new Series.Point(sizes[i], new Sample(forks, Unit.NANOS_PER_OP)));
    }
    return new Series("generated", "avgt", Map.of(), 1, "n", points);
  }

  private static double[] doublings(int firstPower, int count) {
    double[] sizes = new double[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = Math.pow(2, firstPower + i);
    }
    return sizes;
  }

  private static int forks(RandomGenerator random) {
    return FORKS[random.nextInt(FORKS.length)];
  }

  private RandomGenerator random(int law, int disturbance, int index) {
    long key = (law * 1_000L + disturbance) * 10_000_000L + index;
    // The finaliser of SplittableRandom spreads keys that lie side by side.
    return new SplittableRandom(seed * 0x9e3779b97f4a7c15L + key).split();
  }
}

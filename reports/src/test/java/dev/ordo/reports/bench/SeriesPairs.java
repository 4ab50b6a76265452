package dev.ordo.reports.bench;

import dev.ordo.reports.Study;
import dev.ordo.reports.compare.Crossing;
import dev.ordo.reports.compare.Crossings;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analyst;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/** Draws two series of which one overtakes the other at a known size. */
final class SeriesPairs {

  private static final double SMALLEST = 32;

  private final long seed;

  SeriesPairs(long seed) {
    this.seed = seed;
  }

  /** What the two series are: the flatter one is faster from the crossover on. */
  enum Kind {
    /** Linear against quadratic. */
    LINEAR_QUADRATIC("n, n²", n -> n, n -> n * n),
    /** Linear against 2000 n + n², as attention is. */
    LINEAR_ATTENTION("n, 2000 n + n²", n -> n, n -> 2000 * n + n * n),
    /** An overhead and a linear part against n log n. */
    OVERHEAD_LINEARITHMIC("500 + n, n log n", n -> 500 + n, n -> n * Math.log(n)),
    /** Constant against √n. */
    CONSTANT_ROOT("1, √n", n -> 1, Math::sqrt),
    /** Linear against linear with a cache step of 40 %: no law of the set. */
    STEP("n + 8000, n with a step", n -> n + 8000, n -> n * (n > 600 ? 2.2 : 1));

    private final String label;
    private final DoubleUnaryOperator flat;
    private final DoubleUnaryOperator steep;

    Kind(String label, DoubleUnaryOperator flat, DoubleUnaryOperator steep) {
      this.label = label;
      this.flat = flat;
      this.steep = steep;
    }

    String label() {
      return label;
    }
  }

  /** One drawn pair: the size from which the flatter series is faster, and what is said of it. */
  record Drawn(double truth, Crossing crossing) {

    /** Returns whether the flatter series is said to overtake. */
    boolean overtakes() {
      return crossing.crosses() && right();
    }

    /** Returns whether the winner, if one is named, is the right one. */
    boolean right() {
      return crossing.winner().equals("flat");
    }

    /** Returns whether what is said excludes the truth. */
    boolean wrong() {
      return switch (crossing.kind()) {
        case CANNOT_TELL -> false;
        case OVERTAKES -> !right() || !crossing.size().orElseThrow().contains(truth);
        case THROUGHOUT -> right() ? truth > crossing.smallest() : truth < crossing.upTo();
      };
    }
  }

  /**
   * Draws series of 8 sizes whose crossover lies at {@code place} of the logarithmic range: 0 at
   * the smallest, 1 at the largest size.
   */
  Drawn draw(Kind kind, double place, int forks, Noise noise, int index) {
    RandomGenerator random =
        new SplittableRandom(seed + 1_000_003L * index + 31L * kind.ordinal() + 7L * forks);
    double[] sizes = new double[8];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = SMALLEST * Math.pow(2, i);
    }
    double truth = SMALLEST * Math.pow(sizes[7] / SMALLEST, place);
    double ratio = kind.steep.applyAsDouble(truth) / kind.flat.applyAsDouble(truth);
    List<Study.Finding> findings =
        List.of(
            finding(
                "flat",
                sizes,
                n -> 1000 * ratio * kind.flat.applyAsDouble(n),
                forks,
                noise,
                random),
            finding("steep", sizes, n -> 1000 * kind.steep.applyAsDouble(n), forks, noise, random));
    return new Drawn(truth, Crossings.of(findings, index).get(0));
  }

  private static Study.Finding finding(
      String name,
      double[] sizes,
      DoubleUnaryOperator curve,
      int forks,
      Noise noise,
      RandomGenerator random) {
    List<Series.Point> points = new ArrayList<>();
    for (double size : sizes) {
      List<double[]> values = new ArrayList<>();
      for (int fork = 0; fork < forks; fork++) {
        values.add(noise.fork(curve.applyAsDouble(size), random));
      }
      points.add(new Series.Point(size, new Sample(values, Unit.NANOS_PER_OP)));
    }
    Series series = new Series("Bench." + name, "avgt", Map.of(), 1, "n", points);
    return new Study.Finding(name, "time", series, Analyst.analyze(series, 1), Optional.empty());
  }
}

package dev.ordo.reports.fit;

import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/** Series made from a known curve, with noise between forks and a little within them. */
final class Grown {

  private Grown() {}

  /** Returns {@code count} sizes in powers of two from {@code first} on. */
  static double[] doublings(double first, int count) {
    double[] sizes = new double[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = first * Math.pow(2, i);
    }
    return sizes;
  }

  /** Returns a series of times with log-normal noise between forks. */
  static Series series(
      DoubleUnaryOperator curve, double[] sizes, int forks, double noise, RandomGenerator random) {
    List<double[][]> values = new ArrayList<>();
    for (double size : sizes) {
      double[][] cell = new double[forks][3];
      for (double[] fork : cell) {
        double mean = curve.applyAsDouble(size) * Math.exp(noise * random.nextGaussian());
        for (int i = 0; i < fork.length; i++) {
          fork[i] = mean * Math.exp(noise / 5 * random.nextGaussian());
        }
      }
      values.add(cell);
    }
    return series(sizes, values, Unit.NANOS_PER_OP);
  }

  /** Returns a series of given values: size → fork → iteration. */
  static Series series(double[] sizes, List<double[][]> values, Unit unit) {
    List<Series.Point> points = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      points.add(new Series.Point(sizes[i], new Sample(List.of(values.get(i)), unit)));
    }
    return new Series("org.acme.Grown.run", "avgt", Map.of(), 1, "length", points);
  }

  /** Returns a series with one exact value a size. */
  static Series exact(DoubleUnaryOperator curve, double[] sizes, Unit unit) {
    List<double[][]> values = new ArrayList<>();
    for (double size : sizes) {
      values.add(new double[][] {{curve.applyAsDouble(size)}});
    }
    return series(sizes, values, unit);
  }
}

package dev.ordo.reports.fit;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The curves of all laws at the sizes of a series, as {@link Credence} weighs them.
 *
 * <p>They depend on sizes, their weights and the place of a step, and not on what was measured, so
 * that all series of a file that share these share the curves: of the last {@value #MOST_KEPT}
 * different ones they are kept, each with no more than {@value #MOST_NUMBERS} numbers.
 */
final class LawCurves {

  private static final int MOST_KEPT = 8;
  private static final long MOST_NUMBERS = 500_000;

  /** The largest exponent of a nameless power. */
  static final double LARGEST_EXPONENT = 3.2;

  private static final CurveTree.Parameter EXPONENTS = new CurveTree.Parameter(0, LARGEST_EXPONENT);

  /** How far beyond the smallest and largest size a sum's terms may be equal, as a factor. */
  private static final double BEYOND = 8;

  /** How far up the logarithmic range an overhead may still be as large as the law. */
  private static final double HIGHEST_OVERHEAD = 0.8;

  private static final Recent<Key, LawCurves> KEPT = new Recent<>(MOST_KEPT, LawCurves::new);

  private final double[] x;
  private final double[] n;
  private final double[] weights;
  private final int split;
  private final double first;
  private final double last;
  private final AtomicLong room = new AtomicLong(MOST_NUMBERS);
  private final Map<Growth, double[]> plain = new EnumMap<>(Growth.class);
  private final Map<Growth, CurveTree> above = new EnumMap<>(Growth.class);
  private final CurveTree power;
  private final CurveTree powerAbove;
  private final CurveTree mixed;
  private final CurveTree mixedAbove;

  /** What the curves depend on. */
  private static final class Key {

    private final double[] sizes;
    private final double[] weights;
    private final int split;

    Key(double[] sizes, double[] weights, int split) {
      this.sizes = sizes;
      this.weights = weights;
      this.split = split;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && split == key.split
          && Arrays.equals(sizes, key.sizes)
          && Arrays.equals(weights, key.weights);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * Arrays.hashCode(sizes) + Arrays.hashCode(weights)) + split;
    }
  }

  /**
   * Returns the curves at some sizes.
   *
   * @param sizes shape (m), ascending; not modified
   * @param weights shape (m); not modified
   * @param split the first size above a step; 0 without one
   */
  static LawCurves of(double[] sizes, double[] weights, int split) {
    return KEPT.of(new Key(sizes.clone(), weights.clone(), split));
  }

  private LawCurves(Key key) {
    n = key.sizes;
    weights = key.weights;
    split = key.split;
    x = new double[n.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.log(n[i]);
    }
    first = x[0];
    last = x[x.length - 1];
    for (Growth growth : Growth.values()) {
      double[] values = Arrays.stream(n).map(growth::at).toArray();
      if (values[0] > 0) {
        plain.put(growth, Arrays.stream(values).map(Math::log).toArray());
      }
      if (growth != Growth.CONSTANT) {
        above.put(growth, above(growth, values));
      }
    }
    CurveTree.Parameter none = CurveTree.Parameter.NONE;
    power = tree(EXPONENTS, none, this::power);
    powerAbove = tree(EXPONENTS, place(), this::powerAbove);
    mixed = tree(crossover(), none, this::mixed);
    mixedAbove = tree(crossover(), place(), this::mixedAbove);
  }

  /** Returns the logarithm of the smallest size. */
  double first() {
    return first;
  }

  /** Returns the logarithm of the largest size. */
  double last() {
    return last;
  }

  /** Returns the logarithms of a law, not modified; null where it is zero at the smallest size. */
  double[] plain(Growth growth) {
    return plain.get(growth);
  }

  /** Returns a law above an overhead; the parameter is where both are equal. */
  CurveTree above(Growth growth) {
    return above.get(growth);
  }

  /** Returns the powers; the parameter is the exponent. */
  CurveTree power() {
    return power;
  }

  /** Returns the powers above an overhead; the second parameter is where both are equal. */
  CurveTree powerAbove() {
    return powerAbove;
  }

  /** Returns the mixed law; the parameter is the crossover. */
  CurveTree mixed() {
    return mixed;
  }

  /** Returns the mixed law above an overhead; the second parameter is where both are equal. */
  CurveTree mixedAbove() {
    return mixedAbove;
  }

  private CurveTree tree(
      CurveTree.Parameter one, CurveTree.Parameter other, CurveTree.Shape shape) {
    return new CurveTree(one, other, shape, weights, split, room);
  }

  private CurveTree.Parameter place() {
    return new CurveTree.Parameter(
        first - Math.log(BEYOND), first + HIGHEST_OVERHEAD * (last - first));
  }

  private CurveTree.Parameter crossover() {
    return new CurveTree.Parameter(first - Math.log(BEYOND), last + Math.log(BEYOND));
  }

  private CurveTree above(Growth growth, double[] values) {
    return tree(
        place(),
        CurveTree.Parameter.NONE,
        (place, none, sheet) -> {
          double overhead = growth.at(Math.exp(place));
          double steepness = growth.power() + growth.logPower() / place;
          for (int i = 0; i < values.length; i++) {
            double value = overhead + values[i];
            sheet.curve[i] = Math.log(value);
            sheet.first[i] = overhead * steepness / value;
          }
          return overhead > 0 && overhead + values[0] > 0;
        });
  }

  private boolean power(double k, double none, CurveTree.Sheet sheet) {
    for (int i = 0; i < x.length; i++) {
      sheet.curve[i] = k * x[i];
      sheet.first[i] = x[i];
    }
    return true;
  }

  private boolean powerAbove(double k, double place, CurveTree.Sheet sheet) {
    for (int i = 0; i < x.length; i++) {
      double ratio = Math.exp(k * (x[i] - place));
      double share = ratio / (1 + ratio);
      // Not log1p: that is several times slower, and 1e-16 is nothing here.
      sheet.curve[i] = Math.log(1 + ratio);
      sheet.first[i] = share * (x[i] - place);
      sheet.second[i] = -share * k;
    }
    return true;
  }

  private boolean mixed(double at, double none, CurveTree.Sheet sheet) {
    double size = Math.exp(at);
    for (int i = 0; i < n.length; i++) {
      double ratio = n[i] / size;
      sheet.curve[i] = x[i] + Math.log(1 + ratio);
      sheet.first[i] = -ratio / (1 + ratio);
    }
    return true;
  }

  private boolean mixedAbove(double at, double place, CurveTree.Sheet sheet) {
    double size = Math.exp(at);
    double p = Math.exp(place);
    double quadratic = p * p / size;
    for (int i = 0; i < n.length; i++) {
      double square = n[i] * n[i] / size;
      double value = p + quadratic + n[i] + square;
      sheet.curve[i] = Math.log(value);
      sheet.first[i] = -(quadratic + square) / value;
      sheet.second[i] = (p + 2 * quadratic) / value;
    }
    return true;
  }
}

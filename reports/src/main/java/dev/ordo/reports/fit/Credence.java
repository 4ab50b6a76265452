package dev.ordo.reports.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How credible each law is beside all others, the nameless powers among them.
 *
 * <p>Every law with a name, the mixed law, and the power law with an exponent of 0 … {@value
 * LawCurves#LARGEST_EXPONENT} are given the same prior, half of it without and half with an
 * overhead. Shapes are even: the exponent, the logarithm of the crossover, and the logarithm of the
 * size at which overhead and law are equal. What the data then says is Bayes' theorem with {@link
 * Marginal}.
 */
final class Credence {

  private static final double MOST_DEGREES = 12;

  /** A part of the credence with a logarithm so far below the largest part counts for nothing. */
  private static final double NOTHING = 11;

  /** How far an exponent may be off by what machines do. */
  static final double SAME_EXPONENT = 0.05;

  /** A part of the value that is too small to be told from none. */
  static final double UNSEEN = 0.10;

  private static final String NAMELESS = "n^k";
  private static final double LEAST_LISTED = 0.01;
  private static final double LIKELY = 0.5;
  private static final int MOST_LISTED = 4;

  /** What a piece of the likelihood belongs to. */
  private enum Kind {
    NAMED,
    POWER,
    MIXED
  }

  /**
   * A part of the credence.
   *
   * @param growth the law; null of a nameless power
   * @param exponent that of a power law
   * @param linear the linear part of the mixed law's value at the smallest size
   * @param quadratic the quadratic part of the mixed law's value at the largest size
   */
  private record Mass(
      Kind kind, Growth growth, double exponent, double linear, double quadratic, double log) {}

  private final List<Mass> masses;
  private final double[] credences;
  private final double evidence;

  private Credence(List<Mass> masses) {
    this.masses = masses;
    double best = masses.stream().mapToDouble(Mass::log).max().orElse(0);
    credences = masses.stream().mapToDouble(mass -> Math.exp(mass.log() - best)).toArray();
    double total = Arrays.stream(credences).sum();
    evidence = best + Math.log(total);
    for (int i = 0; i < credences.length; i++) {
      credences[i] /= total;
    }
  }

  /**
   * Weighs all laws.
   *
   * @param variance σ² of a size of weight 1
   * @param degrees its degrees of freedom; more than {@value #MOST_DEGREES} count as so many, for
   *     sizes may err by more than forks show
   */
  static Credence of(Observations data, double variance, double degrees) {
    return of(data, variance, degrees, 0);
  }

  /**
   * Weighs all laws with a step of unknown height.
   *
   * @param split the first size above the step; 0 without one
   */
  static Credence of(Observations data, double variance, double degrees, int split) {
    return new Credence(
        new Weighing(data, variance, Math.min(MOST_DEGREES, degrees), split).masses());
  }

  /** Returns the logarithm of how likely the data is, whichever law is true. */
  double evidence() {
    return evidence;
  }

  /**
   * Returns how credible it is that a law is the truth or cannot be told from it: a power within
   * {@value #SAME_EXPONENT}, or a mixed law whose other term is below {@value #UNSEEN} throughout.
   */
  double of(Growth growth) {
    double sum = 0;
    for (int i = 0; i < credences.length; i++) {
      Mass mass = masses.get(i);
      boolean same =
          switch (mass.kind()) {
            case NAMED -> mass.growth() == growth;
            case POWER ->
                growth.logPower() == 0
                    && Math.abs(mass.exponent() - growth.power()) < SAME_EXPONENT;
            case MIXED ->
                (growth == Growth.LINEAR && mass.quadratic() < UNSEEN)
                    || (growth == Growth.QUADRATIC && mass.linear() < UNSEEN);
          };
      sum += same ? credences[i] : 0;
    }
    return sum;
  }

  /** Returns how credible the mixed law is. */
  double ofMixed() {
    double sum = 0;
    for (int i = 0; i < credences.length; i++) {
      sum += masses.get(i).kind() == Kind.MIXED ? credences[i] : 0;
    }
    return sum;
  }

  /** Returns how credible a nameless power near an exponent is. */
  double ofPower(double exponent) {
    double sum = 0;
    for (int i = 0; i < credences.length; i++) {
      Mass mass = masses.get(i);
      boolean same =
          mass.kind() == Kind.POWER && Math.abs(mass.exponent() - exponent) < SAME_EXPONENT;
      sum += same ? credences[i] : 0;
    }
    return sum;
  }

  /** Returns the mean exponent of the nameless powers with its interval; empty if incredible. */
  Optional<Interval> exponent(double confidence) {
    List<double[]> powers = new ArrayList<>();
    double total = 0;
    double sum = 0;
    for (int i = 0; i < credences.length; i++) {
      if (masses.get(i).kind() == Kind.POWER && credences[i] > 0) {
        powers.add(new double[] {masses.get(i).exponent(), credences[i]});
        total += credences[i];
        sum += credences[i] * masses.get(i).exponent();
      }
    }
    if (!(total > 0)) {
      return Optional.empty();
    }
    powers.sort(Comparator.comparingDouble(power -> power[0]));
    double mean = sum / total;
    double low = quantile(powers, total * (1 - confidence) / 2);
    double high = quantile(powers, total * (1 + confidence) / 2);
    return Optional.of(new Interval(mean, Math.min(mean, low), Math.max(mean, high), confidence));
  }

  private static double quantile(List<double[]> powers, double credence) {
    double sum = 0;
    for (double[] power : powers) {
      sum += power[1];
      if (sum >= credence) {
        return power[0];
      }
    }
    return powers.get(powers.size() - 1)[0];
  }

  /** Returns the families' credence by their names, that of nameless powers under "n^k". */
  private Map<String, Double> families() {
    Map<String, Double> parts = new LinkedHashMap<>();
    for (int i = 0; i < credences.length; i++) {
      Mass mass = masses.get(i);
      String name =
          switch (mass.kind()) {
            case NAMED -> mass.growth().word();
            case POWER -> NAMELESS;
            case MIXED -> Law.MIXED.word();
          };
      parts.merge(name, credences[i], Double::sum);
    }
    return parts;
  }

  /** Returns which of some laws is the most credible; empty if a nameless power is more so. */
  Optional<Law> most(Collection<Law> laws) {
    Map<String, Double> parts = families();
    Optional<Law> most =
        laws.stream().max(Comparator.comparingDouble(law -> parts.getOrDefault(law.word(), 0.0)));
    return most.filter(law -> parts.getOrDefault(law.word(), 0.0) >= parts.get(NAMELESS));
  }

  /** Returns the most credible law with its credence, if it is more likely than not. */
  Optional<String> likeliest() {
    return families().entrySet().stream()
        .filter(part -> part.getValue() >= LIKELY)
        .findFirst()
        .map(
            part ->
                (part.getKey().equals(NAMELESS) ? powers() : part.getKey())
                    + " "
                    + Words.credence(part.getValue()));
  }

  /** Names what is credible, most credible first: {@code linear (72 %), n log n (27 %)}. */
  String listing() {
    List<String> words = new ArrayList<>();
    families().entrySet().stream()
        .filter(part -> part.getValue() >= LEAST_LISTED)
        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
        .limit(MOST_LISTED)
        .forEach(
            part ->
                words.add(
                    (part.getKey().equals(NAMELESS) ? powers() : part.getKey())
                        + " ("
                        + Words.credence(part.getValue())
                        + ")"));
    return Words.and(words);
  }

  private String powers() {
    return exponent(0.95)
        .map(k -> String.format(Locale.ROOT, "n^%.2f … n^%.2f", k.low(), k.high()))
        .orElse(NAMELESS);
  }

  /** Returns the narrowest bounds outside of which on either side no more than a part is. */
  Bounds bounds(double outside) {
    Growth[] growths = Growth.values();
    int low = 0;
    while (low < growths.length - 1 && below(growths[low + 1]) <= outside) {
      low++;
    }
    int high = growths.length - 1;
    while (high > low && above(growths[high - 1]) <= outside) {
      high--;
    }
    return new Bounds(growths[low], growths[high]);
  }

  private double below(Growth growth) {
    double sum = 0;
    for (int i = 0; i < credences.length; i++) {
      Mass mass = masses.get(i);
      boolean below =
          switch (mass.kind()) {
            case NAMED -> mass.growth().compareTo(growth) < 0;
            case POWER ->
                mass.exponent() < growth.power() - SAME_EXPONENT
                    || (growth.logPower() > 0 && mass.exponent() < growth.power() + SAME_EXPONENT);
            case MIXED ->
                growth.compareTo(mass.linear() < UNSEEN ? Growth.QUADRATIC : Growth.LINEAR) > 0;
          };
      sum += below ? credences[i] : 0;
    }
    return sum;
  }

  private double above(Growth growth) {
    double sum = 0;
    for (int i = 0; i < credences.length; i++) {
      Mass mass = masses.get(i);
      boolean above =
          switch (mass.kind()) {
            case NAMED -> mass.growth().compareTo(growth) > 0;
            case POWER -> mass.exponent() > growth.power() + SAME_EXPONENT;
            case MIXED ->
                growth.compareTo(mass.quadratic() < UNSEEN ? Growth.LINEAR : Growth.QUADRATIC) < 0;
          };
      sum += above ? credences[i] : 0;
    }
    return sum;
  }

  /** The weighing of all laws against one series. */
  private static final class Weighing {

    private final LawCurves curves;
    private final Marginal marginal;
    private final List<Mass> masses = new ArrayList<>();
    private double best = Double.NEGATIVE_INFINITY;

    Weighing(Observations data, double variance, double degrees, int split) {
      curves = LawCurves.of(data.sizes(), data.weights(), split);
      marginal = new Marginal(data.logs(), data.weights(), variance, degrees, split);
    }

    /** Weighs the simpler laws first: what is nothing beside them need not be looked into. */
    List<Mass> masses() {
      double half = Math.log(0.5);
      add(Growth.CONSTANT, 0, marginal.log(curves.plain(Growth.CONSTANT)));
      for (Growth growth : Growth.values()) {
        if (growth != Growth.CONSTANT && curves.plain(growth) != null) {
          add(growth, half, marginal.log(curves.plain(growth)));
        }
      }
      addPowers(integrate(curves.power(), half), half);
      addMixed(integrate(curves.mixed(), half), half);
      for (Growth growth : Growth.values()) {
        if (growth != Growth.CONSTANT) {
          for (Marginal.Piece piece : integrate(curves.above(growth), half)) {
            add(growth, half, piece.log());
          }
        }
      }
      addPowers(integrate(curves.powerAbove(), half), half);
      addMixed(integrate(curves.mixedAbove(), half), half);
      return masses;
    }

    private void add(Growth growth, double prior, double log) {
      add(new Mass(Kind.NAMED, growth, Double.NaN, 0, 0, prior + log));
    }

    private void add(Mass mass) {
      best = Math.max(best, mass.log());
      masses.add(mass);
    }

    private List<Marginal.Piece> integrate(CurveTree tree, double prior) {
      return marginal.integrate(tree, best - prior - NOTHING);
    }

    private void addPowers(List<Marginal.Piece> pieces, double prior) {
      for (Marginal.Piece piece : pieces) {
        add(new Mass(Kind.POWER, null, piece.first(), 0, 0, prior + piece.log()));
      }
    }

    private void addMixed(List<Marginal.Piece> pieces, double prior) {
      for (Marginal.Piece piece : pieces) {
        double at = piece.first();
        add(
            new Mass(
                Kind.MIXED,
                null,
                Double.NaN,
                1 / (1 + Math.exp(curves.first() - at)),
                1 / (1 + Math.exp(at - curves.last())),
                prior + piece.log()));
      }
    }
  }
}

package dev.ordo.reports.fit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A knot that was found: two power laws, one before a place and one beyond it. A law is judged by
 * the sizes beyond it alone.
 */
final class KnotSearch {

  /** Two sizes lie on a line whatever they are: one bad size near an end would be a knot. */
  static final int FEWEST_ON_A_SIDE = 3;

  private static final int PARAMETERS = 4;

  private final Observations data;
  private final List<Kink> kinks;
  private final RegimeNoise noise;
  private final double squares;
  private final double falseAlarm;

  private KnotSearch(Observations data, List<Kink> kinks, double squares, double falseAlarm) {
    this.data = data;
    this.kinks = kinks;
    this.squares = squares;
    this.falseAlarm = falseAlarm;
    noise = RegimeNoise.of(data, squares, data.count() - PARAMETERS);
  }

  /** Two power laws, before a size and from it on. */
  private record Kink(int split, PowerFit before, PowerFit beyond) {

    double squares() {
      return before.squares() + beyond.squares();
    }

    double change() {
      return beyond.exponent() - before.exponent();
    }

    /** Returns 1 over the variance of the change at σ² = 1. */
    double leverage() {
      return 1 / (1 / before.leverage() + 1 / beyond.leverage());
    }
  }

  /** Searches; empty where no knot is claimed. */
  static Optional<KnotSearch> find(RegimeSearch search, Observations data) {
    int left = data.count() - PARAMETERS;
    List<Kink> kinks =
        IntStream.rangeClosed(FEWEST_ON_A_SIDE, data.count() - FEWEST_ON_A_SIDE)
            .mapToObj(
                split -> new Kink(split, part(data, 0, split), part(data, split, data.count())))
            .toList();
    if (kinks.isEmpty()) {
      return Optional.empty();
    }
    double squares = kinks.stream().mapToDouble(Kink::squares).min().orElseThrow();
    return search
        .falseAlarm(squares, left, PARAMETERS)
        .map(
            falseAlarm -> {
              double gain = PowerSum.squares(data) - squares;
              RegimeNoise noise = RegimeNoise.of(data, squares, left);
              return Math.max(falseAlarm, noise.falseAlarm(gain, PARAMETERS, search.places()));
            })
        .filter(falseAlarm -> search.claims(falseAlarm, left + 1))
        .map(falseAlarm -> new KnotSearch(data, kinks, squares, falseAlarm));
  }

  private static PowerFit part(Observations data, int from, int to) {
    return PowerFit.of(
        Arrays.copyOfRange(data.sizes(), from, to),
        Arrays.copyOfRange(data.logs(), from, to),
        Arrays.copyOfRange(data.weights(), from, to));
  }

  /** Returns the sum of squares from which on a simpler curve fits clearly worse. */
  double clearlyAbove() {
    return squares + noise.tolerance(PARAMETERS);
  }

  /** Returns the knot. */
  RegimeSearch.Found found() {
    double limit = squares + noise.tolerance(2);
    List<Kink> near = kinks.stream().filter(kink -> kink.squares() <= limit).toList();
    Interval before = hull(near, kink -> kink.before.exponent(), kink -> kink.before.leverage());
    Interval beyond = hull(near, kink -> kink.beyond.exponent(), kink -> kink.beyond.leverage());
    boolean flat = before.contains(0) && beyond.low() > 0;
    int first = near.get(0).split;
    int last = near.get(near.size() - 1).split;
    Regime regime =
        new Regime(
            flat ? Regime.Kind.FLOOR : Regime.Kind.KNOT,
            data.sizes()[first - 1],
            data.sizes()[last],
            hull(near, Kink::change, Kink::leverage),
            falseAlarm);
    Observations rest = data.from(last);
    return new RegimeSearch.Found(regime, true, rest, Candidates.of(rest));
  }

  /** Returns a number of the best pair, with the hull of its 95 % intervals at all places. */
  private Interval hull(
      List<Kink> near, Function<Kink, Double> number, Function<Kink, Double> leverage) {
    Kink best = near.stream().min(Comparator.comparingDouble(Kink::squares)).orElseThrow();
    double reach = Math.sqrt(noise.tolerance(1));
    double low = number.apply(best);
    double high = low;
    for (Kink kink : near) {
      double width = reach / Math.sqrt(leverage.apply(kink));
      low = Math.min(low, number.apply(kink) - width);
      high = Math.max(high, number.apply(kink) + width);
    }
    return new Interval(number.apply(best), low, high, RegimeNoise.CONFIDENCE);
  }
}

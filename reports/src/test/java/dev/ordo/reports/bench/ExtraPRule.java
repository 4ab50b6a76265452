package dev.ordo.reports.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rule of Extra-P for one parameter: hypotheses c₀ + c₁·n^i·(log₂ n)^j of the performance model
 * normal form, each fitted by least squares of absolute errors. The one with the smallest symmetric
 * mean absolute percentage error wins, taken over left-out points one at a time; the constant is
 * there first, with its error over all points. A term that makes up less than 0.05 % of every value
 * is not considered (Calotoiu, Hoefler, Poke and Wolf, "Using automated performance modeling to
 * find scalability bugs in complex codes", SC 2013). Exponents and the choice by cross-validation
 * are the defaults of the tool's version 4, <a
 * href="https://github.com/extra-p/extrap">extra-p/extrap</a>.
 */
final class ExtraPRule implements Peer {

  private static final double LEAST_CONTRIBUTION = 0.0005;

  /** Exponents of n with the largest exponent of the logarithm that goes with them. */
  private static final List<Order> TERMS =
      terms(
          new double[][] {
            {0, 2}, {1 / 4.0, 2}, {1 / 3.0, 2}, {1 / 2.0, 2}, {2 / 3.0, 2}, {3 / 4.0, 2},
            {4 / 5.0, 0}, {1, 2}, {5 / 4.0, 1}, {4 / 3.0, 1}, {3 / 2.0, 2}, {5 / 3.0, 0},
            {7 / 4.0, 0}, {2, 2}, {9 / 4.0, 0}, {7 / 3.0, 0}, {5 / 2.0, 2}, {8 / 3.0, 0},
            {11 / 4.0, 0}, {3, 1}
          });

  private static List<Order> terms(double[][] exponents) {
    List<Order> terms = new ArrayList<>();
    for (double[] pair : exponents) {
      for (int j = pair[0] == 0 ? 1 : 0; j <= pair[1]; j++) {
        terms.add(new Order(pair[0], j));
      }
    }
    return List.copyOf(terms);
  }

  @Override
  public Answer answer(double[] sizes, double[] means) {
    double mean = Arrays.stream(means).average().orElseThrow();
    double least = 0;
    for (double value : means) {
      least += error(mean, value) / means.length;
    }
    Order best = Order.CONSTANT;
    double[] line = {mean, 0};
    for (Order term : TERMS) {
      double[] x = Arrays.stream(sizes).map(n -> at(term, n)).toArray();
      double[] all = line(x, means, -1);
      double error = 0;
      double contribution = 0;
      for (int left = 0; left < x.length; left++) {
        double[] rest = line(x, means, left);
        error += error(rest[0] + rest[1] * x[left], means[left]) / x.length;
        contribution = Math.max(contribution, Math.abs(all[1] * x[left] / means[left]));
      }
      if (contribution >= LEAST_CONTRIBUTION && error < least) {
        least = error;
        best = term;
        line = all;
      }
    }
    Order winner = best;
    double constant = line[0];
    double factor = line[1];
    return new Answer(Claim.of(winner), n -> constant + factor * at(winner, n));
  }

  private static double at(Order term, double n) {
    return Math.pow(n, term.power()) * Math.pow(Math.log(n) / Math.log(2), term.logPower());
  }

  private static double error(double predicted, double actual) {
    return 2 * Math.abs(predicted - actual) / (Math.abs(predicted) + Math.abs(actual));
  }

  /** Returns constant and factor of the least-squares line; leaves one point out if ≥ 0. */
  private static double[] line(double[] x, double[] y, int left) {
    int count = 0;
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      if (i != left) {
        count++;
        meanX += x[i];
        meanY += y[i];
      }
    }
    meanX /= count;
    meanY /= count;
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < x.length; i++) {
      if (i != left) {
        xx += (x[i] - meanX) * (x[i] - meanX);
        xy += (x[i] - meanX) * (y[i] - meanY);
      }
    }
    double factor = xy / xx;
    return new double[] {meanY - factor * meanX, factor};
  }
}

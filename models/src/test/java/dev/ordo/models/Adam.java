package dev.ordo.models;

import java.util.HashMap;
import java.util.Map;

/**
 * Adam (Kingma and Ba, <a href="https://arxiv.org/abs/1412.6980">2015</a>, algorithm 1) with the
 * gradient's norm limited to 1.
 */
final class Adam {

  private static final double DECAY1 = 0.9;
  private static final double DECAY2 = 0.999;
  private static final double EPSILON = 1e-8;

  private record Moments(double[] first, double[] second) {}

  private final Training training;
  private final double rate;
  private final Map<String, Moments> moments = new HashMap<>();
  private int steps;

  Adam(Training training, double rate) {
    this.training = training;
    this.rate = rate;
    for (String name : training.names()) {
      int size = training.parameter(name).length;
      moments.put(name, new Moments(new double[size], new double[size]));
    }
  }

  /** Changes the parameters by the gradients of the last step. */
  void update() {
    steps++;
    double squares = 0;
    for (String name : training.names()) {
      for (float slope : training.gradient(name)) {
        squares += (double) slope * slope;
      }
    }
    double limit = Math.min(1, 1 / Math.sqrt(squares));
    double first = 1 - Math.pow(DECAY1, steps);
    double second = 1 - Math.pow(DECAY2, steps);
    for (String name : training.names()) {
      float[] values = training.parameter(name);
      float[] slopes = training.gradient(name);
      Moments kept = moments.get(name);
      for (int i = 0; i < values.length; i++) {
        double slope = limit * slopes[i];
        kept.first()[i] += (1 - DECAY1) * (slope - kept.first()[i]);
        kept.second()[i] += (1 - DECAY2) * (slope * slope - kept.second()[i]);
        values[i] -=
            (float)
                (rate
                    * (kept.first()[i] / first)
                    / (Math.sqrt(kept.second()[i] / second) + EPSILON));
      }
    }
  }
}

package dev.ordo.models.ssm;

import java.util.Arrays;
import java.util.Locale;

/** A function that makes a stored parameter positive, or leaves it as it is. */
enum Transform {
  /** x. */
  NONE,
  /** exp x. */
  EXP,
  /** max(0, x) + 1e-4. */
  RELU,
  /** 1/(1 + exp(−x)). */
  SIGMOID,
  /** ln(1 + exp x), and x above 20, where float32 makes no difference. */
  SOFTPLUS;

  private static final double LINEAR = 20;

  /** Returns the names of all transforms, as a configuration has them. */
  static String[] names() {
    return Arrays.stream(values())
        .map(each -> each.name().toLowerCase(Locale.ROOT))
        .toArray(String[]::new);
  }

  /** Returns the function's value. */
  double value(double x) {
    return switch (this) {
      case NONE -> x;
      case EXP -> Math.exp(x);
      case RELU -> Math.max(0, x) + 1e-4;
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case SOFTPLUS -> x > LINEAR ? x : Math.log1p(Math.exp(x));
    };
  }

  /** Returns the function's derivative. */
  double slope(double x) {
    return switch (this) {
      case NONE -> 1;
      case EXP -> Math.exp(x);
      case RELU -> x > 0 ? 1 : 0;
      case SIGMOID -> value(x) * (1 - value(x));
      case SOFTPLUS -> x > LINEAR ? 1 : 1 / (1 + Math.exp(-x));
    };
  }
}

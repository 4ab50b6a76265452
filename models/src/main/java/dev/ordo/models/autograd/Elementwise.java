package dev.ordo.models.autograd;

import dev.ordo.models.kernel.ActivationGradient;
import dev.ordo.models.kernel.Gelu;
import dev.ordo.models.kernel.Silu;
import dev.ordo.models.kernel.Softplus;
import dev.ordo.models.kernel.Workers;

/** Sums, products and functions of the values at the same place. */
public final class Elementwise {

  /** Values that threads do not share: a line of the cache. */
  private static final int UNIT = 16;

  private Elementwise() {}

  /**
   * Adds two matrices of one shape.
   *
   * @throws IllegalArgumentException if their shapes differ
   */
  public static Tensor add(Tape tape, Tensor a, Tensor b) {
    check(a, b);
    Tensor y = tape.tensor(a.rows(), a.columns());
    int count = y.size();
    float[] value = y.value();
    float[] left = a.value();
    float[] right = b.value();
    split(
        count,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            value[i] = left[i] + right[i];
          }
        });
    tape.record(
        y,
        () -> {
          pass(y.gradient(), a);
          passLast(y, b);
        });
    return y;
  }

  /** Does something with values from one, inclusive, to another, exclusive. */
  private interface Values {
    void between(int from, int to);
  }

  /** Splits work of one operation a value over threads. */
  private static void split(int count, Values task) {
    int parts = Workers.parts(count, count);
    if (parts == 1) {
      task.between(0, count);
      return;
    }
    Workers.each(
        parts,
        part ->
            task.between(
                Workers.start(part, parts, count, UNIT),
                Workers.start(part + 1, parts, count, UNIT)));
  }

  /** Passes a result's gradient on, where nothing else is going to read it: without a copy. */
  static void passLast(Tensor y, Tensor to) {
    if (to.needsGradient() && !y.handGradientTo(to)) {
      pass(y.gradient(), to);
    }
  }

  private static void pass(float[] dy, Tensor to) {
    if (!to.needsGradient()) {
      return;
    }
    if (!to.hasGradient()) {
      System.arraycopy(dy, 0, to.gradientToOverwrite(), 0, to.size());
      return;
    }
    float[] dx = to.gradient();
    split(
        to.size(),
        (from, end) -> {
          for (int i = from; i < end; i++) {
            dx[i] += dy[i];
          }
        });
  }

  /**
   * Multiplies two matrices of one shape, place by place.
   *
   * @throws IllegalArgumentException if their shapes differ
   */
  public static Tensor multiply(Tape tape, Tensor a, Tensor b) {
    check(a, b);
    Tensor y = tape.tensor(a.rows(), a.columns());
    int count = y.size();
    float[] value = y.value();
    float[] left = a.value();
    float[] right = b.value();
    for (int i = 0; i < count; i++) {
      value[i] = left[i] * right[i];
    }
    tape.record(
        y,
        () -> {
          addProduct(y.gradient(), right, a);
          addProduct(y.gradient(), left, b);
        });
    return y;
  }

  private static void addProduct(float[] dy, float[] factor, Tensor to) {
    if (to.needsGradient()) {
      float[] dx = to.gradient();
      for (int i = 0; i < to.size(); i++) {
        dx[i] += dy[i] * factor[i];
      }
    }
  }

  /** Multiplies all values by a constant. */
  public static Tensor scale(Tape tape, Tensor x, float factor) {
    Tensor y = tape.tensor(x.rows(), x.columns());
    int count = y.size();
    float[] value = y.value();
    float[] from = x.value();
    for (int i = 0; i < count; i++) {
      value[i] = factor * from[i];
    }
    tape.record(
        y,
        () -> {
          float[] dy = y.gradient();
          float[] dx = x.gradient();
          for (int i = 0; i < count; i++) {
            dx[i] += factor * dy[i];
          }
        });
    return y;
  }

  /** Applies max(0, x). */
  public static Tensor relu(Tape tape, Tensor x) {
    Tensor y = copy(tape, x);
    float[] value = y.value();
    for (int i = 0; i < y.size(); i++) {
      value[i] = Math.max(0, value[i]);
    }
    tape.record(y, () -> ActivationGradient.relu(y.value(), y.gradient(), x.gradient(), y.size()));
    return y;
  }

  /** Applies SiLU, x·σ(x). */
  public static Tensor silu(Tape tape, Tensor x) {
    Tensor y = copy(tape, x);
    Silu.apply(y.value(), 0, y.size());
    tape.record(y, () -> ActivationGradient.silu(x.value(), y.gradient(), x.gradient(), y.size()));
    return y;
  }

  /** Applies softplus, ln(1 + exp x). */
  public static Tensor softplus(Tape tape, Tensor x) {
    Tensor y = copy(tape, x);
    Softplus.apply(y.value(), 0, y.size());
    tape.record(
        y, () -> ActivationGradient.softplus(y.value(), y.gradient(), x.gradient(), y.size()));
    return y;
  }

  /** Applies GELU in GPT-2's approximation by tanh. */
  public static Tensor geluTanh(Tape tape, Tensor x) {
    Tensor y = copy(tape, x);
    Gelu.tanh(y.value(), 0, y.size());
    tape.record(
        y,
        () -> {
          ActivationGradient.geluTanh(x.value(), y.gradient(), y.size());
          passLast(y, x);
        });
    return y;
  }

  /** Applies GELU, x·Φ(x). */
  public static Tensor geluErf(Tape tape, Tensor x) {
    Tensor y = copy(tape, x);
    Gelu.erf(y.value(), 0, y.size());
    tape.record(
        y,
        () ->
            ActivationGradient.geluErf(x.value(), y.value(), y.gradient(), x.gradient(), y.size()));
    return y;
  }

  private static Tensor copy(Tape tape, Tensor x) {
    Tensor y = tape.tensor(x.rows(), x.columns());
    System.arraycopy(x.value(), 0, y.value(), 0, x.size());
    return y;
  }

  private static void check(Tensor a, Tensor b) {
    if (a.rows() != b.rows() || a.columns() != b.columns()) {
      throw new IllegalArgumentException(
          "shapes ("
              + a.rows()
              + " × "
              + a.columns()
              + " and "
              + b.rows()
              + " × "
              + b.columns()
              + ") must be equal");
    }
  }
}

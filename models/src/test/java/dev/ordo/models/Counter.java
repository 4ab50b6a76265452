package dev.ordo.models;

import java.util.function.DoubleUnaryOperator;

/**
 * Plain arithmetic in double precision that counts its operations as {@link Cost#flops} does.
 *
 * <p>An addition, subtraction, multiplication, division, root or transcendental function is one
 * operation; a negation, a comparison, a copy or a table look-up is none. A slow twin of a model
 * that computes with a counter alone tells what the model costs, and what it should return.
 */
public final class Counter {

  private long operations;

  /** Makes a counter that has counted nothing. */
  public Counter() {}

  /** Returns the number of operations so far. */
  public long operations() {
    return operations;
  }

  /** Forgets the operations so far. */
  public void reset() {
    operations = 0;
  }

  /** Returns a + b. */
  public double add(double a, double b) {
    operations++;
    return a + b;
  }

  /** Returns a − b. */
  public double subtract(double a, double b) {
    operations++;
    return a - b;
  }

  /** Returns a · b. */
  public double multiply(double a, double b) {
    operations++;
    return a * b;
  }

  /** Returns a ÷ b. */
  public double divide(double a, double b) {
    operations++;
    return a / b;
  }

  /** Returns a · b + c; two operations. */
  public double multiplyAdd(double a, double b, double c) {
    operations += 2;
    return a * b + c;
  }

  /**
   * Returns the value of a root or a transcendental function, such as {@code Math::exp}; one
   * operation.
   */
  public double apply(DoubleUnaryOperator function, double x) {
    operations++;
    return function.applyAsDouble(x);
  }

  /** Returns 1 ÷ (1 + e⁻ˣ); three operations. */
  public double sigmoid(double x) {
    return divide(1, add(1, apply(Math::exp, -x)));
  }

  /**
   * Returns W·x + b, each sum starting from its bias or from 0; two operations a weight.
   *
   * @param weights W, shape (out, in), row-major; as torch.nn.Linear stores it
   * @param bias b, shape (out); or null for none
   * @param x shape (in)
   * @return shape (out)
   */
  public double[] affine(float[] weights, float[] bias, double[] x) {
    double[] y = new double[weights.length / x.length];
    for (int o = 0; o < y.length; o++) {
      double sum = bias == null ? 0 : bias[o];
      for (int i = 0; i < x.length; i++) {
        sum = multiplyAdd(weights[o * x.length + i], x[i], sum);
      }
      y[o] = sum;
    }
    return y;
  }

  /**
   * Returns the mean cross-entropy of predicting each token from the logits before it.
   *
   * @param logits shape (L, V)
   * @param tokens shape (L)
   * @param dLogits takes the gradients of the logits, which are added to; shape (L, V)
   */
  public double crossEntropy(double[][] logits, int[] tokens, double[][] dLogits) {
    int targets = tokens.length - 1;
    double total = 0;
    double weight = divide(1, targets);
    for (int t = 0; t < targets; t++) {
      double max = Double.NEGATIVE_INFINITY;
      for (double logit : logits[t]) {
        max = Math.max(max, logit);
      }
      double sum = 0;
      for (double logit : logits[t]) {
        sum = add(sum, apply(Math::exp, subtract(logit, max)));
      }
      double logSum = add(max, apply(Math::log, sum));
      int target = tokens[t + 1];
      total = add(total, subtract(logSum, logits[t][target]));
      for (int i = 0; i < logits[t].length; i++) {
        double exp = apply(Math::exp, subtract(logits[t][i], logSum));
        dLogits[t][i] = multiplyAdd(exp, weight, dLogits[t][i]);
      }
      dLogits[t][target] = subtract(dLogits[t][target], weight);
    }
    return divide(total, targets);
  }
}

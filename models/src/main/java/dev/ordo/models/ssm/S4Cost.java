package dev.ordo.models.ssm;

import dev.ordo.models.Cost;
import dev.ordo.models.Cost.Quantity;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.models.kernel.Operations;
import dev.ordo.models.kernel.ResolventGradient;
import dev.ordo.models.recurrent.RecurrentCost;

/**
 * What theory says the phases of {@link S4} cost.
 *
 * <p><b>Operations.</b> A position costs in each layer p = 4d² + 16d + 5 apart from the state
 * space: 7d + 5 for the norm (the mean d + 1, centring d, the variance 2d + 1, scaling d, gain and
 * bias 2d; + ε, the root and its inverse), 5d for GELU (x/√2, erf, + 1, · x, · ½), 4d² for the
 * linear map, 3d for the gate (exp, + 1, /) and d for the residual addition. The convolution of a
 * channel takes f(L), see {@link Operations#longConvolution}, of order L log L.
 *
 * <p>Diagonal: each of the N/2 complex states of a channel takes 7 for a step of the kernel (a
 * product by Ā, a sum) and 7 for a step of the last state (a product by Ā, + u). In the recurrent
 * form, each state takes 7 for Ā·h + u and 4 for the real part of its product by C, and a channel 2
 * for D·u.
 *
 * <p>With a low-rank term, n = 2^⌈log₂ L⌉ points have ⌊n/2⌋ + 1 frequencies between 0 and π (see
 * {@link DplrKernel}). At each, a state takes 41: 9 for the quotient by its denominator (c²|α|² −
 * 4s², 2sc·2Re α, the size of that squared, its inverse, two products) and 8 for each of four
 * weights. A channel takes 61 more: 4 for products of s and c, 24 to put four sums together, 2 for
 * c·T(pC̃), 3 for 1 + c·T(pp̄), 6 for T·T, 4 for the inverse square of the divisor, 10 for the
 * difference to T(BC̃), 2 for 1/n and 6 for the turn by e^{iθ/2}. Once a prefill, the weights take
 * 47 a state. The inverse transform is one {@link Operations#fft}. The last state takes 18 a state
 * and step (6 for E·h and 4 each for the input, the low-rank term and q·h), the recurrent form 22.
 *
 * <p>With k(L) the kernel of a channel, e(L) its last state, r a step and h = 7d + 5 + 2dV for the
 * last norm and the head, over M layers:
 *
 * <pre>
 * prefill   M·(p·L + d·(k(L) + e(L) + f(L) + 1)) + h
 * step      M·(p + d·(r + 2)) + h
 * diagonal  k = 7/2·N·L,  e = 7/2·N·L,  r = 11/2·N
 * low rank  k = 23.5N + (⌊n/2⌋ + 1)(20.5N + 61) + fft(n),  e = 9N·L,  r = 11N
 * </pre>
 *
 * <p>where the 1 is D, added to the kernel.
 *
 * <p><b>Training.</b> Forward is as in a prefill, with the head at all positions, 2d for D·u and
 * without the last state: 4d² + 18d + 5 a position and layer. Backward, the linear maps take twice
 * their forward pass and 2d for the bias, the convolution two transposed ones; an addition to a
 * gradient is one operation. A position takes 17d + 7 for the norm (5d + 5 for the row anew, 7d for
 * the sums over it and the gradients of gain and bias, 5d + 2 for that of the input), 9d for GELU
 * (x²·−½, exp, · φ(0), y/x, x·φ + Φ 2, dx 2), 9d for the gate (σ 3, da 2, db 4), 6d for sums over D
 * and the reversed sequences: 8d² + 43d + 7. An embedding takes d. The kernel's gradient takes 15 a
 * state and step where it is diagonal: 7 for Horner's rule and 8 for the derivative. With a
 * low-rank term it takes a transform, weights and sums anew (47 a state; 41 a state and frequency
 * and 28 a frequency), and for each frequency 101 a state (see {@link ResolventGradient}: 37 for r,
 * r̃ and their squares, 64 for the sums) and 48 a channel for the factors of the four sums (2 for
 * the scale, 6 for the turn, 10 for c/(1 + c·T(pp̄)), and five products of 6). What leads from the
 * sums over steps or frequencies to the parameters, and from those to Ā, is once a state, whatever
 * L, and left out. Cross-entropy is {@link Operations#crossEntropy} of L − 1 targets.
 *
 * <p><b>Bytes.</b> Four for each float that moves at least once: the weights, in a layer 2d of the
 * norm, 2Nd of Ā and C (5Nd of the five constants of the recurrence with a low-rank term), d of D
 * and 2d² + 2d of the linear map, and 2d + dV of the last norm and the head; V logits; an embedding
 * row a position; in each layer the residual stream read and written, 2d a position; and the state,
 * Nd a layer, written by a prefill, read and written by a step. Training reads parameters and no
 * constants, d and 3Nd a layer (A, B, C and Δ), or 4Nd with a low-rank term: w floats in all but
 * the embedding. It moves them three times (forward, backward, gradients), an embedding row a
 * position, the gradients of all embeddings, and twice what it keeps: 4·(3w + dL + dV) and that.
 *
 * <p><b>State.</b> Nd floats a layer. Training keeps for its backward pass the results of all
 * operators: in each layer and position the norm, the kernel, the convolution, GELU, the linear
 * map, the gate and the sum with the residual stream, 8d; outside the layers the embedding and the
 * last norm, 2d, and V logits with the logarithm of their sum; and the loss:
 *
 * <pre>4·(L·(8Md + 2d + V + 1) + 1)</pre>
 *
 * <p><b>Span.</b> A transform of n points is log₂ n dependent passes; with one forward, a product
 * and one back, a convolution has v = 2 log₂ n + 1. Convolutions of the layers wait for each other:
 * Mv. Kernels wait for weights alone, so that those of all layers are made at once: their terms are
 * independent, but with a low-rank term a transform follows, log₂ n before the first convolution.
 * The last state of a layer is what only the next token waits for. That of a diagonal recurrence is
 * a sum of independent terms; with a low-rank term it is computed by L steps, one after the other
 * (a tree of dense matrices would be log L deep, at N times the work), which concerns a prefill and
 * not training: there the last layer ends with max(v, L). A single step has M.
 *
 * <p>Training goes through the convolutions twice, 2Mv. At the end are the gradients of the first
 * layer, sums over positions or frequencies of log₂ n; with a low-rank term its kernel's gradient
 * is transformed before that, so that its span is 2Mv + 3 log₂ n, and 2Mv + log₂ n without.
 */
final class S4Cost {

  private S4Cost() {}

  /**
   * Returns what a phase costs.
   *
   * @param lowRank whether state matrices have a low-rank term
   */
  static Cost of(ModelShape shape, Phase phase, boolean lowRank) {
    if (phase == Phase.TRAIN) {
      return training(shape, lowRank);
    }
    double d = shape.width();
    double m = shape.layers();
    double n = shape.state();
    double v = shape.vocabulary();
    double position = 4 * d * d + 16 * d + 5;
    double last = 7 * d + 5 + 2 * d * v;
    double carried = lowRank ? 9 * n : 3.5 * n;
    double step = lowRank ? 11 * n : 5.5 * n;
    return RecurrentCost.ofFloats(
            new Quantity(
                Order.LINEARITHMIC,
                length ->
                    m * position * length
                        + m
                            * d
                            * (kernel(length, n, lowRank)
                                + carried * length
                                + Operations.longConvolution(length)
                                + 1)
                        + last),
            lowRank
                ? new Quantity(
                    Order.LINEAR,
                    length ->
                        Operations.ceilLog2(length)
                            + (m - 1) * convolutionSpan(length)
                            + Math.max(length, convolutionSpan(length)))
                : new Quantity(Order.LOGARITHMIC, length -> m * convolutionSpan(length)),
            m * (position + d * (step + 2)) + last,
            m,
            weights(shape, (lowRank ? 5 : 2) * n) + v,
            d + 2 * m * d,
            m * n * d)
        .of(phase);
  }

  /** Returns the floats of all but the embedding, given those of the state space of a channel. */
  private static double weights(ModelShape shape, double space) {
    double d = shape.width();
    return shape.layers() * (2 * d * d + space * d + 5 * d) + 2 * d + d * shape.vocabulary();
  }

  /** Returns the operations of a channel's kernel. */
  private static double kernel(long length, double n, boolean lowRank) {
    if (!lowRank) {
      return 3.5 * n * length;
    }
    long points = Operations.powerOfTwo(length);
    return 23.5 * n + frequencies(points) * (20.5 * n + 61) + Operations.fft(points);
  }

  /** Returns the operations of the gradient of a channel's kernel. */
  private static double kernelGradient(long length, double n, boolean lowRank) {
    if (!lowRank) {
      return 7.5 * n * length;
    }
    long points = Operations.powerOfTwo(length);
    return 23.5 * n + frequencies(points) * (71 * n + 76) + Operations.fft(points);
  }

  private static long frequencies(long points) {
    return points / 2 + 1;
  }

  private static double convolutionSpan(long length) {
    return 2 * Operations.ceilLog2(length) + 1;
  }

  private static Cost training(ModelShape shape, boolean lowRank) {
    double d = shape.width();
    double m = shape.layers();
    double n = shape.state();
    double v = shape.vocabulary();
    double position = m * (12 * d * d + 61 * d + 12) + 25 * d + 12 + 6 * d * v;
    double parameters = weights(shape, (lowRank ? 4 : 3) * n + 1);
    double kept = m * 8 * d + 2 * d + v + 1;
    return new Cost(
        new Quantity(
            Order.LINEARITHMIC,
            length ->
                position * length
                    + Operations.crossEntropy(length - 1.0, v)
                    + m
                        * d
                        * (kernel(length, n, lowRank)
                            + kernelGradient(length, n, lowRank)
                            + 3 * Operations.longConvolution(length))),
        new Quantity(
            Order.LINEAR,
            length -> 4 * (3 * parameters + d * length + d * v + 2 * (kept * length + 1))),
        new Quantity(
            Order.LOGARITHMIC,
            length ->
                2 * m * convolutionSpan(length) + (lowRank ? 3 : 1) * Operations.ceilLog2(length)),
        new Quantity(Order.LINEAR, length -> 4 * (kept * length + 1)));
  }
}

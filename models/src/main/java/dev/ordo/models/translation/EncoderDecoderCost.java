package dev.ordo.models.translation;

import dev.ordo.models.Cost;
import dev.ordo.models.Cost.Quantity;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.models.kernel.Operations;
import java.util.function.DoubleUnaryOperator;

/**
 * What theory says an {@link EncoderDecoder} with random weights costs: with as many heads, as
 * wide, in both stacks, and a feed-forward part of two maps with ReLU between them.
 *
 * <p>With width d, i the width of all H heads together, inner width f, N layers in each stack,
 * vocabulary V. A multiply-add is 2 operations, any other arithmetic or transcendental function 1,
 * a comparison none; a bias, also that of a distance, is what a sum starts from.
 *
 * <p><b>Operations.</b> An affine map of in to out values costs 2·in·out. A norm costs ν = 4d + 4
 * before a part (squares 2d, mean, ε, root, inverse, scale and gain 2d) or 7d + 5 after it (mean d
 * + 1, centring d, squares 2d, mean, ε, root, inverse, scale, gain and bias 3d). A query of all
 * heads that sees n keys costs a·n + r with a = 4i + 4H and r = i + 2H: scores 2in, weights 4Hn
 * (scale and shift 2, exp, sum) and 2H (shift and inverse of the sum), mix 2in, division i. So per
 * position, with d for each addition to the residual stream:
 *
 * <pre>
 * encoder layer   u = 8di + 4df + 2ν + 2d + r,      and a·S for the S positions of the source
 * cross, source   4di
 * decoder layer   t = 12di + 4df + 3ν + 3d + 2r,    and a·n + a·S for n positions of the target
 * embedding       e = 0, or 2d where it is scaled and a position added
 * logits          h = 2dV, and ν where a norm precedes them
 * </pre>
 *
 * <p>Reading a source of S, and decoding target positions T₀ … T of which the last has logits:
 *
 * <pre>
 * R(S) = N·(u·S + a·S² + 4di·S) + e·S,    and ν·S where a norm follows the last layer
 * D(T₀, T, S) = Σ (N·(t + a·n + a·S) + e) + h,    n = T₀ … T
 * </pre>
 *
 * <table>
 * <caption>Operations</caption>
 * <tr><th>phase</th><th>with a cache</th><th>without</th></tr>
 * <tr><td>prefill</td><td>R(L) + D(1, 1, L)</td><td>the same</td></tr>
 * <tr><td>decode</td><td>D(L+2, L+2, L)</td><td>D(1, L+2, L)</td></tr>
 * <tr><td>generate</td><td>R(L) + Σ D(n, n, L), n = 1 … L</td>
 *     <td>R(L) + Σ D(1, n, L), n = 1 … L</td></tr>
 * </table>
 *
 * <p>for the start token is the first position, and decode takes in what follows it and L more.
 * Training is in {@link TrainingCost}.
 *
 * <p><b>Bytes.</b> Four for each float that moves at least once: in a pass all weights of what
 * runs, an embedding row (and a position) for each token, in each layer the residual stream read
 * and written (2d) and the keys and values written (2i a position) and all that are seen read once
 * by the pass (2i), those of the source too, which are made of d values a position; and V logits.
 *
 * <p><b>Span.</b> With unlimited processors positions depend on each other only through the sums
 * over keys, which a binary tree adds in ⌈log₂ n⌉ steps: N·(1 + ⌈log₂ S⌉) for the encoder and N·(2
 * + ⌈log₂ n⌉ + ⌈log₂ S⌉) for the decoder. Generated tokens wait for each other, and Σ ⌈log₂ i⌉ for
 * i = 1 … L is L·c − 2ᶜ + 1 with c = ⌈log₂ L⌉.
 *
 * <p><b>State.</b> 8Ni bytes of keys and values for each token of the source, and with a cache for
 * each position of the target; without one, the 4 bytes of its id.
 *
 * @param architecture of a model with random weights
 */
record EncoderDecoderCost(Architecture architecture) implements Letters {

  /** Returns the cost of a phase. */
  static Cost of(Architecture architecture, Phase phase, boolean cached) {
    return phase == Phase.TRAIN
        ? new TrainingCost(architecture).cost()
        : new EncoderDecoderCost(architecture).of(phase, cached);
  }

  private Cost of(Phase phase, boolean cached) {
    return switch (phase) {
      case PREFILL ->
          new Cost(
              Letters.quantity(Order.QUADRATIC, n -> readFlops(n) + decodeFlops(1, 1, n)),
              Letters.quantity(Order.LINEAR, n -> 4 * (readFloats(n) + decodeFloats(1, 1, n))),
              new Quantity(Order.LOGARITHMIC, n -> readSpan(n) + decodeSpan(1, n)),
              state(cached, n -> 1));
      case DECODE -> {
        // Without a cache every position of the target is computed, from the first on.
        DoubleUnaryOperator first = n -> cached ? n + 2 : 1;
        yield new Cost(
            Letters.quantity(
                cached ? Order.LINEAR : Order.QUADRATIC,
                n -> decodeFlops(first.applyAsDouble(n), n + 2, n)),
            Letters.quantity(Order.LINEAR, n -> 4 * decodeFloats(first.applyAsDouble(n), n + 2, n)),
            new Quantity(Order.LOGARITHMIC, n -> decodeSpan(n + 2, n)),
            state(cached, n -> n + 2));
      }
      case GENERATE ->
          new Cost(
              Letters.quantity(
                  cached ? Order.QUADRATIC : Order.CUBIC,
                  n -> readFlops(n) + (cached ? stepsFlops(n) : passesFlops(n))),
              Letters.quantity(
                  Order.QUADRATIC,
                  n -> 4 * (readFloats(n) + (cached ? stepsFloats(n) : passesFloats(n)))),
              new Quantity(Order.LINEARITHMIC, n -> readSpan(n) + stepsSpan(n)),
              state(cached, n -> n));
      case TRAIN -> throw new IllegalArgumentException("phase train must have a cost of its own");
    };
  }

  /** 1 where norms come after the parts and every map has a bias. */
  private double after() {
    return architecture.normAfter() ? 1 : 0;
  }

  /** ν. */
  private double norm() {
    return architecture.normAfter() ? 7 * d() + 5 : 4 * d() + 4;
  }

  /** a. */
  private double key() {
    return 4 * i() + 4 * heads();
  }

  /** r. */
  private double query() {
    return i() + 2 * heads();
  }

  /** e. */
  private double embedding() {
    return after() * 2 * d();
  }

  /** h. */
  private double head() {
    return 2 * d() * vocabulary() + (1 - after()) * norm();
  }

  /** u. */
  private double encoderPosition() {
    return 8 * d() * i() + 4 * d() * inner() + 2 * norm() + 2 * d() + query();
  }

  /** t. */
  private double decoderPosition() {
    return 12 * d() * i() + 4 * d() * inner() + 3 * norm() + 3 * d() + 2 * query();
  }

  /** R. */
  private double readFlops(double n) {
    return layers() * (encoderPosition() * n + key() * n * n + 4 * d() * i() * n)
        + (embedding() + (1 - after()) * norm()) * n;
  }

  /** D. */
  private double decodeFlops(double first, double last, double source) {
    double positions = last - first + 1;
    double keys = positions * (first + last) / 2;
    return layers() * (positions * (decoderPosition() + key() * source) + key() * keys)
        + positions * embedding()
        + head();
  }

  private double stepsFlops(double n) {
    return decodeFlops(1, n, n) + (n - 1) * head();
  }

  private double passesFlops(double n) {
    double positions = n * (n + 1) / 2;
    double keys = n * (n + 1) * (n + 2) / 6;
    return layers() * (positions * (decoderPosition() + key() * n) + key() * keys)
        + positions * embedding()
        + n * head();
  }

  /** The floats of a map's bias and of a norm beyond its gain. */
  private double encoderWeights() {
    double biases = 3 * i() + d() + inner() + d();
    return layers()
            * (4 * d() * i() + 2 * d() * inner() + after() * biases + (1 + after()) * 2 * d())
        + (1 - after()) * d();
  }

  /** Those of the maps from the source to keys and values. */
  private double crossWeights() {
    return layers() * (2 * d() * i() + after() * 2 * i());
  }

  /** Those of the decoder without the maps of the source, and of the head. */
  private double decoderWeights() {
    double biases = 4 * i() + 2 * d() + inner() + d();
    return layers()
            * (6 * d() * i() + 2 * d() * inner() + after() * biases + (1 + after()) * 3 * d())
        + (1 - after()) * d()
        + d() * vocabulary();
  }

  /** An embedding and a position. */
  private double row() {
    return (1 + after()) * d();
  }

  private double readFloats(double n) {
    return encoderWeights()
        + crossWeights()
        + n * (row() + layers() * (2 * d() + 4 * i()) + d() + layers() * 2 * i());
  }

  private double decodeFloats(double first, double last, double source) {
    double positions = last - first + 1;
    return decoderWeights()
        + vocabulary()
        + positions * (row() + layers() * (2 * d() + 2 * i()))
        + layers() * 2 * i() * (last + source);
  }

  private double stepsFloats(double n) {
    return n * decodeFloats(1, 1, n) + layers() * 2 * i() * n * (n - 1) / 2;
  }

  private double passesFloats(double n) {
    double more = row() + layers() * (2 * d() + 4 * i());
    return n * decodeFloats(1, 1, n) + more * n * (n - 1) / 2;
  }

  private double readSpan(long n) {
    return layers() * (1 + Operations.ceilLog2(n));
  }

  private double decodeSpan(long target, long source) {
    return layers() * (2 + Operations.ceilLog2(target) + Operations.ceilLog2(source));
  }

  private double stepsSpan(long n) {
    double c = Operations.ceilLog2(n);
    return layers() * (n * (2 + 2 * c) - Math.pow(2, c) + 1);
  }

  private Quantity state(boolean cached, DoubleUnaryOperator positions) {
    double token = 8 * layers() * i();
    return Letters.quantity(
        Order.LINEAR, n -> token * n + (cached ? token : 4) * positions.applyAsDouble(n));
  }
}

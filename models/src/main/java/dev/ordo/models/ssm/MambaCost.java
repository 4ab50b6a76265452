package dev.ordo.models.ssm;

import dev.ordo.models.Cost;
import dev.ordo.models.Cost.Quantity;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.models.kernel.ChunkedScan;
import dev.ordo.models.kernel.Operations;
import dev.ordo.models.kernel.SelectiveScanGradient;
import dev.ordo.models.recurrent.RecurrentCost;

/**
 * What theory says {@link Mamba} costs.
 *
 * <p>With d, D, N, R, K, V and M layers; a multiply-add is 2 operations, any other arithmetic or
 * transcendental function 1, a comparison none, and a bias is what a sum starts from.
 *
 * <p><b>Operations.</b> A position costs in each layer 4d + 4 for the norm (squares and their sum
 * 2d, scaling d, weight d; ÷ d, + ε, root, reciprocal), 4dD for in_proj, 2KD for the convolution,
 * 3D for SiLU (exp, + 1, ÷), 2D(R + 2N) for x_proj, 2RD for dt_proj, 3D for softplus (exp, ln(1 +
 * ·), +), D(7N + 2) for the scan (Δx and D·x; in each state ΔA, exp, ΔxB, a multiply-add to h and
 * one with C), 4D for the gate, 2dD for out_proj and d for the residual addition:
 *
 * <pre>t = 5d + 4 + 6dD + D(2K + 4R + 11N + 12)</pre>
 *
 * <p>The last norm and the head cost h = 4d + 4 + 2dV. A prefill of L positions costs M·t·L + h, a
 * step M·t + h.
 *
 * <p>In chunks of Q, the sum of Δ takes D more a position and the correction 5DN (s·A, exp, ·H, and
 * a multiply-add with C); the state at the end of each of the ⌈L/Q⌉ chunks takes DN more. Steps are
 * not in chunks.
 *
 * <p>A training step of one sequence needs the logits of all positions; an addition to a gradient
 * is one operation, but what a product adds to is what its sums start from. Nothing is before the
 * first position, so that k = {@link Operations#causalTaps} taps a channel take the place of KL.
 * Backward, each product is two of its size, 2p with p = 6dD + 4RD + 4DN, and 4dV for the head. A
 * norm costs 12d + 5 (the row anew 3d + 4; the sum over it 3d, the gain 2d, dx 4d, the mean 1), the
 * convolution 6kD (u anew, dx and dw), the slope of SiLU and the bias 9D (σ 3; σ(1 + u(1 − σ))·dy
 * 5; 1), softplus 4D, the bias of Δ D, the gate 12D (σ 3, z·σ, the slope 3, dx 2, dz 3), the scan
 * D(19N + 10) (5N + 1 for states and decays anew; in each state g 2, g·a, g·a·h and ten for B, C,
 * x, Δ and A; 4 more for x, 3 for Δ, 2 for D), the columns of R that x_proj and dt_proj share R,
 * and the embedding d. Once a layer, A and its gradient take 3DN; the loss is {@link
 * Operations#crossEntropy} of L − 1 targets:
 *
 * <pre>
 * L·(M·(t − 2KD + 12d + 5 + 2p + R + D(19N + 36)) + h + 13d + 5 + 4dV)
 *     + M·D(8k + 3N) + (L − 1)(7V + 5) + 2
 * </pre>
 *
 * <p>In chunks, now of Q = {@value SelectiveScanGradient#CHUNK}, the states between the n = ⌈L/Q⌉
 * chunks take D((5N + 2)Q + 4N) more for each but the last (in each step Δx, the sum of Δ, and 5
 * operations a state; then exp(s·A) and a multiply-add), and their gradients D(4N + (5N + 1)·steps)
 * more for each but the first (the sum of Δ, and in each state ΔA, exp, a multiply-add and the
 * product).
 *
 * <p><b>Bytes.</b> Four for each float that moves at least once: the weights, in a layer d + 3dD +
 * D(K + 2R + 3N + 3), and d + dV of the last norm and the head; V logits; an embedding row a
 * position; in each layer the residual stream read and written, 2d a position; and the state, D(N +
 * K − 1) a layer, written by a prefill, read and written by a step. A training step reads the
 * weights twice and writes their gradients, and writes and reads what it keeps.
 *
 * <p><b>Span.</b> Position t of layer l waits for t − 1 of l and t of l − 1: the longest chain over
 * L positions has L + M − 1 steps, of a single position M. In n = ⌈L/Q⌉ chunks, the scan of a chunk
 * is a chain of Q, the state at its start waits for that at the start of the chunk before, and the
 * correction is one more step: MQ + M + n − 1, and ML where n is 1. A training step goes the way of
 * a sequential prefill twice; gradients of weights are sums that grow as it goes. In chunks, a
 * chunk is scanned once for the states between and once from its own: 2MQ + n − 1 each way, and ML
 * where n is 1.
 *
 * <p><b>State.</b> D(N + K − 1) floats a layer. A training step keeps for its backward pass, in
 * each layer and position, the norm, in_proj, convolution, x_proj, its first R columns, dt_proj,
 * softplus, scan, gate, out_proj and the sum, and each {@value SelectiveScanGradient#CHUNK}th
 * state; outside the layers the embedding, the last norm and V logits with their sum; and the loss:
 *
 * <pre>4·(L·(M·(3d + 7D + 2R + 2N) + 2d + V + 1) + M·⌈L/16⌉·DN + 1)</pre>
 *
 * @param sizes all but the weights
 * @param chunked whether a prefill and a training step scan in chunks
 */
record MambaCost(MambaSizes sizes, boolean chunked) {

  /** Returns the cost of a model of the paper's sizes. */
  static MambaCost of(ModelShape shape, boolean chunked) {
    return new MambaCost(MambaSizes.of(shape, true), chunked);
  }

  /** Returns the cost of a phase. */
  Cost of(Phase phase) {
    if (phase == Phase.TRAIN) {
      return new Cost(
          new Quantity(Order.LINEAR, this::trainFlops),
          new Quantity(Order.LINEAR, length -> 4 * 3 * weights() + 2 * keptBytes(length)),
          new Quantity(Order.LINEAR, this::trainSpan),
          new Quantity(Order.LINEAR, this::keptBytes));
    }
    return RecurrentCost.ofFloats(
            new Quantity(Order.LINEAR, this::prefillFlops),
            new Quantity(Order.LINEAR, this::prefillSpan),
            layers() * position() + last(),
            layers(),
            weights() + vocabulary(),
            d() + 2 * layers() * d(),
            layers() * inner() * (states() + taps() - 1))
        .of(phase);
  }

  private double prefillFlops(long length) {
    double more = chunked ? inner() * ((5 * states() + 1) * length + states() * chunks(length)) : 0;
    return layers() * (position() * length + more) + last();
  }

  private double prefillSpan(long length) {
    if (!chunked) {
      return length + layers() - 1;
    }
    double chunks = chunks(length);
    return chunks == 1 ? layers() * length : layers() * ChunkedScan.CHUNK + layers() + chunks - 1;
  }

  private static double chunks(long length) {
    return (length + ChunkedScan.CHUNK - 1) / ChunkedScan.CHUNK;
  }

  private double trainSpan(long length) {
    if (!chunked) {
      return 2 * (length + layers() - 1);
    }
    double chunks = keptStates(length);
    return chunks == 1
        ? 2 * layers() * length
        : 2 * (2 * layers() * SelectiveScanGradient.CHUNK + chunks - 1);
  }

  /** Returns the operations by which a training step's scan finds what its chunks carry. */
  private double carryFlops(long length) {
    double joints = keptStates(length) - 1;
    double chunk = SelectiveScanGradient.CHUNK;
    double states = joints * (chunk * (5 * states() + 2) + 4 * states());
    double later = joints > 0 ? length - chunk : 0;
    return inner() * (states + later * (5 * states() + 1) + joints * 4 * states());
  }

  /** Returns the number of chunks in a training step, and of the states that it keeps. */
  private static double keptStates(long length) {
    return (length + SelectiveScanGradient.CHUNK - 1) / SelectiveScanGradient.CHUNK;
  }

  /** Returns t. */
  private double position() {
    return 5 * d()
        + 4
        + 6 * d() * inner()
        + inner() * (2 * taps() + 4 * rank() + 11 * states() + 12);
  }

  /** Returns h. */
  private double last() {
    return 4 * d() + 4 + 2 * d() * vocabulary();
  }

  private double trainFlops(long length) {
    double products = inner() * (6 * d() + 4 * rank() + 4 * states());
    double forward = position() - 2 * taps() * inner();
    double back = 12 * d() + 5 + 2 * products + rank() + inner() * (19 * states() + 36);
    double outside = last() + 13 * d() + 5 + 4 * d() * vocabulary();
    double seen = Operations.causalTaps(sizes.taps(), length);
    return length * (layers() * (forward + back) + outside)
        + layers() * (inner() * (8 * seen + 3 * states()) + (chunked ? carryFlops(length) : 0))
        + Operations.crossEntropy(length - 1.0, vocabulary());
  }

  private double keptBytes(long length) {
    double position = 3 * d() + 7 * inner() + 2 * rank() + 2 * states();
    return 4
        * (length * (layers() * position + 2 * d() + vocabulary() + 1)
            + layers() * keptStates(length) * inner() * states()
            + 1);
  }

  /** Returns the number of weights that a pass reads. */
  private double weights() {
    double block = d() + 3 * d() * inner() + inner() * (taps() + 2 * rank() + 3 * states() + 3);
    return layers() * block + d() + d() * vocabulary();
  }

  private double d() {
    return sizes.shape().width();
  }

  private double layers() {
    return sizes.shape().layers();
  }

  private double states() {
    return sizes.shape().state();
  }

  private double vocabulary() {
    return sizes.shape().vocabulary();
  }

  private double inner() {
    return sizes.inner();
  }

  private double rank() {
    return sizes.rank();
  }

  private double taps() {
    return sizes.taps();
  }
}

package dev.ordo.models.ssm;

import dev.ordo.models.Cost;
import dev.ordo.models.Cost.Quantity;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.models.kernel.Operations;
import dev.ordo.models.recurrent.RecurrentCost;
import java.util.function.DoubleUnaryOperator;

/**
 * What theory says {@link Mamba2} costs.
 *
 * <p>With d, H, P, D = HP, G, N, K, M layers, chunks of Q and E = D + 2GN; a multiply-add is 2
 * operations, any other arithmetic or transcendental function 1, a comparison none, and a bias is
 * what a sum starts from.
 *
 * <p><b>Operations.</b> A position costs in each layer 4d + 4 for the norm (squares and their sum
 * 2d, scaling d, weight d; ÷ d, + ε, root, reciprocal), 2d(D + E + H) for in_proj, 2KE for the
 * convolution, 3E for SiLU (exp, + 1, ÷), 3H for softplus (exp, ln(1 + ·), +), 4D for the gate, 4D
 * + 4 for the gated norm, 2dD for out_proj and d for the residual addition:
 *
 * <pre>t = 5d + 8 + 2d(2D + E + H) + (2K + 3)E + 3H + 8D</pre>
 *
 * <p>A chunk of q positions costs in {@link dev.ordo.models.kernel.Ssd}, with T = q(q + 1)/2 pairs,
 * 2NT a group for K = C·Bᵀ, and a head 3q for decays (ΔA, exp, product), 2(T − q) for w, T for w∘K,
 * qN for e∘C, qP for Δx, 2P(T + qN) for the product, 2qP for D·x, NP for the decay of S, qP for
 * w∘Δx and 2qNP for what S gains:
 *
 * <pre>s(q) = 2GNT + H·(q + 3T + q(N + 4P) + 2P·T + NP(4q + 1))</pre>
 *
 * <p>A step costs 2 for the decay, P for Δx, 3NP for S, 2NP for y and 2P for D·x a head: s′ = H·(2
 * + 3P + 5NP). The last norm and the head cost h = 4d + 4 + 2dV. A prefill of L = fQ + r positions
 * costs M·(L·t + f·s(Q) + s(r)) + h, a step M·(t + s′) + h.
 *
 * <p>A training step of one sequence needs the logits of all positions; an addition to a gradient
 * is one operation, but what a product adds to is what its sums start from. Nothing is before the
 * first position, so that k = {@link Operations#causalTaps} taps a channel take the place of KL.
 * Backward, each product is two of its size: 2p with p = 2d(2D + E + H), and 4dV for the head. The
 * norms cost 12d + 5 and 12D + 5 (the row anew 3d + 4; the sum over it 3d, the gain 2d, dx 4d, the
 * mean 1), the convolution 6kE (u anew, dx and dw), the slope of SiLU and the bias 9E, the gate
 * 12D, and Δ 8H (its bias, added apart, 1 forward and 2 backward, softplus 4, its columns of
 * in_proj 1; limits one more); the last norm 12d + 5 and the embedding d. Once a layer, A and its
 * gradient take 3H; the loss is {@link Operations#crossEntropy} of L − 1 targets. A chunk costs 6NT
 * a group for K anew and what B and C gain from it, and a head 12q + 2 for decays, their
 * logarithms' gradients and that of Δ, 7T for w, M, dK and the decays' share, 4PT for dM and Mᵀ·dy,
 * 11qP and 8qN for rows scaled and added, 8qNP for the four products with a state, and 3NP for the
 * state itself:
 *
 * <pre>
 * s″(q) = 6GNT + H·(12q + 2 + T(4P + 7) + q(11P + 8N) + NP(8q + 3))
 * L·(M·(t − 2KE + 12d + 10 + 2p + 9E + 8H + 24D) + h + 13d + 5 + 4dV)
 *     + M·(8kE + 3H + Σ (s + s″)) + (L − 1)(7V + 5) + 2
 * </pre>
 *
 * <p><b>Bytes.</b> Four for each float that moves at least once: the weights, in a layer d + d(2D +
 * E + H) + (K + 1)E + 3H + D, and d + dV of the last norm and the head; V logits; an embedding row
 * a position; in each layer the residual stream read and written, 2d a position; and the state, ND
 * + (K − 1)E a layer, written by a prefill, read and written by a step. A training step reads the
 * weights twice and writes their gradients, and writes and reads what it keeps.
 *
 * <p><b>Span.</b> All positions of a chunk are computed at once, from sums that a chain need not
 * run through: chunk c of layer l waits for c − 1 of l and c of l − 1, and ⌈L/Q⌉ chunks take ⌈L/Q⌉
 * + M − 1 steps; a single position takes M, and a training step goes there and back, with sums for
 * the gradients of weights that grow as it goes.
 *
 * <p><b>State.</b> ND + (K − 1)E floats a layer. A training step keeps for its backward pass, in
 * each layer and position, the norm, in_proj, convolution, Δ before and after its bias and
 * softplus, SSD, gate, gated norm, out_proj and the sum, and the state before each chunk; outside
 * the layers the embedding, the last norm and V logits with their sum; and the loss; limits of Δ
 * keep it once more:
 *
 * <pre>4·(L·(M·(3d + 4D + 2E + 4H) + 2d + V + 1) + M·⌈L/Q⌉·ND + 1)</pre>
 *
 * @param sizes all but the weights
 */
record Mamba2Cost(Mamba2Sizes sizes) {

  /** Returns the cost of a phase. */
  Cost of(Phase phase) {
    int chunk = sizes.chunk();
    if (phase == Phase.TRAIN) {
      return new Cost(
          new Quantity(Order.LINEAR, this::trainFlops),
          new Quantity(Order.LINEAR, length -> 4 * 3 * weights() + 2 * keptBytes(length)),
          new Quantity(Order.LINEAR, length -> 2 * ((length + chunk - 1) / chunk + layers() - 1)),
          new Quantity(Order.LINEAR, this::keptBytes));
    }
    return RecurrentCost.ofFloats(
            new Quantity(
                Order.LINEAR,
                length -> layers() * (length * position() + chunks(length, this::chunk)) + last()),
            new Quantity(Order.LINEAR, length -> (length + chunk - 1) / chunk + layers() - 1),
            layers() * (position() + step()) + last(),
            layers(),
            weights() + vocabulary(),
            d() + 2 * layers() * d(),
            layers() * (states() * inner() + (sizes.taps() - 1) * convolved()))
        .of(phase);
  }

  /** Returns t. */
  private double position() {
    return 5 * d()
        + 8
        + 2 * d() * (2 * inner() + convolved() + heads())
        + (2 * sizes.taps() + 3) * convolved()
        + 3 * heads()
        + 8 * inner();
  }

  /** Returns h. */
  private double last() {
    return 4 * d() + 4 + 2 * d() * vocabulary();
  }

  /** Returns the number of weights that a pass reads. */
  private double weights() {
    double block =
        d()
            + d() * (2 * inner() + convolved() + heads())
            + (sizes.taps() + 1) * convolved()
            + 3 * heads()
            + inner();
    return layers() * block + d() + d() * vocabulary();
  }

  /** Returns the sum over all chunks of a sequence. */
  private double chunks(long length, DoubleUnaryOperator cost) {
    int chunk = sizes.chunk();
    long rest = length % chunk;
    return length / chunk * cost.applyAsDouble(chunk) + (rest > 0 ? cost.applyAsDouble(rest) : 0);
  }

  /** Returns s(q). */
  private double chunk(double q) {
    double pairs = q * (q + 1) / 2;
    double head =
        q
            + 3 * pairs
            + q * (states() + 4 * channels())
            + 2 * channels() * pairs
            + states() * channels() * (4 * q + 1);
    return 2 * sizes.groups() * states() * pairs + heads() * head;
  }

  /** Returns s″(q). */
  private double chunkBack(double q) {
    double pairs = q * (q + 1) / 2;
    double head =
        12 * q
            + 2
            + pairs * (4 * channels() + 7)
            + q * (11 * channels() + 8 * states())
            + states() * channels() * (8 * q + 3);
    return 6 * sizes.groups() * states() * pairs + heads() * head;
  }

  /** Returns s′. */
  private double step() {
    return heads() * (2 + 3 * channels() + 5 * states() * channels());
  }

  private double trainFlops(long length) {
    double forward = position() - 2 * sizes.taps() * convolved();
    double back =
        12 * d()
            + 10
            + 4 * d() * (2 * inner() + convolved() + heads())
            + 9 * convolved()
            + (sizes.limited() ? 9 : 8) * heads()
            + 24 * inner();
    double outside = last() + 13 * d() + 5 + 4 * d() * vocabulary();
    double seen = Operations.causalTaps(sizes.taps(), length);
    return length * (layers() * (forward + back) + outside)
        + layers() * (8 * seen * convolved() + 3 * heads())
        + layers() * (chunks(length, this::chunk) + chunks(length, this::chunkBack))
        + Operations.crossEntropy(length - 1.0, vocabulary());
  }

  private double keptBytes(long length) {
    double position = 3 * d() + 4 * inner() + 2 * convolved() + (sizes.limited() ? 5 : 4) * heads();
    double kept = (length + sizes.chunk() - 1) / sizes.chunk();
    return 4
        * (length * (layers() * position + 2 * d() + vocabulary() + 1)
            + layers() * kept * inner() * states()
            + 1);
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

  private double heads() {
    return sizes.heads();
  }

  private double channels() {
    return sizes.headWidth();
  }

  private double inner() {
    return sizes.inner();
  }

  private double convolved() {
    return sizes.convolved();
  }
}

package dev.ordo.models.ssm;

import dev.ordo.models.Cost;
import dev.ordo.models.Cost.Quantity;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.models.recurrent.RecurrentCost;

/**
 * What theory says {@link Mamba2} costs.
 *
 * <p>With d, H, P, D = HP, G, N, K, M layers, chunks of Q and E = D + 2GN; a multiply-add is 2
 * operations, any other arithmetic or transcendental function 1, a comparison none, and a bias is
 * what a sum starts from.
 *
 * <p><b>Operations.</b> A position costs in each layer 4d + 4 for the norm (squares and their sum
 * 2d, scaling d, weight d; ÷ d, + ε, root, reciprocal), 2d(D + E + H) for in_proj, 2KE for the
 * convolution, 3E for SiLU (exp, + 1, ÷), 3H for softplus (exp, ln(1 + ·), +), 4D for the gate, 4D +
 * 4 for the gated norm, 2dD for out_proj and d for the residual addition:
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
 * <p>A step costs 2 for the decay, P for Δx, 3NP for S, 2NP for y and 2P for D·x a head: s′ = H·(2 +
 * 3P + 5NP). The last norm and the head cost h = 4d + 4 + 2dV. A prefill of L = fQ + r positions
 * costs M·(L·t + f·s(Q) + s(r)) + h, a step M·(t + s′) + h.
 *
 * <p><b>Bytes.</b> Four for each float that moves at least once: the weights, in a layer d + d(2D +
 * E + H) + (K + 1)E + 3H + D, and d + dV of the last norm and the head; V logits; an embedding row a
 * position; in each layer the residual stream read and written, 2d a position; and the state, ND +
 * (K − 1)E a layer, written by a prefill, read and written by a step.
 *
 * <p><b>Span.</b> All positions of a chunk are computed at once, from sums that a chain need not
 * run through: chunk c of layer l waits for c − 1 of l and c of l − 1, and ⌈L/Q⌉ chunks take ⌈L/Q⌉
 * + M − 1 steps; a single position takes M.
 *
 * @param sizes all but the weights
 */
record Mamba2Cost(Mamba2Sizes sizes) {

  /** Returns the cost of a phase. */
  Cost of(Phase phase) {
    double d = sizes.shape().width();
    double layers = sizes.shape().layers();
    double vocabulary = sizes.shape().vocabulary();
    double inner = sizes.inner();
    double convolved = sizes.convolved();
    double heads = sizes.heads();
    double taps = sizes.taps();
    double position =
        5 * d
            + 8
            + 2 * d * (2 * inner + convolved + heads)
            + (2 * taps + 3) * convolved
            + 3 * heads
            + 8 * inner;
    double last = 4 * d + 4 + 2 * d * vocabulary;
    double weights =
        layers * (d + d * (2 * inner + convolved + heads) + (taps + 1) * convolved + 3 * heads)
            + layers * inner
            + d
            + d * vocabulary;
    double fixed = weights + vocabulary;
    double moved = d + 2 * layers * d;
    double state = layers * (sizes.shape().state() * inner + (taps - 1) * convolved);
    int chunk = sizes.chunk();
    return new RecurrentCost(
            new Quantity(
                Order.LINEAR, length -> layers * (length * position + chunks(length)) + last),
            new Quantity(Order.LINEAR, length -> 4 * (fixed + moved * length + state)),
            new Quantity(Order.LINEAR, length -> (length + chunk - 1) / chunk + layers - 1),
            layers * (position + step()) + last,
            4 * (fixed + moved + 2 * state),
            layers,
            4 * state)
        .of(phase);
  }

  /** Returns f·s(Q) + s(r). */
  private double chunks(long length) {
    int chunk = sizes.chunk();
    return length / chunk * chunk(chunk) + chunk(length % chunk);
  }

  /** Returns s(q). */
  private double chunk(double q) {
    if (q == 0) {
      return 0;
    }
    double states = sizes.shape().state();
    double channels = sizes.headWidth();
    double pairs = q * (q + 1) / 2;
    double head =
        q
            + 3 * pairs
            + q * (states + 4 * channels)
            + 2 * channels * pairs
            + states * channels * (4 * q + 1);
    return 2 * sizes.groups() * states * pairs + sizes.heads() * head;
  }

  /** Returns s′. */
  private double step() {
    double states = sizes.shape().state();
    double channels = sizes.headWidth();
    return sizes.heads() * (2 + 3 * channels + 5 * states * channels);
  }
}

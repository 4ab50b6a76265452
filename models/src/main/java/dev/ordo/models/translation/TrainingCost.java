package dev.ordo.models.translation;

import dev.ordo.models.Cost;
import dev.ordo.models.Cost.Quantity;
import dev.ordo.models.Order;
import dev.ordo.models.kernel.Operations;

/**
 * What theory says a training step of an {@link EncoderDecoder} with random weights costs, over one
 * source of L tokens and one target of L. Letters and counting as in {@link EncoderDecoderCost}; an
 * addition to a gradient is one operation, but what a matrix product adds to is what its sums start
 * from. Scores that a query does not see are not counted, nor is a start token that learns nothing.
 * The backward pass of a norm computes the normalised row anew, that of attention the weights.
 *
 * <p><b>Operations</b>, forward and backward:
 *
 * <pre>
 * map        2·in·out + 4·in·out a position, and out where it has a bias
 * norm       (4d + 4) + (12d + 5) before a part, (7d + 5) + (17d + 7) after it
 * attention  a query of a head of width w with n keys: forward scores 2wn, scale n, logarithm of
 *            the sum of exponentials 3n + 2, weights 2n, mix 2wn; backward scores, scale and
 *            weights anew 2wn + 3n, D 2w, dS 3n, dV, dP, dQ and dK 2wn each: for all heads
 *            (14i + 12H)·n + 2i + 2H; with biases of distances 3H·n more (twice added, once
 *            differentiated)
 * ReLU       f backward;  addition to the residual stream  d forward
 * embedding  d backward, and where it is scaled and a position added 2d forward, 2d backward
 * output     where it is scaled d forward, 2d backward
 * loss       3V + 4 forward, 4V + 1 backward a position, and 2 once
 * </pre>
 *
 * <p>and H·(2L − 1) to differentiate the biases of distances of each stack.
 *
 * <p><b>State</b> is what the forward pass leaves for the backward pass: every result of an
 * operator, and one value a query and head for attention. Per position and layer an encoder leaves
 * 6d + 4i + 2f + H floats, a decoder 9d + 6i + 2f + 2H and 2i for the source's keys and values; at
 * the ends there are embeddings, norms, biases of distances and logits.
 *
 * <p><b>Bytes.</b> All parameters are read by both passes and their gradients written, and the
 * state is written by one and read by the other.
 *
 * <p><b>Span.</b> That of the forward pass, and as much for the backward pass.
 *
 * @param architecture of a model with random weights
 */
record TrainingCost(Architecture architecture) implements Letters {

  Cost cost() {
    return new Cost(
        Letters.quantity(Order.QUADRATIC, this::flops),
        Letters.quantity(Order.LINEAR, n -> 4 * (3.0 * parameters() + 2 * kept(n))),
        new Quantity(Order.LOGARITHMIC, n -> 2 * layers() * (3 + 3.0 * Operations.ceilLog2(n))),
        Letters.quantity(Order.LINEAR, n -> 4 * kept(n)));
  }

  private boolean after() {
    return architecture.normAfter();
  }

  private double norm() {
    return after() ? 24 * d() + 12 : 16 * d() + 9;
  }

  private double map(double in, double out) {
    return 6 * in * out + (after() ? out : 0);
  }

  /** Attention of n queries to some keys in all, which are as many as pairs of both that see. */
  private double attention(double n, double pairs, boolean biased) {
    return (14 * i() + (biased ? 15 : 12) * heads()) * pairs + (2 * i() + 2 * heads()) * n;
  }

  private double flops(double n) {
    boolean biased = !after();
    double self = 3 * map(d(), i()) + map(i(), d()) + norm() + d();
    double maps = map(d(), inner()) + map(inner(), d()) + inner() + norm() + d();
    double cross = 3 * map(d(), i()) + map(i(), d()) + norm() + d();
    double encoder = (self + maps) * n + attention(n, n * n, biased);
    double decoder =
        (self + cross + maps) * n
            + attention(n, n * (n + 1) / 2, biased)
            + attention(n, n * n, false);
    return layers() * (encoder + decoder) + ends(n);
  }

  private double ends(double n) {
    double head = 6 * d() * vocabulary() + 7 * vocabulary() + 5;
    if (after()) {
      // The start token is padding, from which embeddings learn nothing.
      return 2 * 4 * d() * n + (2 * n - 1) * d() + head * n + 2;
    }
    double distances = 2 * heads() * (2 * n - 1);
    return 2 * n * d() + distances + 2 * norm() * n + 3 * d() * n + head * n + 2;
  }

  /** Returns the number of parameters; the head is one matrix with the embeddings. */
  long parameters() {
    long d = architecture.width();
    long width = architecture.decoder().attentionWidth();
    long inner = architecture.decoder().inner();
    long self = 4 * d * width + (after() ? 3 * width + d : 0);
    long maps = 2 * d * inner + (after() ? inner + d : 0);
    long norm = (after() ? 2 : 1) * d;
    long layers = architecture.decoder().layers().size();
    long all = layers * (3 * self + 2 * maps + 5 * norm) + d * architecture.vocabulary();
    return after()
        ? all
        : all + 2 * d + 2L * architecture.decoder().heads() * distances().buckets();
  }

  private Architecture.Distances distances() {
    return architecture.decoder().distances();
  }

  private double kept(double n) {
    double encoder = 6 * d() + 4 * i() + 2 * inner() + heads();
    double decoder = 9 * d() + 6 * i() + 2 * inner() + 2 * heads() + 2 * i();
    double ends = after() ? 6 * d() * n : (2 * d() + 2 * d() + d()) * n + 2 * heads() * (2 * n - 1);
    return layers() * (encoder + decoder) * n + ends + (vocabulary() + 1) * n + 1;
  }
}

package dev.ordo.models.autograd;

import dev.ordo.models.autograd.CausalAttention.Columns;
import dev.ordo.models.kernel.AttentionGradient.View;
import dev.ordo.models.kernel.FullMatrixGradient;

/** The form of {@link CausalAttention} that keeps all weights: one matrix a head and sequence. */
final class FullMatrixAttention {

  private FullMatrixAttention() {}

  /** Does what {@link CausalAttention#apply} does, whose checks have passed. */
  static Tensor apply(
      Tape tape, Columns q, Columns k, Columns v, int heads, int groups, int width, int batch) {
    int length = q.of().rows() / batch;
    int size = Math.multiplyExact(length, length);
    int stride = heads * width;
    Tensor y = tape.tensor(q.of().rows(), stride);
    float[][] weights = new float[batch * heads][];
    for (int i = 0; i < weights.length; i++) {
      int row = i / heads * length;
      int head = i % heads;
      int group = head / (heads / groups);
      weights[i] = tape.kept(size);
      FullMatrixGradient.forward(
          CausalAttention.view(q, row, head, width),
          CausalAttention.view(k, row, group, width),
          CausalAttention.view(v, row, group, width),
          length,
          width,
          weights[i],
          new View(y.value(), row * stride + head * width, stride));
    }
    tape.record(
        y,
        () -> {
          float[] work = tape.borrow(size);
          for (int i = 0; i < weights.length; i++) {
            int row = i / heads * length;
            int head = i % heads;
            int group = head / (heads / groups);
            FullMatrixGradient.backward(
                CausalAttention.view(q, row, head, width),
                CausalAttention.view(k, row, group, width),
                CausalAttention.view(v, row, group, width),
                CausalAttention.gradient(q, row, head, width),
                CausalAttention.gradient(k, row, group, width),
                CausalAttention.gradient(v, row, group, width),
                length,
                width,
                weights[i],
                new View(y.value(), row * stride + head * width, stride),
                new View(y.gradient(), row * stride + head * width, stride),
                work);
          }
          tape.giveBack(work);
        });
    return y;
  }
}

package dev.ordo.models.autograd;

import dev.ordo.models.autograd.CausalAttention.Columns;
import dev.ordo.models.kernel.AttentionGradient.View;
import dev.ordo.models.kernel.BiasedAttentionGradient;
import dev.ordo.models.kernel.BiasedAttentionGradient.Head;
import dev.ordo.models.kernel.Workers;

/**
 * Multi-head attention from sequences to others or to themselves, with an optional bias for the
 * distance between query and key: softmax(s·(q·k + b))·v. The weights are not kept: the backward
 * pass computes them anew from the logarithms of their sums.
 */
public final class CrossAttention {

  private CrossAttention() {}

  /**
   * How the heads attend.
   *
   * @param heads their number
   * @param width of a head
   * @param scale s
   * @param causal whether a query sees only the keys up to its own position
   */
  public record Form(int heads, int width, float scale, boolean causal) {}

  /**
   * Attends from each query of a sequence to keys of the sequence of the same number.
   *
   * @param q queries, head after head; batch · queries rows, those of a sequence following each
   *     other
   * @param k keys; batch · keys rows, likewise
   * @param v values; batch · keys rows, likewise
   * @param batch the number of sequences
   * @param bias shape (heads, 2·reach − 1) for distances −(reach − 1) … reach − 1 from query to
   *     key; null for none
   * @return shape (batch · queries, heads · width)
   * @throws IllegalArgumentException if rows are not a whole number of sequences, columns not
   *     within their matrices, or the bias does not reach all positions
   */
  public static Tensor apply(
      Tape tape, Form form, Columns q, Columns k, Columns v, int batch, Tensor bias) {
    if (batch < 1 || q.of().rows() % batch != 0 || k.of().rows() % batch != 0) {
      throw new IllegalArgumentException(
          "batch ("
              + batch
              + ") must divide the rows of queries ("
              + q.of().rows()
              + ") and keys ("
              + k.of().rows()
              + ")");
    }
    CausalAttention.check(q, form.heads(), form.width(), q.of().rows());
    CausalAttention.check(k, form.heads(), form.width(), k.of().rows());
    CausalAttention.check(v, form.heads(), form.width(), k.of().rows());
    Call call = new Call(form, q, k, v, batch, bias);
    call.checkBias();
    Tensor y = tape.tensor(q.of().rows(), form.heads() * form.width());
    float[] logSums = tape.kept(form.heads() * q.of().rows());
    call.forward(tape, y, logSums);
    tape.record(y, () -> call.backward(tape, y, logSums));
    return y;
  }

  /** One use of the operator. */
  private record Call(Form form, Columns q, Columns k, Columns v, int batch, Tensor bias) {

    void checkBias() {
      int needed = 2 * Math.max(queries(), keys()) - 1;
      if (bias != null
          && (bias.rows() != form.heads() || bias.columns() % 2 == 0 || bias.columns() < needed)) {
        throw new IllegalArgumentException(
            "bias ("
                + bias.rows()
                + " × "
                + bias.columns()
                + ") must have "
                + form.heads()
                + " rows, each an odd number of "
                + needed
                + " values or more");
      }
    }

    int queries() {
      return q.of().rows() / batch;
    }

    int keys() {
      return k.of().rows() / batch;
    }

    Head head(int h) {
      return new Head(
          queries(),
          keys(),
          form.width(),
          form.scale(),
          form.causal(),
          bias == null ? null : bias.value(),
          bias == null ? 0 : h * bias.columns() + bias.columns() / 2);
    }

    void forward(Tape tape, Tensor y, float[] logSums) {
      Columns all = new Columns(y, 0);
      each(
          tape,
          1,
          (b, h, scratch) ->
              BiasedAttentionGradient.forward(
                  head(h),
                  view(q, b * queries(), h, false),
                  view(k, b * keys(), h, false),
                  view(v, b * keys(), h, false),
                  view(all, b * queries(), h, false),
                  logSums,
                  (b * form.heads() + h) * queries(),
                  scratch));
    }

    void backward(Tape tape, Tensor y, float[] logSums) {
      Columns all = new Columns(y, 0);
      // Asked for here, by one thread: the first request fills a gradient with zeros.
      for (Tensor tensor : new Tensor[] {q.of(), k.of(), v.of()}) {
        tensor.gradient();
      }
      float[] biases = bias == null ? null : bias.gradient();
      each(
          tape,
          2,
          (b, h, scratch) ->
              BiasedAttentionGradient.backward(
                  head(h),
                  view(q, b * queries(), h, false),
                  view(k, b * keys(), h, false),
                  view(v, b * keys(), h, false),
                  view(q, b * queries(), h, true),
                  view(k, b * keys(), h, true),
                  view(v, b * keys(), h, true),
                  biases,
                  view(all, b * queries(), h, false),
                  view(all, b * queries(), h, true),
                  logSums,
                  (b * form.heads() + h) * queries(),
                  scratch));
    }

    /** What is done for a head of a sequence. */
    private interface Work {
      void run(int sequence, int head, float[] scratch);
    }

    /** Shares the heads out among the threads; one head's gradients of biases are one thread's. */
    private void each(Tape tape, int scratches, Work work) {
      int heads = form.heads();
      double operations = 4.0 * batch * heads * form.width() * queries() * keys();
      int parts = Workers.parts(operations, heads);
      float[][] scratch = new float[parts][];
      for (int part = 0; part < parts; part++) {
        scratch[part] = tape.borrow(scratches * head(0).scratchSize());
      }
      Workers.each(
          parts,
          part -> {
            int end = Workers.start(part + 1, parts, heads, 1);
            for (int h = Workers.start(part, parts, heads, 1); h < end; h++) {
              for (int b = 0; b < batch; b++) {
                work.run(b, h, scratch[part]);
              }
            }
          });
      for (float[] each : scratch) {
        tape.giveBack(each);
      }
    }

    /** Returns the values or the gradients of a head's columns from a row on. */
    private View view(Columns columns, int row, int head, boolean gradient) {
      Tensor of = columns.of();
      return new View(
          gradient ? of.gradient() : of.value(),
          row * of.columns() + columns.column() + head * form.width(),
          of.columns());
    }
  }
}

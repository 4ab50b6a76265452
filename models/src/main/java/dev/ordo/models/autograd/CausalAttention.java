package dev.ordo.models.autograd;

import dev.ordo.models.kernel.Attention;
import dev.ordo.models.kernel.AttentionGradient;
import dev.ordo.models.kernel.Workers;
import java.util.function.IntConsumer;

/**
 * Causal multi-head attention over whole sequences, with groups of heads that may share keys and
 * values. The weights are not kept: the backward pass computes them anew from the logarithms of
 * their sums (Dao et al., 2022, section 3.1), so that memory grows linearly with the length.
 */
public final class CausalAttention {

  /** What a pair of positions costs of each column: half of them, forward, two products. */
  private static final double OPERATIONS = 2;

  private CausalAttention() {}

  /**
   * Columns of a matrix that hold queries, keys or values, head after head.
   *
   * @param of shape (batch · length, at least column + heads · width)
   * @param column the first of the columns
   */
  public record Columns(Tensor of, int column) {}

  /**
   * Attends as {@link #apply(Tape, Columns, Columns, Columns, int, int, int, int)} does.
   *
   * @param kind how: in blocks without keeping the weights, or by matrices of all pairs of
   *     positions, which are kept for the backward pass
   * @throws IllegalArgumentException as that method, or if a matrix is too long for an array
   */
  public static Tensor apply(
      Tape tape,
      Attention.Kind kind,
      Columns q,
      Columns k,
      Columns v,
      int heads,
      int groups,
      int width,
      int batch) {
    if (kind == Attention.Kind.TILED) {
      return apply(tape, q, k, v, heads, groups, width, batch);
    }
    check(q, k, v, heads, groups, width, batch);
    long length = q.of().rows() / batch;
    if (length * length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "length (" + length + ") must be smaller: its square must be less than 2³¹ − 8");
    }
    return FullMatrixAttention.apply(tape, q, k, v, heads, groups, width, batch);
  }

  /**
   * Attends from each position to itself and those before it in the same sequence.
   *
   * @param q queries, {@code heads} of them a position
   * @param k keys, {@code groups} of them a position; heads h·heads/groups … share group h
   * @param v values, likewise
   * @param width of a head; scores are divided by its square root
   * @param batch the number of sequences, whose rows follow each other
   * @return shape (batch · length, heads · width)
   * @throws IllegalArgumentException if rows are not a whole number of sequences, heads not a whole
   *     number of groups, or the columns not within their matrices
   */
  public static Tensor apply(
      Tape tape, Columns q, Columns k, Columns v, int heads, int groups, int width, int batch) {
    check(q, k, v, heads, groups, width, batch);
    int rows = q.of().rows();
    int length = rows / batch;
    Tensor y = tape.tensor(rows, heads * width);
    float[] logSums = tape.kept(batch * heads * length);
    int stride = heads * width;
    int shared = heads / groups;
    each(
        OPERATIONS * rows * length * stride,
        batch * groups,
        task -> {
          int row = task / groups * length;
          int group = task % groups;
          for (int h = group * shared; h < (group + 1) * shared; h++) {
            AttentionGradient.forward(
                view(q, row, h, width),
                view(k, row, group, width),
                view(v, row, group, width),
                length,
                width,
                new AttentionGradient.View(y.value(), row * stride + h * width, stride),
                logSums,
                row * heads + h * length);
          }
        });
    tape.record(
        y,
        () -> {
          float[] dy = y.gradient();
          float[] dq = q.of().gradient();
          float[] dk = k.of().gradient();
          float[] dv = v.of().gradient();
          each(
              2 * OPERATIONS * rows * length * stride,
              batch * groups,
              task -> {
                int row = task / groups * length;
                int group = task % groups;
                for (int h = group * shared; h < (group + 1) * shared; h++) {
                  int at = row * stride + h * width;
                  AttentionGradient.backward(
                      view(q, row, h, width),
                      view(k, row, group, width),
                      view(v, row, group, width),
                      view(dq, q, row, h, width),
                      view(dk, k, row, group, width),
                      view(dv, v, row, group, width),
                      length,
                      width,
                      new AttentionGradient.View(y.value(), at, stride),
                      new AttentionGradient.View(dy, at, stride),
                      logSums,
                      row * heads + h * length);
                }
              });
        });
    return y;
  }

  /** Runs tasks on several threads if that is worth it; the heads of a group are one task. */
  private static void each(double operations, int tasks, IntConsumer task) {
    if (Workers.parts(operations, tasks) > 1) {
      Workers.each(tasks, task);
    } else {
      for (int i = 0; i < tasks; i++) {
        task.accept(i);
      }
    }
  }

  private static void check(
      Columns q, Columns k, Columns v, int heads, int groups, int width, int batch) {
    int rows = q.of().rows();
    check(q, heads, width, rows);
    check(k, groups, width, rows);
    check(v, groups, width, rows);
    if (batch < 1 || rows % batch != 0 || groups < 1 || heads % groups != 0) {
      throw new IllegalArgumentException(
          "batch ("
              + batch
              + ") must divide rows ("
              + rows
              + "), and groups ("
              + groups
              + ") heads ("
              + heads
              + ")");
    }
  }

  static AttentionGradient.View view(Columns of, int row, int head, int width) {
    return view(of.of().value(), of, row, head, width);
  }

  static AttentionGradient.View gradient(Columns of, int row, int head, int width) {
    return view(of.of().gradient(), of, row, head, width);
  }

  private static AttentionGradient.View view(
      float[] array, Columns of, int row, int head, int width) {
    int stride = of.of().columns();
    return new AttentionGradient.View(array, row * stride + of.column() + head * width, stride);
  }

  static void check(Columns columns, int heads, int width, int rows) {
    if (columns.of().rows() != rows
        || columns.column() < 0
        || (long) columns.column() + (long) heads * width > columns.of().columns()) {
      throw new IllegalArgumentException(
          "columns "
              + columns.column()
              + ".. ("
              + heads
              + " heads of width "
              + width
              + ") must lie within "
              + rows
              + " rows of "
              + columns.of().columns()
              + " values");
    }
  }
}

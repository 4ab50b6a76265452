package dev.ordo.models.ssm;

import dev.ordo.models.autograd.Tape;
import dev.ordo.models.autograd.Tensor;
import dev.ordo.models.kernel.CausalConvolutionGradient;
import dev.ordo.models.kernel.GateGradient;
import dev.ordo.models.kernel.SelectiveScanGradient;
import dev.ordo.models.kernel.SsdGradient;

/**
 * The operators that {@link Mamba} and {@link Mamba2} are trained with, besides those of all
 * models. Rows are (batch · length): the sequences follow each other and do not see each other.
 */
final class StateSpaceOperators {

  private StateSpaceOperators() {}

  /**
   * Copies some columns.
   *
   * @param x shape (rows, at least {@code first + count})
   * @return shape (rows, count)
   */
  static Tensor columns(Tape tape, Tensor x, int first, int count) {
    int rows = x.rows();
    int stride = x.columns();
    Tensor y = tape.tensor(rows, count);
    for (int r = 0; r < rows; r++) {
      System.arraycopy(x.value(), r * stride + first, y.value(), r * count, count);
    }
    tape.record(
        y,
        () -> {
          float[] dy = y.gradient();
          float[] dx = x.gradient();
          for (int r = 0; r < rows; r++) {
            for (int i = 0; i < count; i++) {
              dx[r * stride + first + i] += dy[r * count + i];
            }
          }
        });
    return y;
  }

  /**
   * Adds one row to all rows.
   *
   * @param x shape (rows, d)
   * @param bias shape (1, d)
   */
  static Tensor addRow(Tape tape, Tensor x, Tensor bias) {
    int count = x.columns();
    Tensor y = tape.tensor(x.rows(), count);
    for (int i = 0; i < x.size(); i++) {
      y.value()[i] = x.value()[i] + bias.value()[i % count];
    }
    tape.record(
        y,
        () -> {
          float[] dy = y.gradient();
          float[] dx = x.gradient();
          float[] db = bias.gradient();
          for (int i = 0; i < x.size(); i++) {
            dx[i] += dy[i];
            db[i % count] += dy[i];
          }
        });
    return y;
  }

  /** Limits values; what is within the limits, ends included, has gradient 1, all else 0. */
  static Tensor limit(Tape tape, Tensor x, float low, float high) {
    Tensor y = tape.tensor(x.rows(), x.columns());
    for (int i = 0; i < x.size(); i++) {
      y.value()[i] = Math.min(high, Math.max(low, x.value()[i]));
    }
    tape.record(
        y,
        () -> {
          float[] dy = y.gradient();
          float[] dx = x.gradient();
          for (int i = 0; i < x.size(); i++) {
            if (x.value()[i] >= low && x.value()[i] <= high) {
              dx[i] += dy[i];
            }
          }
        });
    return y;
  }

  /**
   * Computes x·silu(z).
   *
   * @param x shape (rows, d)
   * @param z shape (rows, at least {@code first + d})
   * @param first the first column of z
   * @return shape (rows, d)
   */
  static Tensor gate(Tape tape, Tensor x, Tensor z, int first) {
    int count = x.columns();
    int stride = z.columns();
    Tensor y = tape.tensor(x.rows(), count);
    for (int r = 0; r < x.rows(); r++) {
      int from = r * stride + first;
      GateGradient.forward(x.value(), r * count, z.value(), from, y.value(), count);
    }
    tape.record(
        y,
        () -> {
          float[] dx = x.gradient();
          float[] dz = z.gradient();
          for (int r = 0; r < x.rows(); r++) {
            int from = r * stride + first;
            GateGradient.backward(
                x.value(), r * count, z.value(), from, y.gradient(), dx, dz, count);
          }
        });
    return y;
  }

  /**
   * Convolves columns, each with its own taps, and applies SiLU.
   *
   * @param x shape (batch · length, at least {@code first} and the channels)
   * @param first the first column
   * @param weight shape (channels, taps)
   * @param bias shape (1, channels), or null for none
   * @param batch the number of sequences
   * @return shape (batch · length, channels)
   */
  static Tensor convolve(Tape tape, Tensor x, int first, Tensor weight, Tensor bias, int batch) {
    int channels = weight.rows();
    int stride = x.columns();
    int length = x.rows() / batch;
    CausalConvolutionGradient operator =
        new CausalConvolutionGradient(weight.value(), bias == null ? null : bias.value(), channels);
    Tensor y = tape.tensor(x.rows(), channels);
    for (int b = 0; b < batch; b++) {
      int row = b * length;
      operator.forward(x.value(), row * stride + first, stride, length, y.value(), row);
    }
    tape.record(
        y,
        () -> {
          for (int b = 0; b < batch; b++) {
            int row = b * length;
            operator.backward(
                x.value(),
                row * stride + first,
                stride,
                length,
                y.gradient(),
                row,
                x.gradient(),
                weight.gradient(),
                bias == null ? null : bias.gradient());
          }
        });
    return y;
  }

  /**
   * The selective scan.
   *
   * @param x shape (batch · length, D)
   * @param dt Δ, shape (batch · length, D)
   * @param bc rows that hold B and, right after it, C
   * @param first the first column of B
   * @param logA A_log, shape (D, N)
   * @param skip D, shape (1, D)
   * @param batch the number of sequences
   * @param chunked whether in chunks that do not wait for each other
   * @param work scratch memory, for the backward pass too
   * @return shape (batch · length, D)
   */
  static Tensor scan(
      Tape tape,
      Tensor x,
      Tensor dt,
      Tensor bc,
      int first,
      Tensor logA,
      Tensor skip,
      int batch,
      boolean chunked,
      SelectiveScanGradient.Workspace work) {
    int length = x.rows() / batch;
    SelectiveScanGradient operator =
        new SelectiveScanGradient(logA.value(), logA.rows(), chunked, work);
    int size = operator.keptSize(length);
    Tensor y = tape.tensor(x.rows(), x.columns());
    float[] kept = tape.kept(Math.multiplyExact(batch, size));
    SelectiveScanGradient.Sequence[] sequences = new SelectiveScanGradient.Sequence[batch];
    for (int b = 0; b < batch; b++) {
      sequences[b] =
          new SelectiveScanGradient.Sequence(
              x.value(), dt.value(), bc.value(), first, bc.columns(), b * length, length);
      operator.forward(sequences[b], skip.value(), y.value(), kept, b * size);
    }
    tape.record(
        y,
        () -> {
          SelectiveScanGradient.Gradients to =
              new SelectiveScanGradient.Gradients(
                  x.gradient(), dt.gradient(), bc.gradient(), logA.gradient(), skip.gradient());
          for (int b = 0; b < batch; b++) {
            operator.backward(sequences[b], skip.value(), y.gradient(), kept, b * size, to);
          }
        });
    return y;
  }

  /**
   * The state-space duality.
   *
   * @param xbc x, B and C, shape (batch · length, H·P + 2·G·N)
   * @param dt Δ, shape (batch · length, H)
   * @param logA A_log, shape (1, H)
   * @param skip D, shape (1, H)
   * @param sizes P, G, N and Q
   * @param batch the number of sequences
   * @param work scratch memory, for the backward pass too
   * @return shape (batch · length, H·P)
   */
  static Tensor ssd(
      Tape tape,
      Tensor xbc,
      Tensor dt,
      Tensor logA,
      Tensor skip,
      Mamba2Sizes sizes,
      int batch,
      SsdGradient.Workspace work) {
    int length = xbc.rows() / batch;
    SsdGradient operator = new SsdGradient(sizes.operator(logA.value(), skip.value()), work);
    int size = operator.keptSize(length);
    Tensor y = tape.tensor(xbc.rows(), sizes.inner());
    float[] kept = tape.kept(Math.multiplyExact(batch, size));
    for (int b = 0; b < batch; b++) {
      operator.forward(xbc.value(), dt.value(), b * length, length, y.value(), kept, b * size);
    }
    tape.record(
        y,
        () -> {
          SsdGradient.Gradients to =
              new SsdGradient.Gradients(
                  xbc.gradient(), dt.gradient(), logA.gradient(), skip.gradient());
          for (int b = 0; b < batch; b++) {
            operator.backward(
                xbc.value(), dt.value(), b * length, length, y.gradient(), kept, b * size, to);
          }
        });
    return y;
  }
}

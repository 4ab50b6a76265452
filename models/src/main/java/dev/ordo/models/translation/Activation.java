package dev.ordo.models.translation;

import dev.ordo.models.autograd.Elementwise;
import dev.ordo.models.autograd.Tape;
import dev.ordo.models.autograd.Tensor;
import dev.ordo.models.kernel.Gelu;
import dev.ordo.models.kernel.Silu;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The function between the two maps of a feed-forward part. */
enum Activation {
  /** max(0, x). */
  RELU("relu") {
    @Override
    void apply(float[] x, int offset, int count) {
      for (int i = offset; i < offset + count; i++) {
        x[i] = Math.max(0, x[i]);
      }
    }

    @Override
    Tensor apply(Tape tape, Tensor x) {
      return Elementwise.relu(tape, x);
    }
  },
  /** x·Φ(x). */
  GELU("gelu") {
    @Override
    void apply(float[] x, int offset, int count) {
      Gelu.erf(x, offset, count);
    }

    @Override
    Tensor apply(Tape tape, Tensor x) {
      return Elementwise.geluErf(tape, x);
    }
  },
  /** GPT-2's approximation of x·Φ(x) by tanh. */
  GELU_TANH("gelu_new", "gelu_pytorch_tanh", "gelu_fast") {
    @Override
    void apply(float[] x, int offset, int count) {
      Gelu.tanh(x, offset, count);
    }

    @Override
    Tensor apply(Tape tape, Tensor x) {
      return Elementwise.geluTanh(tape, x);
    }
  },
  /** x·σ(x). */
  SILU("silu", "swish") {
    @Override
    void apply(float[] x, int offset, int count) {
      Silu.apply(x, offset, count);
    }

    @Override
    Tensor apply(Tape tape, Tensor x) {
      return Elementwise.silu(tape, x);
    }
  };

  private final List<String> names;

  Activation(String... names) {
    this.names = List.of(names);
  }

  /** Returns the activation that the reference knows under a name. */
  static Optional<Activation> of(String name) {
    return Arrays.stream(values()).filter(each -> each.names.contains(name)).findFirst();
  }

  /** Returns all names of the reference that {@link #of} knows. */
  static String[] known() {
    return Arrays.stream(values()).flatMap(each -> each.names.stream()).toArray(String[]::new);
  }

  /** Replaces {@code count} values from {@code offset} on. */
  abstract void apply(float[] x, int offset, int count);

  /** Records the function on a tape. */
  abstract Tensor apply(Tape tape, Tensor x);
}

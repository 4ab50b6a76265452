package dev.ordo.harness.sweep;

import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import java.util.function.IntToDoubleFunction;

/**
 * A workload of known cost: a chain of dependent integer operations, so many as a law says. No
 * processor does two of them at once and no cache has a part in it.
 */
public abstract class Spin implements ModelProvider {

  private final String id;
  private final IntToDoubleFunction steps;

  private Spin(String id, IntToDoubleFunction steps) {
    this.id = id;
    this.steps = steps;
  }

  /** n. */
  public static final class Linear extends Spin {
    /** Makes the provider; the registry calls this. */
    public Linear() {
      super("spin-linear", n -> 64.0 * n);
    }
  }

  /** n log₂ n. */
  public static final class Quasilinear extends Spin {
    /** Makes the provider; the registry calls this. */
    public Quasilinear() {
      super("spin-quasilinear", n -> 8.0 * n * Math.log(n) / Math.log(2));
    }
  }

  /** n². */
  public static final class Quadratic extends Spin {
    /** Makes the provider; the registry calls this. */
    public Quadratic() {
      super("spin-quadratic", n -> 1.0 * n * n);
    }
  }

  /** Returns the number of operations at a length. */
  final double steps(int length) {
    return Math.max(1, steps.applyAsDouble(length));
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final String description() {
    return "a chain of integer operations";
  }

  @Override
  public final SequenceModel create(ModelShape shape, long seed) {
    return new Chain(shape, this);
  }

  private record Chain(ModelShape shape, Spin spin) implements SequenceModel {
    @Override
    public Session open(int capacity) {
      return new Turning(spin, shape.vocabulary());
    }
  }

  private static final class Turning implements Session {
    private final Spin spin;
    private final float[] logits;
    private int length;

    Turning(Spin spin, int vocabulary) {
      this.spin = spin;
      this.logits = new float[vocabulary];
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public float[] prefill(int[] tokens) {
      length = tokens.length;
      return turn(spin.steps(length));
    }

    private float[] turn(double steps) {
      long x = 88172645463325252L + length;
      for (long i = (long) steps; i > 0; i--) {
        x ^= x << 13;
        x ^= x >>> 7;
        x ^= x << 17;
      }
      logits[0] = x;
      return logits;
    }

    @Override
    public float[] step(int token) {
      length++;
      return turn(1);
    }

    @Override
    public void rewind() {
      length--;
    }

    @Override
    public void score(int[] tokens, float[] all) {
      for (int i = 0; i < tokens.length; i++) {
        System.arraycopy(prefill(tokens), 0, all, i * logits.length, logits.length);
      }
    }

    @Override
    public long stateBytes() {
      return Long.BYTES;
    }
  }
}

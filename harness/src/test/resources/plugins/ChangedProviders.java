import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import java.util.ServiceLoader;
import java.util.function.IntToDoubleFunction;

/**
 * Models that get worse by a known amount where the environment variable ORDO_CHANGE says so: each
 * does what mamba does, and then spins for a part of the time that it took.
 */
public final class ChangedProviders {

  private ChangedProviders() {}

  /** Slower by ORDO_CHANGE per cent, whatever the length. */
  public static final class Spinning extends Changed {
    public Spinning() {
      super("spinning", false, length -> change() / 100);
    }
  }

  /** A step takes as much again for each ORDO_CHANGE tokens of context. */
  public static final class Growing extends Changed {
    public Growing() {
      super("growing-decode", true, length -> change() == 0 ? 0 : length / change());
    }
  }

  /** A prefill takes as much again for each ORDO_CHANGE tokens: it has a quadratic part. */
  public static final class Quadratic extends Changed {
    public Quadratic() {
      super("quadratic-scan", false, length -> change() == 0 ? 0 : length / change());
    }
  }

  private static double change() {
    String text = System.getenv("ORDO_CHANGE");
    return text == null || text.isBlank() ? 0 : Double.parseDouble(text);
  }

  private abstract static class Changed implements ModelProvider {
    private final String id;
    private final boolean stepsOnly;
    private final IntToDoubleFunction part;

    Changed(String id, boolean stepsOnly, IntToDoubleFunction part) {
      this.id = id;
      this.stepsOnly = stepsOnly;
      this.part = part;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public String description() {
      return "mamba, worse by ORDO_CHANGE";
    }

    @Override
    public SequenceModel create(ModelShape shape, long seed) {
      for (ModelProvider provider : ServiceLoader.load(ModelProvider.class)) {
        if (provider.id().equals("mamba")) {
          return new Wrapped(provider.create(shape, seed), this);
        }
      }
      throw new IllegalStateException("there must be a model 'mamba'");
    }
  }

  private record Wrapped(SequenceModel model, Changed change) implements SequenceModel {
    @Override
    public ModelShape shape() {
      return model.shape();
    }

    @Override
    public Session open(int capacity) {
      return new Slowed(model.open(capacity), change);
    }
  }

  private record Slowed(Session session, Changed change) implements Session {
    @Override
    public int length() {
      return session.length();
    }

    @Override
    public float[] prefill(int[] tokens) {
      long start = System.nanoTime();
      float[] logits = session.prefill(tokens);
      if (!change.stepsOnly) {
        spin(start, tokens.length);
      }
      return logits;
    }

    @Override
    public float[] step(int token) {
      long start = System.nanoTime();
      float[] logits = session.step(token);
      spin(start, session.length());
      return logits;
    }

    private void spin(long start, int length) {
      long now = System.nanoTime();
      long end = now + (long) ((now - start) * change.part.applyAsDouble(length));
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }

    @Override
    public void rewind() {
      session.rewind();
    }

    @Override
    public void score(int[] tokens, float[] logits) {
      session.score(tokens, logits);
    }

    @Override
    public long stateBytes() {
      return session.stateBytes();
    }
  }
}

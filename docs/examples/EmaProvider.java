import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;

/** An exponential moving average over the tokens seen: the smallest recurrent model there is. */
public final class EmaProvider implements ModelProvider {
  @Override public String id() { return "ema"; }

  @Override public String description() { return "exponential moving average of token counts"; }

  @Override public SequenceModel create(ModelShape shape, long seed) { return new Ema(shape); }

  private record Ema(ModelShape shape) implements SequenceModel {
    @Override public Session open(int capacity) { return new Reading(shape.vocabulary(), capacity); }
  }

  /** Keeps one number a token id; a step writes into the other of two buffers, so it can be undone. */
  private static final class Reading implements Session {
    private final int capacity;
    private float[] now;
    private float[] before;
    private int length;
    private boolean stepped;

    Reading(int vocabulary, int capacity) {
      this.capacity = capacity;
      this.now = new float[vocabulary];
      this.before = new float[vocabulary];
    }

    @Override public int length() { return length; }

    @Override public float[] prefill(int[] tokens) {
      Tokens.check(tokens, now.length, capacity);
      java.util.Arrays.fill(now, 0);
      length = 0;
      for (int token : tokens) step(token);
      stepped = false;
      return now;
    }

    @Override public float[] step(int token) {
      float[] next = before;
      for (int i = 0; i < next.length; i++) next[i] = 0.9f * now[i];
      next[token] += 0.1f;
      before = now;
      now = next;
      length++;
      stepped = true;
      return now;
    }

    @Override public void rewind() {
      if (!stepped) throw new IllegalStateException("there is no step to take back");
      stepped = false;
      float[] undone = now;
      now = before;
      before = undone;
      length--;
    }

    @Override public void score(int[] tokens, float[] logits) {
      for (int i = 0; i < tokens.length; i++) {
        float[] row = i == 0 ? prefill(new int[] {tokens[0]}) : step(tokens[i]);
        System.arraycopy(row, 0, logits, i * row.length, row.length);
      }
    }

    @Override public long stateBytes() { return 4L * now.length; }
  }
}

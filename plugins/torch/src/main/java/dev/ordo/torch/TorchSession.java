package dev.ordo.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import dev.ordo.models.kernel.Workers;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A sequence on its way through a TorchScript model.
 *
 * <p>With a state a step takes in one token and what the call before left; that is kept, so that a
 * step can be taken back. Without, a step reads the whole sequence again.
 */
final class TorchSession implements Session {

  /** Rows of features begin at one of so many places of the noise. */
  private static final int PLACES = 1 << 13;

  private final TorchModel model;
  private final int[] tokens;
  private final float[] noise;
  private int threads;
  private int length;
  private boolean stepped;
  private State now = State.NONE;
  private State before = State.NONE;
  private float[] row = {};

  TorchSession(TorchModel model, int capacity) {
    this.model = model;
    this.tokens = new int[capacity];
    SplittableRandom random = new SplittableRandom(model.seed());
    this.noise = new float[model.features() == 0 ? 0 : PLACES + model.features()];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextDouble(-1, 1);
    }
  }

  /**
   * What a call left.
   *
   * @param scope holds it
   * @param tensors beside the first result
   */
  private record State(NDManager scope, NDList tensors) {

    static final State NONE = new State(null, new NDList());

    void close() {
      if (scope != null) {
        scope.close();
      }
    }
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public float[] prefill(int[] prompt) {
    Tokens.check(prompt, model.shape().vocabulary(), tokens.length);
    System.arraycopy(prompt, 0, tokens, 0, prompt.length);
    length = prompt.length;
    stepped = false;
    before.close();
    now.close();
    before = State.NONE;
    now = State.NONE;
    now = run(0);
    return row;
  }

  @Override
  public float[] step(int token) {
    Tokens.check(token, model.shape().vocabulary());
    if (length == tokens.length) {
      throw new IllegalArgumentException("session is full after " + length + " tokens");
    }
    tokens[length++] = token;
    State next = run(model.keepsState() ? length - 1 : 0);
    before.close();
    before = now;
    now = next;
    stepped = true;
    return row;
  }

  @Override
  public void rewind() {
    if (!stepped) {
      throw new IllegalStateException("there is no step to take back");
    }
    stepped = false;
    length--;
    now.close();
    now = before;
    before = State.NONE;
  }

  /** Row by row: not every result has a row for each position. */
  @Override
  public void score(int[] read, float[] logits) {
    for (int i = 0; i < read.length; i++) {
      float[] one = prefill(Arrays.copyOf(read, i + 1));
      System.arraycopy(one, 0, logits, i * one.length, one.length);
    }
  }

  @Override
  public long stateBytes() {
    return model.keepsState()
        ? now.tensors().stream()
            .mapToLong(tensor -> tensor.size() * tensor.getDataType().getNumOfBytes())
            .sum()
        : 4L * length;
  }

  /** Takes in the tokens from a position on, after the state of {@code now} if there is one. */
  private State run(int from) {
    if (threads != Workers.active()) {
      threads = Workers.active();
      JniUtils.setNumThreads(threads);
    }
    PtNDManager scope = (PtNDManager) model.manager().newSubManager();
    try (NDManager inputs = scope.newSubManager()) {
      NDList arguments = new NDList(input(inputs, from));
      if (from > 0) {
        arguments.addAll(now.tensors());
      }
      NDList results = IValueUtils.forward(model.block(), arguments, false);
      results.attach(scope);
      row(results.head());
      return new State(scope, results.subNDList(1));
    } catch (EngineException e) {
      scope.close();
      String hint =
          e.getMessage().contains("index out of range")
              ? " (the model may have fewer than "
                  + model.shape().vocabulary()
                  + " tokens: --shape vocab=N)"
              : "";
      throw new IllegalStateException("PyTorch: " + e.getMessage() + hint, e);
    }
  }

  private NDArray input(NDManager scope, int from) {
    int read = length - from;
    if (model.features() == 0) {
      long[] ids = new long[read];
      for (int i = 0; i < read; i++) {
        ids[i] = tokens[from + i];
      }
      return scope.create(ids, new Shape(1, read));
    }
    int width = model.features();
    float[] rows = new float[Math.multiplyExact(read, width)];
    for (int i = 0; i < read; i++) {
      System.arraycopy(noise, (tokens[from + i] * 0x9E3779B1) >>> 19, rows, i * width, width);
    }
    return scope.create(rows, new Shape(1, read, width));
  }

  /** Copies the last row out; of the logits as many as there are tokens. */
  private void row(NDArray result) {
    long width = result.getShape().dimension() == 0 ? 1 : result.getShape().tail();
    try (NDArray rows = result.reshape(-1, width);
        NDArray last = rows.get(rows.getShape().get(0) - 1)) {
      float[] all = last.getDataType().isFloating() ? last.toFloatArray() : new float[0];
      row =
          model.features() == 0
              ? Arrays.copyOf(all, Math.min(all.length, model.shape().vocabulary()))
              : all;
    }
  }
}

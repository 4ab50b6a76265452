package dev.ordo.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.ordo.models.ExternalSession;
import dev.ordo.models.TokenFeatures;
import dev.ordo.models.kernel.Workers;
import java.util.Arrays;

/** A sequence on its way through a TorchScript model. */
final class TorchSession extends ExternalSession<TorchSession.Left> {

  private final TorchModel model;
  private final TokenFeatures noise;
  private int threads;
  private float[] row = {};

  TorchSession(TorchModel model, int capacity) {
    super(model.shape().vocabulary(), model.keepsState(), capacity);
    this.model = model;
    this.noise = new TokenFeatures(model.seed(), model.features());
  }

  /**
   * What a call left.
   *
   * @param scope holds it
   * @param tensors beside the first result
   */
  record Left(NDManager scope, NDList tensors) {}

  @Override
  protected float[] row() {
    return row;
  }

  @Override
  protected void release(Left left) {
    left.scope().close();
  }

  @Override
  protected long bytes(Left left) {
    return left.tensors().stream()
        .mapToLong(tensor -> tensor.size() * tensor.getDataType().getNumOfBytes())
        .sum();
  }

  @Override
  protected Left run(int[] tokens, int from, Left earlier) {
    if (threads != Workers.active()) {
      threads = Workers.active();
      JniUtils.setNumThreads(threads);
    }
    PtNDManager scope = (PtNDManager) model.manager().newSubManager();
    try (NDManager inputs = scope.newSubManager()) {
      NDList arguments = new NDList(input(inputs, tokens, from));
      if (from > 0) {
        arguments.addAll(earlier.tensors());
      }
      NDList results = IValueUtils.forward(model.block(), arguments, false);
      results.attach(scope);
      row(results.head());
      return new Left(scope, results.subNDList(1));
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

  private NDArray input(NDManager scope, int[] tokens, int from) {
    int read = length() - from;
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
      for (int k = 0; k < width; k++) {
        rows[i * width + k] = noise.at(tokens[from + i], k);
      }
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

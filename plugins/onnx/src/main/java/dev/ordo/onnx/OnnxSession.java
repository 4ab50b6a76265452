package dev.ordo.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.ordo.models.ExternalSession;
import dev.ordo.models.kernel.Workers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A sequence on its way through an ONNX model. The states that a run left stay where the runtime
 * put them.
 */
final class OnnxSession extends ExternalSession<OrtSession.Result> {

  /** An output up to this size, in bytes, is written into memory that is kept. */
  private static final long LARGEST_KEPT = 1L << 30;

  private final OnnxModel model;
  private final OrtEnvironment runtime = OnnxGraph.runtime();
  private final List<Feed> feeds;
  private final List<Input> states;
  private final String output;
  private float[] row = {};
  private int lastRow;
  private int lastRead = -1;
  private int keptLength = -1;
  private OnnxTensor kept;
  private FloatBuffer keptNumbers;

  OnnxSession(OnnxModel model, int capacity) {
    super(model.shape().vocabulary(), !model.signature().states().isEmpty(), capacity);
    this.model = model;
    this.states = model.signature().states();
    this.output = model.signature().output().name();
    this.feeds =
        model.signature().inputs().stream()
            .filter(input -> input.role() != Role.STATE)
            .map(input -> new Feed(input, model.seed()))
            .toList();
  }

  @Override
  protected float[] row() {
    return row;
  }

  @Override
  protected void release(OrtSession.Result left) {
    left.close();
  }

  @Override
  protected long bytes(OrtSession.Result left) {
    long bytes = 0;
    for (Input state : states) {
      TensorInfo info = (TensorInfo) value(left, state.successor()).getInfo();
      bytes += info.getNumElements() * info.type.size;
    }
    return bytes;
  }

  @Override
  protected OrtSession.Result run(int[] tokens, int from, OrtSession.Result earlier) {
    OnnxGraph graph = Workers.active() == 1 ? model.alone() : model.all();
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    List<Feed> nothing = new ArrayList<>();
    try {
      for (Feed feed : feeds) {
        inputs.put(feed.name(), feed.tensor(runtime, tokens, from, length()));
      }
      for (Input state : states) {
        if (earlier == null) {
          Feed feed = new Feed(state, 0);
          nothing.add(feed);
          inputs.put(state.value().name(), feed.tensor(runtime, tokens, 0, 1));
        } else {
          inputs.put(state.value().name(), (OnnxTensor) value(earlier, state.successor()));
        }
      }
      Set<String> wanted = new LinkedHashSet<>();
      states.forEach(state -> wanted.add(state.successor()));
      boolean pinned = keptLength == length() - from;
      if (!pinned) {
        wanted.add(output);
      }
      OrtSession.Result result =
          graph.run(inputs, wanted, pinned ? Map.of(output, kept) : Map.of());
      look(result, pinned, length() - from);
      return result;
    } catch (OrtException e) {
      String hint =
          e.getMessage().contains("out of data bounds")
                  || e.getMessage().contains("indices element")
              ? " (the model may have fewer than "
                  + model.shape().vocabulary()
                  + " tokens: --shape vocab=N)"
              : "";
      throw new IllegalStateException("ONNX Runtime: " + e.getMessage() + hint, e);
    } finally {
      nothing.forEach(Feed::close);
    }
  }

  /** Reads the last row of the output; one that will come again gets memory that is kept. */
  private void look(OrtSession.Result result, boolean pinned, int read) throws OrtException {
    if (pinned) {
      copyLast(keptNumbers);
      return;
    }
    OnnxTensor tensor = (OnnxTensor) value(result, output);
    TensorInfo info = tensor.getInfo();
    if (!model.signature().output().real()) {
      return;
    }
    long[] shape = info.getShape();
    int width = shape.length == 0 ? 1 : Math.toIntExact(shape[shape.length - 1]);
    row =
        new float
            [model.signature().predicts() ? Math.min(width, model.shape().vocabulary()) : width];
    switch (info.type) {
      case DOUBLE -> {
        DoubleBuffer numbers = tensor.getDoubleBuffer();
        int last = numbers.capacity() - width;
        for (int i = 0; i < row.length; i++) {
          row[i] = (float) numbers.get(last + i);
        }
      }
      default -> {
        FloatBuffer numbers = tensor.getFloatBuffer();
        lastRow = numbers.capacity() - width;
        copyLast(numbers);
        if (read == lastRead) {
          keep(info, numbers.capacity(), shape, read);
        }
        lastRead = read;
      }
    }
  }

  private void copyLast(FloatBuffer numbers) {
    numbers.get(lastRow, row);
  }

  private void keep(TensorInfo info, int count, long[] shape, int read) throws OrtException {
    if (info.type != OnnxJavaType.FLOAT || 4L * count > LARGEST_KEPT) {
      return;
    }
    if (kept != null) {
      kept.close();
    }
    keptNumbers =
        ByteBuffer.allocateDirect(4 * count).order(ByteOrder.nativeOrder()).asFloatBuffer();
    kept = OnnxTensor.createTensor(runtime, keptNumbers, shape);
    keptLength = read;
  }

  private static OnnxValue value(OrtSession.Result result, String name) {
    return result
        .get(name)
        .orElseThrow(() -> new IllegalStateException("output '" + name + "' must be there"));
  }
}

package dev.ordo.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import dev.ordo.models.kernel.Workers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A sequence on its way through an ONNX model.
 *
 * <p>With states a step takes in one token and the states that the run before left, which stay
 * where the runtime put them; the run before is kept, so that a step can be taken back. Without, a
 * step reads the whole sequence again.
 */
final class OnnxSession implements Session {

  /** An output up to this size, in bytes, is written into memory that is kept. */
  private static final long LARGEST_KEPT = 1L << 30;

  private final OnnxModel model;
  private final OrtEnvironment runtime = OnnxGraph.runtime();
  private final List<Feed> feeds;
  private final List<Input> states;
  private final String output;
  private final int[] tokens;
  private int length;
  private OrtSession.Result now;
  private OrtSession.Result before;
  private boolean stepped;
  private float[] row = {};
  private int lastRow;
  private int lastRead = -1;
  private int keptLength = -1;
  private OnnxTensor kept;
  private FloatBuffer keptNumbers;

  OnnxSession(OnnxModel model, int capacity) {
    this.model = model;
    this.states = model.signature().states();
    this.output = model.signature().output().name();
    this.feeds =
        model.signature().inputs().stream()
            .filter(input -> input.role() != Role.STATE)
            .map(input -> new Feed(input, model.seed()))
            .toList();
    this.tokens = new int[capacity];
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
    close(before);
    close(now);
    before = null;
    now = null;
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
    OrtSession.Result next = run(states.isEmpty() ? 0 : length - 1);
    close(before);
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
    close(now);
    now = before;
    before = null;
  }

  /** Row by row: not every output has a row for each position. */
  @Override
  public void score(int[] read, float[] logits) {
    for (int i = 0; i < read.length; i++) {
      float[] one = prefill(Arrays.copyOf(read, i + 1));
      System.arraycopy(one, 0, logits, i * one.length, one.length);
    }
  }

  @Override
  public long stateBytes() {
    if (states.isEmpty()) {
      return 4L * length;
    }
    long bytes = 0;
    for (Input state : states) {
      TensorInfo info = now == null ? null : (TensorInfo) value(now, state.successor()).getInfo();
      bytes += info == null ? 0 : info.getNumElements() * info.type.size;
    }
    return bytes;
  }

  /** Takes in the tokens from a position on, after the states of {@code now} if there are any. */
  private OrtSession.Result run(int from) {
    OnnxGraph graph = Workers.active() == 1 ? model.alone() : model.all();
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    Set<OnnxTensor> own = new LinkedHashSet<>();
    try {
      for (Feed feed : feeds) {
        OnnxTensor tensor = feed.tensor(runtime, tokens, from, length);
        inputs.put(feed.name(), tensor);
        own.add(tensor);
      }
      for (Input state : states) {
        if (now == null) {
          OnnxTensor nothing = new Feed(state, 0).tensor(runtime, tokens, 0, 1);
          inputs.put(state.value().name(), nothing);
          own.add(nothing);
        } else {
          inputs.put(state.value().name(), (OnnxTensor) value(now, state.successor()));
        }
      }
      Set<String> wanted = new LinkedHashSet<>();
      states.forEach(state -> wanted.add(state.successor()));
      boolean pinned = keptLength == length - from;
      if (!pinned) {
        wanted.add(output);
      }
      OrtSession.Result result =
          graph.run(inputs, wanted, pinned ? Map.of(output, kept) : Map.of());
      look(result, pinned, length - from);
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
      own.forEach(OnnxTensor::close);
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

  private static void close(OrtSession.Result result) {
    if (result != null) {
      result.close();
    }
  }
}

package dev.ordo.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A file loaded into ONNX Runtime. */
final class OnnxGraph implements AutoCloseable {

  private final OrtSession session;

  private OnnxGraph(OrtSession session) {
    this.session = session;
  }

  /** Returns the runtime, which tells nobody about its use. */
  static OrtEnvironment runtime() {
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    try {
      environment.setTelemetry(false);
    } catch (OrtException e) {
      throw new IllegalStateException("telemetry cannot be switched off", e);
    }
    return environment;
  }

  /**
   * Loads a file.
   *
   * @param threads the number of threads that an operator is split over
   * @throws OrtException if it is no model, or has operators that the runtime lacks
   */
  static OnnxGraph open(Path file, int threads) throws OrtException {
    OrtEnvironment runtime = runtime();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      return new OnnxGraph(runtime.createSession(file.toString(), options));
    }
  }

  /** Returns the inputs. */
  List<Value> inputs() throws OrtException {
    return values(session.getInputInfo());
  }

  /** Returns the outputs. */
  List<Value> outputs() throws OrtException {
    return values(session.getOutputInfo());
  }

  private static List<Value> values(Map<String, NodeInfo> all) {
    List<Value> values = new ArrayList<>();
    all.forEach(
        (name, node) -> {
          if (!(node.getInfo() instanceof TensorInfo info)) {
            throw new IllegalArgumentException("'" + name + "' must be a tensor, found " + node);
          }
          values.add(
              new Value(
                  name,
                  info.type,
                  Arrays.stream(info.getShape()).boxed().toList(),
                  Arrays.stream(info.getDimensionNames())
                      .map(axis -> Objects.requireNonNullElse(axis, ""))
                      .toList()));
        });
    return values;
  }

  /**
   * Runs the model.
   *
   * @param inputs a tensor for each input
   * @param outputs the outputs that are wanted and made by the runtime
   * @param pinned outputs that are written into tensors that are there
   */
  OrtSession.Result run(
      Map<String, OnnxTensor> inputs, Set<String> outputs, Map<String, OnnxTensor> pinned)
      throws OrtException {
    return session.run(inputs, outputs, pinned);
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}

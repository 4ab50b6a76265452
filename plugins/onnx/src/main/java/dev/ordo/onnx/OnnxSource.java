package dev.ordo.onnx;

import ai.onnxruntime.OrtException;
import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks into ONNX files; {@code --onnx} needs it. */
public final class OnnxSource implements ModelSource {

  @Override
  public String format() {
    return "onnx";
  }

  @Override
  public ModelProvider open(String id, Path file, String options) throws IOException {
    if (!options.isEmpty()) {
      throw new IllegalArgumentException(
          "--onnx " + file + " must have no options, found '" + options + "'");
    }
    if (!Files.isReadable(file)) {
      throw new IOException("--onnx " + file + " must be a file that can be read");
    }
    try (OnnxGraph graph = OnnxGraph.open(file, 1)) {
      return new OnnxProvider(id, file, Signature.of(graph.inputs(), graph.outputs()));
    } catch (OrtException e) {
      throw new IllegalArgumentException(
          "--onnx " + file + " must be a model that ONNX Runtime runs: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--onnx " + file + ": " + e.getMessage(), e);
    }
  }
}

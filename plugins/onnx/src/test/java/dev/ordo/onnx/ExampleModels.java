package dev.ordo.onnx;

import static dev.ordo.onnx.GraphWriter.FLOAT;
import static dev.ordo.onnx.GraphWriter.INT64;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes the models in {@code docs/examples}, with random weights. */
final class ExampleModels {

  private static final int WIDTH = 32;
  private static final int TOKENS = 256;

  private ExampleModels() {}

  /** Writes the files into a folder. */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<String, byte[]> model : all().entrySet()) {
      Files.write(Path.of(args[0], model.getKey()), model.getValue());
    }
  }

  /** Returns the files by name. */
  static Map<String, byte[]> all() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("sums.onnx", sums());
    files.put("attention.onnx", attention());
    files.put("elman.onnx", elman());
    return files;
  }

  /** Logits from the sum of the embeddings so far; keeps nothing. */
  static byte[] sums() {
    return new GraphWriter("sums")
        .input("input_ids", INT64, "batch", "sequence")
        .weights("embedding", TOKENS, WIDTH)
        .weights("hidden", WIDTH, WIDTH)
        .weights("head", WIDTH, TOKENS)
        .numbers("axis", 1)
        .node("Gather", "x", "embedding", "input_ids")
        .node("CumSum", "sum", "x", "axis")
        .node("MatMul", "mixed", "sum", "hidden")
        .node("Tanh", "h", "mixed")
        .node("MatMul", "logits", "h", "head")
        .output("logits", FLOAT, "batch", "sequence", TOKENS)
        .file();
  }

  /** One layer of attention with a key-value cache, its inputs named as Hugging Face does. */
  static byte[] attention() {
    return new GraphWriter("attention")
        .input("input_ids", INT64, "batch_size", "sequence_length")
        .input("attention_mask", INT64, "batch_size", "past_sequence_length + sequence_length")
        .input("past_key_values.0.key", FLOAT, "batch_size", 1, "past_sequence_length", WIDTH)
        .input("past_key_values.0.value", FLOAT, "batch_size", 1, "past_sequence_length", WIDTH)
        .weights("embedding", TOKENS, WIDTH)
        .weights("query", WIDTH, WIDTH)
        .weights("key", WIDTH, WIDTH)
        .weights("value", WIDTH, WIDTH)
        .weights("head", WIDTH, TOKENS)
        .numbers("heads", 1)
        .numbers("heads_and_rows", 1, 2)
        .constant("one", 1)
        .constant("never", 1e4f)
        .node("Gather", "x", "embedding", "input_ids")
        .node("MatMul", "q", "x", "query")
        .node("MatMul", "k", "x", "key")
        .node("MatMul", "v", "x", "value")
        .node("Unsqueeze", "q4", "q", "heads")
        .node("Unsqueeze", "k4", "k", "heads")
        .node("Unsqueeze", "v4", "v", "heads")
        .node("Concat", along(2), List.of("present.0.key"), "past_key_values.0.key", "k4")
        .node("Concat", along(2), List.of("present.0.value"), "past_key_values.0.value", "v4")
        .node(
            "Transpose",
            new ProtoWriter[] {GraphWriter.wholes("perm", 0, 1, 3, 2)},
            List.of("kt"),
            "present.0.key")
        .node("MatMul", "scores", "q4", "kt")
        .node(
            "Cast",
            new ProtoWriter[] {GraphWriter.whole("to", FLOAT)},
            List.of("mask"),
            "attention_mask")
        .node("Sub", "hidden", "mask", "one")
        .node("Mul", "bias", "hidden", "never")
        .node("Unsqueeze", "bias4", "bias", "heads_and_rows")
        .node("Add", "masked", "scores", "bias4")
        .node("Softmax", along(-1), List.of("weights"), "masked")
        .node("MatMul", "context4", "weights", "present.0.value")
        .node("Squeeze", "context", "context4", "heads")
        .node("Add", "h", "x", "context")
        .node("MatMul", "logits", "h", "head")
        .output("logits", FLOAT, "batch_size", "sequence_length", TOKENS)
        .output("present.0.key", FLOAT, "batch_size", 1, "total_sequence_length", WIDTH)
        .output("present.0.value", FLOAT, "batch_size", 1, "total_sequence_length", WIDTH)
        .file();
  }

  /** An Elman network over rows of eight numbers, time first, with its state in and out. */
  static byte[] elman() {
    return new GraphWriter("elman")
        .input("x", FLOAT, "sequence", 1, 8)
        .input("h_in", FLOAT, 1, 1, WIDTH)
        .weights("w", 1, WIDTH, 8)
        .weights("r", 1, WIDTH, WIDTH)
        .node(
            "RNN",
            new ProtoWriter[] {GraphWriter.whole("hidden_size", WIDTH)},
            List.of("y", "h_out"),
            "x",
            "w",
            "r",
            "",
            "",
            "h_in")
        .output("y", FLOAT, "sequence", 1, 1, WIDTH)
        .output("h_out", FLOAT, 1, 1, WIDTH)
        .file();
  }

  private static ProtoWriter[] along(long axis) {
    return new ProtoWriter[] {GraphWriter.whole("axis", axis)};
  }
}

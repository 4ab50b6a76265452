package dev.ordo.harness.cli;

import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.CheckpointException;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is known of a checkpoint once models were made of it: that they can be, and how large they
 * are.
 *
 * @param shape the sizes of the models
 * @param positions the most tokens that every one of them can take in
 */
record LoadedCheckpoint(ModelShape shape, int positions) {

  /**
   * Returns the models to measure with a checkpoint.
   *
   * @param wanted ids; empty for all that can load it
   * @throws IOException if the configuration cannot be read, or no model loads its type
   * @throws IllegalArgumentException if a wanted model does not load its type
   */
  static List<String> ids(Path folder, List<String> wanted, Models known) throws IOException {
    String type = Checkpoint.open(folder).modelType();
    List<String> able = known.loading(type).stream().map(ModelProvider::id).toList();
    if (able.isEmpty()) {
      throw new CheckpointException(
          folder,
          "unknown model_type '" + type + "'; known: " + String.join(", ", known.modelTypes()));
    }
    for (String id : wanted) {
      known.get(id);
      if (!able.contains(id)) {
        throw new IllegalArgumentException(
            "model '"
                + id
                + "' cannot load model_type '"
                + type
                + "'; those that can: "
                + String.join(", ", able));
      }
    }
    return wanted.isEmpty() ? able : wanted;
  }

  /**
   * Makes every model once, in this JVM.
   *
   * @throws IOException if a file cannot be read or asks for what is not implemented
   */
  static LoadedCheckpoint of(Path folder, List<String> ids, Models known) throws IOException {
    Checkpoint checkpoint = Checkpoint.open(folder);
    ModelShape shape = null;
    int positions = Integer.MAX_VALUE;
    for (String id : ids) {
      SequenceModel model = known.get(id).load(checkpoint);
      shape = model.shape();
      positions = Math.min(positions, model.positions());
    }
    return new LoadedCheckpoint(shape, positions);
  }

  /**
   * Makes every model once, in a JVM with the vector module where this one lacks it.
   *
   * @param jars plug-ins
   * @param err takes the message of that JVM where it fails
   * @return nothing where it failed and said so
   */
  static LoadedCheckpoint probe(
      Path folder, List<String> ids, Models known, List<Path> jars, PrintWriter err)
      throws IOException {
    if (!VectorJvm.needed()) {
      return of(folder, ids, known);
    }
    List<String> args = new ArrayList<>(List.of(CheckpointCommand.NAME, folder.toString()));
    args.addAll(List.of("--models", String.join(",", ids)));
    if (!jars.isEmpty()) {
      args.addAll(
          List.of("--plugin", jars.stream().map(Path::toString).collect(Collectors.joining(","))));
    }
    Path answer = Files.createTempFile("ordo-checkpoint", ".txt");
    try {
      int code = VectorJvm.run(args, Redirect.to(answer.toFile()), err);
      if (code != ExitCode.FINE) {
        throw new ProbeFailed(code);
      }
      return read(Files.readString(answer).strip());
    } finally {
      Files.delete(answer);
    }
  }

  /** The other JVM has said what is wrong. */
  static final class ProbeFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    ProbeFailed(int code) {
      super("the checkpoint could not be loaded, exit code " + code);
      this.code = code;
    }

    /** Returns the exit code that it ended with. */
    int code() {
      return code;
    }
  }

  /** Returns one line that {@link #read} reads. */
  String line() {
    return shape.text() + " " + positions;
  }

  static LoadedCheckpoint read(String line) {
    String[] parts = line.split(" ");
    return new LoadedCheckpoint(ModelShape.of(parts[0]), Integer.parseInt(parts[1]));
  }

  /**
   * Refuses lengths that the models cannot take in.
   *
   * @param lengths ascending, at least one
   * @throws IllegalArgumentException if there is one; the message names the longest
   */
  void check(List<Integer> lengths, List<Phase> phases) {
    // A decode takes in one token more than its context.
    int longest = positions - (phases.contains(Phase.DECODE) ? 1 : 0);
    int asked = lengths.get(lengths.size() - 1);
    if (asked > longest) {
      throw new IllegalArgumentException(
          "length ("
              + asked
              + ") must be at most "
              + longest
              + ": the checkpoint has "
              + positions
              + " positions"
              + (longest < positions ? ", and a decode needs one more than its length" : ""));
    }
  }
}

package dev.ordo.models.verify;

import dev.ordo.models.ModelProvider;
import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.CheckpointException;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.ssm.S4Operator;
import dev.ordo.models.translation.EncoderDecoder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Compares the models that can load a folder with what the reference computed.
 *
 * <p>The folder is a {@link Checkpoint} with {@code expected.safetensors}: inputs and outputs of
 * the reference.
 */
public final class Verifier {

  private static final String EXPECTED = "expected.safetensors";

  private final Models models;

  /**
   * Makes a verifier.
   *
   * @param models where models come from
   */
  public Verifier(Models models) {
    this.models = models;
  }

  /** Returns every {@code model_type} that can be verified, sorted. */
  public SortedSet<String> modelTypes() {
    return models.modelTypes();
  }

  /**
   * Runs every model that loads the folder's {@code model_type}.
   *
   * @param folder the folder; nothing in it is trusted
   * @throws IOException if a file is missing, cannot be read or does not hold what is needed, or if
   *     the type is unknown; the message names the known ones
   */
  public Verification verify(Path folder) throws IOException {
    Checkpoint checkpoint = Checkpoint.open(folder);
    String type = checkpoint.modelType();
    if (!modelTypes().contains(type)) {
      throw new CheckpointException(
          folder, "unknown model_type '" + type + "'; known: " + String.join(", ", modelTypes()));
    }
    try {
      Tensors expected = checkpoint.tensors(EXPECTED);
      Set<String> seen = new HashSet<>();
      List<Verification.Subject> subjects = new ArrayList<>();
      if (S4Operator.loads(checkpoint)) {
        S4Operator operator = S4Operator.load(checkpoint);
        subjects.add(new Verification.Subject(type, new BlockChecks(expected, seen).of(operator)));
      } else {
        for (ModelProvider provider : models.loading(type)) {
          List<Check> checks = checks(provider, checkpoint, expected, seen);
          subjects.add(new Verification.Subject(provider.id(), checks));
        }
      }
      if (subjects.stream().anyMatch(subject -> subject.checks().isEmpty())) {
        throw new CheckpointException(
            folder.resolve(EXPECTED), "expected outputs such as logits, found none to check");
      }
      SortedSet<String> unchecked = new TreeSet<>(expected.names());
      unchecked.removeAll(seen);
      return new Verification(type, subjects, unchecked);
    } catch (IllegalArgumentException e) {
      throw located(folder, e);
    }
  }

  private static List<Check> checks(
      ModelProvider provider, Checkpoint checkpoint, Tensors expected, Set<String> seen)
      throws IOException {
    boolean trained =
        provider.phases().contains(Phase.TRAIN) && new GradientChecks(expected, seen).wanted();
    List<Check> all = new ArrayList<>();
    SequenceModel model = provider.load(checkpoint);
    if (model instanceof EncoderDecoder translator) {
      TranslationChecks checks = new TranslationChecks(expected, seen);
      all.addAll(checks.of(translator));
      if (trained) {
        all.addAll(checks.of(provider.training(checkpoint)));
      }
    } else {
      LanguageChecks checks = new LanguageChecks(expected, seen);
      all.addAll(checks.of(model));
      if (trained) {
        all.addAll(checks.of(provider.training(checkpoint)));
      }
    }
    return all;
  }

  /** A model knows what is wrong with a tensor or a size, and not always in which file. */
  private static CheckpointException located(Path folder, IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    Path where = folder;
    for (String name : List.of("model.safetensors", "model.safetensors.index.json", EXPECTED)) {
      String start = folder.resolve(name) + ": ";
      if (message.startsWith(start)) {
        where = folder.resolve(name);
        message = message.substring(start.length());
      }
    }
    CheckpointException located = new CheckpointException(where, message);
    located.initCause(e);
    return located;
  }
}

package dev.ordo.harness.cli;

import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.reports.document.AttentionFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Exports what a model's heads of attention look at. */
@Command(
    name = "attention",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Writes the attention weights of heads as heat maps (PNG, SVG) and numbers (JSON).")
final class AttentionCommand implements Callable<Integer> {

  /** A picture has fewer squares; the numbers of one head would still be 16 million. */
  private static final int MOST_TOKENS = 4096;

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "ID",
      required = true,
      description = "The model, by id ('ordo models' lists them).")
  private String model;

  @ArgGroup(multiplicity = "1")
  private Input input;

  /** What the model reads. */
  private static final class Input {

    @Option(
        names = "--text",
        paramLabel = "TEXT",
        description = "What the model reads: each byte of its UTF-8 form is a token.")
    private String text;

    @Option(
        names = "--tokens",
        paramLabel = "ID",
        split = ",",
        description = "What the model reads, as token ids between commas.")
    private List<Integer> tokens;
  }

  @Option(names = "--layer", paramLabel = "N", description = "The block, from 0. Default: all.")
  private Integer layer;

  @Option(
      names = "--head",
      paramLabel = "N",
      description = "The head within a block, from 0. Default: all.")
  private Integer head;

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "Take the weights of a folder with config.json and model.safetensors.")
  private Path checkpoint;

  @Option(
      names = "--shape",
      paramLabel = "SIZES",
      description = "Without a checkpoint: the sizes of the model, whose weights are random.")
  private String shape;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Fixes random weights. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "ordo-attention",
      description =
          "Where to write; files of the same names are replaced. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Mixin private Plugins plugins;

  @Override
  public Integer call() throws IOException {
    if (checkpoint != null && shape != null) {
      throw new IllegalArgumentException(
          "--shape (" + shape + ") must not stand beside --checkpoint, which has its own");
    }
    ModelProvider provider = plugins.models().get(model);
    if (VectorJvm.needed()) {
      return VectorJvm.run(
          spec.commandLine().getParent().getParseResult().originalArgs(),
          Redirect.INHERIT,
          spec.commandLine().getErr());
    }
    int[] tokens = tokens();
    SequenceModel made =
        checkpoint == null
            ? provider.create(shape == null ? ModelShape.DEFAULT : ModelShape.of(shape), seed)
            : provider.load(Checkpoint.open(checkpoint));
    Session session = made.open(tokens.length);
    List<AttentionFiles.Head> heads = new ArrayList<>();
    for (int block : chosen("layer", layer, made.shape().layers())) {
      for (int which : chosen("head", head, made.shape().heads())) {
        Optional<float[]> weights = session.attention(tokens, block, which);
        if (weights.isEmpty()) {
          throw new IllegalArgumentException("model '" + model + "' must have attention, has none");
        }
        heads.add(new AttentionFiles.Head(block, which, weights.get()));
      }
    }
    List<Path> files = AttentionFiles.write(model, tokens, labels(tokens), heads, out);
    PrintWriter console = spec.commandLine().getOut();
    files.forEach(console::println);
    return ExitCode.FINE;
  }

  private int[] tokens() {
    int[] tokens;
    if (input.text != null) {
      byte[] bytes = input.text.getBytes(StandardCharsets.UTF_8);
      tokens = IntStream.range(0, bytes.length).map(i -> bytes[i] & 0xFF).toArray();
    } else {
      tokens = input.tokens.stream().mapToInt(Integer::intValue).toArray();
    }
    if (tokens.length < 1 || tokens.length > MOST_TOKENS) {
      throw new IllegalArgumentException(
          "tokens (" + tokens.length + ") must be in 1.." + MOST_TOKENS);
    }
    return tokens;
  }

  /** Labels bytes of text by their character, where they are one, and all others by their id. */
  private List<String> labels(int[] tokens) {
    return IntStream.of(tokens)
        .mapToObj(
            token ->
                input.text != null && token > ' ' && token < 0x7F
                    ? String.valueOf((char) token)
                    : "#" + token)
        .toList();
  }

  private static int[] chosen(String name, Integer wanted, int count) {
    if (wanted == null) {
      return IntStream.range(0, count).toArray();
    }
    if (wanted < 0 || wanted >= count) {
      throw new IllegalArgumentException(name + " (" + wanted + ") must be in 0.." + (count - 1));
    }
    return new int[] {wanted};
  }
}

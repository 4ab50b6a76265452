package dev.ordo.harness.cli;

import dev.ordo.models.AttentionHeads;
import dev.ordo.models.AttentionPart;
import dev.ordo.models.AttentionWeights;
import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.reports.document.AttentionFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  @ArgGroup private Target target;

  /** What a model with an encoder has written when it is asked. */
  private static final class Target {

    @Option(
        names = "--target-text",
        paramLabel = "TEXT",
        description =
            "In models with an encoder: what the decoder has written, as text. Default: what the"
                + " model writes itself, greedily, as many tokens as it has read.")
    private String text;

    @Option(
        names = "--target-tokens",
        paramLabel = "ID",
        split = ",",
        description = "The same as token ids between commas, without the start token.")
    private List<Integer> tokens;
  }

  @Option(
      names = "--part",
      paramLabel = "PART",
      split = ",",
      description =
          "The parts of the model: encoder, decoder (its attention to itself), cross (from the"
              + " decoder to the encoder). Default: all that the model has.")
  private List<String> parts;

  @Option(
      names = "--layer",
      paramLabel = "N",
      description = "The layer within each part, from 0. Default: all.")
  private Integer layer;

  @Option(
      names = "--head",
      paramLabel = "N",
      description = "The head within a layer, from 0. Default: all.")
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
    TokenInput source = TokenInput.of("tokens", input.text, input.tokens);
    TokenInput given =
        target == null ? null : TokenInput.of("target tokens", target.text, target.tokens);
    SequenceModel made =
        checkpoint == null
            ? provider.create(shape == null ? ModelShape.DEFAULT : ModelShape.of(shape), seed)
            : provider.load(Checkpoint.open(checkpoint));
    List<Path> files = AttentionFiles.write(model, heads(made, source, given), out);
    PrintWriter console = spec.commandLine().getOut();
    files.forEach(console::println);
    return ExitCode.FINE;
  }

  private List<AttentionFiles.Head> heads(SequenceModel made, TokenInput source, TokenInput given) {
    List<AttentionHeads> all = made.attentionHeads();
    if (all.isEmpty()) {
      throw new IllegalArgumentException("model '" + model + "' must have attention, has none");
    }
    boolean encodes = all.stream().anyMatch(each -> each.part() == AttentionPart.ENCODER);
    if (given != null && !encodes) {
      throw new IllegalArgumentException(
          "--target-text and --target-tokens must stand beside a model with an encoder; '"
              + model
              + "' reads one sequence");
    }
    List<AttentionHeads> chosen = chosen(all);
    for (AttentionHeads each : chosen) {
      String of = all.size() == 1 ? "" : each.part().id() + " ";
      chosen(of + "layer", layer, each.layers());
      chosen(of + "head", head, each.heads());
    }
    Session session =
        made.open(given == null ? source.ids().length : longer(source.ids(), given.ids()));
    TokenInput written = source;
    if (given != null) {
      written = given;
    } else if (encodes && chosen.stream().anyMatch(each -> each.part() != AttentionPart.ENCODER)) {
      written = continuation(made, session, source);
    }
    List<AttentionFiles.Head> heads = new ArrayList<>();
    for (AttentionHeads each : chosen) {
      AttentionPart part = each.part();
      TokenInput rows = part == AttentionPart.ENCODER ? source : written;
      TokenInput columns = part == AttentionPart.DECODER ? written : source;
      for (int block : chosen("layer", layer, each.layers())) {
        for (int which : chosen("head", head, each.heads())) {
          AttentionWeights weights =
              session
                  .attention(part, source.ids(), written.ids(), block, which)
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "model '" + model + "' must tell the weights of its heads"));
          heads.add(
              new AttentionFiles.Head(
                  all.size() == 1 ? "" : part.id(),
                  block,
                  which,
                  rows.label(weights.rows()),
                  columns.label(weights.columns()),
                  weights.weights()));
        }
      }
    }
    return heads;
  }

  private static int longer(int[] one, int[] other) {
    return Math.max(one.length, other.length);
  }

  /** Lets a model write as many tokens as it has read, or as it can. */
  private static TokenInput continuation(SequenceModel made, Session session, TokenInput source) {
    int[] written = new int[Math.min(source.ids().length, made.positions())];
    session.generate(source.ids(), written);
    return new TokenInput(written, source.text());
  }

  private List<AttentionHeads> chosen(List<AttentionHeads> all) {
    if (parts == null) {
      return all;
    }
    List<String> known = all.stream().map(each -> each.part().id()).toList();
    for (String part : parts) {
      if (!known.contains(part)) {
        throw new IllegalArgumentException(
            "part (" + part + ") of model '" + model + "' must be one of " + known);
      }
    }
    return all.stream().filter(each -> parts.contains(each.part().id())).toList();
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

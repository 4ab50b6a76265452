package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.Dimensions;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say what is measured: models, phases, lengths, threads, sizes, and how. */
final class MeasuredCells {

  private static final String ALL = "all";

  private static final List<Phase> INFERENCE = List.of(Phase.PREFILL, Phase.DECODE, Phase.GENERATE);

  @Option(
      names = "--models",
      paramLabel = "ID",
      split = ",",
      description =
          "The models to measure, by id ('ordo models' lists them), or all. Default: one of each"
              + " family: transformer, transformer-kv, rnn, s4d, mamba; and those of plug-ins. With"
              + " --onnx, --torchscript or --command: these alone.")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--phases",
      paramLabel = "PHASE",
      split = ",",
      description =
          "The phases to measure: train, prefill, decode, generate, or all. Default: all but"
              + " train, which has the longest warm-up.")
  private List<String> phases = new ArrayList<>();

  @Option(
      names = "--lengths",
      paramLabel = "L",
      converter = LengthList.Converter.class,
      defaultValue = "64..4096",
      description =
          "Sequence lengths: numbers between commas; a..b is a, 2a, 4a … b. Default:"
              + " ${DEFAULT-VALUE}.")
  private LengthList lengths;

  @Option(
      names = "--shape",
      paramLabel = "SIZES",
      description =
          "Sizes of every model, for example d=128,layers=4; or tiny, small, gpt2, mamba-130m,"
              + " and what differs: gpt2,layers=2. Default: tiny, which is"
              + " d=64,layers=2,heads=4,state=16,vocab=256.")
  private String shape;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Fixes weights, tokens and the order of forks. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private DimensionOptions dimensions;

  /** Returns whether all models were asked for, without their names. */
  boolean all() {
    return named().equals(List.of(ALL));
  }

  /**
   * Returns the models asked for; none where it was not said which, and all where all were.
   *
   * @throws IllegalArgumentException if one is unknown
   */
  List<String> models(Models known) {
    if (all()) {
      return known.ids();
    }
    List<String> named = named();
    named.forEach(known::get);
    return named;
  }

  /**
   * Returns the phases asked for.
   *
   * @throws IllegalArgumentException if one is unknown
   */
  List<Phase> phases() {
    List<String> named = phases.stream().map(String::strip).toList();
    if (named.isEmpty()) {
      return INFERENCE;
    }
    return named.equals(List.of(ALL))
        ? List.of(Phase.values())
        : named.stream().map(Phase::of).toList();
  }

  /** Returns the sequence lengths. */
  List<Integer> lengths() {
    return lengths.lengths();
  }

  /**
   * Returns what else cells differ in.
   *
   * @param err takes warnings
   * @throws IllegalArgumentException if something of it is not possible
   */
  Dimensions dimensions(PrintWriter err) {
    return dimensions.dimensions(err);
  }

  /** Returns the shape as it was given; null where it was not. */
  String shapeText() {
    return shape;
  }

  /**
   * Returns the sizes asked for, or the usual ones.
   *
   * @throws IllegalArgumentException if it is not a shape
   */
  ModelShape shape() {
    return shape == null ? ModelShape.DEFAULT : ModelShape.of(shape);
  }

  /** Returns the seed. */
  long seed() {
    return seed;
  }

  /** Returns the models as they were named; none where it was not said which. */
  List<String> named() {
    return models.stream().map(String::strip).toList();
  }
}

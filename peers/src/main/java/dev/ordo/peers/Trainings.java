package dev.ordo.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import dev.ordo.models.Tokens;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Steps of training without an optimiser: forward, loss, and the gradient of every parameter. */
final class Trainings {

  private static final int BATCH = 4;
  private static final int LENGTH = 256;
  private static final ModelShape SHAPE = new ModelShape(256, 4, 4, 16, 256);
  private static final String SIZES =
      " (d = 256, 4 layers), " + BATCH + " rows of " + LENGTH + " tokens";

  /** Float32 sums in another order, forward and back; gradients are relative to their largest. */
  private static final double TOLERANCE = 1e-3;

  private Trainings() {}

  static Row gpt2() {
    return row(
        "train-gpt2",
        "Training step, GPT-2" + SIZES,
        "transformer",
        Weights.gpt2(SHAPE, LENGTH),
        torch -> new TorchGpt2(torch, SHAPE, LENGTH));
  }

  static Row mamba() {
    return row(
        "train-mamba",
        "Training step, Mamba" + SIZES,
        "mamba",
        Weights.mamba(SHAPE),
        torch -> new TorchMamba(torch, SHAPE));
  }

  private static Row row(
      String id, String title, String model, Tensors weights, Function<Torch, TorchModel> torch) {
    Map<String, Supplier<Contender>> contenders = new LinkedHashMap<>();
    contenders.put("ordo", () -> new Ordo(model, weights));
    contenders.put("pytorch", () -> new OfTorch(weights, torch));
    Row row =
        Row.time(
            id, title, contenders, "pytorch", TOLERANCE, 1.0, BATCH * LENGTH * 1e9, "tokens/s");
    return models().get(model).phases().contains(Phase.TRAIN)
        ? row
        : row.without("model '" + model + "' cannot be trained");
  }

  private static Models models() {
    return Models.load(Trainings.class.getClassLoader());
  }

  private static int[][] tokens() {
    int[][] rows = new int[BATCH][];
    for (int i = 0; i < BATCH; i++) {
      rows[i] = Tokens.random(LENGTH, SHAPE.vocabulary(), i);
    }
    return rows;
  }

  private static final class Ordo implements Contender {
    private final Training training;
    private final int[][] tokens = tokens();

    Ordo(String model, Tensors weights) {
      training = models().get(model).training(SHAPE, 1, LENGTH);
      for (String name : training.names()) {
        float[] values = weights.get(name, weights.shape(name));
        System.arraycopy(values, 0, training.parameter(name), 0, values.length);
      }
    }

    @Override
    public Object run() {
      return training.step(tokens);
    }

    /** The nodes of a tape are objects. */
    @Override
    public boolean allocates() {
      return true;
    }

    @Override
    public Map<String, float[]> output() {
      Map<String, float[]> output = new LinkedHashMap<>();
      output.put("loss", new float[] {training.step(tokens)});
      for (String name : training.names()) {
        output.put(name, training.gradient(name).clone());
      }
      return output;
    }
  }

  private static final class OfTorch extends TorchContender {
    private final TorchModel model;
    private final long[] tokens;
    private final long[] targets;
    private boolean stepped;

    OfTorch(Tensors weights, Function<Torch, TorchModel> make) {
      super(weights, true);
      model = make.apply(torch);
      int[][] rows = tokens();
      tokens = Arrays.stream(rows).flatMapToLong(row -> Arrays.stream(Torch.ids(row))).toArray();
      targets =
          Arrays.stream(rows).flatMapToLong(row -> Arrays.stream(Torch.ids(row)).skip(1)).toArray();
    }

    @Override
    public Float run() {
      if (stepped) {
        torch.clearGradients();
      }
      stepped = true;
      try (NDManager scope = torch.scope();
          GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray hidden =
            model
                .hidden(scope.create(tokens), BATCH, LENGTH, scope)
                .reshape(BATCH, LENGTH, SHAPE.width())
                .get(":, :" + (LENGTH - 1))
                .reshape(targets.length, SHAPE.width());
        NDArray loss =
            model
                .logits(hidden)
                .logSoftmax(-1)
                .gather(scope.create(targets).expandDims(1), 1)
                .mean()
                .neg();
        collector.backward(loss);
        return loss.getFloat();
      }
    }

    @Override
    public Map<String, float[]> output() {
      Map<String, float[]> output = new LinkedHashMap<>();
      output.put("loss", new float[] {run()});
      torch
          .parameters()
          .forEach((name, value) -> output.put(name, value.getGradient().toFloatArray()));
      return output;
    }
  }
}

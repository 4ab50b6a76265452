package dev.ordo.models.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.Golden;
import dev.ordo.models.ModelShape;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Tokens;
import dev.ordo.models.Training;
import dev.ordo.models.autograd.Parameters;
import dev.ordo.models.checkpoint.Tensors;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings of what only checkpoints ask for: biases, heads of their own, limits, other sizes. */
class StateSpaceTrainingTest {

  private static final int LENGTH = 21;
  private static final ModelShape SHAPE = new ModelShape(12, 2, 1, 4, 11);

  @ParameterizedTest
  @CsvSource({"true, false, true", "false, true, false", "true, true, false"})
  void ofMamba(boolean convolutionBias, boolean projectionBias, boolean tied) {
    MambaSizes sizes =
        new MambaSizes(SHAPE, 20, 3, 3, convolutionBias, projectionBias, tied, 1e-5f);
    Drawn weights = new Drawn();
    weights.put("backbone.embeddings.weight", 1, 11, 12);
    for (int layer = 0; layer < 2; layer++) {
      String mixer = "backbone.layers." + layer + ".mixer.";
      weights.put("backbone.layers." + layer + ".norm.weight", 1, 12);
      weights.put(mixer + "in_proj.weight", 0.5, 40, 12);
      weights.put(mixer + "conv1d.weight", 0.5, 20, 1, 3);
      weights.put(mixer + "x_proj.weight", 0.5, 11, 20);
      weights.put(mixer + "dt_proj.weight", 0.5, 20, 3);
      weights.put(mixer + "dt_proj.bias", 0.5, 20);
      weights.put(mixer + "A_log", 1, 20, 4);
      weights.put(mixer + "D", 1, 20);
      weights.put(mixer + "out_proj.weight", 0.5, 12, 20);
      if (convolutionBias) {
        weights.put(mixer + "conv1d.bias", 0.5, 20);
      }
      if (projectionBias) {
        weights.put(mixer + "in_proj.bias", 0.5, 40);
        weights.put(mixer + "out_proj.bias", 0.5, 12);
      }
    }
    weights.put("backbone.norm_f.weight", 1, 12);
    if (!tied) {
      weights.put("lm_head.weight", 0.5, 11, 12);
    }
    Tensors all = weights.build();
    check(new Mamba(all, sizes, false), new MambaTraining(new Parameters(all), sizes, false), all);
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, true, 0, Infinity",
    "false, true, false, 0.3, 0.8",
    "true, true, false, 0, 0.7"
  })
  void ofMamba2(
      boolean convolutionBias, boolean projectionBias, boolean tied, float low, float high) {
    Mamba2Sizes sizes =
        new Mamba2Sizes(
            SHAPE, 4, 5, 2, 3, 8, low, high, convolutionBias, projectionBias, tied, 1e-5f);
    Drawn weights = new Drawn();
    weights.put("backbone.embeddings.weight", 1, 11, 12);
    for (int layer = 0; layer < 2; layer++) {
      String mixer = "backbone.layers." + layer + ".mixer.";
      weights.put("backbone.layers." + layer + ".norm.weight", 1, 12);
      weights.put(mixer + "in_proj.weight", 0.5, 60, 12);
      weights.put(mixer + "conv1d.weight", 0.5, 36, 1, 3);
      weights.put(mixer + "dt_bias", 0.5, 4);
      weights.put(mixer + "A_log", 1, 4);
      weights.put(mixer + "D", 1, 4);
      weights.put(mixer + "norm.weight", 1, 20);
      weights.put(mixer + "out_proj.weight", 0.5, 12, 20);
      if (convolutionBias) {
        weights.put(mixer + "conv1d.bias", 0.5, 36);
      }
      if (projectionBias) {
        weights.put(mixer + "in_proj.bias", 0.5, 60);
        weights.put(mixer + "out_proj.bias", 0.5, 12);
      }
    }
    weights.put("backbone.norm_f.weight", 1, 12);
    if (!tied) {
      weights.put("lm_head.weight", 0.5, 11, 12);
    }
    Tensors all = weights.build();
    check(new Mamba2(all, sizes), new Mamba2Training(new Parameters(all), sizes), all);
  }

  /** Random tensors around 0. */
  private static final class Drawn {

    private final SplittableRandom random = new SplittableRandom(2);
    private final Tensors.Builder tensors = Tensors.builder("test");

    void put(String name, double bound, int... shape) {
      int count = 1;
      for (int size : shape) {
        count *= size;
      }
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) (bound * (2 * random.nextDouble() - 1));
      }
      tensors.put(name, values, shape);
    }

    Tensors build() {
      return tensors.build();
    }
  }

  /** The loss is that of the model; each gradient is the slope of the loss along itself. */
  private static void check(SequenceModel model, Training training, Tensors weights) {
    int[][] rows = {Tokens.random(LENGTH, 11, 1), Tokens.random(LENGTH, 11, 2)};
    double expected = 0;
    for (int[] row : rows) {
      float[] logits = new float[LENGTH * 11];
      model.open(LENGTH).score(row, logits);
      expected += Golden.crossEntropy(logits, row) / 2;
    }
    float loss = training.step(rows);
    Golden.assertClose(new float[] {loss}, new float[] {(float) expected}, 1e-5);
    assertThat(training.names()).containsExactlyInAnyOrderElementsOf(weights.names());
    for (String name : training.names()) {
      training.step(rows);
      float[] values = training.parameter(name);
      float[] slopes = training.gradient(name).clone();
      float[] before = values.clone();
      double squares = 0;
      for (float slope : slopes) {
        squares += slope * slope;
      }
      // Far enough for float32 losses to differ, near enough for the third order not to.
      double step = Math.min(4e-3 / squares, 0.03 / Math.sqrt(squares));
      double above = moved(training, rows, values, before, slopes, step);
      double below = moved(training, rows, values, before, slopes, -step);
      System.arraycopy(before, 0, values, 0, values.length);
      double slope = (above - below) / (2 * step);
      double slack = 0.03 * squares + 1e-6 / step;
      assertThat(slope).as(name).isBetween(squares - slack, squares + slack);
      assertThat(squares).as(name).isPositive();
    }
  }

  private static double moved(
      Training training, int[][] rows, float[] values, float[] from, float[] along, double step) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (from[i] + step * along[i]);
    }
    return training.step(rows);
  }
}

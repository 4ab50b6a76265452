package dev.ordo.models.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Cost;
import dev.ordo.models.Golden;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Order;
import dev.ordo.models.Phase;
import dev.ordo.models.RecurrentContract;
import dev.ordo.models.checkpoint.Tensors;
import org.junit.jupiter.api.Test;

class MambaTest extends RecurrentContract {

  private final Golden golden = Golden.load("mamba");
  private final ModelShape shape =
      new ModelShape(
          golden.integer("hidden_size"),
          golden.integer("num_hidden_layers"),
          1,
          golden.integer("state_size"),
          golden.integer("vocab_size"));

  MambaTest() {
    super(new MambaProvider());
  }

  @Test
  void equalsTheReference() {
    assertEqualsReference(golden, new Mamba(golden.model(), shape));
  }

  @Test
  void theConfigurationIsTheOneBuiltIn() {
    Mamba mamba = new Mamba(golden.model(), shape);
    assertThat(mamba.inner()).isEqualTo(golden.integer("intermediate_size"));
    assertThat(mamba.rank()).isEqualTo(golden.integer("time_step_rank"));
    assertThat(MambaWeights.TAPS).isEqualTo(golden.integer("conv_kernel"));
    assertThat(golden.number("layer_norm_epsilon")).isEqualTo(1e-5);
  }

  @Test
  void aHeadOfItsOwnTakesThePlaceOfTheEmbedding() {
    Tensors.Builder untied = Tensors.builder("test");
    for (String name : golden.model().names()) {
      int[] sizes = golden.model().shape(name);
      untied.put(name, golden.model().get(name, sizes), sizes);
    }
    float[] head = golden.model().get("backbone.embeddings.weight", 61, 32);
    for (int i = 0; i < head.length; i++) {
      head[i] *= 2;
    }
    untied.put("lm_head.weight", head, 61, 32);
    float[] expected = new Mamba(golden.model(), shape).open(3).prefill(new int[] {1, 2, 3});
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= 2;
    }
    float[] logits = new Mamba(untied.build(), shape).open(3).prefill(new int[] {1, 2, 3});
    Golden.assertClose(logits, expected);
  }

  @Test
  void randomWeightsStartAsThePaperSays() {
    Tensors weights = MambaWeights.random(ModelShape.DEFAULT, 3);
    float[] bias = weights.get("backbone.layers.1.mixer.dt_proj.bias", 128);
    for (float value : bias) {
      assertThat(Math.log1p(Math.exp(value))).isBetween(0.00099, 0.1001);
    }
    float[] logs = weights.get("backbone.layers.0.mixer.A_log", 128, 16);
    assertThat(Math.exp(logs[16 * 5 + 15])).isBetween(15.999, 16.001);
    assertThat(weights.has("lm_head.weight")).isFalse();
  }

  @Test
  void countsItsOperations() {
    Mamba mamba = new Mamba(golden.model(), shape);
    MambaCost cost = MambaCost.of(mamba.shape(), false);
    Cost prefill = cost.of(Phase.PREFILL);
    // Part by part: norm, in_proj, convolution, SiLU, x_proj, dt_proj, softplus, scan, gate,
    // out_proj, residual.
    double layer =
        4 * 32
            + 4
            + 2 * 32 * 128
            + 2 * 4 * 64
            + 3 * 64
            + 2 * 64 * (2 + 2 * 16)
            + 2 * 2 * 64
            + 3 * 64
            + 64 * (7 * 16 + 2)
            + 4 * 64
            + 2 * 64 * 32
            + 32;
    double last = 4 * 32 + 4 + 2 * 32 * 61;
    assertThat(prefill.flops().at(7)).isEqualTo(7 * 2 * layer + last);
    assertThat(prefill.flops().order()).isEqualTo(Order.LINEAR);
    assertThat(prefill.span().at(7)).isEqualTo(8);
    assertThat(prefill.span().order()).isEqualTo(Order.LINEAR);
    assertThat(cost.of(Phase.DECODE).flops().at(7)).isEqualTo(2 * layer + last);
    assertThat(prefill.stateBytes().at(7)).isEqualTo(4 * 2 * 64 * (16 + 3));
  }

  @Test
  void bytesHoldEveryWeightOnce() {
    double floats = 61 + 32 + 2 * 2 * 32 + 2 * 64 * (16 + 3);
    for (String name : golden.model().names()) {
      int elements = 1;
      for (int size : golden.model().shape(name)) {
        elements *= size;
      }
      floats += elements;
    }
    assertThat(MambaCost.of(shape, false).of(Phase.PREFILL).bytes().at(1)).isEqualTo(4 * floats);
  }

  @Test
  void rejectsWeightsOfAnotherShape() {
    assertThatThrownBy(() -> new Mamba(golden.model(), new ModelShape(32, 3, 1, 16, 61)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("backbone.layers.2.");
  }

  /** More channels, ranks and taps whose weights are zero change nothing. */
  @Test
  void channelsRanksAndTapsMayBeAnyNumber() {
    int inner = 72;
    int rank = 5;
    int taps = 6;
    Tensors.Builder padded = Tensors.builder("test");
    for (String name : golden.model().names()) {
      int[] from = golden.model().shape(name);
      float[] values = golden.model().get(name, from);
      String kind = name.replaceAll(".*mixer\\.", "");
      switch (kind) {
        case "in_proj.weight" -> padded.put(name, pad(values, 2, 64, 32, inner, 32), 2 * inner, 32);
        case "conv1d.weight" -> {
          float[] reversed = new float[inner * taps];
          for (int c = 0; c < 64; c++) {
            System.arraycopy(values, c * 4, reversed, c * taps + taps - 4, 4);
          }
          padded.put(name, reversed, inner, 1, taps);
        }
        case "x_proj.weight" -> {
          float[] wide = pad(values, 1, 34, 64, 34, inner);
          float[] all = new float[(rank + 32) * inner];
          System.arraycopy(wide, 0, all, 0, 2 * inner);
          System.arraycopy(wide, 2 * inner, all, rank * inner, 32 * inner);
          padded.put(name, all, rank + 32, inner);
        }
        case "dt_proj.weight" -> padded.put(name, pad(values, 1, 64, 2, inner, rank), inner, rank);
        case "A_log" -> padded.put(name, pad(values, 1, 64, 16, inner, 16), inner, 16);
        case "out_proj.weight" -> padded.put(name, pad(values, 1, 32, 64, 32, inner), 32, inner);
        case "D", "conv1d.bias", "dt_proj.bias" ->
            padded.put(name, pad(values, 1, 1, 64, 1, inner), inner);
        default -> padded.put(name, values, from);
      }
    }
    MambaSizes sizes = new MambaSizes(shape, inner, rank, taps, true, false, true, 1e-5f);
    assertEqualsReference(golden, new Mamba(padded.build(), sizes, false));
  }

  /** A bias of in_proj's x half reaches a first token through the last tap alone. */
  @Test
  void biasesOfTheProjectionsAreAdded() {
    Tensors.Builder projected = Tensors.builder("test");
    Tensors.Builder convolved = Tensors.builder("test");
    for (String name : golden.model().names()) {
      int[] sizes = golden.model().shape(name);
      float[] values = golden.model().get(name, sizes);
      projected.put(name, values, sizes);
      if (!name.endsWith("conv1d.bias")) {
        convolved.put(name, values, sizes);
        continue;
      }
      String mixer = name.substring(0, name.indexOf("conv1d"));
      float[] taps = golden.model().get(mixer + "conv1d.weight", 64, 1, 4);
      float[] moved = values.clone();
      float[] bias = new float[128];
      for (int c = 0; c < 64; c++) {
        bias[c] = 0.01f * c;
        moved[c] += taps[4 * c + 3] * bias[c];
      }
      convolved.put(name, moved, 64);
      projected.put(mixer + "in_proj.bias", bias, 128);
      projected.put(mixer + "out_proj.bias", new float[32], 32);
    }
    MambaSizes sizes = new MambaSizes(shape, 64, 2, 4, true, true, true, 1e-5f);
    float[] logits = new Mamba(projected.build(), sizes, false).open(1).prefill(new int[] {7});
    Golden.assertClose(logits, new Mamba(convolved.build(), shape).open(1).prefill(new int[] {7}));
    float[] without = new Mamba(golden.model(), shape).open(1).prefill(new int[] {7});
    assertThat(logits).isNotEqualTo(without);
  }

  private static float[] pad(
      float[] values, int blocks, int rows, int columns, int toRows, int toColumns) {
    float[] padded = new float[blocks * toRows * toColumns];
    for (int b = 0; b < blocks; b++) {
      for (int r = 0; r < rows; r++) {
        System.arraycopy(
            values, (b * rows + r) * columns, padded, (b * toRows + r) * toColumns, columns);
      }
    }
    return padded;
  }
}

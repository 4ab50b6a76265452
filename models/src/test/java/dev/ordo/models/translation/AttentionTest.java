package dev.ordo.models.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.AttentionHeads;
import dev.ordo.models.AttentionPart;
import dev.ordo.models.AttentionWeights;
import dev.ordo.models.Golden;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Tokens;
import dev.ordo.models.checkpoint.Checkpoint;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttentionTest {

  private static EncoderDecoder golden(String name, boolean cached) throws IOException {
    Checkpoint checkpoint = Checkpoint.open(Golden.folder(name));
    return name.startsWith("t5") ? T5.load(checkpoint, cached) : Marian.load(checkpoint, cached);
  }

  private static float[] weights(
      EncoderDecoderSession session,
      AttentionPart part,
      int[] source,
      int[] target,
      int layer,
      int head) {
    return session.attention(part, source, target, layer, head).orElseThrow().weights();
  }

  @ParameterizedTest
  @CsvSource({
    "t5, false", "t5, true", "marian, false", "marian, true",
    "t5-options, true", "t5-options, false", "marian-options, true", "marian-options, false"
  })
  void everyHeadOfEveryPartEqualsThePlainLoops(String name, boolean cached) throws IOException {
    EncoderDecoder model = golden(name, cached);
    int vocabulary = model.shape().vocabulary();
    int[] source = Tokens.random(13, vocabulary, 1);
    int[] target = Tokens.random(6, vocabulary, 2);
    Twin twin = new Twin(model.architecture(), Checkpoint.open(Golden.folder(name)).weights());
    twin.read(source);
    List<double[][]> encoder = List.copyOf(twin.attended);
    twin.attended.clear();
    twin.step(model.start());
    for (int token : target) {
      twin.step(token);
    }
    EncoderDecoderSession session = model.open(13);
    int decoderLayers = model.architecture().decoder().layers().size();
    for (AttentionHeads heads : model.attentionHeads()) {
      boolean encodes = heads.part() == AttentionPart.ENCODER;
      boolean crosses = heads.part() == AttentionPart.CROSS;
      int rows = encodes ? 13 : 7;
      int columns = heads.part() == AttentionPart.DECODER ? 7 : 13;
      for (int layer = 0; layer < heads.layers(); layer++) {
        for (int head = 0; head < heads.heads(); head++) {
          float[] expected = new float[rows * columns];
          for (int i = 0; i < rows; i++) {
            double[] row =
                encodes
                    ? encoder.get(layer * 13 + i)[head]
                    : twin.attended.get((i * decoderLayers + layer) * 2 + (crosses ? 1 : 0))[head];
            for (int j = 0; j < row.length; j++) {
              expected[i * columns + j] = (float) row[j];
            }
          }
          Golden.assertClose(weights(session, heads.part(), source, target, layer, head), expected);
        }
      }
    }
  }

  @Test
  void everyPartHasItsOwnLayersAndHeads() throws IOException {
    assertThat(golden("t5-options", true).attentionHeads())
        .containsExactly(
            new AttentionHeads(AttentionPart.ENCODER, 1, 5),
            new AttentionHeads(AttentionPart.DECODER, 2, 5),
            new AttentionHeads(AttentionPart.CROSS, 2, 5));
    assertThat(golden("marian-options", true).attentionHeads())
        .containsExactly(
            new AttentionHeads(AttentionPart.ENCODER, 2, 5),
            new AttentionHeads(AttentionPart.DECODER, 1, 3),
            new AttentionHeads(AttentionPart.CROSS, 1, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t5-options", "marian-options"})
  void saysWhichTokensLookAtWhich(String name) throws IOException {
    EncoderDecoder model = golden(name, true);
    EncoderDecoderSession session = model.open(3);
    int[] source = {4, 5, 6};
    int[] target = {7, 8};
    int[] read = {3, 7, 8};
    AttentionWeights encoder =
        session.attention(AttentionPart.ENCODER, source, target, 0, 0).orElseThrow();
    assertThat(encoder.rows()).isEqualTo(source).isNotSameAs(source);
    assertThat(encoder.columns()).isEqualTo(source);
    AttentionWeights decoder =
        session.attention(AttentionPart.DECODER, source, target, 0, 0).orElseThrow();
    assertThat(decoder.rows()).isEqualTo(read);
    assertThat(decoder.columns()).isEqualTo(read);
    AttentionWeights cross =
        session.attention(AttentionPart.CROSS, source, target, 0, 0).orElseThrow();
    assertThat(cross.rows()).isEqualTo(read);
    assertThat(cross.columns()).isEqualTo(source);
  }

  @ParameterizedTest
  @CsvSource({"T5, 1, 1", "T5, 300, 129", "MARIAN, 129, 300"})
  void rowsSumToOneAtLengthsOfSeveralChunks(Kind kind, int sources, int targets) {
    ModelShape shape = new ModelShape(16, 2, 2, 2, 30);
    int[] source = Tokens.random(sources, 30, 3);
    int[] target = Tokens.random(targets, 30, 4);
    EncoderDecoderSession cached = kind.model(shape, 1, true).open(300);
    EncoderDecoderSession plain = kind.model(shape, 1, false).open(300);
    for (AttentionPart part : AttentionPart.values()) {
      AttentionWeights all = cached.attention(part, source, target, 1, 1).orElseThrow();
      int columns = all.columns().length;
      for (int i = 0; i < all.rows().length; i++) {
        double sum = 0;
        for (int j = 0; j < columns; j++) {
          float weight = all.weights()[i * columns + j];
          assertThat(weight > 0).isEqualTo(part != AttentionPart.DECODER || j <= i);
          sum += weight;
        }
        assertThat(Math.abs(sum - 1)).isLessThan(1e-5);
      }
      Golden.assertClose(weights(plain, part, source, target, 1, 1), all.weights(), 1e-5);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesTheSessionEmptyAndFitForAnotherSequence(boolean cached) throws IOException {
    EncoderDecoderSession session = golden("t5", cached).open(9);
    int[] source = Tokens.random(9, 61, 5);
    float[] logits = session.prefill(source).clone();
    session.step(3);
    for (AttentionPart part : AttentionPart.values()) {
      weights(session, part, new int[] {1, 2}, new int[] {3}, 1, 0);
      assertThat(session.length()).isZero();
      assertThat(session.stateBytes()).isZero();
      assertThat(session.state("encoder_last_hidden_state")).isEmpty();
      assertThatThrownBy(() -> session.step(1)).hasMessageStartingWith("step must follow");
      assertThatThrownBy(session::rewind).hasMessage("rewind must follow a step");
      Golden.assertClose(session.prefill(source), logits, 1e-5);
      session.step(3);
    }
  }

  @Test
  void refusesWhatThereIsNot() throws IOException {
    EncoderDecoderSession session = golden("marian-options", true).open(4);
    int[] two = {1, 2};
    assertThat(session.attention(two, 0, 0)).isEqualTo(Optional.empty());
    assertThatThrownBy(() -> session.attention(AttentionPart.CROSS, two, two, 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("layer (1) must be in 0..0, head (0) in 0..2");
    assertThatThrownBy(() -> session.attention(AttentionPart.ENCODER, two, two, 0, 5))
        .hasMessage("layer (0) must be in 0..1, head (5) in 0..4");
    assertThatThrownBy(() -> session.attention(AttentionPart.CROSS, new int[5], two, 0, 0))
        .hasMessage("length (5) must be in 1..4");
    assertThatThrownBy(() -> session.attention(AttentionPart.CROSS, two, new int[0], 0, 0))
        .hasMessage("length (0) must be in 1..4");
    assertThatThrownBy(() -> session.attention(AttentionPart.DECODER, two, new int[] {29}, 0, 0))
        .hasMessage("token (29) must be in 0..28");
  }
}

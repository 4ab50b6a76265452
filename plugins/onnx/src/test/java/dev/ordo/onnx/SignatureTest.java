package dev.ordo.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.onnxruntime.OnnxJavaType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureTest {

  private static Value value(String name, OnnxJavaType type, Object... axes) {
    List<Long> sizes = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Object axis : axes) {
      sizes.add(axis instanceof Integer size ? (long) size : -1L);
      names.add(axis instanceof String text ? text : "");
    }
    return new Value(name, type, sizes, names);
  }

  private static Value ids(String name, Object... axes) {
    return value(name, OnnxJavaType.INT64, axes);
  }

  private static Value real(String name, Object... axes) {
    return value(name, OnnxJavaType.FLOAT, axes);
  }

  private static final Value LOGITS = real("logits", "batch", "seq", 100);

  @Test
  void knowsInputsByTypeAndName() {
    Signature signature =
        Signature.of(
            List.of(
                ids("input_ids", "b", "s"),
                ids("attention_mask", "b", "s"),
                ids("token_type_ids", "b", "s"),
                ids("position_ids", "b", "s"),
                value("use_cache_branch", OnnxJavaType.BOOL, 1)),
            List.of(real("hidden", "b", "s", 8), LOGITS));

    assertThat(signature.inputs())
        .extracting(Input::role)
        .containsExactly(Role.TOKENS, Role.MASK, Role.SEGMENTS, Role.POSITIONS, Role.SWITCH);
    assertThat(signature.output()).isEqualTo(LOGITS);
  }

  @ParameterizedTest
  @CsvSource({
    "past_key_values.0.key, present.0.key",
    "past_key_values.11.decoder.value, present.11.decoder.value",
    "past_3, present_3",
    "past_key_values.0.key, present_key_values.0.key",
    "h0, hn",
    "c_0, c_n",
    "state_in, state_out",
    "state, new_state",
    "prev_hidden, next_hidden",
    "initial_h, final_h",
    "old_memory, memory"
  })
  void pairsWhatIsBeforeWithWhatIsAfter(String before, String after) {
    Signature signature =
        Signature.of(
            List.of(ids("tokens", 1, "seq"), real(before, 1, 4, 8)),
            List.of(LOGITS, real("other", 1, 4, 8), real(after, 1, 4, 8)));

    assertThat(signature.states()).extracting(Input::successor).containsExactly(after);
  }

  @Test
  void anOutputAlongTheSequenceIsNoState() {
    Signature signature =
        Signature.of(List.of(real("x", "b", "s", 8)), List.of(real("x_out", "b", "s", 8)));

    assertThat(signature.states()).isEmpty();
    assertThat(signature.readsTokens()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "batch;seq, 1",
    "?;?, 1",
    "1;?, 1",
    "s0;s1, 1",
    "seq;batch, 0",
    "seq, 0",
    "?, 0",
    "?;128, -1",
    "batch;128, -1",
    "seq;8, 0",
    "N;L;8, 1",
    "?;?;8, 1",
    "?;8;16, -1",
    "1;8;?, 2",
    "time;1;8, 0",
    "n;3;h;w, -1",
    "4;4, -1"
  })
  void findsTheAxisOfTheSequence(String axes, int expected) {
    Object[] parts =
        Stream.of(axes.split(";"))
            .map(part -> part.equals("?") ? "" : part)
            .map(part -> part.matches("\\d+") ? (Object) Integer.valueOf(part) : part)
            .toArray();

    assertThat(real("x", parts).sequenceAxis()).isEqualTo(expected);
  }

  @Test
  void aCacheBeginsEmptyAndAStateFull() {
    Signature signature =
        Signature.of(
            List.of(
                ids("ids", "batch", "seq"),
                ids("attention_mask", "batch", "total"),
                real("past_key_values.0.key", "batch", 4, "past", 16),
                real("past_key_values.1.key", "", 4, "", 16),
                real("h0", 2, "", 16)),
            List.of(
                LOGITS,
                real("present.0.key", "batch", 4, "total", 16),
                real("present.1.key", "", 4, "", 16),
                real("hn", 2, "", 16)));

    assertThat(signature.inputs().get(0).shape(5, 9)).containsExactly(1, 5);
    assertThat(signature.inputs().get(1).shape(5, 9)).containsExactly(1, 9);
    assertThat(signature.inputs().get(2).shape(5, 9)).containsExactly(1, 4, 0, 16);
    assertThat(signature.inputs().get(3).shape(5, 9)).containsExactly(1, 4, 0, 16);
    assertThat(signature.inputs().get(4).shape(5, 9)).containsExactly(2, 1, 16);
  }

  @Test
  void namesInputsThatItCannotFill() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Signature.of(
                    List.of(ids("ids", "b", "s"), real("image", "b", 3, 8, 8)), List.of(LOGITS)))
        .withMessage(
            "input 'image' must be tokens, features, a mask, positions or a state with an output;"
                + " found ids int64[b, s], image float[b, 3, 8, 8]");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Signature.of(
                    List.of(ids("input_ids", "b", "s"), ids("decoder_input_ids", "b", "t")),
                    List.of(LOGITS)))
        .withMessageStartingWith("one input must hold the sequence, found several: input_ids");
  }

  @Test
  void hiddenStatesPredictNothing() {
    assertThat(
            Signature.of(
                    List.of(ids("ids", "b", "s")), List.of(real("last_hidden_state", "b", "s", 8)))
                .predicts())
        .isFalse();
  }
}

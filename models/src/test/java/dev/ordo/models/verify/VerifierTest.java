package dev.ordo.models.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Golden;
import dev.ordo.models.Models;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest {

  private static final double TOLERANCE = Golden.TOLERANCE;
  private static final String ENCODED = "encoder_last_hidden_state";

  private final Verifier verifier = new Verifier(Models.load(getClass().getClassLoader()));

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "gpt2, 'transformer, transformer-full, transformer-kv, transformer-kv-full',"
        + " 'logits, loss, greedy, stepping, train.loss', true",
    "llama, 'llama, llama-full, llama-kv, llama-kv-full',"
        + " 'logits, loss, greedy, stepping, train.loss', true",
    "rnn, rnn, 'logits, loss, greedy, final_hidden, stepping, train.loss', true",
    "lstm, lstm, 'logits, loss, greedy, final_cell, final_hidden, stepping, train.loss', true",
    "gru, gru, 'logits, loss, greedy, final_hidden, stepping, train.loss', true",
    "mamba, 'mamba, mamba-chunked', 'logits, loss, greedy, stepping, train.loss', true",
    "mamba2, mamba2, 'logits, loss, greedy, stepping, train.loss', true",
    "s4, s4, 'kernel, y, y_steps, stepping, grad_u', true",
    "s4d, s4d, 'kernel, y, y_steps, stepping, grad_u', true",
    "t5, 't5, t5-kv', 'encoder_last_hidden_state, logits, loss, stepping, train.loss', true",
    "marian, 'marian, marian-kv',"
        + " 'encoder_last_hidden_state, logits, loss, stepping, train.loss', true"
  })
  void everyModelEqualsItsReference(String type, String models, String checks, boolean trained)
      throws IOException {
    Verification verification = verifier.verify(Golden.folder(type));
    assertThat(verification.modelType()).isEqualTo(type);
    assertThat(verification.subjects())
        .extracting(Verification.Subject::id)
        .containsExactly(models.split(", "));
    for (Verification.Subject subject : verification.subjects()) {
      assertThat(subject.checks())
          .extracting(Check::name)
          .filteredOn(name -> !name.startsWith("grad."))
          .containsExactly(checks.split(", "));
      assertThat(subject.checks()).allMatch(check -> check.passes(TOLERANCE));
    }
    assertThat(verification.passes(TOLERANCE)).isTrue();
    assertThat(verification.unchecked()).allMatch(name -> name.startsWith("grad"));
    assertThat(verification.unchecked().isEmpty()).isEqualTo(trained);
  }

  /**
   * The reference of these is no library but the formulas of the papers in numpy, float64, and
   * central differences of the loss: sizes of encoder and decoder differ, heads do not divide the
   * width, a head of its own, activations, start token and padding are not the usual ones, labels
   * that do not count are among the others.
   */
  @ParameterizedTest
  @ValueSource(strings = {"t5-options", "marian-options"})
  void optionsThatCheckpointsVaryAreHonoured(String name) throws IOException {
    Verification verification = verifier.verify(Golden.folder(name));
    for (Verification.Subject subject : verification.subjects()) {
      assertThat(subject.checks())
          .extracting(Check::name)
          .filteredOn(check -> !check.startsWith("grad."))
          .containsExactly(ENCODED, "logits", "loss", "greedy", "stepping", "train.loss");
      assertThat(subject.checks()).allMatch(check -> check.passes(TOLERANCE));
    }
    assertThat(verification.unchecked()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gpt2, transformer.ln_f.weight",
    "llama, model.layers.1.self_attn.k_proj.weight",
    "rnn, rnn.weight_hh_l1",
    "lstm, rnn.bias_hh_l0",
    "gru, rnn.bias_hh_l1",
    "mamba, backbone.layers.1.mixer.D",
    "mamba2, backbone.layers.1.mixer.A_log",
    "s4d, layer.kernel.C",
    "t5, decoder.block.1.layer.1.EncDecAttention.k.weight",
    "t5, encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight",
    "marian, model.encoder.embed_positions.weight",
    "marian, final_logits_bias"
  })
  void aChangedWeightDoesNotPass(String type, String weight) throws IOException {
    copy(type);
    change(weight, 1.5f);
    assertThat(verifier.verify(folder).passes(TOLERANCE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "gpt2, transformer.ln_f.bias",
    "llama, model.norm.weight",
    "rnn, rnn.bias_hh_l0",
    "mamba, backbone.layers.0.mixer.D",
    "mamba2, backbone.layers.0.mixer.D",
    "s4d, layer.D",
    "t5, decoder.final_layer_norm.weight",
    "marian, model.decoder.layers.1.fc2.bias"
  })
  void aWeightThatIsNotANumberDoesNotPass(String type, String weight) throws IOException {
    copy(type);
    change(weight, Float.NaN);
    Verification verification = verifier.verify(folder);
    for (Verification.Subject subject : verification.subjects()) {
      // The kernel of an S4D block does not depend on the skip, nor an encoder on the decoder.
      assertThat(subject.checks())
          .filteredOn(check -> !List.of("kernel", ENCODED).contains(check.name()))
          .noneMatch(check -> check.passes(1e9));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "gpt2, '\"activation_function\": \"gelu_new\"', '\"activation_function\": \"relu\"', relu",
    "gpt2, '\"scale_attn_weights\": true', '\"scale_attn_weights\": false', scale_attn_weights",
    "gpt2, 'inverse_layer_idx\": false', 'inverse_layer_idx\": true', inverse_layer_idx",
    "gpt2, '\"n_inner\": null', '\"n_inner\": 64', mlp.c_fc.weight",
    "gpt2, '\"n_positions\": 256', '\"n_positions\": 255', wpe.weight",
    "gpt2, '\"n_head\": 4', '\"n_head\": 5', heads (5) must divide width (32)",
    "gpt2, '\"n_layer\": 2', '\"n_layer\": 3', transformer.h.2.",
    "gpt2, '\"tie_word_embeddings\": true', '\"tie_word_embeddings\": false', lm_head.weight",
    "gpt2, '\"layer_norm_epsilon\": 1e-05', '\"layer_norm_epsilon\": 0', layer_norm_epsilon",
    "llama, '\"hidden_act\": \"silu\"', '\"hidden_act\": \"gelu\"', hidden_act",
    "llama, '\"rope_type\": \"default\"', '\"rope_type\": \"yarn\"', rope_parameters.rope_type",
    "llama, '\"rope_theta\": 10000.0', '\"rope_theta\": -1', rope_parameters.rope_theta",
    "llama, '\"rope_type\": \"default\"', '\"rope_type\": \"linear\"', rope_parameters.factor",
    "llama, '\"rope_type\"', '\"partial_rotary_factor\": 0.5, \"rope_type\"', partial_rotary",
    "llama, '\"head_dim\": 8', '\"head_dim\": 7', the width of a head (7) must be even",
    "llama, '\"head_dim\": 8', '\"head_dim\": 16', q_proj.weight",
    "llama, '\"num_key_value_heads\": 2', '\"num_key_value_heads\": 3', must divide heads (4)",
    "llama, '\"num_key_value_heads\": 2', '\"num_key_value_heads\": null', k_proj.weight",
    "llama, '\"attention_bias\": false', '\"attention_bias\": true', q_proj.bias",
    "llama, '\"mlp_bias\": false', '\"mlp_bias\": true', gate_proj.bias",
    "llama, '\"intermediate_size\": 72', '\"intermediate_size\": 73', gate_proj.weight",
    "llama, '\"rms_norm_eps\": 1e-06', '\"rms_norm_eps\": 0', rms_norm_eps",
    "rnn, '\"model_type\"', '\"nonlinearity\": \"relu\", \"model_type\"', nonlinearity",
    "rnn, '\"vocab_size\": 61', '\"vocab_size\": 60', embedding.weight",
    "mamba, '\"hidden_act\": \"silu\"', '\"hidden_act\": \"gelu\"', hidden_act",
    "mamba, '\"use_bias\": false', '\"use_bias\": true', in_proj.bias",
    "mamba, '\"expand\": 2', '\"expand\": 3', in_proj.weight",
    "mamba, '\"conv_kernel\": 4', '\"conv_kernel\": 5', conv1d.weight",
    "mamba, '\"time_step_rank\": 2', '\"time_step_rank\": 3', x_proj.weight",
    "mamba, '\"state_size\": 16', '\"state_size\": 15', state_size",
    "t5, '\"feed_forward_proj\": \"gated-gelu\"', '\"feed_forward_proj\": \"gated-mish\"', mish",
    "t5, '\"feed_forward_proj\": \"gated-gelu\"', '\"feed_forward_proj\": \"relu\"', .wi.weight",
    "t5, '\"d_kv\": 8', '\"d_kv\": 16', SelfAttention.q.weight",
    "t5, '\"d_ff\": 72', '\"d_ff\": 64', DenseReluDense.wi_0.weight",
    "t5, 'num_buckets\": 32', 'num_buckets\": 16', relative_attention_bias.weight",
    "t5, 'num_buckets\": 32', 'num_buckets\": 3', relative_attention_num_buckets",
    "t5, 'max_distance\": 128', 'max_distance\": 16', relative_attention_max_distance",
    "t5, '\"num_decoder_layers\": 2', '\"num_decoder_layers\": 3', decoder.block.2.",
    "t5, '\"tie_word_embeddings\": true', '\"tie_word_embeddings\": false', lm_head.weight",
    "t5, 'start_token_id\": 0', 'start_token_id\": 61', decoder_start_token_id",
    "t5, '\"is_encoder_decoder\": true', '\"is_encoder_decoder\": false', is_encoder_decoder",
    "marian, 'function\": \"relu\"', 'function\": \"mish\"', activation_function",
    "marian, '\"decoder_vocab_size\": 61', '\"decoder_vocab_size\": 60', decoder_vocab_size",
    "marian, 'encoder_attention_heads\": 4', 'encoder_attention_heads\": 5', a divisor of d_model",
    "marian, '\"max_position_embeddings\": 256', '\"max_position_embeddings\": 255',"
        + " embed_positions",
    "marian, 'share_encoder_decoder_embeddings\": true', 'share_encoder_decoder_embeddings\":"
        + " false', model.encoder.embed_tokens.weight",
    "marian, '\"model_type\"', '\"normalize_before\": true, \"model_type\"', normalize_before",
    "s4d, '\"mode\": \"diag\"', '\"mode\": \"dplr\"', mode",
    "s4, '\"mode\": \"dplr\"', '\"mode\": \"diag\"', mode",
    "s4, '\"mode\"', '\"rank\": 2, \"mode\"', rank",
    "s4, '\"mode\"', '\"channels\": 2, \"mode\"', channels",
    "s4, '\"mode\"', '\"bidirectional\": true, \"mode\"', bidirectional",
    "s4, '\"mode\"', '\"n_ssm\": 5, \"mode\"', n_ssm",
    "s4, '\"mode\"', '\"gate\": 4, \"mode\"', gate",
    "s4d, '\"d_state\": 16', '\"d_state\": 32', A_real",
    "s4, '\"d_model\": 32', '\"d_model\": 1048576', A_real",
    "s4, '\"d_state\": 16', '\"d_state\": 1048576', A_real",
    "t5, '\"num_layers\": 2', '\"num_layers\": 1048576', expected 1..4096",
    "t5, '\"num_decoder_layers\": 2', '\"num_decoder_layers\": 4097', expected 1..4096",
    "t5, '\"d_kv\": 8', '\"d_kv\": 1048576', must be at most 1048576",
    "t5, '\"d_ff\": 72', '\"d_ff\": 1048576', wi_0.weight",
    "marian, '\"decoder_layers\": 2', '\"decoder_layers\": 1048576', expected 1..4096",
    "marian, '\"encoder_layers\": 2', '\"encoder_layers\": 0', expected 1..4096",
  })
  void refusesAConfigurationThatItWouldNotCompute(
      String type, String from, String to, String message) throws IOException {
    copy(type);
    Path config = folder.resolve("config.json");
    String text = Files.readString(config);
    assertThat(text).contains(from);
    Files.writeString(config, text.replace(from, to));
    assertThatThrownBy(() -> verifier.verify(folder))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining(message)
        .message()
        .hasLineCount(1);
  }

  @Test
  void honoursTheEpsilonOfTheNorms() throws IOException {
    for (String type : List.of("gpt2", "mamba")) {
      copy(type);
      Path config = folder.resolve("config.json");
      Files.writeString(config, Files.readString(config).replace("1e-05", "0.1"));
      assertThat(verifier.verify(folder).passes(TOLERANCE)).as(type).isFalse();
    }
  }

  @Test
  void namesTheKnownTypesWhereOneIsUnknown() throws IOException {
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"gpt3\"}");
    assertThatThrownBy(() -> verifier.verify(folder))
        .hasMessage(
            folder
                + ": unknown model_type 'gpt3'; known: "
                + String.join(", ", verifier.modelTypes()));
  }

  private void copy(String type) throws IOException {
    for (String file : List.of("config.json", "model.safetensors", "expected.safetensors")) {
      Files.write(folder.resolve(file), Files.readAllBytes(Golden.folder(type).resolve(file)));
    }
  }

  /** Overwrites the first value of a weight. */
  private void change(String weight, float value) throws IOException {
    Path file = folder.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int header = (int) buffer.getLong(0);
    String json = new String(bytes, 8, header, StandardCharsets.UTF_8);
    int name = json.indexOf("\"" + weight + "\"");
    assertThat(name).isNotNegative();
    int offsets = json.indexOf('[', json.indexOf("data_offsets", name)) + 1;
    int begin = Integer.parseInt(json.substring(offsets, json.indexOf(',', offsets)).strip());
    buffer.putFloat(8 + header + begin, value);
    Files.write(file, bytes);
  }
}

package dev.ordo.models.transformer;

import dev.ordo.models.ModelShape;
import dev.ordo.models.checkpoint.RandomTensors;
import dev.ordo.models.checkpoint.Tensors;

/**
 * Random Llama weights under the names of the reference: normal with deviation 0.02, gains of 1, as
 * Hugging Face's {@code LlamaForCausalLM} starts with.
 */
final class LlamaWeights {

  static final String EMBEDDING = "embed_tokens.weight";
  static final String HEAD = "lm_head.weight";

  private static final double DEVIATION = 0.02;

  private LlamaWeights() {}

  /** Returns what stands before the names of all weights but the head's. */
  static String prefix(Tensors weights) {
    return weights.has(EMBEDDING) ? "" : "model.";
  }

  /** Returns the weights of a model of those sizes, without biases. */
  static Tensors random(LlamaSizes sizes, long seed) {
    ModelShape shape = sizes.shape();
    int d = shape.width();
    RandomTensors weights = new RandomTensors(seed);
    weights.normal("model." + EMBEDDING, DEVIATION, shape.vocabulary(), d);
    for (int layer = 0; layer < shape.layers(); layer++) {
      String block = "model.layers." + layer + ".";
      weights
          .constant(block + "input_layernorm.weight", 1, d)
          .normal(block + "self_attn.q_proj.weight", DEVIATION, sizes.queryWidth(), d)
          .normal(block + "self_attn.k_proj.weight", DEVIATION, sizes.keyWidth(), d)
          .normal(block + "self_attn.v_proj.weight", DEVIATION, sizes.keyWidth(), d)
          .normal(block + "self_attn.o_proj.weight", DEVIATION, d, sizes.queryWidth())
          .constant(block + "post_attention_layernorm.weight", 1, d)
          .normal(block + "mlp.gate_proj.weight", DEVIATION, sizes.inner(), d)
          .normal(block + "mlp.up_proj.weight", DEVIATION, sizes.inner(), d)
          .normal(block + "mlp.down_proj.weight", DEVIATION, d, sizes.inner());
    }
    weights.constant("model.norm.weight", 1, d);
    if (!sizes.tied()) {
      weights.normal(HEAD, DEVIATION, shape.vocabulary(), d);
    }
    return weights.build();
  }
}

package dev.ordo.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.ordo.models.ModelShape;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.ssm.Mamba;
import dev.ordo.models.transformer.Gpt2;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Whole models that read a prompt and give the logits of the token that follows. */
final class Prefills {

  static final int LENGTH = 512;

  /** GPT-2 of 124 million parameters. */
  static final ModelShape GPT2 = new ModelShape(768, 12, 12, 16, 50257);

  /** Mamba of 130 million parameters. */
  static final ModelShape MAMBA = new ModelShape(768, 24, 1, 16, 50280);

  /** Float32 sums in another order, over up to 24 layers. */
  private static final double TOLERANCE = 1e-3;

  private Prefills() {}

  static Row gpt2() {
    return row(
        "prefill-gpt2",
        "Prefill, GPT-2 (d = 768, 12 layers), L = " + LENGTH,
        GPT2,
        () -> Weights.gpt2(GPT2, LENGTH),
        weights -> Gpt2.load(weights, GPT2, true),
        (torch, length) -> new TorchGpt2(torch, GPT2, length));
  }

  static Row mamba() {
    return row(
        "prefill-mamba",
        "Prefill, Mamba-130M (d = 768, 24 layers), L = " + LENGTH,
        MAMBA,
        () -> Weights.mamba(MAMBA),
        weights -> new Mamba(weights, MAMBA),
        (torch, length) -> new TorchMamba(torch, MAMBA));
  }

  private static Row row(
      String id,
      String title,
      ModelShape shape,
      Supplier<Tensors> weights,
      Function<Tensors, SequenceModel> ordo,
      BiFunction<Torch, Integer, TorchModel> torch) {
    int[] tokens = Tokens.random(LENGTH, shape.vocabulary(), 1);
    Map<String, Supplier<Contender>> contenders = new LinkedHashMap<>();
    contenders.put("ordo", () -> new Ordo(ordo.apply(weights.get()), tokens));
    contenders.put("pytorch", () -> new OfTorch(weights.get(), torch, tokens));
    return Row.time(id, title, contenders, "pytorch", TOLERANCE, 1.0, LENGTH * 1e9, "tokens/s");
  }

  /** A prefill of one of Ordo's models. */
  static final class Ordo implements Contender {
    private final Session session;
    private final int[] tokens;

    Ordo(SequenceModel model, int[] tokens) {
      session = model.open(tokens.length);
      this.tokens = tokens;
    }

    @Override
    public Object run() {
      return session.prefill(tokens);
    }

    @Override
    public Map<String, float[]> output() {
      return Map.of("logits", session.prefill(tokens).clone());
    }
  }

  private static final class OfTorch extends TorchContender {
    private final TorchModel model;
    private final long[] tokens;

    OfTorch(Tensors weights, BiFunction<Torch, Integer, TorchModel> make, int[] tokens) {
      super(weights, false);
      model = make.apply(torch, tokens.length);
      this.tokens = Torch.ids(tokens);
    }

    @Override
    public float[] run() {
      try (NDManager scope = torch.scope()) {
        NDArray hidden = model.hidden(scope.create(tokens), 1, tokens.length, scope);
        return model.logits(hidden.get(tokens.length - 1 + ":")).toFloatArray();
      }
    }

    @Override
    public Map<String, float[]> output() {
      return Map.of("logits", run());
    }
  }
}

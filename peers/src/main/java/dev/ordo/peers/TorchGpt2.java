package dev.ordo.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.ordo.models.ModelShape;
import java.util.ArrayList;
import java.util.List;

/** GPT-2 in PyTorch's eager mode: attention by two batched products and a softmax. */
final class TorchGpt2 implements TorchModel {

  private static final float EPSILON = 1e-5f;

  private static final String ROOT = "transformer.";

  private final Torch torch;
  private final ModelShape shape;
  private final List<Block> blocks = new ArrayList<>();
  private final NDArray mask;

  private record Affine(NDArray weight, NDArray bias) {
    NDArray apply(NDArray x) {
      return Torch.linear(x, weight, bias);
    }
  }

  private record Norm(NDArray gain, NDArray bias) {
    NDArray apply(NDArray x) {
      return x.getNDArrayInternal()
          .layerNorm(x, new Shape(gain.size()), gain, bias, EPSILON)
          .head();
    }
  }

  private record Block(
      Norm norm1, Affine attention, Affine projection, Norm norm2, Affine inner, Affine outer) {}

  /**
   * Makes the model.
   *
   * @param torch has weights of {@link Weights#gpt2}
   * @param length L of all sequences
   */
  TorchGpt2(Torch torch, ModelShape shape, int length) {
    this.torch = torch;
    this.shape = shape;
    for (int layer = 0; layer < shape.layers(); layer++) {
      String name = ROOT + "h." + layer + ".";
      blocks.add(
          new Block(
              norm(name + "ln_1"),
              affine(name + "attn.c_attn"),
              affine(name + "attn.c_proj"),
              norm(name + "ln_2"),
              affine(name + "mlp.c_fc"),
              affine(name + "mlp.c_proj")));
    }
    float[] future = new float[length * length];
    for (int i = 0; i < length; i++) {
      for (int j = i + 1; j < length; j++) {
        future[i * length + j] = Float.NEGATIVE_INFINITY;
      }
    }
    mask = torch.constant(future, length, length);
  }

  private Norm norm(String name) {
    return new Norm(torch.parameter(name + ".weight"), torch.parameter(name + ".bias"));
  }

  /** GPT-2 stores its weights one output a column, and PyTorch's linear takes them as rows. */
  private Affine affine(String name) {
    return new Affine(
        torch.parameter(name + ".weight").transpose(), torch.parameter(name + ".bias"));
  }

  @Override
  public NDArray hidden(NDArray tokens, int batch, int length, NDManager scope) {
    NDArray table = torch.parameter(ROOT + "wte.weight");
    NDArray positions = torch.parameter(ROOT + "wpe.weight").get(":" + length);
    positions.attach(scope);
    int d = shape.width();
    NDArray h =
        torch
            .add(Torch.rows(table, tokens).reshape(batch, length, d), positions)
            .reshape((long) batch * length, d);
    for (Block block : blocks) {
      h = attention(block, h, batch, length, scope);
      h = inner(block, h, scope);
    }
    return h;
  }

  private NDArray attention(Block block, NDArray h, int batch, int length, NDManager outer) {
    int heads = shape.heads();
    int width = shape.width() / heads;
    try (NDManager scope = outer.newSubManager()) {
      h.attach(scope);
      NDArray qkv =
          block
              .attention()
              .apply(block.norm1().apply(h))
              .reshape(batch, length, 3, heads, width)
              .transpose(2, 0, 3, 1, 4);
      NDArray q = torch.multiply(qkv.get(0), 1 / Math.sqrt(width));
      NDArray scores = torch.add(q.matMul(qkv.get(1).transpose(0, 1, 3, 2)), mask);
      NDArray mixed =
          scores
              .softmax(-1)
              .matMul(qkv.get(2))
              .transpose(0, 2, 1, 3)
              .reshape((long) batch * length, shape.width());
      return Torch.keep(torch.add(block.projection().apply(mixed), h), outer);
    }
  }

  private NDArray inner(Block block, NDArray h, NDManager outer) {
    try (NDManager scope = outer.newSubManager()) {
      h.attach(scope);
      NDArray x = block.inner().apply(block.norm2().apply(h));
      return Torch.keep(torch.add(block.outer().apply(gelu(x)), h), outer);
    }
  }

  /** ½x(1 + tanh(√(2/π)(x + 0.044715x³))) = x·sigmoid(2√(2/π)(x + 0.044715x³)). */
  private NDArray gelu(NDArray x) {
    double scale = 2 * Math.sqrt(2 / Math.PI);
    NDArray u = torch.add(torch.multiply(x.square(), 0.044715 * scale), scale);
    return torch.multiply(torch.multiply(u, x).getNDArrayInternal().sigmoid(), x);
  }

  @Override
  public NDArray logits(NDArray hidden) {
    NDArray normed = norm(ROOT + "ln_f").apply(hidden);
    return Torch.linear(normed, torch.parameter(ROOT + "wte.weight"), null);
  }
}

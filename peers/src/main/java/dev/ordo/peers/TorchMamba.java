package dev.ordo.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.ordo.models.ModelShape;

/**
 * Mamba in PyTorch's eager mode, as Hugging Face's {@code MambaMixer.slow_forward} computes it
 * where no fused kernel is: Ā and B̄x of all steps at once, then a loop over time.
 *
 * <p>Steps come first in the layout of Ā, so that each step reads memory that lies together.
 */
final class TorchMamba implements TorchModel {

  private static final double EPSILON = 1e-5;
  private static final String ROOT = "backbone.";

  private final Torch torch;
  private final ModelShape shape;
  private final int inner;
  private final int states;
  private final int rank;

  /**
   * Makes the model.
   *
   * @param torch has weights of {@link Weights#mamba}
   */
  TorchMamba(Torch torch, ModelShape shape) {
    this.torch = torch;
    this.shape = shape;
    inner = Weights.EXPANSION * shape.width();
    states = shape.state();
    rank = Weights.rank(shape);
  }

  @Override
  public NDArray hidden(NDArray tokens, int batch, int length, NDManager scope) {
    NDArray h = Torch.rows(torch.parameter(ROOT + "embeddings.weight"), tokens);
    for (int layer = 0; layer < shape.layers(); layer++) {
      h = block(ROOT + "layers." + layer + ".", h, batch, length, scope);
    }
    return h;
  }

  private NDArray block(String name, NDArray h, int batch, int length, NDManager outer) {
    String mixer = name + "mixer.";
    try (NDManager scope = outer.newSubManager()) {
      h.attach(scope);
      NDArray normed = norm(h, name + "norm.weight");
      NDArray xz = Torch.linear(normed, torch.parameter(mixer + "in_proj.weight"), null);
      NDList halves = xz.split(2, 1);
      NDArray x = torch.silu(convolution(mixer, halves.get(0), batch, length));
      NDArray y = scan(mixer, x, batch, length);
      y = torch.add(y, x.mul(torch.parameter(mixer + "D")));
      y = torch.multiply(y, torch.silu(halves.get(1)));
      NDArray out = Torch.linear(y, torch.parameter(mixer + "out_proj.weight"), null);
      return Torch.keep(torch.add(out, h), outer);
    }
  }

  /** Each channel alone, causal: padded on both sides, and what lies in the future cut off. */
  private NDArray convolution(String mixer, NDArray x, int batch, int length) {
    NDArray channels = x.reshape(batch, length, inner).transpose(0, 2, 1);
    return channels
        .getNDArrayInternal()
        .convolution(
            channels,
            torch.parameter(mixer + "conv1d.weight"),
            torch.parameter(mixer + "conv1d.bias"),
            new Shape(1),
            new Shape(Weights.TAPS - 1),
            new Shape(1),
            inner)
        .head()
        .get(":, :, :" + length)
        .transpose(0, 2, 1)
        .reshape((long) batch * length, inner);
  }

  /** Returns the scan without D·x, shape (batch · length, D). */
  private NDArray scan(String mixer, NDArray x, int batch, int length) {
    NDList selected =
        Torch.linear(x, torch.parameter(mixer + "x_proj.weight"), null)
            .split(new long[] {rank, rank + states}, 1);
    NDArray dt =
        Torch.linear(
                selected.get(0),
                torch.parameter(mixer + "dt_proj.weight"),
                torch.parameter(mixer + "dt_proj.bias"))
            .getNDArrayInternal()
            .softPlus();
    // Shapes: step, u and their product (L, batch, D, 1); decays and inputs a step (1, batch, D,
    // N).
    NDArray step = byTime(dt, batch, length).expandDims(3);
    NDArray u = byTime(x, batch, length).expandDims(3);
    NDArray b = byTime(selected.get(1), batch, length).expandDims(2);
    NDList decays;
    try (NDArray growth = torch.parameter(mixer + "A_log").exp();
        NDArray exponents = step.neg().mul(growth)) {
      decays = exponents.exp().split(length, 0);
    }
    NDList inputs = step.mul(u).mul(b).split(length, 0);
    NDList c = byTime(selected.get(2), batch, length).expandDims(3).split(length, 0);
    NDArray state = inputs.get(0);
    NDList outputs = new NDList(length);
    for (int t = 0; t < length; t++) {
      if (t > 0) {
        state = torch.add(torch.multiply(state, decays.get(t)), inputs.get(t));
      }
      outputs.add(state.matMul(c.get(t)));
    }
    return NDArrays.concat(outputs, 0)
        .reshape(length, batch, inner)
        .transpose(1, 0, 2)
        .reshape((long) batch * length, inner);
  }

  private NDArray byTime(NDArray rows, int batch, int length) {
    return rows.reshape(batch, length, -1).transpose(1, 0, 2);
  }

  private NDArray norm(NDArray x, String name) {
    NDArray scale = x.square().mean(new int[] {-1}, true).add(EPSILON).pow(-0.5);
    return torch.multiply(x.mul(scale), torch.parameter(name));
  }

  @Override
  public NDArray logits(NDArray hidden) {
    return Torch.linear(
        norm(hidden, ROOT + "norm_f.weight"), torch.parameter(ROOT + "embeddings.weight"), null);
  }
}

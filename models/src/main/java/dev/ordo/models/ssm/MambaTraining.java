package dev.ordo.models.ssm;

import dev.ordo.models.autograd.Elementwise;
import dev.ordo.models.autograd.Parameters;
import dev.ordo.models.autograd.Tape;
import dev.ordo.models.autograd.Tensor;
import dev.ordo.models.kernel.SelectiveScanGradient;

/** The training of {@link Mamba}, whose formulas it follows. */
final class MambaTraining extends MixerTraining {

  private final MambaSizes sizes;
  private final boolean chunked;
  private final SelectiveScanGradient.Workspace work;

  /**
   * Makes a training.
   *
   * @param parameters over weights under the names of the reference
   * @param sizes what fixes the shapes of the tensors
   * @param chunked whether to scan in chunks that do not wait for each other
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  MambaTraining(Parameters parameters, MambaSizes sizes, boolean chunked) {
    super(
        parameters,
        sizes.shape(),
        sizes.tied(),
        sizes.epsilon(),
        mixer -> request(parameters, sizes, mixer));
    this.sizes = sizes;
    this.chunked = chunked;
    work = new SelectiveScanGradient.Workspace(sizes.inner(), sizes.shape().state());
  }

  private static void request(Parameters parameters, MambaSizes sizes, String mixer) {
    int d = sizes.shape().width();
    int inner = sizes.inner();
    int states = sizes.shape().state();
    parameters.get(mixer + "in_proj.weight", 2 * inner, d);
    parameters.get(mixer + "conv1d.weight", inner, 1, sizes.taps());
    parameters.get(mixer + "x_proj.weight", sizes.rank() + 2 * states, inner);
    parameters.get(mixer + "dt_proj.weight", inner, sizes.rank());
    parameters.get(mixer + "dt_proj.bias", inner);
    parameters.get(mixer + "A_log", inner, states);
    parameters.get(mixer + "D", inner);
    parameters.get(mixer + "out_proj.weight", d, inner);
    if (sizes.convolutionBias()) {
      parameters.get(mixer + "conv1d.bias", inner);
    }
    if (sizes.projectionBias()) {
      parameters.get(mixer + "in_proj.bias", 2 * inner);
      parameters.get(mixer + "out_proj.bias", d);
    }
  }

  @Override
  Tensor mix(Tape tape, String mixer, Tensor normed, int batch) {
    boolean biased = sizes.projectionBias();
    Tensor xz = mapped(tape, mixer + "in_proj", normed, biased);
    Tensor x =
        StateSpaceOperators.convolve(
            tape,
            xz,
            0,
            parameters.find(mixer + "conv1d.weight"),
            sizes.convolutionBias() ? parameters.find(mixer + "conv1d.bias") : null,
            batch);
    Tensor selection = mapped(tape, mixer + "x_proj", x, false);
    Tensor ranks = StateSpaceOperators.columns(tape, selection, 0, sizes.rank());
    Tensor steps = Elementwise.softplus(tape, mapped(tape, mixer + "dt_proj", ranks, true));
    Tensor y =
        StateSpaceOperators.scan(
            tape,
            x,
            steps,
            selection,
            sizes.rank(),
            parameters.find(mixer + "A_log"),
            parameters.find(mixer + "D"),
            batch,
            chunked,
            work);
    Tensor gated = StateSpaceOperators.gate(tape, y, xz, sizes.inner());
    return mapped(tape, mixer + "out_proj", gated, biased);
  }
}

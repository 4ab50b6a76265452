package dev.ordo.models.ssm;

import dev.ordo.models.autograd.Elementwise;
import dev.ordo.models.autograd.Parameters;
import dev.ordo.models.autograd.Tape;
import dev.ordo.models.autograd.Tensor;
import dev.ordo.models.kernel.SsdGradient;

/** The training of {@link Mamba2}, whose formulas it follows. */
final class Mamba2Training extends MixerTraining {

  private final Mamba2Sizes sizes;
  private final SsdGradient.Workspace work;

  /**
   * Makes a training.
   *
   * @param parameters over weights under the names of the reference
   * @param sizes what fixes the shapes of the tensors
   * @throws IllegalArgumentException if a tensor is missing or has another shape
   */
  Mamba2Training(Parameters parameters, Mamba2Sizes sizes) {
    super(
        parameters,
        sizes.shape(),
        sizes.tied(),
        sizes.epsilon(),
        mixer -> request(parameters, sizes, mixer));
    this.sizes = sizes;
    work =
        new SsdGradient.Workspace(
            sizes.operator(new float[sizes.heads()], new float[sizes.heads()]));
  }

  private static void request(Parameters parameters, Mamba2Sizes sizes, String mixer) {
    int d = sizes.shape().width();
    int inner = sizes.inner();
    int convolved = sizes.convolved();
    int all = inner + convolved + sizes.heads();
    parameters.get(mixer + "in_proj.weight", all, d);
    parameters.get(mixer + "conv1d.weight", convolved, 1, sizes.taps());
    parameters.get(mixer + "dt_bias", sizes.heads());
    parameters.get(mixer + "A_log", sizes.heads());
    parameters.get(mixer + "D", sizes.heads());
    parameters.get(mixer + "norm.weight", inner);
    parameters.get(mixer + "out_proj.weight", d, inner);
    if (sizes.convolutionBias()) {
      parameters.get(mixer + "conv1d.bias", convolved);
    }
    if (sizes.projectionBias()) {
      parameters.get(mixer + "in_proj.bias", all);
      parameters.get(mixer + "out_proj.bias", d);
    }
  }

  @Override
  Tensor mix(Tape tape, String mixer, Tensor normed, int batch) {
    boolean biased = sizes.projectionBias();
    Tensor all = mapped(tape, mixer + "in_proj", normed, biased);
    Tensor xbc =
        StateSpaceOperators.convolve(
            tape,
            all,
            sizes.inner(),
            parameters.find(mixer + "conv1d.weight"),
            sizes.convolutionBias() ? parameters.find(mixer + "conv1d.bias") : null,
            batch);
    int first = sizes.inner() + sizes.convolved();
    Tensor raw =
        StateSpaceOperators.addRow(
            tape,
            StateSpaceOperators.columns(tape, all, first, sizes.heads()),
            parameters.find(mixer + "dt_bias"));
    Tensor steps = Elementwise.softplus(tape, raw);
    if (sizes.limited()) {
      steps = StateSpaceOperators.limit(tape, steps, sizes.shortest(), sizes.longest());
    }
    Tensor y =
        StateSpaceOperators.ssd(
            tape,
            xbc,
            steps,
            parameters.find(mixer + "A_log"),
            parameters.find(mixer + "D"),
            sizes,
            batch,
            work);
    Tensor gated = StateSpaceOperators.gate(tape, y, all, 0);
    Tensor out = normed(tape, gated, mixer + "norm.weight");
    return mapped(tape, mixer + "out_proj", out, biased);
  }
}

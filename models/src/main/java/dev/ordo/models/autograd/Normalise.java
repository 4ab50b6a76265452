package dev.ordo.models.autograd;

import dev.ordo.models.kernel.LayerNorm;
import dev.ordo.models.kernel.NormGradient;
import dev.ordo.models.kernel.RmsNorm;

/** Normalisation of rows. Backward passes compute means and deviations anew from the input. */
public final class Normalise {

  private Normalise() {}

  /**
   * Applies {@link LayerNorm}.
   *
   * @param x shape (rows, d)
   * @param gain d values
   * @param bias d values
   * @return shape (rows, d)
   */
  public static Tensor layer(Tape tape, Tensor x, Tensor gain, Tensor bias, float epsilon) {
    Tensor y = tape.tensor(x.rows(), x.columns());
    new LayerNorm(gain.value(), bias.value(), epsilon).apply(x.value(), 0, x.rows(), y.value(), 0);
    tape.record(
        y,
        () -> {
          float[] scratch = tape.borrow(NormGradient.scratchSize(x.rows()));
          NormGradient.layer(
              x.value(),
              gain.value(),
              epsilon,
              y.gradient(),
              x.rows(),
              x.gradient(),
              gain.gradient(),
              bias.gradient(),
              scratch);
          tape.giveBack(scratch);
        });
    return y;
  }

  /**
   * Applies {@link RmsNorm}.
   *
   * @param x shape (rows, d)
   * @param gain d values
   * @return shape (rows, d)
   */
  public static Tensor rms(Tape tape, Tensor x, Tensor gain, float epsilon) {
    Tensor y = tape.tensor(x.rows(), x.columns());
    new RmsNorm(gain.value(), epsilon).apply(x.value(), 0, x.rows(), y.value(), 0);
    tape.record(
        y,
        () -> {
          float[] scratch = tape.borrow(NormGradient.scratchSize(x.rows()));
          NormGradient.rms(
              x.value(),
              gain.value(),
              epsilon,
              y.gradient(),
              x.rows(),
              x.gradient(),
              gain.gradient(),
              scratch);
          tape.giveBack(scratch);
        });
    return y;
  }
}

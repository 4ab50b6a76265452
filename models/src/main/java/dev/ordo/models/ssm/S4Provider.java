package dev.ordo.models.ssm;

/** Makes S4 models. */
public final class S4Provider extends S4VariantProvider {

  /** Makes the provider; the service loader calls this. */
  public S4Provider() {
    super(
        "s4",
        "S4: diagonal plus low-rank state space, a long convolution in prefill, a recurrence in"
            + " steps",
        true);
  }
}

package dev.ordo.models.ssm;

/** Makes S4D models. */
public final class S4dProvider extends S4VariantProvider {

  /** Makes the provider; the service loader calls this. */
  public S4dProvider() {
    super(
        "s4d",
        "S4D: diagonal state space, a long convolution in prefill and a recurrence in steps",
        false);
  }
}

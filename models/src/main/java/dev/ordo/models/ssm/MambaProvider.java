package dev.ordo.models.ssm;

/** Makes Mamba models. */
public final class MambaProvider extends MambaVariantProvider {

  /** Makes the provider; the service loader calls this. */
  public MambaProvider() {
    super("mamba", "Mamba: selective state space (S6), scanned one step after the other", false);
  }
}

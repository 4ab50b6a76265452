package dev.ordo.models.ssm;

/**
 * Makes Mamba models whose prefill and training scan chunks that do not wait for each other: more
 * work than {@link MambaProvider}'s, in a shorter chain.
 */
public final class MambaChunkedProvider extends MambaVariantProvider {

  /** Makes the provider; the service loader calls this. */
  public MambaChunkedProvider() {
    super(
        "mamba-chunked",
        "Mamba: selective state space (S6), scanned in chunks at once, then corrected",
        true);
  }
}

package dev.ordo.models.transformer;

import dev.ordo.models.NamedProvider;
import dev.ordo.models.Phase;
import java.util.EnumSet;
import java.util.Set;

/** Makes a decoder-only Transformer in one of its variants. */
abstract class VariantProvider extends NamedProvider {

  final Variant variant;

  VariantProvider(String id, String description, Variant variant) {
    super(id, description);
    this.variant = variant;
  }

  @Override
  public final Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }
}

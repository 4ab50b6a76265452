package dev.ordo.models.transformer;

import dev.ordo.models.ModelProvider;
import dev.ordo.models.Phase;
import java.util.EnumSet;
import java.util.Set;

/** Makes a decoder-only Transformer in one of its variants. */
abstract class VariantProvider implements ModelProvider {

  final Variant variant;
  private final String id;
  private final String description;

  VariantProvider(String id, String description, Variant variant) {
    this.id = id;
    this.description = description;
    this.variant = variant;
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final String description() {
    return description;
  }

  @Override
  public final Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }
}

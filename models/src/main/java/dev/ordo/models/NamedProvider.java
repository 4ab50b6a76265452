package dev.ordo.models;

/** A {@link ModelProvider} whose name and description are given when it is made. */
public abstract class NamedProvider implements ModelProvider {

  private final String id;
  private final String description;

  /**
   * Makes a provider.
   *
   * @param id as {@link #id} returns it
   * @param description as {@link #description} returns it
   */
  protected NamedProvider(String id, String description) {
    this.id = id;
    this.description = description;
  }

  @Override
  public final String id() {
    return id;
  }

  @Override
  public final String description() {
    return description;
  }
}

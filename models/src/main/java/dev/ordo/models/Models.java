package dev.ordo.models;

import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The registry of all {@link ModelProvider}s that a class loader can see, by id. */
public final class Models {

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._-]*");

  private final SortedMap<String, ModelProvider> providers;

  private Models(SortedMap<String, ModelProvider> providers) {
    this.providers = providers;
  }

  /**
   * Finds the providers of a class loader.
   *
   * @param loader where to look for {@code META-INF/services} entries
   * @throws IllegalArgumentException if a provider cannot be loaded, has an invalid id, or shares
   *     its id with another
   */
  public static Models load(ClassLoader loader) {
    SortedMap<String, ModelProvider> found = new TreeMap<>();
    try {
      for (ModelProvider provider : ServiceLoader.load(ModelProvider.class, loader)) {
        String id = provider.id();
        if (id == null || !ID.matcher(id).matches()) {
          throw new IllegalArgumentException(
              "model id '" + id + "' of " + provider.getClass().getName() + " must match " + ID);
        }
        ModelProvider other = found.put(id, provider);
        if (other != null) {
          throw new IllegalArgumentException(
              "model id '"
                  + id
                  + "' is claimed by both "
                  + other.getClass().getName()
                  + " and "
                  + provider.getClass().getName());
        }
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalArgumentException("a model provider cannot be loaded: " + e, e);
    }
    return new Models(found);
  }

  /** Returns the ids of all models, sorted. */
  public List<String> ids() {
    return List.copyOf(providers.keySet());
  }

  /**
   * Returns the provider of that id.
   *
   * @throws IllegalArgumentException if there is none; the message names the known ids
   */
  public ModelProvider get(String id) {
    ModelProvider provider = providers.get(id);
    if (provider == null) {
      throw new IllegalArgumentException(
          "unknown model '" + id + "'; known models: " + String.join(", ", providers.keySet()));
    }
    return provider;
  }

  /** Returns every {@code model_type} that some provider loads, sorted. */
  public SortedSet<String> modelTypes() {
    return providers.values().stream()
        .flatMap(provider -> provider.modelTypes().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the providers that load checkpoints of a {@code model_type}, by id; may be none. */
  public List<ModelProvider> loading(String modelType) {
    return providers.values().stream()
        .filter(provider -> provider.modelTypes().contains(modelType))
        .toList();
  }
}

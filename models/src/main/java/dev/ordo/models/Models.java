package dev.ordo.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
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
  private final SortedMap<String, ModelSource> sources;

  private Models(
      SortedMap<String, ModelProvider> providers, SortedMap<String, ModelSource> sources) {
    this.providers = providers;
    this.sources = sources;
  }

  /**
   * Finds the providers of a class loader, and its sources of further ones.
   *
   * @param loader where to look for {@code META-INF/services} entries
   * @throws IllegalArgumentException if one of them cannot be loaded, has an invalid id, or shares
   *     its id with another
   */
  public static Models load(ClassLoader loader) {
    SortedMap<String, ModelProvider> providers = new TreeMap<>();
    SortedMap<String, ModelSource> sources = new TreeMap<>();
    try {
      for (ModelProvider provider : ServiceLoader.load(ModelProvider.class, loader)) {
        add(providers, provider);
      }
      for (ModelSource source : ServiceLoader.load(ModelSource.class, loader)) {
        ModelSource other = sources.put(source.format(), source);
        if (other != null) {
          throw new IllegalArgumentException(
              "files of format '"
                  + source.format()
                  + "' are claimed by both "
                  + both(other, source));
        }
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      throw new IllegalArgumentException("a model provider cannot be loaded: " + e, e);
    }
    return new Models(providers, sources);
  }

  private static void add(SortedMap<String, ModelProvider> providers, ModelProvider provider) {
    String id = provider.id();
    if (id == null || !ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "model id '" + id + "' of " + provider.getClass().getName() + " must match " + ID);
    }
    ModelProvider other = providers.put(id, provider);
    if (other != null) {
      throw new IllegalArgumentException(
          "model id '" + id + "' is claimed by both " + both(other, provider));
    }
  }

  private static String both(Object one, Object other) {
    return one.getClass().getName() + " and " + other.getClass().getName();
  }

  /** Returns whether an id may be that of a model. */
  public static boolean validId(String id) {
    return ID.matcher(id).matches();
  }

  /**
   * Returns these models and some more.
   *
   * @throws IllegalArgumentException if one has an invalid id or shares its id with another
   */
  public Models with(Collection<? extends ModelProvider> more) {
    SortedMap<String, ModelProvider> all = new TreeMap<>(providers);
    more.forEach(provider -> add(all, provider));
    return new Models(all, sources);
  }

  /** Returns the formats of files that {@link #open} takes, sorted. */
  public List<String> formats() {
    return List.copyOf(sources.keySet());
  }

  /**
   * Makes a provider of a file, which is not among these models.
   *
   * @param format one of {@link #formats}
   * @param id the id that the provider is to have
   * @param file the model
   * @param options as {@link ModelSource#open} takes them
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if no source takes the format, or it refuses the file
   */
  public ModelProvider open(String format, String id, Path file, String options)
      throws IOException {
    ModelSource source = sources.get(format);
    if (source == null) {
      throw new IllegalArgumentException("no plug-in opens files of format '" + format + "'");
    }
    return source.open(id, file, options);
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

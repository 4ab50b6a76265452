package dev.ordo.harness.cli;

import dev.ordo.models.Models;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Option;

/** The option that brings further models. */
final class Plugins {

  @Option(
      names = "--plugin",
      paramLabel = "JAR",
      split = ",",
      description = "A jar with further models; may be repeated.")
  private List<Path> jars = new ArrayList<>();

  /** Returns the jars, absolute. */
  List<Path> jars() {
    return jars.stream().map(Path::toAbsolutePath).toList();
  }

  /**
   * Returns the built-in models and those of the jars.
   *
   * @throws IllegalArgumentException if a jar is not there, is given twice, or holds a provider
   *     that cannot be loaded or whose id is taken; the message names the jar
   */
  Models models() {
    return models(jars);
  }

  /** Returns the built-in models and those of some jars, as {@link #models()}. */
  static Models models(List<Path> jars) {
    List<URL> urls = new ArrayList<>();
    List<PluginJar> opened = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (Path jar : jars) {
      if (!seen.add(jar.toAbsolutePath().normalize())) {
        throw new IllegalArgumentException("plugin " + jar + " must be given once");
      }
      opened.add(PluginJar.open(jar));
      try {
        urls.add(jar.toUri().toURL());
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException("plugin " + jar + " has no URL: " + e.getMessage(), e);
      }
    }
    ClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), Plugins.class.getClassLoader());
    Models builtIn = Models.load(Plugins.class.getClassLoader());
    Map<String, Path> owners = new HashMap<>();
    for (PluginJar jar : opened) {
      for (String id : jar.check(loader)) {
        Path other = owners.put(id, jar.jar());
        if (other != null || builtIn.ids().contains(id)) {
          throw new IllegalArgumentException(
              "plugin "
                  + jar.jar()
                  + ": model id '"
                  + id
                  + "' is that of "
                  + (other == null ? "a built-in model" : "a model of " + other));
        }
      }
    }
    return Models.load(loader);
  }
}

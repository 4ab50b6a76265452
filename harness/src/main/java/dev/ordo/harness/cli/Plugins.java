package dev.ordo.harness.cli;

import dev.ordo.models.Models;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
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
   * @throws IllegalArgumentException if a jar is not there or holds a provider that cannot be
   *     loaded
   */
  Models models() {
    return load("plugin", jars);
  }

  /**
   * Returns the built-in models and those of some jars.
   *
   * @param name what the jars are called in messages
   * @throws IllegalArgumentException if a jar is not there or holds a provider that cannot be
   *     loaded
   */
  static Models load(String name, List<Path> jars) {
    List<URL> urls = new ArrayList<>();
    for (Path jar : jars) {
      if (!Files.isRegularFile(jar)) {
        throw new IllegalArgumentException(name + " " + jar + " must be a jar, found no such file");
      }
      try (JarFile opened = new JarFile(jar.toFile())) {
        if (opened.stream().findAny().isEmpty()) {
          throw new IllegalArgumentException(name + " " + jar + " must hold classes, found none");
        }
      } catch (IOException e) {
        throw new IllegalArgumentException(
            name + " " + jar + " must be a jar, found something else: " + e.getMessage(), e);
      }
      try {
        urls.add(jar.toUri().toURL());
      } catch (MalformedURLException e) {
        throw new IllegalArgumentException(name + " " + jar + " has no URL: " + e.getMessage(), e);
      }
    }
    return Models.load(
        new URLClassLoader(urls.toArray(URL[]::new), Plugins.class.getClassLoader()));
  }
}

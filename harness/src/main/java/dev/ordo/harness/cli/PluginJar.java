package dev.ordo.harness.cli;

import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelSource;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A jar that brings models: the classes that it registers.
 *
 * @param jar the file, as it was given
 * @param providers the names of the classes that it registers as providers of models
 * @param sources the names of the classes that it registers as sources of providers
 */
record PluginJar(Path jar, List<String> providers, List<String> sources) {

  private static final String SERVICES = "META-INF/services/";

  /** The major version of class files is that of Java and this. */
  private static final int CLASS_FILE_OFFSET = 44;

  /**
   * Reads what a jar registers.
   *
   * @throws IllegalArgumentException if there is no such file, it is no jar, or registers nothing
   */
  static PluginJar open(Path jar) {
    if (!Files.isRegularFile(jar)) {
      throw new IllegalArgumentException(
          "plugin "
              + jar
              + " must be a jar, found "
              + (Files.isDirectory(jar) ? "a folder" : "no such file"));
    }
    try (JarFile opened = new JarFile(jar.toFile())) {
      PluginJar read =
          new PluginJar(
              jar, registered(opened, ModelProvider.class), registered(opened, ModelSource.class));
      if (read.providers.isEmpty() && read.sources.isEmpty()) {
        throw new IllegalArgumentException(
            "plugin "
                + jar
                + " must name its providers in "
                + SERVICES
                + ModelProvider.class.getName()
                + ", found "
                + (opened.getEntry(SERVICES + ModelProvider.class.getName()) == null
                    ? "no such entry"
                    : "no name there"));
      }
      return read;
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "plugin " + jar + " must be a jar, found something else: " + e.getMessage(), e);
    }
  }

  private static List<String> registered(JarFile jar, Class<?> service) throws IOException {
    JarEntry entry = jar.getJarEntry(SERVICES + service.getName());
    if (entry == null) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    String text = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    text.lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .forEach(names::add);
    return names;
  }

  /**
   * Makes each registered class once.
   *
   * @param loader sees the jars of all plug-ins
   * @return the ids of the models
   * @throws IllegalArgumentException if one is not there, is hidden by another jar, does not run on
   *     this Java, is no provider, or cannot be made
   */
  List<String> check(ClassLoader loader) {
    sources.forEach(name -> made(name, ModelSource.class, loader));
    return providers.stream()
        .flatMap(name -> made(name, ModelProvider.class, loader).stream())
        .map(provider -> id((ModelProvider) provider))
        .toList();
  }

  private String id(ModelProvider provider) {
    try {
      Objects.requireNonNull(provider.phases(), "phases");
      Objects.requireNonNull(provider.description(), "description");
      return Objects.requireNonNull(provider.id(), "id");
    } catch (RuntimeException e) {
      throw bad(provider.getClass().getName(), "must tell id, description and phases: " + e, e);
    }
  }

  /** Returns nothing where a jar carries the program's own classes along and registers them too. */
  private Optional<Object> made(String name, Class<?> service, ClassLoader loader) {
    try {
      Class<?> type = Class.forName(name, false, loader);
      if (type.getClassLoader() != loader) {
        return Optional.empty();
      }
      refuseHidden(type);
      if (!service.isAssignableFrom(type)) {
        throw bad(name, "must implement " + service.getName(), null);
      }
      return Optional.of(type.getConstructor().newInstance());
    } catch (ClassNotFoundException e) {
      throw bad(name, "is registered and not there", e);
    } catch (UnsupportedClassVersionError e) {
      throw bad(name, newer(e.getMessage()), e);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw bad(name, "must be public with a public constructor without arguments", e);
    } catch (InstantiationException e) {
      throw bad(name, "must not be abstract", e);
    } catch (InvocationTargetException e) {
      throw bad(name, "cannot be made: " + e.getCause(), e);
    } catch (LinkageError e) {
      throw bad(name, "cannot be loaded: " + e, e);
    }
  }

  /** Of two jars with a class of the same name, the first one's would be measured for both. */
  private void refuseHidden(Class<?> type) {
    CodeSource from = type.getProtectionDomain().getCodeSource();
    try {
      Path other = Path.of(from.getLocation().toURI());
      if (!Files.isSameFile(other, jar)) {
        throw bad(type.getName(), "is also in " + other, null);
      }
    } catch (URISyntaxException | IOException e) {
      throw bad(type.getName(), "cannot be found: " + e.getMessage(), e);
    }
  }

  private static String newer(String message) {
    Matcher version = Pattern.compile("class file version (\\d+)").matcher(message);
    return version.find()
        ? "was compiled for Java "
            + (Integer.parseInt(version.group(1)) - CLASS_FILE_OFFSET)
            + ", this is Java "
            + Runtime.version().feature()
        : message;
  }

  private IllegalArgumentException bad(String name, String what, Throwable cause) {
    return new IllegalArgumentException("plugin " + jar + ": " + name + " " + what, cause);
  }
}

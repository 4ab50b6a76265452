package dev.ordo.harness.sweep;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a forked JVM loads: a jar with only the classes that measure, and an archive of them that
 * the JVM maps instead of parsing.
 *
 * <p>The program's own jar holds charts, tables and parsers that a fork never needs; looking
 * through it at every start costs more than many a measurement.
 */
final class ForkImage implements AutoCloseable {

  private static final List<String> NEEDED =
      List.of(
          "dev/ordo/models/",
          "dev/ordo/harness/bench/",
          "org/openjdk/jmh/",
          "org/openjdk/jol/",
          "joptsimple/",
          "org/apache/commons/math3/",
          "META-INF/BenchmarkList",
          "META-INF/CompilerHints",
          "META-INF/services/dev.ordo.");

  private final ProcessFolder folder;
  private final String classPath;

  /** JVM and arguments → the number of their archive. */
  private final Map<List<String>, Integer> archives = new HashMap<>();

  private ForkImage(ProcessFolder folder, String classPath) {
    this.folder = folder;
    this.classPath = classPath;
  }

  /**
   * Makes an image in a temporary folder.
   *
   * @param plugins jars that forks need too
   * @throws IOException if the jar of the program cannot be read or the folder not be written
   */
  static ForkImage create(List<Path> plugins) throws IOException {
    ProcessFolder owned =
        ProcessFolder.create(Path.of(System.getProperty("java.io.tmpdir")), "ordo-fork");
    Path folder = owned.path();
    Path program = program();
    String own;
    if (Files.isRegularFile(program)) {
      Path jar = folder.resolve("fork.jar");
      copy(program, jar);
      own = jar.toString();
    } else {
      // Run from class folders, as tests do: there is nothing to take apart.
      own = absolute(System.getProperty("java.class.path"));
    }
    return new ForkImage(
        owned,
        Stream.concat(Stream.of(own), plugins.stream().map(Path::toString))
            .collect(Collectors.joining(File.pathSeparator)));
  }

  /** Returns the class path of forks. */
  String classPath() {
    return classPath;
  }

  /** Returns the argument that makes the JVM of a cell write its archive when it ends. */
  String recordArgument(Cell cell) {
    return "-XX:ArchiveClassesAtExit=" + archive(cell);
  }

  /** Returns the arguments that make a cell's JVM use its archive; none where there is none. */
  List<String> jvmArgs(Cell cell) {
    Path archive = archive(cell);
    return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
  }

  /** An archive fits the JVM that wrote it, and only where it has the same arguments. */
  private Path archive(Cell cell) {
    List<String> key = List.of(cell.jvm(), cell.jvmArgs());
    return folder
        .path()
        .resolve("fork-" + archives.computeIfAbsent(key, each -> archives.size()) + ".jsa");
  }

  private static Path program() {
    try {
      return Path.of(ForkImage.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program's location must be a URI", e);
    }
  }

  private static void copy(Path program, Path jar) throws IOException {
    try (JarFile from = new JarFile(program.toFile(), false);
        OutputStream file = new BufferedOutputStream(Files.newOutputStream(jar));
        JarOutputStream to = new JarOutputStream(file)) {
      to.setLevel(0);
      Enumeration<JarEntry> entries = from.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (!entry.isDirectory() && NEEDED.stream().anyMatch(entry.getName()::startsWith)) {
          to.putNextEntry(new JarEntry(entry.getName()));
          try (InputStream content = from.getInputStream(entry)) {
            content.transferTo(to);
          }
          to.closeEntry();
        }
      }
    }
  }

  private static String absolute(String path) {
    return Arrays.stream(path.split(File.pathSeparator))
        .map(element -> Path.of(element).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}

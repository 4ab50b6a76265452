package dev.ordo.harness.sweep;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks Java machines what they are before anything is measured on them. */
public final class JvmProbe {

  /** The oldest release of Java that runs the program. */
  static final int OLDEST = 17;

  private static final long PATIENCE_SECONDS = 20;

  private static final Pattern PROPERTY = Pattern.compile("\\s+([a-z.]+) = (.*)");

  /** What a name looks like; a path that begins like this can be written with ./ before it. */
  private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9][\\w.+-]*)=(.+)");

  private JvmProbe() {}

  /**
   * Asks each of some Java machines for its version.
   *
   * @param texts each a Java home or the path of a launcher, or {@code NAME=} and that; none means
   *     the one that runs this program
   * @return them, called by their names, else by their versions, where those are the same with the
   *     path behind
   * @throws IllegalArgumentException if one is not there, does not run, is older than Java 17, or
   *     if two have the same name or path
   */
  public static List<ForkJvm> all(List<String> texts) {
    if (texts.isEmpty()) {
      return List.of(ForkJvm.running());
    }
    List<ForkJvm> jvms = texts.stream().map(text -> of(text.strip())).toList();
    Sweep.distinct("JVM", jvms.stream().map(ForkJvm::launcher).toList());
    Set<String> seen = new LinkedHashSet<>();
    Set<String> repeated = new LinkedHashSet<>();
    for (ForkJvm jvm : jvms) {
      if (jvm.unnamed() && !seen.add(jvm.version())) {
        repeated.add(jvm.version());
      }
    }
    List<ForkJvm> named = new ArrayList<>();
    for (ForkJvm jvm : jvms) {
      String byVersion =
          repeated.contains(jvm.version())
              ? jvm.version() + " (" + jvm.launcher().replaceFirst("/bin/java$", "") + ")"
              : jvm.version();
      named.add(jvm.unnamed() ? jvm.named(byVersion) : jvm);
    }
    Sweep.distinct("name of a JVM", named.stream().map(ForkJvm::name).toList());
    return named;
  }

  /**
   * Starts a Java machine with a set of arguments, to see that it takes them.
   *
   * @throws IllegalArgumentException if it does not start; the message has what it said
   */
  public static void check(ForkJvm jvm, JvmArgs set) {
    if (set.args().isEmpty()) {
      return;
    }
    List<String> command = new ArrayList<>(List.of(jvm.launcher()));
    command.addAll(set.args());
    command.add("-version");
    Answer answer = ask(command);
    if (answer.code() != 0) {
      throw new IllegalArgumentException(
          "JVM arguments ("
              + String.join(" ", set.args())
              + ") must be accepted by "
              + jvm.launcher()
              + ", which says: "
              + answer.says());
    }
  }

  private static ForkJvm of(String text) {
    Matcher named = NAMED.matcher(text);
    boolean hasName = named.matches();
    String launcher = launcher(hasName ? named.group(2) : text).toString();
    Answer answer = ask(List.of(launcher, "-XshowSettings:properties", "-version"));
    Map<String, String> properties = properties(answer.lines());
    String version = properties.getOrDefault("java.version", "");
    if (version.isEmpty()) {
      throw new IllegalArgumentException(
          "JVM (" + launcher + ") must tell its java.version, it says: " + answer.says());
    }
    int release = release(properties.getOrDefault("java.specification.version", ""));
    if (release < OLDEST) {
      throw new IllegalArgumentException(
          "JVM (" + launcher + ") must be Java " + OLDEST + " or newer, found " + version);
    }
    boolean vectors =
        ask(List.of(launcher, "--list-modules")).lines().stream()
            .anyMatch(line -> line.startsWith(ForkJvm.VECTOR_MODULE));
    return new ForkJvm(
        hasName ? named.group(1) : "",
        launcher,
        version,
        properties.getOrDefault("java.vm.name", "unknown"),
        vectors);
  }

  /** Returns the launcher that a path names: of a Java home, or itself. */
  private static Path launcher(String text) {
    Path path = Path.of(text).toAbsolutePath().normalize();
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(
          "JVM (" + text + ") must be a Java home or a java launcher, found no such file");
    }
    if (!Files.isDirectory(path)) {
      if (!Files.isExecutable(path)) {
        throw new IllegalArgumentException(
            "JVM ("
                + text
                + ") must be a Java home or a java launcher, found a file that cannot"
                + " be run");
      }
      return path;
    }
    for (String name : List.of("java", "java.exe")) {
      Path launcher = path.resolve("bin").resolve(name);
      if (Files.isExecutable(launcher)) {
        return launcher;
      }
    }
    throw new IllegalArgumentException(
        "JVM ("
            + text
            + ") must be a Java home or a java launcher, found a folder without"
            + " bin/java");
  }

  /** Returns the properties in what {@code -XshowSettings:properties} prints. */
  static Map<String, String> properties(List<String> lines) {
    Map<String, String> properties = new HashMap<>();
    for (String line : lines) {
      Matcher property = PROPERTY.matcher(line);
      if (property.matches()) {
        properties.put(property.group(1), property.group(2).strip());
      }
    }
    return properties;
  }

  /** Returns 17 of {@code 17} and 8 of {@code 1.8}; 0 of what is no version. */
  static int release(String specification) {
    Matcher number = Pattern.compile("(?:1\\.)?(\\d{1,4}).*").matcher(specification);
    return number.matches() ? Integer.parseInt(number.group(1)) : 0;
  }

  private record Answer(int code, List<String> lines) {

    /** Returns the first thing that was said, without the talk of options that were picked up. */
    String says() {
      return lines.stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("Picked up"))
              .findFirst()
              .map(line -> line.length() > 200 ? line.substring(0, 200) + "…" : line)
              .orElse("nothing")
          + (code == 0 ? "" : " (exit code " + code + ")");
    }
  }

  private static Answer ask(List<String> command) {
    try {
      Path output = Files.createTempFile("ordo-jvm", ".txt");
      try {
        Process process =
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()))
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
          throw new IllegalArgumentException(
              "JVM (" + command.get(0) + ") must answer within " + PATIENCE_SECONDS + " s");
        }
        return new Answer(
            process.exitValue(),
            new String(Files.readAllBytes(output), Charset.defaultCharset()).lines().toList());
      } finally {
        Files.delete(output);
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "JVM (" + command.get(0) + ") must run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalArgumentException("JVM (" + command.get(0) + ") was not asked to the end");
    }
  }
}

package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ordo.reports.data.Measurements;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The packaged program, run in a process of its own from a directory of the test. */
final class PackagedOrdo {

  private static final Path JAR = Path.of("target", "ordo.jar").toAbsolutePath();

  private final Path directory;

  /** Takes the working directory of the processes; their output goes to files in it. */
  PackagedOrdo(Path directory) {
    this.directory = directory;
  }

  /**
   * How a process ended.
   *
   * @param code its exit code
   * @param out what it wrote to its standard output
   * @param err what it wrote to its standard error
   */
  record Finished(int code, String out, String err) {}

  /** Runs {@code ordo run} to its end. */
  Finished measure(Path run, String options, String... more) throws Exception {
    List<String> args = new ArrayList<>(List.of("run", "--out", run.toString()));
    args.addAll(List.of(options.split(" ")));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  /** Runs a command to its end. */
  Finished run(String... args) throws Exception {
    return finish(start(args));
  }

  /** Other builds may measure on the same machine: the tests look at results, not at times. */
  Process start(String... args) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Djmh.ignoreLock=true",
                "-jar",
                JAR.toString()));
    command.addAll(List.of(args));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectOutput(directory.resolve("stdout.txt").toFile())
        .redirectError(directory.resolve("stderr.txt").toFile())
        .start();
  }

  /** Waits for the end of a process. */
  Finished finish(Process process) throws Exception {
    int code = process.waitFor();
    return new Finished(
        code,
        Files.readString(directory.resolve("stdout.txt")),
        Files.readString(directory.resolve("stderr.txt")));
  }

  /** Returns the elements of a run's result file that are cells and no controls. */
  static List<JsonNode> cells(Path run) throws IOException {
    List<JsonNode> cells = new ArrayList<>();
    for (JsonNode element : new ObjectMapper().readTree(run.resolve("jmh-result.json").toFile())) {
      if (!element.get("benchmark").asText().startsWith(Measurements.CONTROL)) {
        cells.add(element);
      }
    }
    return cells;
  }

  /** Compiles a provider of models and packs it with its registration. */
  Path plugin(String provider, String source) throws IOException {
    Path file = Files.writeString(directory.resolve(provider + ".java"), source);
    Path classes = Files.createDirectories(directory.resolve("classes"));
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                JAR.toString(),
                "-d",
                classes.toString(),
                file.toString());
    assertThat(result).isZero();
    Path jar = directory.resolve("plugin.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> all = Files.list(classes)) {
      for (Path each : all.toList()) {
        add(out, each.getFileName().toString(), Files.readAllBytes(each));
      }
      add(
          out,
          "META-INF/services/dev.ordo.models.ModelProvider",
          provider.getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content, 0, content.length);
    jar.closeEntry();
  }
}

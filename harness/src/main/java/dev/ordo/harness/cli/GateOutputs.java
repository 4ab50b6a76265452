package dev.ordo.harness.cli;

import dev.ordo.harness.gate.CodeQuality;
import dev.ordo.harness.gate.GateResult;
import dev.ordo.harness.gate.GithubAnnotations;
import dev.ordo.harness.gate.JUnitReport;
import dev.ordo.harness.gate.Location;
import dev.ordo.harness.gate.MarkdownReport;
import dev.ordo.harness.gate.Sources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import picocli.CommandLine.Option;

/** The options of a gate that write for CI systems. */
final class GateOutputs {

  private static final String STEP_SUMMARY = "GITHUB_STEP_SUMMARY";

  @Option(names = "--junit", paramLabel = "FILE", description = "Writes JUnit's XML.")
  private Path junit;

  @Option(
      names = "--github",
      description =
          "Prints GitHub's annotations, and adds Markdown to the file that GITHUB_STEP_SUMMARY"
              + " names.")
  private boolean github;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Writes the Markdown of the job summary.")
  private Path summary;

  @Option(
      names = "--gitlab",
      paramLabel = "FILE",
      description = "Writes GitLab's code-quality JSON.")
  private Path gitlab;

  @Option(names = "--sarif", paramLabel = "FILE", description = "Writes SARIF 2.1.0.")
  private Path sarif;

  /**
   * Checks that files can be written, before anything is measured or judged.
   *
   * @throws IOException if one is a folder, or the folder of one is not there
   */
  void check() throws IOException {
    for (Path file :
        Arrays.asList(junit, summary, gitlab, sarif).stream().filter(Objects::nonNull).toList()) {
      Path folder = file.toAbsolutePath().getParent();
      if (Files.isDirectory(file)) {
        throw new IOException("output " + file + " must be a file, found a folder");
      }
      if (!Files.isDirectory(folder)) {
        throw new IOException("output " + file + ": no such folder: " + folder);
      }
    }
  }

  /**
   * Writes what was asked for.
   *
   * @param doubt what an inconclusive gate comes to
   * @param otherwise what to point at where a benchmark's source is not found
   * @param console takes annotations
   * @throws IOException if a file cannot be written
   */
  void write(GateResult result, Inconclusive doubt, Location otherwise, PrintWriter console)
      throws IOException {
    boolean places = github || gitlab != null || sarif != null;
    Sources sources = places ? Sources.in(Path.of(""), otherwise) : Sources.none(otherwise);
    write(junit, JUnitReport.text(result, doubt == Inconclusive.FAIL));
    write(summary, MarkdownReport.text(result));
    write(gitlab, CodeQuality.gitlab(result, sources));
    write(sarif, CodeQuality.sarif(result, sources, OrdoCommand.Version.text()));
    if (github) {
      console.print(GithubAnnotations.text(result, sources));
      String step = System.getenv(STEP_SUMMARY);
      if (step != null && !step.isBlank()) {
        Files.writeString(
            Path.of(step),
            MarkdownReport.text(result),
            StandardCharsets.UTF_8,
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      }
    }
  }

  private static void write(Path file, String content) throws IOException {
    if (file != null) {
      Files.writeString(file, content, StandardCharsets.UTF_8);
    }
  }
}

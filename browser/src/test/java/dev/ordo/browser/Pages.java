package dev.ordo.browser;

import dev.ordo.harness.sweep.RunDirectory;
import dev.ordo.harness.sweep.RunStudy;
import dev.ordo.models.Models;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.ResultFiles;
import dev.ordo.reports.document.Reports;
import dev.ordo.reports.fit.Analyst;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The reports that the tests open, each written when it is first asked for. */
final class Pages {

  private static final Path DIRECTORY = Path.of("target", "pages").toAbsolutePath();
  private static final Path EXAMPLE = Path.of("..", "docs", "example").toAbsolutePath().normalize();
  private static final Map<String, Path> MADE = new ConcurrentHashMap<>();

  private Pages() {}

  /** Makes a report in a folder. */
  @FunctionalInterface
  private interface Maker {
    Study study(Path folder) throws IOException;
  }

  /** Returns the page of the run in the documentation: a real one. */
  static Path example() {
    return page(
        "example",
        folder -> {
          Files.createDirectories(folder);
          for (String file : List.of("journal.jsonl", "host.json")) {
            Files.copy(EXAMPLE.resolve(file), folder.resolve(file));
          }
          return study(folder);
        });
  }

  /** Returns the page of a made-up run with every phase, two thread counts, and gaps. */
  static Path run(String name, Names names) {
    return page(
        name,
        folder -> {
          MadeRun.write(folder, names);
          return study(folder);
        });
  }

  /** Returns the page of a made-up result file of a project that is not Ordo. */
  static Path results(String name, Names names) {
    return page(
        name,
        folder -> {
          Path file = MadeResults.write(folder, names);
          // A title is the name of a file, and that may be anything.
          return Analyst.study(
              names.word(2), ResultFiles.read(file), Optional.of(MadeResults.SIZE), 1);
        });
  }

  /** Returns the page of a result file with {@value MadeResults#MANY} measurements. */
  static Path many() {
    return page(
        "many",
        folder ->
            Analyst.study(
                "Many measurements",
                ResultFiles.read(MadeResults.many(folder)),
                Optional.of(MadeResults.SIZE),
                1));
  }

  private static Study study(Path folder) throws IOException {
    return RunStudy.of(
        new RunDirectory(folder), Models.load(Thread.currentThread().getContextClassLoader()));
  }

  private static Path page(String name, Maker maker) {
    return MADE.computeIfAbsent(
        name,
        key -> {
          try {
            Path folder = Files.createDirectories(DIRECTORY).resolve(key);
            Folders.delete(folder);
            return Reports.write(maker.study(folder), folder).html();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}

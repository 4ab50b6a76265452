package dev.ordo.harness.cli;

import dev.ordo.harness.gate.GateInput;
import dev.ordo.harness.sweep.RunDirectory;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the results that one side of a gate consists of. */
final class GateFiles {

  private GateFiles() {}

  /**
   * Reads files and folders of runs as one result; cells that are the same add their forks.
   *
   * @param side baseline or candidate, for messages
   * @throws IOException if one is missing, unreadable or empty
   */
  static GateInput read(String side, List<Path> paths) throws IOException {
    List<Path> files = new ArrayList<>();
    List<Map<String, String>> hosts = new ArrayList<>();
    boolean runs = true;
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw new IOException(side + ": no such file or folder: " + path);
      }
      if (Files.isDirectory(path)) {
        if (!RunDirectory.isRun(path)) {
          throw new IOException(
              side
                  + ": folder "
                  + path
                  + " must hold a run (a journal.jsonl), found none: name a file in it");
        }
        RunDirectory run = new RunDirectory(path);
        files.add(run.results());
        Map<String, String> facts = run.host();
        if (!facts.isEmpty()) {
          hosts.add(facts);
        }
      } else {
        runs = false;
        files.add(path);
      }
    }
    Measurements measurements = ResultFiles.read(files);
    if (measurements.cells().isEmpty()) {
      throw new IOException(
          side
              + ": "
              + (measurements.notes().isEmpty()
                  ? paths.get(0) + " holds no measurements"
                  : String.join("; ", measurements.notes().stream().limit(3).toList())));
    }
    String name = paths.stream().map(Path::toString).collect(Collectors.joining(", "));
    return new GateInput(name, measurements, hosts, runs && paths.size() == 1);
  }
}

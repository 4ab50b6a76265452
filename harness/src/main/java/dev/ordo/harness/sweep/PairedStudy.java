package dev.ordo.harness.sweep;

import dev.ordo.reports.paired.PairedCell;
import dev.ordo.reports.paired.PairedComparison;
import dev.ordo.reports.paired.PairedOptions;
import dev.ordo.reports.paired.PairedReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes the report of a paired run from its journal. */
public final class PairedStudy {

  private PairedStudy() {}

  /**
   * Returns whether a run is one of pairs.
   *
   * @throws IOException as {@link Journal#read}
   */
  public static boolean isPaired(RunDirectory directory) throws IOException {
    return arms(directory.entries()).isPresent();
  }

  /**
   * Judges a run.
   *
   * @throws IOException if a file of the run cannot be read, or it is not one of pairs
   */
  public static PairedReport of(RunDirectory directory) throws IOException {
    List<Entry> entries = directory.entries();
    Entry.Start start = (Entry.Start) entries.get(0);
    Entry.Arms arms =
        arms(entries)
            .orElseThrow(() -> new IOException(directory.path() + " is not a run of pairs"));
    PairedCells cells = PairedCells.of(entries);
    List<Cell> order = new ArrayList<>(cells.measured());
    order.sort(
        Comparator.comparingInt((Cell cell) -> start.models().indexOf(cell.model()))
            .thenComparing(Cell::phase)
            .thenComparing(PairedCells::series)
            .thenComparingInt(Cell::length));
    List<PairedCell> pairs = order.stream().map(cells::pairs).toList();
    PairedOptions options = new PairedOptions(arms.margin(), arms.alpha(), start.forks());
    List<String> notes = new ArrayList<>(arms.notes());
    unsteady(cells).ifPresent(notes::add);
    return new PairedReport(
        arms.base(),
        arms.candidate(),
        "length",
        PairedComparison.of(pairs, options),
        uncompared(cells),
        notes,
        environment(directory, start));
  }

  private static Optional<Entry.Arms> arms(List<Entry> entries) {
    return entries.stream()
        .filter(Entry.Arms.class::isInstance)
        .map(Entry.Arms.class::cast)
        .findFirst();
  }

  private static List<PairedReport.Uncompared> uncompared(PairedCells cells) {
    List<PairedReport.Uncompared> uncompared = new ArrayList<>();
    for (PairedCells.Failed failed : cells.failed()) {
      boolean candidate = failed.arm() == Arm.CANDIDATE;
      uncompared.add(
          new PairedReport.Uncompared(
              PairedCells.label(failed.cell()),
              candidate,
              (candidate ? "the candidate fails where the base runs: " : "the base fails: ")
                  + failed.reason()));
    }
    for (Entry.LeftOut out : cells.leftOut()) {
      uncompared.add(
          new PairedReport.Uncompared(
              PairedCells.label(out.cell()), false, "too long for the budget"));
    }
    return uncompared;
  }

  private static Optional<String> unsteady(PairedCells cells) {
    String list =
        cells.measured().stream()
            .filter(cell -> cells.unsteady(cell) > 0)
            .map(cell -> PairedCells.label(cell) + " (" + cells.unsteady(cell) + ")")
            .collect(Collectors.joining(", "));
    return list.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Pairs with a fork that was not steady after the warm-up, measured again the first"
                + " three times: "
                + list
                + ".");
  }

  private static Map<String, String> environment(RunDirectory directory, Entry.Start start)
      throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("started", start.started());
    environment.put("ordo", start.ordo());
    environment.put("shape", start.shape());
    environment.put("seed", Long.toString(start.seed()));
    environment.put("budget", start.budget().toSeconds() + " s for each stage");
    environment.putAll(directory.host());
    return environment;
  }
}

package dev.ordo.harness.sweep;

import dev.ordo.models.Models;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.JmhResults;
import dev.ordo.reports.fit.Analyst;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the study of a run: its result file, with theory, host facts and what was left out. */
public final class RunStudy {

  private RunStudy() {}

  /**
   * Analyses a run.
   *
   * @param directory the run
   * @param models knows the theory of the models that were measured; those it lacks have none
   * @throws IOException if a file of the run cannot be read
   * @throws IllegalArgumentException if nothing was measured
   */
  public static Study of(RunDirectory directory, Models models) throws IOException {
    List<Entry> entries = directory.entries();
    Entry.Start start = (Entry.Start) entries.get(0);
    if (entries.stream().noneMatch(entry -> entry instanceof Entry.Fork f && f.succeeded())) {
      throw new IllegalArgumentException(
          "nothing was measured in "
              + directory.path()
              + reasons(entries)
              + " ("
              + directory.log().getFileName()
              + " there has all that the forks printed)");
    }
    Study study =
        Analyst.study(
            "Scaling of " + String.join(", ", start.models()),
            JmhResults.read(directory.results()),
            Optional.of("length"),
            start.seed());
    RunTheory theory = new RunTheory(start::shape, models);
    return study
        .withTheory(theory::of)
        .withSpans(theory::of)
        .withMemoryTheory(theory::of)
        .withEnvironment(environment(directory, start))
        .withNotes(notes(entries));
  }

  private static String reasons(List<Entry> entries) {
    return entries.stream()
        .filter(Entry.Fork.class::isInstance)
        .map(entry -> ((Entry.Fork) entry).failure())
        .findFirst()
        .map(failure -> ": " + failure.reason())
        .orElse("");
  }

  private static Map<String, String> environment(RunDirectory directory, Entry.Start start)
      throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("started", start.started());
    environment.put("ordo", start.ordo());
    if (start.shapes() == null) {
      environment.put("shape", start.shape());
    } else {
      start.shapes().forEach((model, shape) -> environment.put("shape of " + model, shape));
    }
    if (start.checkpoint() != null) {
      environment.put("checkpoint", start.checkpoint());
    }
    if (start.guests() != null) {
      start
          .guests()
          .forEach(
              guest ->
                  environment.put(
                      "model " + guest.id(),
                      (guest.kind() + " " + guest.source() + " " + guest.options()).strip()));
    }
    environment.put("seed", Long.toString(start.seed()));
    environment.put("budget", start.budget().toSeconds() + " s");
    environment.putAll(directory.host());
    return environment;
  }

  private static Optional<String> unsteady(List<Entry> entries) {
    Map<Cell, Long> forks = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Fork fork && fork.succeeded() && !fork.steady()) {
        forks.merge(fork.cell(), 1L, Long::sum);
      }
    }
    return forks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Forks that were not steady after the warm-up, left out where the cell has a steady"
                + " one: "
                + forks.entrySet().stream()
                    .map(cell -> cell.getKey() + " (" + cell.getValue() + ")")
                    .collect(Collectors.joining(", ")));
  }

  private static List<String> notes(List<Entry> entries) {
    Set<String> notes = new LinkedHashSet<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.LeftOut leftOut) {
        notes.add(leftOut.reason());
      } else if (entry instanceof Entry.Fork fork && !fork.succeeded()) {
        notes.add(fork.cell() + " failed: " + fork.failure().reason());
      }
    }
    unsteady(entries).ifPresent(notes::add);
    return new ArrayList<>(notes);
  }
}

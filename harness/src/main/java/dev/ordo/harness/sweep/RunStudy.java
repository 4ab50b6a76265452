package dev.ordo.harness.sweep;

import dev.ordo.models.Models;
import dev.ordo.reports.Roofline;
import dev.ordo.reports.Study;
import dev.ordo.reports.fit.Analyst;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
   */
  public static Study of(RunDirectory directory, Models models) throws IOException {
    List<Entry> entries = directory.entries();
    Entry.Start start = (Entry.Start) entries.get(0);
    String title = "Scaling of " + String.join(", ", start.models());
    Study study =
        RunOutcome.of(entries).measured() == 0
            ? new Study(title, List.of(), Map.of(), List.of())
            : Analyst.study(title, directory.measurements(), Optional.of("length"), start.seed());
    Quiet quiet = new Quiet(entries, processors(directory));
    RunTheory theory = new RunTheory(start::shape, models);
    return study
        .withTheory(theory::of)
        .withSpans(theory::of)
        .withMemoryTheory(theory::of)
        .withRoofline(roofline(directory, study, theory))
        .withEnvironment(environment(directory, entries, quiet))
        .withNotes(notes(entries))
        .withNotes(quiet.notes())
        .withNotes(profiles(directory))
        .withGaps(new Gaps(entries).all());
  }

  private static Optional<Roofline> roofline(RunDirectory directory, Study study, RunTheory theory)
      throws IOException {
    List<Roofline.Roof> roofs = Roofs.of(directory.host());
    return roofs.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Roofline(
                roofs, study.findings().stream().flatMap(f -> theory.load(f).stream()).toList()));
  }

  private static Map<String, String> environment(
      RunDirectory directory, List<Entry> entries, Quiet quiet) throws IOException {
    Entry.Start start = (Entry.Start) entries.get(0);
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
    environment.put("budget", Earlier.sweep(entries).budget().toSeconds() + " s");
    long resumed = entries.stream().filter(Entry.Resume.class::isInstance).count();
    if (resumed > 0) {
      environment.put("resumed", resumed == 1 ? "once" : resumed + " times");
    }
    Accounts.sentence(entries).ifPresent(text -> environment.put("a fork", text));
    environment.putAll(directory.host());
    environment.putAll(quiet.facts());
    return environment;
  }

  private static List<String> profiles(RunDirectory directory) throws IOException {
    List<String> profiles = Profiling.profiles(directory);
    return profiles.isEmpty()
        ? List.of()
        : List.of("Profiles, of forks that do not count: " + String.join(", ", profiles) + ".");
  }

  private static int processors(RunDirectory directory) throws IOException {
    String count = directory.host().getOrDefault("logicalCores", "");
    return count.matches("[1-9]\\d{0,5}")
        ? Integer.parseInt(count)
        : Runtime.getRuntime().availableProcessors();
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
    List<String> notes = new ArrayList<>();
    boolean toldAtTheEnd = ((Entry.Start) entries.get(0)).format() > 1;
    if (toldAtTheEnd && !RunOutcome.of(entries).ended()) {
      notes.add("The run has not come to its end: cells may lack forks, or be missing.");
    }
    unsteady(entries).ifPresent(notes::add);
    Accounts.singleShots(entries).ifPresent(notes::add);
    Goal.of(entries).ifPresent(goal -> notes.addAll(new Endings(goal, entries).sentences()));
    return notes;
  }
}

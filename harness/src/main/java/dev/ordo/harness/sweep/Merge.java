package dev.ordo.harness.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Joins runs of the same sweep, measured in shares or on the same host, into one. */
public final class Merge {

  private final List<Source> sources;

  /** A run that is to be merged. */
  private record Source(
      Path path, Entry.Start start, List<Entry> entries, Map<String, String> host) {

    boolean ended() {
      return RunOutcome.of(entries).ended();
    }

    /** Returns the run as a message names it. */
    String name() {
      return start.shard() == null ? path.toString() : path + " (shard " + start.shard() + ")";
    }

    String hostName() {
      return host.getOrDefault(Host.NAME, "unknown");
    }
  }

  /**
   * Reads runs and checks that they can be joined.
   *
   * @param runs run directories
   * @param partial whether shares may be missing or not have come to their end
   * @throws IOException if a run cannot be read or is going on; if two differ in what they measure,
   *     in the version of Ordo or in their Java machines; if they measured a series on different
   *     hosts or hold the same forks; or if something is missing and {@code partial} is false
   */
  public Merge(List<Path> runs, boolean partial) throws IOException {
    List<Source> read = new ArrayList<>();
    for (Path run : runs) {
      read.add(source(run));
    }
    read.sort(
        Comparator.comparingInt(
            source ->
                source.start().shard() == null ? 0 : Shard.of(source.start().shard()).index()));
    this.sources = List.copyOf(read);
    for (Source source : sources) {
      new SamePlan(sources.get(0).start(), source.start())
          .check(sources.get(0).name(), source.name());
    }
    checkHosts();
    if (!partial) {
      checkWhole();
    }
  }

  private static Source source(Path run) throws IOException {
    if (!RunDirectory.isRun(run)) {
      throw new IOException("folder " + run + " must hold a run (a journal.jsonl), found none");
    }
    if (JournalLock.isHeld(run)) {
      throw new IOException("a run is going on in " + run + ": wait until it has ended");
    }
    RunDirectory directory = new RunDirectory(run);
    List<Entry> entries = directory.entries();
    Entry.Start start = (Entry.Start) entries.get(0);
    if (start.format() < Entry.FORMAT) {
      throw new IOException(
          run
              + " cannot be merged: its journal has format "
              + start.format()
              + ", which does not"
              + " say enough about the run");
    }
    if (entries.stream().anyMatch(Entry.Part.class::isInstance)) {
      throw new IOException(run + " cannot be merged: it was merged before; name its parts");
    }
    return new Source(run, start, entries, directory.host());
  }

  private void checkHosts() throws IOException {
    Map<Cell, Source> owners = new HashMap<>();
    Map<List<Object>, Source> forks = new HashMap<>();
    for (Source source : sources) {
      for (Entry entry : source.entries()) {
        if (!(entry instanceof Entry.Fork fork)) {
          continue;
        }
        Source twin = forks.putIfAbsent(List.of(fork.started(), fork.cell()), source);
        if (twin != null && twin != source) {
          throw new IOException(
              twin.name()
                  + " and "
                  + source.name()
                  + " hold the same fork of "
                  + fork.cell()
                  + " (started "
                  + fork.started()
                  + "): one is a copy of the other");
        }
        if (!fork.succeeded()) {
          continue;
        }
        Source owner = owners.putIfAbsent(fork.cell().at(1), source);
        Optional<String> difference =
            owner == null ? Optional.empty() : Host.difference(owner.host(), source.host());
        if (difference.isPresent()) {
          throw new IOException(
              fork.cell()
                  + " belongs to a series that was measured in "
                  + owner.name()
                  + " on host "
                  + owner.hostName()
                  + " and in "
                  + source.name()
                  + " on host "
                  + source.hostName()
                  + ": a fit never mixes hosts");
        }
      }
    }
  }

  private void checkWhole() throws IOException {
    List<String> open =
        sources.stream().filter(source -> !source.ended()).map(Source::name).toList();
    if (!open.isEmpty()) {
      throw new IOException(
          "not at their end: "
              + String.join(", ", open)
              + "; go on with 'ordo run --resume', or merge what there is with --partial");
    }
    List<String> missing = missing();
    if (!missing.isEmpty()) {
      throw new IOException(
          "shards "
              + String.join(", ", missing)
              + " are missing; measure them, or merge what there is with --partial");
    }
  }

  /** Returns the shares that are not among the runs, for example {@code 2/8}. */
  public List<String> missing() {
    String any = sources.get(0).start().shard();
    if (any == null) {
      return List.of();
    }
    int count = Shard.of(any).count();
    Set<Integer> there = new TreeSet<>();
    sources.forEach(source -> there.add(Shard.of(source.start().shard()).index()));
    return IntStream.rangeClosed(1, count)
        .filter(index -> !there.contains(index))
        .mapToObj(index -> index + "/" + count)
        .toList();
  }

  /**
   * Writes the joined run.
   *
   * @param target an empty directory
   * @throws UnwritableException if it cannot be written
   * @throws IOException if it is not empty
   */
  public void write(RunDirectory target) throws IOException {
    List<Entry> entries = new ArrayList<>();
    boolean whole = missing().isEmpty();
    for (Source source : sources) {
      Entry.Start start = source.start();
      entries.add(
          new Entry.Part(source.path().toString(), start.shard(), start.started(), source.host()));
      List<Entry> standing = Earlier.standing(source.entries());
      for (Entry entry : source.entries()) {
        if (entry instanceof Entry.Fork
            || (entry instanceof Entry.LeftOut && standing.contains(entry))) {
          entries.add(entry);
        }
      }
      whole &= source.ended();
    }
    if (whole) {
      entries.add(new Entry.End(ended()));
    }
    try (Journal journal = Journal.create(target.path(), sources.get(0).start().whole())) {
      journal.appendAll(entries);
      target.writeHost(facts());
      target.writeResults(journal.entries());
    }
  }

  private String ended() {
    return sources.stream()
        .flatMap(source -> source.entries().stream())
        .filter(Entry.End.class::isInstance)
        .map(entry -> ((Entry.End) entry).ended())
        .max(Comparator.naturalOrder())
        .orElse("");
  }

  /** Returns what is the same on all hosts under its name, and what differs with the host's. */
  private Map<String, String> facts() {
    Set<String> names = new LinkedHashSet<>();
    sources.forEach(source -> names.addAll(source.host().keySet()));
    Map<String, String> facts = new LinkedHashMap<>();
    for (String name : names) {
      Set<String> values = new LinkedHashSet<>();
      sources.forEach(source -> values.add(source.host().get(name)));
      if (values.size() == 1) {
        facts.put(name, values.iterator().next());
        continue;
      }
      for (Source source : sources) {
        String value = source.host().get(name);
        if (value != null) {
          facts.put(
              name
                  + " of "
                  + Objects.requireNonNullElse(source.start().shard(), source.path().toString()),
              value);
        }
      }
    }
    return facts;
  }
}

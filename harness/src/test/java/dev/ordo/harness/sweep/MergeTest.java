package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import dev.ordo.reports.document.Reports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeTest {

  private static final Map<String, String> ANNA = Map.of("host", "anna", "cpu", "fast");
  private static final Map<String, String> BERT = Map.of("host", "bert", "cpu", "fast");

  @TempDir private Path directory;
  private int clock;

  private static Sweep sweep(long seed, List<Integer> lengths) {
    return new Sweep(
        List.of("rnn", "s4d"),
        List.of(Phase.PREFILL, Phase.DECODE),
        lengths,
        Dimensions.plain(List.of(1), List.of()),
        Sweep.same(ModelShape.DEFAULT, List.of("rnn", "s4d")),
        seed,
        Duration.ofSeconds(90),
        3,
        0.05,
        List.of(),
        Optional.empty());
  }

  /** Writes a run of a share with one fork of each of its cells. */
  private Path share(String shard, Map<String, String> host, boolean ended) throws IOException {
    return run(shard, sweep(1, List.of(8, 16)), host, ended, "1.0");
  }

  private Path run(
      String shard, Sweep sweep, Map<String, String> host, boolean ended, String version)
      throws IOException {
    Path path = Files.createTempDirectory(directory, "run");
    Optional<Shard> part = Optional.ofNullable(shard).map(Shard::of);
    List<Cell> all = new Schedule(sweep, (model, phase) -> true).first();
    List<Cell> cells = part.map(share -> share.of(all, cell -> 1)).orElse(all);
    Entry.Start start =
        Entry.Start.of(
            sweep, new RunOptions(part, Optional.empty()), version, "2026-01-01T00:00:00Z");
    try (Journal journal = Journal.create(path, start)) {
      for (Cell cell : cells) {
        journal.append(
            new Entry.Fork(
                1,
                cell,
                "2026-01-01T00:00:" + clock++ + "Z",
                10,
                new ForkPlan(2, 6, 40),
                new Entry.Jvm("java", List.of(), "17", "vm", "17"),
                new double[] {cell.length()},
                Map.of(),
                true,
                null,
                null));
      }
      if (ended) {
        journal.append(new Entry.End("2026-01-01T00:10:00Z"));
      }
    }
    new RunDirectory(path).writeHost(new TreeMap<>(host));
    return path;
  }

  private JsonNode merged(boolean partial, Path... runs) throws IOException {
    RunDirectory target = RunDirectory.create(directory.resolve("merged"));
    new Merge(List.of(runs), partial).write(target);
    return new ObjectMapper().readTree(target.resultFile().toFile());
  }

  @Test
  void hasTheCellsOfTheWholeAndTheHostOfEachSeries() throws IOException {
    Path first = share("1/2", ANNA, true);
    Path second = share("2/2", BERT, true);

    JsonNode results = merged(false, second, first);

    assertThat(results).hasSize(2 * 2 * 2);
    Map<String, Set<String>> hosts = new TreeMap<>();
    for (JsonNode cell : results) {
      hosts
          .computeIfAbsent(
              cell.at("/params/model").asText() + cell.at("/params/phase").asText(),
              series -> new HashSet<>())
          .add(cell.at("/params/host").asText());
    }
    assertThat(hosts).hasSize(4).allSatisfy((series, names) -> assertThat(names).hasSize(1));
    assertThat(hosts.values().stream().flatMap(Set::stream)).contains("anna", "bert");
    RunDirectory target = new RunDirectory(directory.resolve("merged"));
    assertThat(RunOutcome.of(target.entries()).ended()).isTrue();
    assertThat(target.host())
        .containsEntry("cpu", "fast")
        .containsEntry("host of 1/2", "anna")
        .containsEntry("host of 2/2", "bert");
  }

  @Test
  void namesTheHostOfEachSeriesInEveryFileOfTheReport() throws IOException {
    merged(false, share("1/2", ANNA, true), share("2/2", BERT, true));
    RunDirectory target = new RunDirectory(directory.resolve("merged"));

    Reports.write(
        RunStudy.of(target, Models.load(MergeTest.class.getClassLoader())), target.path());

    assertThat(target.path().resolve("measurements.csv")).content().contains("Param: host", "bert");
    for (String file : List.of("fits.json", "report.html", "report.md")) {
      assertThat(target.path().resolve(file)).content().as(file).contains("anna", "bert");
    }
  }

  @Test
  void doesNotNameAHostWhereThereIsOne() throws IOException {
    JsonNode results = merged(false, share("1/2", ANNA, true), share("2/2", ANNA, true));

    assertThat(results).allMatch(cell -> !cell.get("params").has("host"));
  }

  @Test
  void addsForksOfTheSameHost() throws IOException {
    JsonNode results = merged(false, share(null, ANNA, true), share(null, ANNA, true));

    assertThat(results).hasSize(8).allMatch(cell -> cell.get("forks").asInt() == 2);
  }

  @Test
  void namesWhatIsMissing() throws IOException {
    List<Path> some = List.of(share("1/4", ANNA, true), share("3/4", ANNA, true));

    assertThatThrownBy(() -> new Merge(some, false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("shards 2/4, 4/4 are missing");
    assertThat(new Merge(some, true).missing()).containsExactly("2/4", "4/4");
    merged(true, some.toArray(Path[]::new));
    assertThat(RunOutcome.of(new RunDirectory(directory.resolve("merged")).entries()).ended())
        .isFalse();
  }

  @Test
  void namesWhatHasNotEnded() throws IOException {
    Path open = share("2/2", ANNA, false);
    List<Path> both = List.of(share("1/2", ANNA, true), open);

    assertThatThrownBy(() -> new Merge(both, false))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("not at their end", open.toString(), "shard 2/2");
  }

  @Test
  void refusesASeriesOfTwoHosts() throws IOException {
    List<Path> both = List.of(share("1/2", ANNA, true), share("1/2", BERT, true));

    assertThatThrownBy(() -> new Merge(both, true))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(
            "anna", "bert", both.get(0).toString(), both.get(1).toString(), "never mixes hosts");
  }

  @Test
  void refusesACopy() throws IOException {
    Path run = share("1/2", ANNA, true);
    Path copy = Files.createDirectory(directory.resolve("copy"));
    for (String file : List.of(Journal.FILE, Host.FILE)) {
      Files.copy(run.resolve(file), copy.resolve(file));
    }

    assertThatThrownBy(() -> new Merge(List.of(run, copy), true))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("the same fork", "copy");
  }

  @Test
  void refusesAnotherPlanOrVersion() throws IOException {
    Sweep same = sweep(1, List.of(8, 16));
    Path one = run("1/2", same, ANNA, true, "1.0");
    Map<String, Path> others =
        Map.of(
            "seed 1 and 2", run("2/2", sweep(2, List.of(8, 16)), ANNA, true, "1.0"),
            "lengths [8, 16] and [8, 32]", run("2/2", sweep(1, List.of(8, 32)), ANNA, true, "1.0"),
            "ordo 1.0 and 1.1", run("2/2", same, ANNA, true, "1.1"),
            "number of shards 2 and 3", run("2/3", same, ANNA, true, "1.0"));

    others.forEach(
        (difference, other) ->
            assertThatThrownBy(() -> new Merge(List.of(one, other), true))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(one.toString(), other.toString(), difference));
  }

  @Test
  void refusesARunThatGoesOnAndOneThatWasMerged() throws IOException {
    Path run = share(null, ANNA, true);
    merged(false, run);

    assertThatThrownBy(() -> new Merge(List.of(directory.resolve("merged")), false))
        .hasMessageContaining("merged before");
    try (Journal journal = Journal.resume(run)) {
      assertThat(journal.entries()).isNotEmpty();
      assertThatThrownBy(() -> new Merge(List.of(run), false))
          .hasMessageContaining("a run is going on in " + run);
    }
  }

  @Test
  void acceptsSharesWithoutSeries() throws IOException {
    List<Path> shares = new ArrayList<>();
    for (int index = 1; index <= 6; index++) {
      shares.add(share(index + "/6", ANNA, true));
    }

    assertThat(merged(false, shares.toArray(Path[]::new))).hasSize(8);
  }
}

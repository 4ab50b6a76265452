package dev.ordo.harness.sweep;

import dev.ordo.harness.machine.MemorySizes;
import dev.ordo.harness.machine.RoofFork;
import dev.ordo.harness.machine.SystemFiles;
import dev.ordo.reports.Roofline;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the machine of a run can do at most, among the facts about its host. */
final class Roofs {

  /** What part of a run's budget measuring may take. */
  private static final int PART_OF_BUDGET = 10;

  /** With less nothing is measured: a JVM would hardly have started. */
  private static final long LEAST_MILLIS = 1000;

  private static final long MOST_MILLIS = 4000;
  private static final double GIGA = 1e9;
  private static final String NAME = "roof ";
  private static final Pattern THREADS = Pattern.compile(NAME + "([1-9]\\d{0,2}) threads?");
  private static final String NUMBER = "(\\d{1,12}(?:\\.\\d{1,12})?)";
  private static final Pattern RATES =
      Pattern.compile(
          NUMBER
              + " GFLOP/s, memory "
              + NUMBER
              + " GB/s(?:, cache "
              + NUMBER
              + " GB/s)?(?: \\((.{0,300})\\))?");

  private Roofs() {}

  /** Measures roofs. */
  interface Source {

    /**
     * Measures.
     *
     * @param threads the numbers of threads
     * @param millis how long it may take
     * @throws IOException if that fails
     */
    List<Roofline.Roof> measure(List<Integer> threads, int millis) throws IOException;
  }

  /** Returns what measures this machine in a JVM of its own. */
  static Source ofThisMachine(String classPath) {
    return (threads, millis) ->
        new RoofFork(threads, MemorySizes.of(SystemFiles.ofThisMachine(), allowed()), millis)
            .run(classPath);
  }

  private static OptionalLong allowed() {
    Matcher bytes = Pattern.compile("(\\d{1,18}) .*").matcher(Cgroup.ofThisProcess().memory());
    return bytes.matches() ? OptionalLong.of(Long.parseLong(bytes.group(1))) : OptionalLong.empty();
  }

  /**
   * Measures the machine of a run that has no forks yet, and adds that to the facts about its host.
   * A tenth of the budget is all that this may take; where that is too little, or measuring fails,
   * there is no roof, and nothing else is amiss.
   *
   * @param directory the run, with the facts about its host
   * @param entries its journal so far
   * @param source measures
   * @param log is told why there is no roof, if that failed
   * @throws IOException if the facts cannot be read or written
   */
  static void add(
      RunDirectory directory, List<Entry> entries, Sweep sweep, Source source, PrintStream log)
      throws IOException {
    Map<String, String> facts = directory.host();
    long millis = millis(sweep.budget());
    boolean begun = entries.stream().anyMatch(Entry.Fork.class::isInstance);
    if (begun || millis < LEAST_MILLIS || facts.isEmpty() || !of(facts).isEmpty()) {
      return;
    }
    Map<String, String> all = new LinkedHashMap<>(facts);
    try {
      source.measure(threads(sweep), (int) millis).forEach(roof -> put(roof, all));
    } catch (IOException e) {
      log.println("no roofline: " + e.getMessage());
      return;
    }
    directory.writeHost(all);
  }

  private static long millis(Duration budget) {
    return Math.min(MOST_MILLIS, budget.toMillis() / PART_OF_BUDGET);
  }

  /** Returns the least and the most threads of a sweep that the machine has processors for. */
  private static List<Integer> threads(Sweep sweep) {
    int processors = Runtime.getRuntime().availableProcessors();
    List<Integer> possible =
        sweep.dimensions().threads().stream().filter(count -> count <= processors).toList();
    return possible.isEmpty()
        ? List.of(1)
        : possible.size() == 1
            ? possible
            : List.of(possible.get(0), possible.get(possible.size() - 1));
  }

  /** Adds a roof to facts, in words that {@link #of} reads. */
  static void put(Roofline.Roof roof, Map<String, String> facts) {
    facts.put(
        NAME + roof.threads() + (roof.threads() == 1 ? " thread" : " threads"),
        String.format(
                Locale.ROOT,
                "%.3f GFLOP/s, memory %.3f GB/s",
                roof.flops() / GIGA,
                roof.memory() / GIGA)
            + (roof.cache().isPresent()
                ? String.format(Locale.ROOT, ", cache %.3f GB/s", roof.cache().getAsDouble() / GIGA)
                : "")
            + (roof.remark().isEmpty() ? "" : " (" + roof.remark() + ")"));
  }

  /** Returns the roofs among the facts about a host; what does not look like one is passed over. */
  static List<Roofline.Roof> of(Map<String, String> facts) {
    List<Roofline.Roof> roofs = new ArrayList<>();
    facts.forEach(
        (name, value) -> {
          Matcher threads = THREADS.matcher(name);
          if (threads.matches() && value != null) {
            roof(Integer.parseInt(threads.group(1)), value).ifPresent(roofs::add);
          }
        });
    return roofs;
  }

  private static Optional<Roofline.Roof> roof(int threads, String text) {
    Matcher rates = RATES.matcher(text);
    if (!rates.matches()) {
      return Optional.empty();
    }
    double flops = Double.parseDouble(rates.group(1)) * GIGA;
    double memory = Double.parseDouble(rates.group(2)) * GIGA;
    double cache = rates.group(3) == null ? 0 : Double.parseDouble(rates.group(3)) * GIGA;
    return flops > 0 && memory > 0
        ? Optional.of(
            new Roofline.Roof(
                threads,
                flops,
                memory,
                cache > 0 ? OptionalDouble.of(cache) : OptionalDouble.empty(),
                rates.group(4) == null ? "" : rates.group(4)))
        : Optional.empty();
  }
}

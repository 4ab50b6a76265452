package dev.ordo.harness.sweep;

import dev.ordo.harness.machine.CpuTimes;
import dev.ordo.harness.machine.SystemFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Notes beside each fork what else went on: the time that other guests took while it ran, and the
 * load when it began; and lets {@link Controls} run in between.
 *
 * @param forks measures
 * @param files where the system tells of itself; what it does not tell is left out
 * @param controls may run before each fork
 */
record WatchedForks(Forks forks, SystemFiles files, Controls controls) implements Forks {

  /** The metric of the part of the processors' time that other guests took, in percent. */
  static final String STEAL = "machine.steal";

  /** The metric of how many tasks wanted to run over the minute before. */
  static final String LOAD = "machine.load";

  @Override
  public Entry.Fork run(int round, Cell cell, ForkPlan plan) {
    controls.runIfDue();
    OptionalDouble load = files.load();
    Optional<CpuTimes> before = files.cpuTimes();
    Entry.Fork fork = forks.run(round, cell, plan);
    Optional<Double> stolen =
        before.flatMap(then -> files.cpuTimes().map(now -> now.stolenSince(then)));
    if (!fork.succeeded() || (load.isEmpty() && stolen.isEmpty())) {
      return fork;
    }
    Map<String, Entry.Metric> metrics = new LinkedHashMap<>(fork.secondary());
    stolen.ifPresent(part -> metrics.put(STEAL, new Entry.Metric("%", new double[] {100 * part})));
    load.ifPresent(tasks -> metrics.put(LOAD, new Entry.Metric("tasks", new double[] {tasks})));
    return fork.withSecondary(metrics);
  }

  @Override
  public boolean lacks(Cell cell) {
    return forks.lacks(cell);
  }
}

package dev.ordo.harness.machine;

import dev.ordo.harness.sweep.Cgroup;
import dev.ordo.reports.compare.Ratio;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Unit;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What a look at this machine has found.
 *
 * @param checks in the order in which they are printed
 * @param noise of forks of the same arithmetic; absent where they could not be run
 * @param detectable number of forks → the smallest ratio that a comparison of as many on each side
 *     finds with 95 % power at a level of 5 %; empty without the noise
 */
public record Examination(
    List<Check> checks, Optional<Noise> noise, Map<Integer, Double> detectable) {

  /** What forks of the doctor do: as much as those of a sweep, in less time. */
  private static final SpinFork FORK = new SpinFork(6, 20);

  private static final List<Integer> FORKS = List.of(3, 5, 10);
  private static final int FEWEST = 6;
  private static final int MOST = 40;
  private static final double ALPHA = 0.05;
  private static final double POWER = 0.95;
  private static final double LITTLE = 0.01;
  private static final double MUCH_NOISE = 0.03;
  private static final double BUSY = 0.1;
  private static final double TICKS = 100;

  /** Copies the parts. */
  public Examination {
    checks = List.copyOf(checks);
    Objects.requireNonNull(noise, "noise");
    detectable = Collections.unmodifiableMap(new TreeMap<>(detectable));
  }

  /**
   * Looks at this machine.
   *
   * @param seconds about how long forks may run for
   * @param classPath where the classes of forks are
   */
  public static Examination ofThisMachine(int seconds, String classPath) {
    SystemFiles files = SystemFiles.ofThisMachine();
    Settings settings = new Settings(files);
    List<Check> checks = new ArrayList<>();
    checks.add(jvm());
    checks.add(lock());
    checks.add(timer(NanoTimer.ofThisJvm(), clock(files)));
    OptionalDouble load = files.load();
    checks.add(load(load, Runtime.getRuntime().availableProcessors()));
    checks.add(others(files));
    checks.addAll(settings.checks());
    Cgroup limits = Cgroup.ofThisProcess();
    checks.add(container(limits.cpu(), limits.memory()));
    Optional<CpuTimes> before = files.cpuTimes();
    OptionalLong throttlesBefore = settings.throttles();
    List<double[]> forks = new ArrayList<>();
    Optional<String> failure = run(forks, seconds, classPath);
    checks.add(
        steal(before.flatMap(earlier -> files.cpuTimes().map(now -> now.stolenSince(earlier)))));
    checks.add(heat(throttlesBefore, settings.throttles()));
    if (failure.isPresent()) {
      checks.add(new Check("noise", Check.Level.UNKNOWN, "no A/A forks: " + failure.get(), ""));
      return new Examination(checks, Optional.empty(), Map.of());
    }
    Noise noise = Noise.of(forks);
    checks.add(same(forks));
    checks.add(noise(noise));
    Map<Integer, Double> detectable = new TreeMap<>();
    FORKS.forEach(
        count -> detectable.put(count, Detectable.ratio(noise.between(), count, ALPHA, POWER)));
    return new Examination(checks, Optional.of(noise), detectable);
  }

  private static Optional<String> run(List<double[]> forks, int seconds, String classPath) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      while (forks.size() < FEWEST || (forks.size() < MOST && System.nanoTime() < end)) {
        forks.add(FORK.run(classPath));
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static Check jvm() {
    String name =
        System.getProperty("java.vm.name")
            + " "
            + System.getProperty("java.version")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors";
    boolean slow = System.getProperty("java.vm.info", "").contains("interpreted");
    boolean debug = System.getProperty("java.vm.version", "").contains("debug");
    if (slow || debug) {
      return Check.warn("jvm", name, "it does not run at full speed; take a product build");
    }
    return Runtime.getRuntime().availableProcessors() < 2
        ? Check.warn("jvm", name, "compilers and what is measured share a processor; give it two")
        : Check.ok("jvm", name);
  }

  private static Check lock() {
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock");
    if (!Files.exists(file)) {
      return Check.ok("jmh lock", "free");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      return held != null
          ? Check.ok("jmh lock", "free")
          : Check.warn("jmh lock", "held", "another JMH run is measuring; wait for it");
    } catch (IOException | OverlappingFileLockException e) {
      return new Check("jmh lock", Check.Level.UNKNOWN, file + " cannot be opened", "");
    }
  }

  private static String clock(SystemFiles files) {
    return files
        .read("sys/devices/system/clocksource/clocksource0/current_clocksource")
        .map(name -> " (" + name + ")")
        .orElse("");
  }

  static Check timer(NanoTimer timer, String clock) {
    String found =
        String.format(
            Locale.ROOT,
            "%.0f ns a reading, steps of %d ns%s",
            timer.latencyNanos(),
            timer.stepNanos(),
            clock);
    return timer.latencyNanos() > 500 || timer.stepNanos() > 1000
        ? Check.warn(
            "timer",
            found,
            "operations below a microsecond are the timer's; use the tsc or kvm clock")
        : Check.ok("timer", found);
  }

  static Check load(OptionalDouble load, int processors) {
    if (load.isEmpty()) {
      return Check.unknown("load");
    }
    String found =
        String.format(Locale.ROOT, "%.2f on %d processors", load.getAsDouble(), processors);
    // What measures needs one processor for itself and a part of another for its compilers.
    return load.getAsDouble() > Math.max(0.3, 0.25 * processors)
        ? Check.warn("load", found, "end what runs, or wait")
        : Check.ok("load", found);
  }

  private static Check others(SystemFiles files) {
    Map<Long, ProcessTime> before = new HashMap<>();
    files.processes().forEach(process -> before.put(process.pid(), process));
    if (before.isEmpty()) {
      return Check.unknown("programs");
    }
    long start = System.nanoTime();
    try {
      TimeUnit.SECONDS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return others(before, files.processes(), ProcessHandle.current().pid(), seconds);
  }

  static Check others(
      Map<Long, ProcessTime> before, List<ProcessTime> after, long own, double seconds) {
    record Busy(String name, double part) {}
    List<Busy> busy =
        after.stream()
            .filter(process -> process.pid() != own && before.containsKey(process.pid()))
            .map(
                process ->
                    new Busy(
                        process.name(),
                        (process.ticks() - before.get(process.pid()).ticks()) / TICKS / seconds))
            .filter(process -> process.part() >= BUSY)
            .sorted(Comparator.comparingDouble(process -> -process.part()))
            .toList();
    return busy.isEmpty()
        ? Check.ok("programs", "none takes a tenth of a processor")
        : Check.warn(
            "programs",
            busy.stream()
                .limit(3)
                .map(
                    each ->
                        String.format(Locale.ROOT, "%s %.0f %%", each.name(), 100 * each.part()))
                .collect(Collectors.joining(", ")),
            "end them, or wait");
  }

  static Check container(String cpu, String memory) {
    boolean none = cpu.startsWith("no limit") && memory.startsWith("no limit");
    if (cpu.equals("unknown")) {
      return Check.unknown("container");
    }
    String found = "processors: " + cpu + "; memory: " + memory;
    if (none) {
      return Check.ok("container", "no limits");
    }
    return cpu.startsWith("no limit")
        ? Check.ok("container", found)
        : Check.warn(
            "container", found, "a group that has used up its quota stands still; take it off");
  }

  static Check steal(Optional<Double> stolen) {
    if (stolen.isEmpty()) {
      return Check.unknown("steal");
    }
    String found = percent(stolen.get()) + " of the time went to other guests";
    return stolen.get() > LITTLE
        ? Check.warn("steal", found, "the host is overcommitted; move, or measure at another time")
        : Check.ok("steal", found);
  }

  static Check heat(OptionalLong before, OptionalLong after) {
    if (before.isEmpty() || after.isEmpty()) {
      return Check.unknown("heat");
    }
    long during = after.getAsLong() - before.getAsLong();
    return during > 0
        ? Check.warn("heat", during + " throttlings meanwhile", "cool it, or lower the clock")
        : Check.ok("heat", "not throttled meanwhile");
  }

  /** Every other fork against the rest: both did the same. */
  static Check same(List<double[]> forks) {
    List<double[]> some = new ArrayList<>();
    List<double[]> rest = new ArrayList<>();
    for (int i = 0; i < forks.size(); i++) {
      (i % 2 == 0 ? some : rest).add(forks.get(i));
    }
    Ratio ratio =
        Ratio.of(
            new Sample(some, Unit.NANOS_PER_OP), new Sample(rest, Unit.NANOS_PER_OP), 1 - ALPHA);
    String found =
        String.format(
            Locale.ROOT,
            "%.3f [%.3f, %.3f] from %d + %d forks of the same work",
            ratio.value(),
            ratio.interval().orElseThrow().low(),
            ratio.interval().orElseThrow().high(),
            some.size(),
            rest.size());
    return ratio.interval().orElseThrow().low() > 1 || ratio.interval().orElseThrow().high() < 1
        ? Check.warn("A/A", found, "the same seems to differ; one look in twenty does by chance")
        : Check.ok("A/A", found);
  }

  static Check noise(Noise noise) {
    String found =
        percent(noise.between())
            + " between forks, "
            + percent(noise.within())
            + " between iterations";
    return noise.between() > MUCH_NOISE
        ? Check.warn("noise", found, "see what is said above, and take more forks")
        : Check.ok("noise", found);
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * part);
  }
}

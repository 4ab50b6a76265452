package dev.ordo.harness.machine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How large arrays have to be so that they come from main memory, or from a cache that a processor
 * has to itself.
 *
 * @param memoryBytes so much is walked over for main memory
 * @param cacheBytes so much fits a cache near the processor
 */
public record MemorySizes(long memoryBytes, long cacheBytes) {

  private static final String CPUS = "sys/devices/system/cpu";
  private static final long MIB = 1L << 20;

  /** How many times the last cache is walked over: STREAM asks for as much of each array. */
  private static final int TIMES_LAST_CACHE = 4;

  /** What part of the memory that is free may be taken. */
  private static final int PART_OF_FREE = 4;

  private static final long LEAST_BYTES = 96 * MIB;
  private static final long MOST_BYTES = 2048 * MIB;
  private static final long USUAL_LAST_CACHE = 32 * MIB;
  private static final long USUAL_OWN_CACHE = MIB / 2;

  /**
   * Returns the sizes for a machine: four times all of its last caches together, but no more than a
   * quarter of the memory that is free or allowed, nor than 2 GiB; and half of the level-2 cache.
   * Where the system does not tell, the caches of a usual processor are assumed.
   *
   * @param files where the system tells
   * @param allowed the bytes that this process and its children may have; empty without a limit
   */
  public static MemorySizes of(SystemFiles files, OptionalLong allowed) {
    Optional<Long> second = size(files, 2);
    Optional<Long> third = size(files, 3);
    long last =
        third.isPresent()
            ? third.get() * count(files, 3)
            : second.map(bytes -> bytes * count(files, 2)).orElse(USUAL_LAST_CACHE);
    OptionalLong free =
        files
            .read("proc/meminfo")
            .map(text -> Settings.bytes(text, "MemAvailable"))
            .orElse(OptionalLong.empty());
    long most =
        Math.min(free.orElse(Long.MAX_VALUE), allowed.orElse(Long.MAX_VALUE)) / PART_OF_FREE;
    long wanted = Math.min(TIMES_LAST_CACHE * last, MOST_BYTES);
    return new MemorySizes(
        Math.max(LEAST_BYTES, Math.min(wanted, most)), second.orElse(2 * USUAL_OWN_CACHE) / 2);
  }

  private static Optional<Long> size(SystemFiles files, int level) {
    return files.readEach(CPUS, "cpu[0-9]*", "cache/index" + level + "/size").stream()
        .filter(text -> text.matches("\\d{1,12}K"))
        .map(text -> Long.parseLong(text.substring(0, text.length() - 1)) * 1024)
        .findFirst();
  }

  /** Returns how many caches of a level there are: processors that share one name the same ones. */
  private static long count(SystemFiles files, int level) {
    List<String> sharers =
        files.readEach(CPUS, "cpu[0-9]*", "cache/index" + level + "/shared_cpu_list");
    return Math.max(1, sharers.stream().distinct().count());
  }
}

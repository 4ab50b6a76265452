package dev.ordo.harness.bench;

import java.util.Arrays;
import java.util.stream.Stream;
import org.openjdk.jol.info.GraphLayout;

/**
 * The bytes of all objects that a workload holds, as JOL counts them: headers, padding and arrays
 * with room for more, but no weights.
 *
 * <p>JOL neither attaches to this JVM nor starts a program beside it: it reads sizes and field
 * offsets through {@code sun.misc.Unsafe}, which JDK 17 to 25 let a class path do.
 */
final class RetainedBytes {

  private RetainedBytes() {}

  /**
   * Counts.
   *
   * @param held what the workload holds
   * @param weights what of it does not count; shared objects are weights
   * @return bytes, at least 0
   */
  static long of(Object[] held, Object[] weights) {
    // Either would take longer than a fork, and the sizes are those of this JVM without them.
    System.setProperty("jol.skipHotspotSAAttach", "true");
    System.setProperty("jol.skipInstallAttach", "true");
    System.setProperty("jol.skipDynamicAttach", "true");
    // Records hide the offsets of their fields; JOL then takes them from a class of the same form.
    System.setProperty("jol.magicFieldOffset", "true");
    Object[] all = Stream.concat(Arrays.stream(held), Arrays.stream(weights)).toArray();
    // The difference of two sums stands a collection between them, which moves what is counted.
    return GraphLayout.parseInstance(all).totalSize()
        - (weights.length == 0 ? 0 : GraphLayout.parseInstance(weights).totalSize());
  }
}

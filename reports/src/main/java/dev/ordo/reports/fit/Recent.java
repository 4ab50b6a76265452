package dev.ordo.reports.fit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The values that were asked for last, each with what it was made from. Any number of threads may
 * ask; a value that two of them make at the same time is made twice, which is why making it must
 * depend on the key alone.
 *
 * @param <K> what a value is made from; compared by {@code equals}
 * @param <V> the values
 */
final class Recent<K, V> {

  private final Function<K, V> maker;
  private final Map<K, V> kept;

  /**
   * Makes an empty one.
   *
   * @param most how many values are kept; of more, those not asked for longest are forgotten
   */
  Recent(int most, Function<K, V> maker) {
    this.maker = maker;
    kept =
        new LinkedHashMap<>(2 * most, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        };
  }

  /** Returns the value of a key, made if it is not there. */
  V of(K key) {
    synchronized (kept) {
      V known = kept.get(key);
      if (known != null) {
        return known;
      }
    }
    // Made outside of the lock: where no two keys are equal, nobody waits for another.
    V made = maker.apply(key);
    synchronized (kept) {
      V other = kept.putIfAbsent(key, made);
      return other == null ? made : other;
    }
  }
}

package dev.ordo.reports.fit;

import dev.ordo.reports.data.Series;
import java.util.TreeMap;

/**
 * Seeds for parts of a whole: each part has its own random numbers, wherever it stands, so that
 * neither the order of parts nor what is beside them changes a result.
 */
public final class Seeds {

  private Seeds() {}

  /** Mixes a seed with what a part is (SplitMix64 from FNV-1a of the text on). */
  public static long of(long seed, String identity) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < identity.length(); i++) {
      hash = (hash ^ identity.charAt(i)) * 0x100000001b3L;
    }
    return new SplitMix(seed + hash).nextLong();
  }

  /** Mixes a seed with what a series measures. */
  public static long of(long seed, Series series) {
    return of(
        seed,
        String.join(
            "\n",
            series.benchmark(),
            series.mode(),
            new TreeMap<>(series.params()).toString(),
            Integer.toString(series.threads()),
            series.points().get(0).sample().unit().symbol()));
  }
}

package dev.ordo.reports.compare;

import java.util.SplittableRandom;

/** Seeds for parts of a whole: each part has its own random numbers, wherever it stands. */
final class Seeds {

  private Seeds() {}

  /** Mixes a seed with what a part is. */
  static long of(long seed, String identity) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < identity.length(); i++) {
      hash = (hash ^ identity.charAt(i)) * 0x100000001b3L;
    }
    return new SplittableRandom(seed ^ hash).nextLong();
  }
}

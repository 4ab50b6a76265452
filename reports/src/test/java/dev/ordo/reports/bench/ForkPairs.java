package dev.ordo.reports.bench;

import dev.ordo.reports.compare.Estimate;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Draws two samples of a benchmark whose true ratio is known, and compares them. */
final class ForkPairs {

  private final long seed;
  private final int resamples;

  ForkPairs(long seed, int resamples) {
    this.seed = seed;
    this.resamples = resamples;
  }

  /**
   * What the forks of the two sides look like.
   *
   * @param base the forks of the base
   * @param candidate the forks of the candidate
   * @param noise the noise of both; iterations have a third of it
   * @param ratio how many times noisier the candidate is
   */
  record Setting(int base, int candidate, Noise noise, double ratio) {

    static Setting of(int forks, double level, boolean heavy) {
      return new Setting(forks, forks, new Noise(level, heavy), 1);
    }
  }

  /** Compares a candidate that takes {@code factor} times as long as its base. */
  Estimate draw(Setting setting, double factor, double margin, double alpha, int index) {
    RandomGenerator random =
        new SplittableRandom(seed + 1_000_003L * index + 31L * setting.hashCode());
    Noise louder = new Noise(setting.noise().level() * setting.ratio(), setting.noise().heavy());
    Sample base = sample(1e6, setting.base(), setting.noise(), random);
    Sample candidate = sample(1e6 * factor, setting.candidate(), louder, random);
    return Estimate.of(base, candidate, margin, alpha, resamples, random.nextLong());
  }

  private static Sample sample(double mean, int forks, Noise noise, RandomGenerator random) {
    List<double[]> values = new ArrayList<>();
    for (int fork = 0; fork < forks; fork++) {
      values.add(noise.fork(mean, random));
    }
    return new Sample(values, Unit.NANOS_PER_OP);
  }
}

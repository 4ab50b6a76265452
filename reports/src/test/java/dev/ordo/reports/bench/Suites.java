package dev.ordo.reports.bench;

import dev.ordo.reports.compare.Comparison;
import dev.ordo.reports.compare.ComparisonOptions;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.ResultFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;

/** Draws suites of benchmarks measured twice, as result files, and compares them. */
final class Suites {

  private final long seed;
  private final ComparisonOptions options;

  Suites(long seed, ComparisonOptions options) {
    this.seed = seed;
    this.options = options;
  }

  /**
   * What a suite looks like.
   *
   * @param cells how many benchmarks
   * @param forks of each, on both sides
   * @param noise the noise of a cell, by its number
   * @param heavy whether forks have heavy tails
   */
  record Setting(int cells, int forks, IntToDoubleFunction noise, boolean heavy) {}

  /** Compares a suite; {@code factor} is what a cell's time is multiplied by, by its number. */
  Comparison draw(Setting setting, IntToDoubleFunction factor, int index) {
    RandomGenerator random =
        new SplittableRandom(seed + 1_000_003L * index + 31L * setting.forks());
    Measurements base = measure(setting, cell -> 1, random);
    Measurements candidate = measure(setting, factor, random);
    return Comparison.of(base, candidate, options.withSeed(random.nextLong()));
  }

  private static Measurements measure(
      Setting setting, IntToDoubleFunction factor, RandomGenerator random) {
    StringBuilder json = new StringBuilder("[");
    for (int cell = 0; cell < setting.cells(); cell++) {
      Noise noise = new Noise(setting.noise().applyAsDouble(cell), setting.heavy());
      StringBuilder raw = new StringBuilder();
      for (int fork = 0; fork < setting.forks(); fork++) {
        double[] values = noise.fork(1000 * (cell + 1) * factor.applyAsDouble(cell), random);
        raw.append(fork == 0 ? "" : ",").append(java.util.Arrays.toString(values));
      }
      json.append(cell == 0 ? "" : ",")
          .append("{\"benchmark\":\"b.B.m")
          .append(cell)
          .append("\",\"mode\":\"avgt\",\"threads\":1,\"primaryMetric\":{\"score\":1,")
          .append("\"scoreUnit\":\"ns/op\",\"rawData\":[")
          .append(raw)
          .append("]}}");
    }
    try {
      Path file = Files.createTempFile("suite", ".json");
      try {
        Files.writeString(file, json.append(']'));
        return ResultFiles.read(file);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a temporary result file could not be used", e);
    }
  }
}

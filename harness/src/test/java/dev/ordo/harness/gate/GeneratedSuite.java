package dev.ordo.harness.gate;

import dev.ordo.reports.data.ResultFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * A suite of benchmarks whose laws and noise are known, measured as often as one likes: JMH files
 * with new forks each time.
 *
 * @param series what is measured
 * @param jdk the version that the files name
 */
record GeneratedSuite(List<Kind> series, String jdk) {

  private static final int ITERATIONS = 5;

  /** Copies the list. */
  GeneratedSuite {
    series = List.copyOf(series);
  }

  /**
   * One series.
   *
   * @param model the value of the parameter {@code model}
   * @param phase the value of the parameter {@code phase}
   * @param sizes the sizes; not modified
   * @param nanos time at a size, without noise
   * @param forks how many at each size
   * @param noise the standard deviation of a fork's logarithm; iterations have a third of it
   * @param heavy whether forks follow Student's t with 3 degrees of freedom
   */
  record Kind(
      String model,
      String phase,
      double[] sizes,
      DoubleUnaryOperator nanos,
      int[] forks,
      double noise,
      boolean heavy) {

    /** Returns the same with another time at each size. */
    Kind with(DoubleUnaryOperator other) {
      return new Kind(model, phase, sizes, other, forks, noise, heavy);
    }

    /** Returns the same, slower by a factor. */
    Kind times(double factor) {
      return with(n -> factor * nanos.applyAsDouble(n));
    }

    String name() {
      return model + "." + phase;
    }
  }

  /**
   * Returns a suite like that of a run without arguments: five models in three phases at seven
   * sizes, two forks each, but one where an operation takes long.
   *
   * @param random draws the noise of each series, evenly in the logarithm within {@code quiet} …
   *     {@code loud}, every other one with heavy tails
   */
  static GeneratedSuite usual(RandomGenerator random, double quiet, double loud) {
    double[] sizes = {64, 128, 256, 512, 1024, 2048, 4096};
    List<Kind> all = new ArrayList<>();
    for (String model : List.of("mamba", "rnn", "s4d", "transformer", "transformer-kv")) {
      boolean attention = model.startsWith("transformer");
      boolean cached = model.equals("transformer-kv");
      for (String phase : List.of("prefill", "decode", "generate")) {
        double scale = Math.exp(random.nextDouble(0, 1.5));
        DoubleUnaryOperator nanos =
            switch (phase) {
              case "prefill" ->
                  attention ? n -> scale * (9e3 * n + 9 * n * n) : n -> scale * 8e3 * n;
              case "decode" ->
                  cached
                      ? n -> scale * (2e4 + 15 * n)
                      : attention ? n -> scale * (9e3 * n + 9 * n * n) : n -> scale * 7e3;
              default ->
                  cached
                      ? n -> scale * (2e4 * n + 8 * n * n)
                      : attention
                          ? n -> scale * (5e3 * n * n + 3 * n * n * n)
                          : n -> scale * 7e3 * n;
            };
        int[] forks =
            Arrays.stream(sizes).mapToInt(n -> nanos.applyAsDouble(n) > 2e9 ? 1 : 2).toArray();
        double noise = quiet * Math.pow(loud / quiet, random.nextDouble());
        all.add(new Kind(model, phase, sizes, nanos, forks, noise, random.nextBoolean()));
      }
    }
    return new GeneratedSuite(all, "17.0.15");
  }

  /** Returns a file of a few series of one law, all with the same forks and noise. */
  static GeneratedSuite small(
      int count, double[] sizes, int forks, double noise, DoubleUnaryOperator nanos) {
    List<Kind> all = new ArrayList<>();
    int[] each = new int[sizes.length];
    Arrays.fill(each, forks);
    for (int i = 0; i < count; i++) {
      all.add(new Kind("m" + i, "run", sizes, nanos, each, noise, false));
    }
    return new GeneratedSuite(all, "17.0.15");
  }

  /** Returns the same suite with series changed. */
  GeneratedSuite changed(java.util.function.UnaryOperator<Kind> change) {
    return new GeneratedSuite(series.stream().map(change).toList(), jdk);
  }

  /**
   * Returns the same suite on another machine and JVM: all is faster or slower by a factor, each
   * series by a fifth either way besides, and each size by the scatter.
   */
  GeneratedSuite elsewhere(RandomGenerator random, double factor, double scatter) {
    List<Kind> others = new ArrayList<>();
    for (Kind kind : series) {
      double own = factor * Math.exp(0.2 * random.nextGaussian());
      double[] bumps =
          Arrays.stream(kind.sizes).map(n -> Math.exp(scatter * random.nextGaussian())).toArray();
      others.add(
          kind.with(
              n -> {
                int place = Arrays.binarySearch(kind.sizes, n);
                return own * bumps[place] * kind.nanos.applyAsDouble(n);
              }));
    }
    return new GeneratedSuite(others, "25.0.1");
  }

  /** Measures the suite once. */
  GateInput measure(RandomGenerator random) {
    try {
      Path file = Files.createTempFile("gate", ".json");
      try {
        Files.writeString(file, json(random));
        return new GateInput(
            "generated", ResultFiles.read(file), List.<Map<String, String>>of(), false);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a temporary result file could not be used", e);
    }
  }

  /** Measures the suite once, as the content of a JMH file. */
  String json(RandomGenerator random) {
    StringBuilder json = new StringBuilder("[");
    for (Kind kind : series) {
      for (int i = 0; i < kind.sizes.length; i++) {
        StringBuilder raw = new StringBuilder();
        for (int fork = 0; fork < kind.forks[i]; fork++) {
          double level =
              kind.nanos.applyAsDouble(kind.sizes[i])
                  * Math.exp(kind.noise * standard(kind.heavy, random));
          double[] values = new double[ITERATIONS];
          for (int k = 0; k < values.length; k++) {
            values[k] = level * Math.exp(kind.noise / 3 * random.nextGaussian());
          }
          raw.append(fork == 0 ? "" : ",").append(Arrays.toString(values));
        }
        json.append(json.length() == 1 ? "" : ",")
            .append("{\"benchmark\":\"b.Suite.run\",\"mode\":\"avgt\",\"threads\":1,")
            .append("\"vmName\":\"OpenJDK 64-Bit Server VM\",\"jdkVersion\":\"" + jdk + "\",")
            .append("\"params\":{\"model\":\"" + kind.model + "\",\"phase\":\"" + kind.phase)
            .append("\",\"length\":\"" + Sizes.text(kind.sizes[i]) + "\"},")
            .append("\"primaryMetric\":{\"score\":1,\"scoreUnit\":\"ns/op\",\"rawData\":[")
            .append(raw)
            .append("]}}");
      }
    }
    return json.append(']').toString();
  }

  /** Returns a draw of variance 1. */
  private static double standard(boolean heavy, RandomGenerator random) {
    double z = random.nextGaussian();
    if (!heavy) {
      return z;
    }
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      double x = random.nextGaussian();
      squares += x * x;
    }
    return z / Math.sqrt(squares);
  }
}

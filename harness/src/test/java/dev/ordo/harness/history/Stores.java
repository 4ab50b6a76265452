package dev.ordo.harness.history;

import dev.ordo.reports.data.Unit;
import dev.ordo.reports.history.HostIdentity;
import dev.ordo.reports.history.Run;
import dev.ordo.reports.history.TrendKey;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Generated stores. */
final class Stores {

  private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");
  private static final int SIZES = 10;
  private static final int FORKS = 3;
  private static final double NOISE = 0.03;

  private Stores() {}

  /**
   * Writes a store whose first cell gets slower by 10 % at two thirds of its runs.
   *
   * @param path where; made if it is not there
   * @param runs how many runs, three hours apart
   * @param cells how many cells, ten sizes to a series
   */
  static void write(Path path, int runs, int cells) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    HistoryStore store = new HistoryStore(path);
    for (int run = 0; run < runs; run++) {
      store.addUnseen(run(run, runs * 2 / 3, cells, random));
    }
  }

  /** Makes a run. */
  static StoredRun run(int number, int change, int cells, SplittableRandom random) {
    Map<String, String> host = new LinkedHashMap<>();
    host.put("cpu", "Generated(R) CPU @ 2.00GHz");
    host.put("cores", "2");
    host.put("os", "GNU/Linux");
    host.put("jvm", "OpenJDK 64-Bit Server VM 17.0.15+6");
    List<StoredRun.StoredCell> stored = new ArrayList<>();
    List<StoredRun.StoredExponent> exponents = new ArrayList<>();
    for (int cell = 0; cell < cells; cell++) {
      int series = cell / SIZES;
      double mean = 1000.0 * (1 << cell % SIZES) * (cell == 0 && number >= change ? 1.1 : 1);
      double[] forks = new double[FORKS];
      for (int fork = 0; fork < FORKS; fork++) {
        forks[fork] = mean * Math.exp(NOISE * random.nextGaussian());
      }
      Map<String, String> params = new LinkedHashMap<>();
      params.put("kind", "kind" + series);
      if (cell % SIZES == 0) {
        double slope = 1 + 0.02 * random.nextGaussian();
        exponents.add(
            new StoredRun.StoredExponent(
                key(params, Optional.of("size")), slope, slope - 0.05, slope + 0.05, "linear"));
      }
      params.put("size", Integer.toString(64 << cell % SIZES));
      stored.add(new StoredRun.StoredCell(key(params, Optional.empty()), forks));
    }
    Instant time = BEGIN.plus(Duration.ofHours(3L * number));
    Run run =
        new Run(
            "new",
            time,
            Optional.of(
                new Run.Commit(
                    String.format("%040x", number + 0xABCDEF00L << 8),
                    Optional.of("Change number " + number),
                    Optional.of(time))),
            Optional.of("main"),
            new HostIdentity(HostFacts.key(host), "generated"));
    return new StoredRun(run, host, stored, exponents);
  }

  private static TrendKey key(Map<String, String> params, Optional<String> over) {
    return new TrendKey(
        "org.acme.generated.Bench.run", "avgt", 1, params, "time", Unit.NANOS_PER_OP, over);
  }
}

package dev.ordo.harness.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

/** A machine whose times are computed and whose clock moves only while a fork runs. */
final class SyntheticMachine implements Forks, LongSupplier {

  /** How forks of one cell differ, beside what their iterations do. */
  enum Noise {
    /** Normal. */
    NORMAL,
    /** Student's t with 3 degrees of freedom, scaled to the same standard deviation. */
    HEAVY,
    /** Normal, and one fork in ten is slower by an exponential 20 % on average. */
    UNSTEADY,
    /** Normal, four times as large at the smallest length as at the largest of a range of 64. */
    FALLING,
    /** Normal, and the machine changes its speed by a random walk of a fifth of that a fork. */
    DRIFTING
  }

  private final ToDoubleFunction<Cell> nanos;
  private final Noise noise;
  private final double between;
  private final double within;
  private final double overheadMillis;
  private final long seed;
  private final Random walk;
  private final List<Cell> asked = new ArrayList<>();
  private double drift;
  private long now;

  /**
   * Makes a machine.
   *
   * @param nanos the true time of an operation, in nanoseconds; NaN makes its forks fail
   * @param between the relative standard deviation between forks
   * @param within that between iterations of 40 ms of a fork
   * @param overheadMillis what a fork takes beside its plan
   */
  SyntheticMachine(
      ToDoubleFunction<Cell> nanos,
      Noise noise,
      double between,
      double within,
      double overheadMillis,
      long seed) {
    this.nanos = nanos;
    this.noise = noise;
    this.between = between;
    this.within = within;
    this.overheadMillis = overheadMillis;
    this.seed = seed;
    this.walk = new Random(seed);
  }

  /** Returns the cells that forks were asked for, in order. */
  List<Cell> asked() {
    return asked;
  }

  /** Lets time pass without a fork. */
  void pause(long millis) {
    now += millis * 1_000_000;
  }

  @Override
  public long getAsLong() {
    return now;
  }

  @Override
  public Entry.Fork run(int round, Cell cell, ForkPlan plan) {
    asked.add(cell);
    double once = nanos.applyAsDouble(cell);
    boolean fails = Double.isNaN(once);
    long millis = (long) (overheadMillis + plan.millis(fails ? 0 : once, cell.threads()));
    now += millis * 1_000_000;
    double[] iterations = new double[fails ? 0 : plan.iterations()];
    // What a fork does hangs on nothing that ran before, so that a resumed run sees the same.
    SplittableRandom random = new SplittableRandom(seed + 31L * cell.toString().hashCode());
    for (int i = 0; i < round; i++) {
      random = random.split();
    }
    double level = once * Math.exp(deviation(cell.length(), random));
    double length = Math.max(plan.iterationMillis(), once / 1e6) / 40;
    for (int i = 0; i < iterations.length; i++) {
      iterations[i] = level * Math.exp(within / Math.sqrt(length) * random.nextGaussian());
    }
    return new Entry.Fork(
        round,
        cell,
        "2026-01-01T00:00:00Z",
        millis,
        plan,
        new Entry.Jvm("java", List.of(), "17", "vm", "17"),
        iterations,
        Map.of(),
        true,
        null,
        fails ? new Failure(Failure.Kind.THREW, "boom") : null);
  }

  private double deviation(int length, SplittableRandom random) {
    double normal = random.nextGaussian();
    return switch (noise) {
      case NORMAL -> between * normal;
      case HEAVY -> between * heavy(normal, random) / Math.sqrt(3);
      case UNSTEADY ->
          between * normal
              + (random.nextInt(10) == 0 ? -0.2 * Math.log(1 - random.nextDouble()) : 0);
      case FALLING -> between * normal * 2 * Math.pow(length / 64.0, -1 / 3.0);
      case DRIFTING -> {
        drift += between / 5 * walk.nextGaussian();
        yield between * normal + drift;
      }
    };
  }

  private static double heavy(double normal, SplittableRandom random) {
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      squares += Math.pow(random.nextGaussian(), 2);
    }
    return normal / Math.sqrt(squares / 3);
  }
}

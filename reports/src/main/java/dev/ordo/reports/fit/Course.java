package dev.ordo.reports.fit;

import dev.ordo.reports.data.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The course of one fork's iterations: the levels that it runs through, and what that makes it.
 *
 * <p>After Barrett, Bolz-Tereick, Killick, Mount and Tratt 2017, <i>Virtual machine warmup blows
 * hot and cold</i>, section 4: changes of level are found by PELT, and the order of the levels
 * gives the label. Unlike there, forks of {@value #FEWEST} iterations are judged already (fewer: no
 * label), so the penalty of a change is calibrated by simulation, noise is estimated from
 * differences of iterations with allowance for autocorrelation, and a straight line competes with
 * the levels.
 *
 * <p>Changes of less than {@value #TOLERANCE_PERCENT} % do not count. A fork has settled if its
 * last level holds for half of its iterations or more.
 *
 * @param shape what the course is
 * @param levels its levels in time; one where the shape is flat, drifting or unjudged
 */
public record Course(Shape shape, List<Level> levels) {

  /** The fewest iterations by which a fork is judged. */
  public static final int FEWEST = 8;

  /** The relative change of level, in per cent, below which nothing is said. */
  public static final int TOLERANCE_PERCENT = 2;

  private static final double TOLERANCE = Math.log1p(TOLERANCE_PERCENT / 100.0);
  private static final int LEAST_LEVEL = 3;
  private static final int MOST_BLOCKS = 200;
  private static final double BASE_PENALTY = 10;
  private static final double PENALTY_BY_LOG = 2;
  private static final int WINDOW = 5;
  private static final double CLIP = 3;

  /** What a course may be. */
  public enum Shape {
    /** Too few iterations to say, or one of them is not positive and has no logarithm. */
    UNJUDGED("not judged"),
    /** One level. */
    FLAT("flat"),
    /** The last level, which holds for half of the iterations or more, is no higher than others. */
    WARM_UP("warm-up"),
    /** The last level, which holds for half of the iterations or more, is above another. */
    SLOW_DOWN("slow-down"),
    /** A straight line describes the iterations better than levels do. */
    DRIFTING("drifting"),
    /** The level changes in the second half of the iterations. */
    UNSETTLED("never settles");

    private final String word;

    Shape(String word) {
      this.word = word;
    }

    /** Returns the shape as text. */
    public String word() {
      return word;
    }

    /** Returns whether the last level is one to measure at; of unjudged forks that is assumed. */
    public boolean steady() {
      return this != DRIFTING && this != UNSETTLED;
    }
  }

  /**
   * One level.
   *
   * @param from the first iteration, counted from 0
   * @param to the iteration after the last
   * @param mean the mean of these iterations, in the unit of the sample
   */
  public record Level(int from, int to, double mean) {}

  /** Checks the levels. */
  public Course {
    Objects.requireNonNull(shape, "shape");
    levels = List.copyOf(levels);
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("a course needs at least one level");
    }
  }

  /**
   * Judges each fork of a sample, in order. The noise of a fork is that of its own iterations, or
   * that of all forks together where this is larger.
   */
  public static List<Course> of(Sample sample) {
    return judge(List.of(sample)).courses().get(0);
  }

  /**
   * The courses of several samples.
   *
   * @param courses shape (samples, forks)
   * @param noise that of all forks of {@value #FEWEST} iterations or more, of which there is one
   */
  record Judgement(List<List<Course>> courses, IterationNoise noise) {}

  /** Judges each fork of several samples that have their noise in common, the sizes of a series. */
  static Judgement judge(List<Sample> samples) {
    List<double[]> logs = new ArrayList<>();
    for (Sample sample : samples) {
      for (int fork = 0; fork < sample.forkCount(); fork++) {
        double[] values = sample.fork(fork);
        if (canBeJudged(values)) {
          logs.add(blockLogs(values));
        }
      }
    }
    IterationNoise common = IterationNoise.of(logs);
    List<List<Course>> courses = new ArrayList<>();
    int next = 0;
    for (Sample sample : samples) {
      List<Course> ofSample = new ArrayList<>();
      for (int fork = 0; fork < sample.forkCount(); fork++) {
        double[] values = sample.fork(fork);
        ofSample.add(
            canBeJudged(values)
                ? judge(values, logs.get(next++), common)
                : new Course(Shape.UNJUDGED, levels(values, 0)));
      }
      courses.add(List.copyOf(ofSample));
    }
    return new Judgement(List.copyOf(courses), common);
  }

  /** Returns the level that the fork ends with. */
  public Level last() {
    return levels.get(levels.size() - 1);
  }

  private static Course judge(double[] values, double[] logs, IterationNoise common) {
    IterationNoise noise = IterationNoise.of(logs, common);
    double[] clipped = clipped(logs, CLIP * noise.deviation());
    double deviation = noise.deviation() * Math.sqrt(noise.inflation());
    double penalty = BASE_PENALTY + PENALTY_BY_LOG * Math.log(logs.length);
    penalty *= deviation * deviation;
    int[] starts = Segmentation.starts(clipped, LEAST_LEVEL, penalty);
    if (starts.length == 1) {
      return new Course(Shape.FLAT, levels(values, 0));
    }
    Line line = Line.of(clipped);
    // A line has two parameters, as has one change: its place and its height.
    double saved = penalty * (starts.length - 2);
    if (Math.abs(line.slope) * (logs.length - 1) >= TOLERANCE
        && line.squares <= squares(clipped, starts) + saved) {
      return new Course(Shape.DRIFTING, levels(values, 0));
    }
    int[] merged = merged(clipped, starts);
    int block = blockLength(values.length);
    List<Level> levels =
        levels(values, Arrays.stream(merged).map(start -> start * block).toArray());
    if (merged.length == 1) {
      return new Course(Shape.FLAT, levels);
    }
    int last = merged[merged.length - 1];
    if (2 * last > logs.length) {
      return new Course(Shape.UNSETTLED, levels);
    }
    double end = mean(clipped, last, clipped.length);
    boolean lowest =
        IntStream.range(0, merged.length - 1)
            .allMatch(i -> end <= mean(clipped, merged[i], merged[i + 1]) + TOLERANCE);
    return new Course(lowest ? Shape.WARM_UP : Shape.SLOW_DOWN, levels);
  }

  /** Returns whether any fork of a sample has iterations enough, all of them positive. */
  static boolean canBeJudged(Sample sample) {
    for (int fork = 0; fork < sample.forkCount(); fork++) {
      if (canBeJudged(sample.fork(fork))) {
        return true;
      }
    }
    return false;
  }

  private static boolean canBeJudged(double[] values) {
    return values.length >= FEWEST && Arrays.stream(values).allMatch(value -> value > 0);
  }

  /** Takes many iterations in blocks of consecutive ones, of equal length but for the last. */
  private static double[] blockLogs(double[] values) {
    int length = blockLength(values.length);
    double[] logs = new double[values.length / length];
    for (int i = 0; i < logs.length; i++) {
      int end = i == logs.length - 1 ? values.length : (i + 1) * length;
      logs[i] = Math.log(mean(values, i * length, end));
    }
    return logs;
  }

  private static int blockLength(int iterations) {
    return (iterations + MOST_BLOCKS - 1) / MOST_BLOCKS;
  }

  /** Brings single iterations that stand far from their neighbours closer to them. */
  private static double[] clipped(double[] logs, double reach) {
    double[] clipped = new double[logs.length];
    for (int i = 0; i < logs.length; i++) {
      int from = Math.min(Math.max(0, i - WINDOW / 2), logs.length - WINDOW);
      double[] around = Arrays.copyOfRange(logs, from, from + WINDOW);
      Arrays.sort(around);
      double median = around[WINDOW / 2];
      clipped[i] = Math.max(median - reach, Math.min(median + reach, logs[i]));
    }
    return clipped;
  }

  /** Joins the two neighbours that differ least, as long as they differ less than it matters. */
  private static int[] merged(double[] logs, int[] starts) {
    int[] merged = starts;
    while (merged.length > 1) {
      int closest = 1;
      double least = Double.POSITIVE_INFINITY;
      for (int i = 1; i < merged.length; i++) {
        int end = i + 1 < merged.length ? merged[i + 1] : logs.length;
        double apart = Math.abs(mean(logs, merged[i], end) - mean(logs, merged[i - 1], merged[i]));
        if (apart < least) {
          least = apart;
          closest = i;
        }
      }
      if (least >= TOLERANCE) {
        return merged;
      }
      int joined = merged[closest];
      merged = Arrays.stream(merged).filter(start -> start != joined).toArray();
    }
    return merged;
  }

  private static List<Level> levels(double[] values, int... starts) {
    return IntStream.range(0, starts.length)
        .mapToObj(
            i -> {
              int end = i + 1 < starts.length ? starts[i + 1] : values.length;
              return new Level(starts[i], end, mean(values, starts[i], end));
            })
        .toList();
  }

  private static double squares(double[] logs, int[] starts) {
    double squares = 0;
    for (int i = 0; i < starts.length; i++) {
      int end = i + 1 < starts.length ? starts[i + 1] : logs.length;
      double mean = mean(logs, starts[i], end);
      for (int j = starts[i]; j < end; j++) {
        squares += (logs[j] - mean) * (logs[j] - mean);
      }
    }
    return squares;
  }

  private static double mean(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum / (to - from);
  }

  /** A straight line through iterations: its slope, and the squares about it. */
  private record Line(double slope, double squares) {

    static Line of(double[] logs) {
      double centre = (logs.length - 1) / 2.0;
      double mean = mean(logs, 0, logs.length);
      double product = 0;
      double spread = 0;
      double squares = 0;
      for (int i = 0; i < logs.length; i++) {
        product += (i - centre) * (logs[i] - mean);
        spread += (i - centre) * (i - centre);
        squares += (logs[i] - mean) * (logs[i] - mean);
      }
      return new Line(product / spread, Math.max(0, squares - product * product / spread));
    }
  }
}

package dev.ordo.reports;

import dev.ordo.reports.data.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a machine can do at most, and what operations of measured series have to do: the data of a
 * roofline model (Williams, Waterman and Patterson, "Roofline: an insightful visual performance
 * model for multicore architectures", <i>Communications of the ACM</i> 52(4), 2009).
 *
 * @param roofs what the machine reached, at most one for a number of threads
 * @param loads what series do; those of a number of threads without a roof are not to be shown
 */
public record Roofline(List<Roof> roofs, List<Load> loads) {

  /**
   * Copies the lists.
   *
   * @throws IllegalArgumentException if two roofs are of one number of threads
   */
  public Roofline {
    roofs = List.copyOf(roofs);
    loads = List.copyOf(loads);
    if (roofs.stream().map(Roof::threads).distinct().count() < roofs.size()) {
      throw new IllegalArgumentException("roofs must be of different numbers of threads");
    }
  }

  /**
   * What was reached on some threads.
   *
   * @param threads how many
   * @param flops floating-point operations a second
   * @param memory bytes a second from main memory
   * @param cache bytes a second from a cache near the processor; empty where not measured
   * @param remark how it was measured, as a part of a sentence; may be empty
   */
  public record Roof(
      int threads, double flops, double memory, OptionalDouble cache, String remark) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not positive and finite
     */
    public Roof {
      Objects.requireNonNull(remark, "remark");
      positive("threads", threads);
      positive("flops", flops);
      positive("memory", memory);
      cache.ifPresent(value -> positive("cache", value));
    }

    /** Returns the most that can be reached at an intensity, in operations a second. */
    public double at(double intensity, double bandwidth) {
      return Math.min(flops, intensity * bandwidth);
    }
  }

  /**
   * What the operations of a series have to do.
   *
   * @param subject whose they are: the subject of a finding
   * @param aspect of what: its aspect
   * @param threads the number of threads
   * @param series the measurements, of time
   * @param works one for each point of the series
   */
  public record Load(String subject, String aspect, int threads, Series series, List<Work> works) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there are not as many works as points
     */
    public Load {
      Objects.requireNonNull(subject, "subject");
      Objects.requireNonNull(aspect, "aspect");
      works = List.copyOf(works);
      if (works.size() != series.points().size()) {
        throw new IllegalArgumentException(
            "works ("
                + works.size()
                + ") must be as many as points ("
                + series.points().size()
                + ")");
      }
    }
  }

  /**
   * What one operation has to do at one size.
   *
   * @param flops floating-point operations
   * @param bytes bytes that have to move at least once
   */
  public record Work(double flops, double bytes) {

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is not positive and finite
     */
    public Work {
      positive("flops", flops);
      positive("bytes", bytes);
    }

    /** Returns the operational intensity, in operations a byte. */
    public double intensity() {
      return flops / bytes;
    }
  }

  /** Returns the loads of a number of threads, in order. */
  public List<Load> loads(int threads) {
    List<Load> some = new ArrayList<>();
    for (Load load : loads) {
      if (load.threads() == threads) {
        some.add(load);
      }
    }
    return some;
  }

  private static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(name + " (" + value + ") must be positive and finite");
    }
  }
}

package dev.ordo.models.checkpoint;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntToDoubleFunction;

/**
 * Collects seeded random weights under the names of a reference; used once.
 *
 * <p>A tensor's values depend on the seed and on its name alone, and are computed in strict
 * arithmetic: they are the same on every JVM and do not change when another tensor is added.
 */
public final class RandomTensors {

  private final long seed;

  /** Null where only sizes are counted. */
  private final Tensors.Builder tensors;

  private long count;

  /**
   * Starts with no tensor.
   *
   * @param seed the same seed gives the same weights
   */
  public RandomTensors(long seed) {
    this.seed = seed;
    tensors = Tensors.builder("seed " + seed);
  }

  private RandomTensors() {
    seed = 0;
    tensors = null;
  }

  /**
   * Returns the weights that a rule adds.
   *
   * @param seed the same seed gives the same weights
   * @param rule adds them
   */
  public static Tensors of(long seed, Consumer<RandomTensors> rule) {
    RandomTensors weights = new RandomTensors(seed);
    rule.accept(weights);
    return weights.build();
  }

  /**
   * Returns how many values the weights have that a rule adds. Makes none of them.
   *
   * @param rule adds them
   */
  public static long count(Consumer<RandomTensors> rule) {
    RandomTensors sizes = new RandomTensors();
    rule.accept(sizes);
    return sizes.count;
  }

  /**
   * Adds normally distributed values of mean 0, by the method of Box and Muller (1958).
   *
   * @param name the tensor's name
   * @param deviation the standard deviation
   * @param shape its shape
   * @throws IllegalArgumentException if the name is taken or there are 2³¹ elements or more
   */
  public RandomTensors normal(String name, double deviation, int... shape) {
    SplittableRandom random = random(name);
    return fill(
        name,
        i ->
            deviation
                * Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()))
                * StrictMath.cos(2 * Math.PI * random.nextDouble()),
        shape);
  }

  /**
   * Adds values distributed uniformly in −bound … bound.
   *
   * @param name the tensor's name
   * @param bound the bound
   * @param shape its shape
   * @throws IllegalArgumentException as {@link #normal}
   */
  public RandomTensors uniform(String name, double bound, int... shape) {
    SplittableRandom random = random(name);
    return fill(name, i -> bound * (2 * random.nextDouble() - 1), shape);
  }

  /**
   * Adds values whose exponential is log-uniform: distributed uniformly in ln low … ln high.
   *
   * @param name the tensor's name
   * @param low the smallest exponential, positive
   * @param high the largest exponential
   * @param shape its shape
   * @throws IllegalArgumentException as {@link #normal}
   */
  public RandomTensors logarithms(String name, double low, double high, int... shape) {
    SplittableRandom random = random(name);
    double least = StrictMath.log(low);
    double range = StrictMath.log(high) - least;
    return fill(name, i -> least + range * random.nextDouble(), shape);
  }

  /**
   * Adds values that are all the same.
   *
   * @param name the tensor's name
   * @param value the value
   * @param shape its shape
   * @throws IllegalArgumentException as {@link #normal}
   */
  public RandomTensors constant(String name, double value, int... shape) {
    return fill(name, i -> value, shape);
  }

  /**
   * Adds values that follow a rule.
   *
   * @param name the tensor's name
   * @param value the value at an index of the row-major tensor; called in ascending order
   * @param shape its shape
   * @throws IllegalArgumentException as {@link #normal}
   */
  public RandomTensors fill(String name, IntToDoubleFunction value, int... shape) {
    long elements = 1;
    for (int size : shape) {
      elements = Math.multiplyExact(elements, (long) size);
      if (elements >= Tensors.LARGEST) {
        throw new IllegalArgumentException(
            "tensor '"
                + name
                + "': shape "
                + Arrays.toString(shape)
                + " must have fewer than "
                + Tensors.LARGEST
                + " elements");
      }
    }
    count += elements;
    if (tensors == null) {
      return this;
    }
    float[] values = new float[(int) elements];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) value.applyAsDouble(i);
    }
    tensors.put(name, values, shape);
    return this;
  }

  /** Returns a source of numbers that depends on seed and name alone. */
  public SplittableRandom random(String name) {
    return new SplittableRandom(seed * 0x9E3779B97F4A7C15L + ((long) name.hashCode() << 20));
  }

  /** Returns the tensors added so far. */
  public Tensors build() {
    return tensors.build();
  }
}

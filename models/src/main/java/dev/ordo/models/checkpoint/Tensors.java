package dev.ordo.models.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * An immutable set of named tensors, row-major: float32 values, or 64-bit whole numbers.
 *
 * <p>A model is always built from one of these, whether its weights come from a file or are drawn
 * at random.
 */
public final class Tensors {

  /** No tensor has this many elements or more: the longest array that every JVM can make. */
  static final int LARGEST = Integer.MAX_VALUE - 8;

  /** One of {@code floats} and {@code longs} is null. */
  private static final class Tensor {
    final int[] shape;
    final float[] floats;
    final long[] longs;

    Tensor(int[] shape, float[] floats, long[] longs) {
      this.shape = shape.clone();
      this.floats = floats;
      this.longs = longs;
    }
  }

  private final String source;
  private final Map<String, Tensor> tensors;

  private Tensors(String source, Map<String, Tensor> tensors) {
    this.source = source;
    this.tensors = tensors;
  }

  /**
   * Reads a safetensors file. F64, F16 and BF16 become float32; I64, I32, U8 and BOOL become 64-bit
   * whole numbers.
   *
   * @param path the file; nothing in it is trusted
   * @throws CheckpointException if the file breaks a rule of the format, holds another element type
   *     or has a header of more than 16 MiB; the message is one line with path, tensor, what was
   *     expected and what was found
   * @throws IOException if the file cannot be read
   */
  public static Tensors read(Path path) throws IOException {
    return Safetensors.read(path);
  }

  /**
   * Starts a set of tensors in memory.
   *
   * @param source where they come from, for messages; for example {@code seed 42}
   */
  public static Builder builder(String source) {
    return new Builder(Objects.requireNonNull(source, "source"));
  }

  /**
   * Joins sets of tensors.
   *
   * @param source where they come from, for messages
   * @param parts the sets
   * @throws IllegalArgumentException if two of them have a tensor of the same name
   */
  static Tensors union(String source, Iterable<Tensors> parts) {
    Builder all = builder(source);
    for (Tensors part : parts) {
      part.tensors.forEach(all::add);
    }
    return all.build();
  }

  /** Returns where the tensors come from, for messages: the path of a file. */
  public String source() {
    return source;
  }

  /** Returns the names of all tensors; cannot be modified. */
  public Set<String> names() {
    return tensors.keySet();
  }

  /** Says whether there is a tensor of that name. */
  public boolean has(String name) {
    return tensors.containsKey(name);
  }

  /**
   * Returns the shape of a tensor; a copy.
   *
   * @throws IllegalArgumentException if there is no tensor of that name
   */
  public int[] shape(String name) {
    return find(name).shape.clone();
  }

  /**
   * Returns the values of a float tensor.
   *
   * @param name its name
   * @param shape the shape that it must have; none for a scalar
   * @return the values, row-major; a copy that is the caller's own
   * @throws IllegalArgumentException if there is no float tensor of that name and shape; the
   *     message names source, tensor, what was expected and what was found
   */
  public float[] get(String name, int... shape) {
    Tensor tensor = find(name, shape);
    if (tensor.floats == null) {
      throw bad(name, "expected floating-point values, found whole numbers");
    }
    return tensor.floats.clone();
  }

  /**
   * Returns the values of a tensor of whole numbers.
   *
   * @param name its name
   * @param shape the shape that it must have; none for a scalar
   * @return the values, row-major; a copy that is the caller's own
   * @throws IllegalArgumentException if there is no such tensor of that name and shape; the message
   *     names source, tensor, what was expected and what was found
   */
  public long[] getLongs(String name, int... shape) {
    Tensor tensor = find(name, shape);
    if (tensor.longs == null) {
      throw bad(name, "expected whole numbers, found floating-point values");
    }
    return tensor.longs.clone();
  }

  /**
   * Returns the one value of a scalar tensor of any kind, as some references store a count.
   *
   * @param name its name
   * @throws IllegalArgumentException if there is no tensor of that name with a single value
   */
  public double number(String name) {
    Tensor tensor = find(name);
    int values = tensor.floats == null ? tensor.longs.length : tensor.floats.length;
    if (values != 1) {
      throw bad(name, "expected a single value, found shape " + Arrays.toString(tensor.shape));
    }
    return tensor.floats == null ? tensor.longs[0] : tensor.floats[0];
  }

  private Tensor find(String name, int[] shape) {
    Tensor tensor = find(name);
    if (!Arrays.equals(tensor.shape, shape)) {
      throw bad(
          name,
          "expected shape " + Arrays.toString(shape) + ", found " + Arrays.toString(tensor.shape));
    }
    return tensor;
  }

  private Tensor find(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw bad(name, "expected a tensor of that name, found none");
    }
    return tensor;
  }

  private IllegalArgumentException bad(String name, String problem) {
    return new IllegalArgumentException(source + ": tensor '" + name + "': " + problem);
  }

  /** Collects tensors; used once. */
  public static final class Builder {

    private final String source;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    private Builder(String source) {
      this.source = source;
    }

    /**
     * Adds a float tensor.
     *
     * @param name its name
     * @param values row-major; taken over, not to be modified afterwards
     * @param shape its shape; none for a scalar; copied
     * @throws IllegalArgumentException if the name is taken or the shape does not have as many
     *     elements as there are values
     */
    public Builder put(String name, float[] values, int... shape) {
      add(name, values.length, new Tensor(shape, values, null));
      return this;
    }

    /**
     * Adds a tensor of whole numbers.
     *
     * @param name its name
     * @param values row-major; taken over, not to be modified afterwards
     * @param shape its shape; none for a scalar; copied
     * @throws IllegalArgumentException as {@link #put}
     */
    public Builder putLongs(String name, long[] values, int... shape) {
      add(name, values.length, new Tensor(shape, null, values));
      return this;
    }

    private void add(String name, int values, Tensor tensor) {
      long elements = 1;
      for (int size : tensor.shape) {
        if (size < 0) {
          throw new IllegalArgumentException(
              "tensor '" + name + "': size (" + size + ") must not be negative");
        }
        elements = Math.min(LARGEST, elements * size);
      }
      if (elements != values) {
        throw new IllegalArgumentException(
            "tensor '"
                + name
                + "': values ("
                + values
                + ") must be as many as the elements of "
                + Arrays.toString(tensor.shape));
      }
      add(name, tensor);
    }

    private void add(String name, Tensor tensor) {
      if (tensors.putIfAbsent(name, tensor) != null) {
        throw new IllegalArgumentException("tensor '" + name + "' must be put only once");
      }
    }

    /** Returns the set of all tensors put so far. */
    public Tensors build() {
      return new Tensors(source, Collections.unmodifiableMap(new LinkedHashMap<>(tensors)));
    }
  }
}

package dev.ordo.models.autograd;

import dev.ordo.models.checkpoint.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a model in training, under the names of the reference. */
public final class Parameters {

  private final Tensors source;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /**
   * Starts with none.
   *
   * @param source where values come from
   */
  public Parameters(Tensors source) {
    this.source = source;
  }

  /**
   * Returns a parameter; the first request copies its values from the source.
   *
   * @param name its name
   * @param shape the shape that it must have. As a matrix it has the first size as its rows and the
   *     product of all others as its columns; of rank 1 it is one row
   * @throws IllegalArgumentException if the source has no float tensor of that name and shape
   */
  public Tensor get(String name, int... shape) {
    Tensor known = tensors.get(name);
    if (known != null) {
      return known;
    }
    float[] values = source.get(name, shape);
    int rows = shape.length < 2 ? 1 : shape[0];
    Tensor tensor = Tensor.parameter(values, rows, values.length / rows);
    tensors.put(name, tensor);
    return tensor;
  }

  /** Says whether the source has a tensor of that name. */
  public boolean has(String name) {
    return source.has(name);
  }

  /**
   * Returns the shape that a tensor has in the source.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public int[] shape(String name) {
    return source.shape(name);
  }

  /** Returns the names of all parameters requested so far, in the order of the first request. */
  public List<String> names() {
    return List.copyOf(tensors.keySet());
  }

  /**
   * Returns a parameter that was requested before.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Tensor find(String name) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "unknown parameter '" + name + "'; known: " + String.join(", ", tensors.keySet()));
    }
    return tensor;
  }

  /** Forgets all gradients. */
  public void clearGradients() {
    tensors.values().forEach(Tensor::clearGradient);
  }
}

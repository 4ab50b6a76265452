package dev.ordo.peers;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.ordo.models.checkpoint.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * PyTorch on the processor, through DJL: a model's parameters, and the operators that both models
 * share.
 *
 * <p>Operators are those of eager mode. Where nothing is differentiated they work in place, which
 * spares PyTorch memory that it would otherwise have to ask for anew each time.
 */
final class Torch implements AutoCloseable {

  private final NDManager manager;
  private final Tensors weights;
  private final boolean training;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();

  /**
   * Starts the engine.
   *
   * @param weights where parameters come from
   * @param training whether parameters get gradients
   */
  Torch(Tensors weights, boolean training) {
    manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
    this.weights = weights;
    this.training = training;
    JniUtils.setGradMode(training);
  }

  /** Returns versions and threads of the engine. */
  static String details() {
    return "PyTorch "
        + Engine.getEngine("PyTorch").getVersion()
        + " through DJL "
        + Engine.getDjlVersion()
        + ", intra-op threads "
        + JniUtils.getNumThreads()
        + ", inter-op threads "
        + JniUtils.getNumInteropThreads();
  }

  /** Returns a manager for the arrays of one run. */
  NDManager scope() {
    return manager.newSubManager();
  }

  /** Returns a parameter, laid out as in the checkpoint. */
  NDArray parameter(String name) {
    return parameters.computeIfAbsent(
        name,
        key -> {
          int[] shape = weights.shape(key);
          long[] sizes = new long[shape.length];
          for (int i = 0; i < shape.length; i++) {
            sizes[i] = shape[i];
          }
          NDArray array = manager.create(weights.get(key, shape), new Shape(sizes));
          if (training) {
            array.setRequiresGradient(true);
          }
          return array;
        });
  }

  /** Returns a constant. */
  NDArray constant(float[] values, long... shape) {
    return manager.create(values, new Shape(shape));
  }

  /** Returns all parameters asked for so far, by name. */
  Map<String, NDArray> parameters() {
    return parameters;
  }

  /** Returns x·Wᵀ + b; {@code bias} may be null. */
  static NDArray linear(NDArray x, NDArray weight, NDArray bias) {
    return x.getNDArrayInternal().linear(x, weight, bias).head();
  }

  /** Sets all gradients to zero. */
  void clearGradients() {
    for (NDArray parameter : parameters.values()) {
      JniUtils.zeroGrad((PtNDArray) parameter);
    }
  }

  NDArray add(NDArray a, NDArray b) {
    return training ? a.add(b) : a.addi(b);
  }

  NDArray add(NDArray a, Number b) {
    return training ? a.add(b) : a.addi(b);
  }

  NDArray multiply(NDArray a, NDArray b) {
    return training ? a.mul(b) : a.muli(b);
  }

  NDArray multiply(NDArray a, Number b) {
    return training ? a.mul(b) : a.muli(b);
  }

  /** Returns x·sigmoid(x). */
  NDArray silu(NDArray x) {
    return multiply(x.getNDArrayInternal().sigmoid(), x);
  }

  /** Returns token ids as PyTorch wants them. */
  static long[] ids(int[] tokens) {
    return Arrays.stream(tokens).asLongStream().toArray();
  }

  /** Returns the rows of a table that ids name. */
  static NDArray rows(NDArray table, NDArray ids) {
    return ids.getNDArrayInternal().embedding(ids, table, SparseFormat.DENSE).head();
  }

  /**
   * Lets an array outlive the scope that made it. What a backward pass needs stays alive in PyTorch
   * itself, whatever a scope closes.
   */
  static NDArray keep(NDArray array, NDManager outer) {
    array.attach(outer);
    return array;
  }

  @Override
  public void close() {
    manager.close();
  }
}

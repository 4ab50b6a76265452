package dev.ordo.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.ordo.models.TokenFeatures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Fills the inputs of a run, states aside, in memory that the runtime reads in place. */
final class Feed implements AutoCloseable {

  private final Input input;
  private final TokenFeatures noise;
  private ByteBuffer bytes = ByteBuffer.allocateDirect(0);
  private long[] shape = {};
  private OnnxTensor tensor;

  /**
   * Makes the feed of one input.
   *
   * @param seed fixes the features
   */
  Feed(Input input, long seed) {
    this.input = input;
    this.noise = new TokenFeatures(seed, input.role() == Role.FEATURES ? features(input) : 0);
  }

  private static int features(Input input) {
    return Math.toIntExact(count(input.shape(1, 1)));
  }

  /** Returns the number of elements of a shape. */
  static long count(long[] shape) {
    long count = 1;
    for (long size : shape) {
      count = Math.multiplyExact(count, size);
    }
    return count;
  }

  /** Returns the name of the input. */
  String name() {
    return input.value().name();
  }

  /**
   * Returns a tensor, which belongs to the feed; the one before is overwritten or closed.
   *
   * @param tokens token ids; those from {@code from} to {@code to} are taken in
   */
  OnnxTensor tensor(OrtEnvironment runtime, int[] tokens, int from, int to) throws OrtException {
    long[] wanted = input.shape(to - from, to);
    OnnxJavaType type = input.value().type();
    int count = Math.toIntExact(count(wanted));
    boolean same = tensor != null && Arrays.equals(wanted, shape);
    if (!same) {
      close();
      make(wanted, Math.multiplyExact(count, type.size));
    }
    if (input.role() == Role.FEATURES) {
      features(tokens, from);
    } else {
      for (int i = 0; i < count; i++) {
        put(type, i, number(tokens, from, i));
      }
    }
    if (!same) {
      tensor = OnnxTensor.createTensor(runtime, bytes, shape, type);
    }
    return tensor;
  }

  private void make(long[] wanted, int size) {
    shape = wanted;
    if (bytes.capacity() < size) {
      bytes = ByteBuffer.allocateDirect((int) Math.max(size, Math.min(2L * size, 1 << 30)));
      bytes.order(ByteOrder.nativeOrder());
    }
    bytes.clear().limit(size);
  }

  @Override
  public void close() {
    if (tensor != null) {
      tensor.close();
      tensor = null;
    }
  }

  private long number(int[] tokens, int from, int i) {
    return switch (input.role()) {
      case TOKENS -> tokens[from + i];
      case POSITIONS -> from + i;
      case MASK -> 1;
      case SWITCH -> from > 0 ? 1 : 0;
      case SEGMENTS, STATE, FEATURES -> 0;
    };
  }

  private void features(int[] tokens, int from) {
    int axis = input.value().sequenceAxis();
    int outer = 1;
    int inner = 1;
    for (int i = 0; i < shape.length; i++) {
      outer *= i < axis ? (int) shape[i] : 1;
      inner *= i > axis ? (int) shape[i] : 1;
    }
    int length = (int) shape[axis];
    int at = 0;
    for (int o = 0; o < outer; o++) {
      for (int t = 0; t < length; t++) {
        for (int i = 0; i < inner; i++) {
          put(input.value().type(), at++, noise.at(tokens[from + t], o * inner + i));
        }
      }
    }
  }

  private void put(OnnxJavaType type, int i, double number) {
    switch (type) {
      case INT64 -> bytes.putLong(8 * i, (long) number);
      case INT32 -> bytes.putInt(4 * i, (int) number);
      case FLOAT -> bytes.putFloat(4 * i, (float) number);
      case DOUBLE -> bytes.putDouble(8 * i, number);
      case BOOL, INT8, UINT8 -> bytes.put(i, (byte) number);
      case FLOAT16 -> bytes.putShort(2 * i, half((float) number));
      default ->
          throw new IllegalArgumentException(
              "input '" + name() + "' must hold numbers, found " + type);
    }
  }

  /** Returns a number of magnitude in 2⁻¹⁴ … 2 in half precision, cut off; smaller ones are 0. */
  private static short half(float number) {
    int bits = Float.floatToRawIntBits(number);
    int sign = bits >>> 16 & 0x8000;
    int exponent = (bits >>> 23 & 0xFF) - 127 + 15;
    return (short) (exponent <= 0 ? sign : sign | exponent << 10 | bits >>> 13 & 0x3FF);
  }
}

package dev.ordo.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/** Fills the inputs of a run, states aside, in memory that the runtime reads in place. */
final class Feed {

  /** Rows of features begin at one of so many places of the noise. */
  private static final int PLACES = 1 << 13;

  private final Input input;
  private final float[] noise;
  private ByteBuffer bytes = ByteBuffer.allocateDirect(0);

  /**
   * Makes the feed of one input.
   *
   * @param seed fixes the features
   */
  Feed(Input input, long seed) {
    this.input = input;
    this.noise = input.role() == Role.FEATURES ? noise(seed, features(input)) : new float[0];
  }

  private static int features(Input input) {
    return Math.toIntExact(count(input.shape(1, 1)));
  }

  private static float[] noise(long seed, int features) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] noise = new float[PLACES + features];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextDouble(-1, 1);
    }
    return noise;
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
   * Returns a tensor; the one before is overwritten.
   *
   * @param tokens token ids; those from {@code from} to {@code to} are taken in
   */
  OnnxTensor tensor(OrtEnvironment runtime, int[] tokens, int from, int to) throws OrtException {
    long[] shape = input.shape(to - from, to);
    OnnxJavaType type = input.value().type();
    int count = Math.toIntExact(count(shape));
    int size = Math.multiplyExact(count, type.size);
    if (bytes.capacity() < size) {
      bytes = ByteBuffer.allocateDirect(Math.max(size, 2 * bytes.capacity()));
      bytes.order(ByteOrder.nativeOrder());
    }
    bytes.clear().limit(size);
    if (input.role() == Role.FEATURES) {
      features(shape, tokens, from);
    } else {
      for (int i = 0; i < count; i++) {
        put(type, i, number(tokens, from, i));
      }
    }
    return OnnxTensor.createTensor(runtime, bytes, shape, type);
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

  private void features(long[] shape, int[] tokens, int from) {
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
        int place = ((tokens[from + t] * 0x9E3779B1) >>> 19) + o * inner;
        for (int i = 0; i < inner; i++) {
          put(input.value().type(), at++, noise[place + i]);
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

package dev.ordo.models.checkpoint;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The element types that can be read, under their names in safetensors headers. */
enum Dtype {
  F64(8) {
    @Override
    float toFloat(ByteBuffer bytes, int index) {
      return (float) bytes.getDouble(index * 8);
    }
  },
  F32(4) {
    @Override
    float toFloat(ByteBuffer bytes, int index) {
      return bytes.getFloat(index * 4);
    }
  },
  F16(2) {
    @Override
    float toFloat(ByteBuffer bytes, int index) {
      return halfToFloat(bytes.getShort(index * 2));
    }
  },
  BF16(2) {
    @Override
    float toFloat(ByteBuffer bytes, int index) {
      return Float.intBitsToFloat(bytes.getShort(index * 2) << 16);
    }
  },
  I64(8) {
    @Override
    long toLong(ByteBuffer bytes, int index) {
      return bytes.getLong(index * 8);
    }
  },
  I32(4) {
    @Override
    long toLong(ByteBuffer bytes, int index) {
      return bytes.getInt(index * 4);
    }
  },
  U8(1) {
    @Override
    long toLong(ByteBuffer bytes, int index) {
      return bytes.get(index) & 0xFF;
    }
  },
  BOOL(1) {
    @Override
    long toLong(ByteBuffer bytes, int index) {
      return bytes.get(index) == 0 ? 0 : 1;
    }
  };

  private final int size;

  Dtype(int size) {
    this.size = size;
  }

  /** Returns the bytes of one element. */
  int size() {
    return size;
  }

  /** Says whether elements are whole numbers, read by {@link #toLong}; otherwise by toFloat. */
  boolean integral() {
    return this == I64 || this == I32 || this == U8 || this == BOOL;
  }

  /** Returns element {@code index} of little-endian {@code bytes}, rounded to float32. */
  float toFloat(ByteBuffer bytes, int index) {
    throw new UnsupportedOperationException(this + " is integral");
  }

  /** Returns element {@code index} of little-endian {@code bytes}. */
  long toLong(ByteBuffer bytes, int index) {
    throw new UnsupportedOperationException(this + " is not integral");
  }

  /** Returns the type of that name, or null if it cannot be read. */
  static Dtype named(String name) {
    return Arrays.stream(values()).filter(d -> d.name().equals(name)).findFirst().orElse(null);
  }

  /** Returns the names of all types, for messages. */
  static String known() {
    return Arrays.stream(values()).map(Dtype::name).collect(Collectors.joining(", "));
  }

  /** Converts IEEE 754 binary16 exactly. */
  static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >> 10) & 0x1F;
    int fraction = half & 0x3FF;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int wide = exponent == 31 ? 0xFF : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }
}

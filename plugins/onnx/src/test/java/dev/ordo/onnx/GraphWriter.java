package dev.ordo.onnx;

import java.util.List;
import java.util.SplittableRandom;

/** Writes ONNX models; field numbers are those of onnx.proto, version 8 of the format. */
final class GraphWriter {

  static final int FLOAT = 1;
  static final int INT64 = 7;

  private static final long IR_VERSION = 8;
  private static final long OPSET = 17;

  private final ProtoWriter graph = new ProtoWriter();
  private final SplittableRandom random = new SplittableRandom(1);

  GraphWriter(String name) {
    graph.text(2, name);
  }

  /** Declares an input; an axis is a number or a name. */
  GraphWriter input(String name, int type, Object... axes) {
    graph.message(11, value(name, type, axes));
    return this;
  }

  /** Declares an output. */
  GraphWriter output(String name, int type, Object... axes) {
    graph.message(12, value(name, type, axes));
    return this;
  }

  private static ProtoWriter value(String name, int type, Object... axes) {
    ProtoWriter shape = new ProtoWriter();
    for (Object axis : axes) {
      ProtoWriter dimension = new ProtoWriter();
      if (axis instanceof Integer size) {
        dimension.number(1, size);
      } else if (!axis.equals("")) {
        dimension.text(2, (String) axis);
      }
      shape.message(1, dimension);
    }
    ProtoWriter tensor = new ProtoWriter().number(1, type).message(2, shape);
    return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
  }

  /** Adds random weights. */
  GraphWriter weights(String name, int... shape) {
    ProtoWriter tensor = new ProtoWriter();
    int count = 1;
    for (int size : shape) {
      tensor.number(1, size);
      count *= size;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextDouble(-1, 1) / Math.sqrt(shape[shape.length - 1]));
    }
    tensor.number(2, FLOAT).text(8, name).bytes(9, ProtoWriter.littleEndian(values));
    graph.message(5, tensor);
    return this;
  }

  /** Adds a list of whole numbers. */
  GraphWriter numbers(String name, long... values) {
    graph.message(
        5,
        new ProtoWriter()
            .number(1, values.length)
            .number(2, INT64)
            .text(8, name)
            .bytes(9, ProtoWriter.littleEndian(values)));
    return this;
  }

  /** Adds one real number. */
  GraphWriter constant(String name, float value) {
    graph.message(
        5,
        new ProtoWriter()
            .number(2, FLOAT)
            .text(8, name)
            .bytes(9, ProtoWriter.littleEndian(new float[] {value})));
    return this;
  }

  /** Adds an operator without attributes. */
  GraphWriter node(String operator, String output, String... inputs) {
    return node(operator, new ProtoWriter[0], List.of(output), inputs);
  }

  /** Adds an operator. */
  GraphWriter node(
      String operator, ProtoWriter[] attributes, List<String> outputs, String... inputs) {
    ProtoWriter node = new ProtoWriter();
    for (String input : inputs) {
      node.text(1, input);
    }
    outputs.forEach(output -> node.text(2, output));
    node.text(4, operator);
    for (ProtoWriter attribute : attributes) {
      node.message(5, attribute);
    }
    graph.message(1, node);
    return this;
  }

  /** Returns an attribute that is one whole number. */
  static ProtoWriter whole(String name, long value) {
    return new ProtoWriter().text(1, name).number(3, value).number(20, 2);
  }

  /** Returns an attribute that is a list of whole numbers. */
  static ProtoWriter wholes(String name, long... values) {
    ProtoWriter attribute = new ProtoWriter().text(1, name);
    for (long value : values) {
      attribute.number(8, value);
    }
    return attribute.number(20, 7);
  }

  /** Returns the file. */
  byte[] file() {
    return new ProtoWriter()
        .number(1, IR_VERSION)
        .text(2, "ordo")
        .message(7, graph)
        .message(8, new ProtoWriter().number(2, OPSET))
        .toByteArray();
  }
}

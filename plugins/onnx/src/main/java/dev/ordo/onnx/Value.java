package dev.ordo.onnx;

import ai.onnxruntime.OnnxJavaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * An input or output of a model, as the file declares it.
 *
 * @param name its name
 * @param type the type of its elements
 * @param sizes the size of each axis; −1 where it is known at run time alone
 * @param axes the name of each axis; empty where it has none
 */
record Value(String name, OnnxJavaType type, List<Long> sizes, List<String> axes) {

  private static final Pattern BATCH =
      Pattern.compile("n|b|bs|.*batch.*", Pattern.CASE_INSENSITIVE);

  private static final Pattern LENGTH =
      Pattern.compile(
          "l|s|t|.*(past|seq|len|total|cache|time|ctx|step).*", Pattern.CASE_INSENSITIVE);

  /** Copies the lists. */
  Value {
    sizes = List.copyOf(sizes);
    axes = List.copyOf(axes);
  }

  /** Returns the number of axes. */
  int rank() {
    return sizes.size();
  }

  /** Returns whether elements are whole numbers. */
  boolean whole() {
    return type == OnnxJavaType.INT64 || type == OnnxJavaType.INT32;
  }

  /** Returns whether elements are real numbers. */
  boolean real() {
    return type == OnnxJavaType.FLOAT
        || type == OnnxJavaType.DOUBLE
        || type == OnnxJavaType.FLOAT16;
  }

  /** Returns whether the name contains one of some words. */
  boolean named(String words) {
    return Pattern.compile(words).matcher(name.toLowerCase(Locale.ROOT)).find();
  }

  /** Returns whether an axis has one of the usual names of the axis along which rows lie. */
  boolean batch(int axis) {
    return BATCH.matcher(axes.get(axis)).matches() && !LENGTH.matcher(axes.get(axis)).matches();
  }

  /** Returns whether an axis has one of the usual names of a length. */
  boolean length(int axis) {
    return LENGTH.matcher(axes.get(axis)).matches();
  }

  /** Returns whether the size of an axis is known at run time alone. */
  boolean open(int axis) {
    return sizes.get(axis) < 0;
  }

  /**
   * Returns the axis along which a sequence runs, or −1: the one open axis that is not the batch.
   * Of several, those called batch are left out, and then the first; an open first axis alone is
   * the batch unless it is the only axis or is called a length.
   */
  int sequenceAxis() {
    List<Integer> open =
        new ArrayList<>(IntStream.range(0, rank()).filter(this::open).boxed().toList());
    open.removeIf(this::batch);
    if (open.size() > 1 && open.get(0) == 0 && !length(0)) {
      open.remove(0);
    }
    if (open.size() != 1) {
      return -1;
    }
    int axis = open.get(0);
    return axis > 0 || rank() == 1 || length(0) ? axis : -1;
  }

  /** Returns name, type and sizes, for example {@code input_ids int64[batch, sequence]}. */
  @Override
  public String toString() {
    List<String> shown = new ArrayList<>();
    for (int axis = 0; axis < rank(); axis++) {
      String axisName = axes.get(axis).isEmpty() ? "?" : axes.get(axis);
      shown.add(open(axis) ? axisName : sizes.get(axis).toString());
    }
    return name + " " + type.name().toLowerCase(Locale.ROOT) + shown;
  }
}

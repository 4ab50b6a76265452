package dev.ordo.models.autograd;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Arrays that are used again: a step of training needs the same sizes as the step before. */
final class Arena {

  private final Map<Integer, Deque<float[]>> free = new HashMap<>();

  /** Returns an array of that length; its content is not specified. */
  float[] take(int length) {
    Deque<float[]> arrays = free.get(length);
    return arrays == null || arrays.isEmpty() ? new float[length] : arrays.pop();
  }

  /** Takes an array back. */
  void give(float[] array) {
    free.computeIfAbsent(array.length, length -> new ArrayDeque<>()).push(array);
  }
}

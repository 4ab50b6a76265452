package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.Sweep;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Sequence lengths as they are written on a command line: numbers between commas, and {@code a..b}
 * for a, 2a, 4a … up to b.
 *
 * @param lengths ascending and distinct
 */
record LengthList(List<Integer> lengths) {

  /**
   * Reads a list of lengths.
   *
   * @throws IllegalArgumentException if it is empty, or an element is not a length or a range
   */
  static LengthList of(String text) {
    SortedSet<Integer> lengths = new TreeSet<>();
    for (String element : text.split(",", -1)) {
      String[] ends = element.split("\\.\\.", -1);
      if (ends.length > 2) {
        throw new IllegalArgumentException("length '" + element + "' must be a number or a..b");
      }
      int low = length(ends[0]);
      int high = ends.length == 2 ? length(ends[1]) : low;
      if (high < low) {
        throw new IllegalArgumentException("length range '" + element + "' must ascend");
      }
      for (long each = low; each <= high; each *= 2) {
        lengths.add((int) each);
      }
    }
    return new LengthList(List.copyOf(lengths));
  }

  private static int length(String text) {
    int value;
    try {
      value = Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "length '" + text.strip() + "' must be a whole number in 1.." + Sweep.LONGEST, e);
    }
    if (value < 1 || value > Sweep.LONGEST) {
      throw new IllegalArgumentException("length (" + value + ") must be in 1.." + Sweep.LONGEST);
    }
    return value;
  }

  /** Lets picocli read lengths. */
  static final class Converter implements ITypeConverter<LengthList> {
    @Override
    public LengthList convert(String text) {
      try {
        return of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}

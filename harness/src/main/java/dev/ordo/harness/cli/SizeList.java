package dev.ordo.harness.cli;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Sizes of any result file as they are written on a command line: numbers between commas such as
 * {@code 65536}, {@code 1e6}, {@code 10K} or {@code 2.5M}, with K, M and G for powers of a
 * thousand.
 *
 * @param sizes positive, distinct, in the order in which they were written; at most 100
 */
record SizeList(List<Double> sizes) {

  private static final int MOST = 100;
  private static final BigDecimal LARGEST = new BigDecimal("1e15");
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,20}(?:\\.\\d{1,20})?)(?:[eE]\\+?(\\d{1,2})|([kKmMgG]))?");
  private static final Map<String, Integer> POWERS = Map.of("K", 3, "M", 6, "G", 9);

  /** Copies the sizes. */
  SizeList {
    sizes = List.copyOf(sizes);
  }

  /**
   * Reads a list of sizes.
   *
   * @throws IllegalArgumentException if an element is no size, or if there are more than 100
   */
  static SizeList of(String text) {
    Set<Double> sizes = new LinkedHashSet<>();
    for (String element : text.split(",", -1)) {
      sizes.add(size(element.strip()));
    }
    if (sizes.size() > MOST) {
      throw new IllegalArgumentException(
          "sizes (" + sizes.size() + ") must be at most " + MOST + " at once");
    }
    return new SizeList(List.copyOf(sizes));
  }

  private static double size(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "size '" + text + "' must be a positive number like 65536, 1e6, 10K or 2.5M");
    }
    int power = 0;
    if (matcher.group(2) != null) {
      power = Integer.parseInt(matcher.group(2));
    } else if (matcher.group(3) != null) {
      power = POWERS.get(matcher.group(3).toUpperCase(Locale.ROOT));
    }
    BigDecimal size = new BigDecimal(matcher.group(1)).scaleByPowerOfTen(power);
    if (size.signum() == 0 || size.compareTo(LARGEST) > 0) {
      throw new IllegalArgumentException("size (" + text + ") must be above 0 and at most 1e15");
    }
    return size.doubleValue();
  }

  /** Lets picocli read sizes. */
  static final class Converter implements ITypeConverter<SizeList> {
    @Override
    public SizeList convert(String text) {
      try {
        return of(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}

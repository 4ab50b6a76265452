package dev.ordo.reports.text;

import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Interval;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as text: sizes, measured values with their units, exponents, percentages. */
public final class Figures {

  private static final MathContext THREE_DIGITS = new MathContext(3);

  private static final Scale HOUR = new Scale(3.6e12, "h");

  private static final String[] THOUSANDS = {"", "k", "M", "G", "T"};

  private Figures() {}

  /**
   * Returns a size as text: whole numbers below a million in full ({@code 4096}), whole hundreds of
   * thousands from there on as millions ({@code 1M}, {@code 2.5M}), other whole numbers in full,
   * and fractions with four significant digits.
   *
   * @param size any number; infinities are written {@code ∞} and {@code -∞}
   */
  public static String size(double size) {
    if (!Double.isFinite(size)) {
      return infinite(size);
    }
    if (size != Math.rint(size) || Math.abs(size) >= 1e15) {
      return plain(new BigDecimal(size).round(new MathContext(4)));
    }
    if (Math.abs(size) >= 1e6 && size % 1e5 == 0) {
      return plain(BigDecimal.valueOf(size).movePointLeft(6)) + "M";
    }
    return String.format(Locale.ROOT, "%.0f", size);
  }

  /** Returns an estimated size as text: three significant digits, {@code ∞} where it has no end. */
  public static String roughSize(double size) {
    return Double.isFinite(size) && size != 0
        ? size(new BigDecimal(size).round(THREE_DIGITS).doubleValue())
        : size(size);
  }

  /**
   * Returns a measured value with three significant digits and a unit of fitting magnitude, for
   * example {@code 1.23 ms} or {@code 4.10 kB}.
   *
   * @param value in the base of {@code unit}
   * @param unit times become fs … s, memory B … TB in powers of 1000, the rest keeps its symbol
   */
  public static String value(double value, Unit unit) {
    return scaled(value, Scale.of(value, unit));
  }

  /**
   * Returns an estimated value with its interval, for example {@code 1.83 ms [1.70, 1.98]}; ends of
   * very different magnitude have units of their own, {@code 1.83 ms [12.0 µs, 2.34 s]}. Times from
   * an hour on are in hours.
   *
   * @param unit see {@link #value}
   */
  public static String estimate(Interval value, Unit unit) {
    Scale scale = scaleOf(value.value(), unit);
    return scaled(value.value(), scale) + " " + ends(value, unit, scale);
  }

  private static Scale scaleOf(double value, Unit unit) {
    boolean hours = unit.dimension() == Unit.Dimension.TIME && value >= HOUR.factor();
    return hours ? HOUR : Scale.of(value, unit);
  }

  private static String ends(Interval value, Unit unit, Scale scale) {
    double low = value.low() / scale.factor();
    double high = value.high() / scale.factor();
    boolean alike = value.low() == value.high() || (low >= 0.01 && high < 10_000);
    return alike
        ? "[" + threeDigits(low) + ", " + threeDigits(high) + "]"
        : "["
            + scaled(value.low(), scaleOf(value.low(), unit))
            + ", "
            + scaled(value.high(), scaleOf(value.high(), unit))
            + "]";
  }

  private static String scaled(double value, Scale scale) {
    return Double.isFinite(value)
        ? (threeDigits(value / scale.factor()) + " " + scale.symbol()).strip()
        : infinite(value);
  }

  /** Returns {@link #value} without zeros at the end, as the tick of an axis shows it. */
  public static String tick(double value, Unit unit) {
    Scale scale = Scale.of(value, unit);
    return (scale.number(value) + " " + scale.symbol()).strip();
  }

  /** Returns an exponent with two decimals; {@code ∞} for infinity. */
  public static String exponent(double exponent) {
    if (!Double.isFinite(exponent)) {
      return infinite(exponent);
    }
    String text = String.format(Locale.ROOT, "%.2f", exponent);
    return text.equals("-0.00") ? "0.00" : text;
  }

  /** Returns the ends of an exponent's interval, for example {@code [1.95, 2.01]}. */
  public static String exponents(Interval interval) {
    return "[" + exponent(interval.low()) + ", " + exponent(interval.high()) + "]";
  }

  /** Returns an estimated size with its interval, for example {@code 410 [380, 450]}. */
  public static String roughSize(Interval size) {
    return roughSize(size.value())
        + " ["
        + roughSize(size.low())
        + ", "
        + roughSize(size.high())
        + "]";
  }

  /** Returns a count with three digits and k, M, G or T, for example {@code 1.23M}. */
  public static String count(double count) {
    if (!Double.isFinite(count)) {
      return infinite(count);
    }
    double rounded = new BigDecimal(count).round(THREE_DIGITS).doubleValue();
    int thousands = 0;
    while (Math.abs(rounded) >= 1e3 && thousands < THOUSANDS.length - 1) {
      rounded /= 1e3;
      thousands++;
    }
    return plain(new BigDecimal(rounded).round(THREE_DIGITS)) + THOUSANDS[thousands];
  }

  /** Returns how many times more, with two decimals below ten and three digits from there on. */
  public static String factor(double factor) {
    return Math.abs(factor) < 9.995 ? exponent(factor) : roughSize(factor);
  }

  /** Returns the ends of a factor's interval, for example {@code [1.71, 1.93]}. */
  public static String factors(Interval interval) {
    return "[" + factor(interval.low()) + ", " + factor(interval.high()) + "]";
  }

  /**
   * Returns a share as percent: {@code 87 %}; below ten percent with one decimal.
   *
   * @param share 1 is 100 %
   */
  public static String percent(double share) {
    if (!Double.isFinite(share)) {
      return infinite(share);
    }
    double percent = share * 100;
    if (percent > 0 && percent < 0.05) {
      return "< 0.1 %";
    }
    boolean whole = percent == 0 || Math.abs(percent) >= 9.95;
    return String.format(Locale.ROOT, whole ? "%.0f %%" : "%.1f %%", percent);
  }

  private static String threeDigits(double value) {
    if (value == 0) {
      return "0";
    }
    BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS);
    int whole = rounded.precision() - rounded.scale();
    return rounded.setScale(Math.max(0, 3 - whole)).toPlainString();
  }

  static String plain(BigDecimal number) {
    return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
  }

  private static String infinite(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    return value > 0 ? "∞" : "-∞";
  }
}

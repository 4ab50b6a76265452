package dev.ordo.harness.gate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** A JMH file made by hand: the values of each fork are told, nothing is drawn. */
public final class ResultText {

  /** Deviations of forks from their mean, in units of the noise. */
  private static final double[] FORKS = {-1, 1, 0.4, -0.7, 0.3};

  private final List<String> elements = new ArrayList<>();
  private String mode = "avgt";
  private String unit = "ns/op";
  private String jdk = "17.0.15";
  private String secondary = "";
  private double shift;

  /** Returns the same in another mode and unit. */
  public ResultText mode(String otherMode, String otherUnit) {
    mode = otherMode;
    unit = otherUnit;
    return this;
  }

  /** Returns the same on another JDK. */
  public ResultText jdk(String version) {
    jdk = version;
    return this;
  }

  /** Turns the deviations of forks round, so that a file is not the same as another. */
  public ResultText turned() {
    shift = 1;
    return this;
  }

  /** Adds a secondary metric to what follows. */
  public ResultText metric(String name, String ofUnit, double... forks) {
    StringBuilder raw = new StringBuilder();
    for (double value : forks) {
      raw.append(raw.isEmpty() ? "" : ",").append('[').append(value).append(']');
    }
    secondary =
        "\"" + name + "\":{\"score\":1,\"scoreUnit\":\"" + ofUnit + "\",\"rawData\":[" + raw + "]}";
    return this;
  }

  /** Adds one cell. */
  public ResultText cell(String benchmark, String params, int forks, double noise, double mean) {
    StringBuilder raw = new StringBuilder();
    for (int fork = 0; fork < forks; fork++) {
      double sign = shift == 0 ? 1 : -0.9;
      double level = mean * Math.exp(noise * sign * FORKS[fork % FORKS.length]);
      double[] values = {level * 0.999, level, level * 1.001};
      raw.append(fork == 0 ? "" : ",").append(Arrays.toString(values));
    }
    return raw(benchmark, params, "[" + raw + "]");
  }

  /** Adds one cell with given raw data. */
  public ResultText raw(String benchmark, String params, String raw) {
    elements.add(
        String.format(
            Locale.ROOT,
            "{\"benchmark\":\"%s\",\"mode\":\"%s\",\"threads\":1,\"vmName\":\"VM\","
                + "\"jdkVersion\":\"%s\",\"params\":{%s},\"primaryMetric\":{\"score\":1,"
                + "\"scoreUnit\":\"%s\",\"rawData\":%s},\"secondaryMetrics\":{%s}}",
            benchmark,
            mode,
            jdk,
            params,
            unit,
            raw,
            secondary));
    return this;
  }

  /** Adds a series over {@code n}. */
  public ResultText series(
      String benchmark, int forks, double noise, DoubleUnaryOperator time, double... sizes) {
    for (double size : sizes) {
      cell(benchmark, "\"n\":\"" + Sizes.text(size) + "\"", forks, noise, time.applyAsDouble(size));
    }
    return this;
  }

  /** Returns the file's content. */
  public String text() {
    return "[" + String.join(",", elements) + "]";
  }
}

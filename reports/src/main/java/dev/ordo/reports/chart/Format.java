package dev.ordo.reports.chart;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A format of picture files. */
public enum Format {
  /** Lines and outlines, for the web. */
  SVG {
    @Override
    byte[] of(Chart chart, Sheet sheet) {
      String xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + chart.svg(sheet) + "\n";
      return xml.getBytes(StandardCharsets.UTF_8);
    }
  },
  /** Lines and outlines, for print. */
  PDF {
    @Override
    byte[] of(Chart chart, Sheet sheet) {
      return new Picture(chart.on(sheet), sheet).pdf(chart.title());
    }
  },
  /** Pixels: 300 an inch, and the file says so. */
  PNG {
    @Override
    byte[] of(Chart chart, Sheet sheet) {
      return new Picture(chart.on(sheet), sheet).png();
    }
  };

  abstract byte[] of(Chart chart, Sheet sheet);

  /** Returns the ending of its files, as {@code .svg}. */
  public String ending() {
    return "." + name().toLowerCase(Locale.ROOT);
  }

  /** Returns the format of a file by its ending, upper-case or lower-case; empty if it has none. */
  public static Optional<Format> ofFile(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values()).filter(format -> lower.endsWith(format.ending())).findFirst();
  }
}

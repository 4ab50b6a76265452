package dev.ordo.reports.chart;

import dev.ordo.reports.Study;
import dev.ordo.reports.text.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The looks of the subjects of a study: one colour, marker and dash pattern each, the same in every
 * chart.
 *
 * <p>The colours are those of Okabe and Ito ("Color Universal Design", 2008), which people with any
 * common colour blindness can tell apart, without the yellow that vanishes on white. Markers and
 * dashes differ too, so that a chart survives a black-and-white printer. The three cycle lengths
 * have no common divisor: the first 210 subjects all look different.
 */
public final class Style {

  private static final List<Color> COLORS =
      List.of(
          new Color(0x0072B2),
          new Color(0xD55E00),
          new Color(0x009E73),
          new Color(0xCC79A7),
          new Color(0xE69F00),
          new Color(0x56B4E9),
          new Color(0x333333));

  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.TRIANGLE_DOWN,
          SeriesMarkers.TRAPEZOID);

  private static final List<float[]> DASHES =
      List.of(
          new float[0],
          new float[] {9, 4},
          new float[] {2.5f, 3.5f},
          new float[] {11, 3, 2, 3},
          new float[] {5, 3});

  private final Map<String, Look> looks;

  private Style(Map<String, Look> looks) {
    this.looks = looks;
  }

  /**
   * How one subject is drawn.
   *
   * @param color of lines and markers
   * @param marker of points
   * @param stroke of curves
   */
  record Look(Color color, Marker marker, BasicStroke stroke) {

    static Look at(int index) {
      float[] dash = DASHES.get(index % DASHES.size());
      BasicStroke stroke =
          new BasicStroke(
              1.8f,
              BasicStroke.CAP_BUTT,
              BasicStroke.JOIN_ROUND,
              10,
              dash.length == 0 ? null : dash,
              0);
      return new Look(
          COLORS.get(index % COLORS.size()), MARKERS.get(index % MARKERS.size()), stroke);
    }
  }

  /** Returns the style of a study; a subject's look depends on its place by name. */
  public static Style of(Study study) {
    Map<String, Look> looks = new LinkedHashMap<>();
    // The first looks, which differ most, are for those that meet in a chart.
    for (List<Study.Finding> findings : List.of(study.leading(), study.findings())) {
      for (String subject : new TreeSet<>(findings.stream().map(Study.Finding::subject).toList())) {
        looks.putIfAbsent(subject, Look.at(looks.size()));
      }
    }
    return new Style(looks);
  }

  /** Returns a style of subjects in the order given. */
  static Style of(List<String> subjects) {
    Map<String, Look> looks = new LinkedHashMap<>();
    subjects.forEach(subject -> looks.putIfAbsent(subject, Look.at(looks.size())));
    return new Style(looks);
  }

  /**
   * Returns a subject's colour as CSS writes it, for example {@code #0072b2}.
   *
   * @throws IllegalArgumentException if the study has no such subject
   */
  public String color(String subject) {
    return css(look(subject).color());
  }

  static String css(Color color) {
    return String.format(Locale.ROOT, "#%06x", color.getRGB() & 0xFFFFFF);
  }

  Look look(String subject) {
    Look look = looks.get(subject);
    if (look == null) {
      throw new IllegalArgumentException(
          "subject (" + Text.clean(subject) + ") must be one of the study's");
    }
    return look;
  }
}

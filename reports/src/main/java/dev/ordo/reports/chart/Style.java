package dev.ordo.reports.chart;

import dev.ordo.reports.Study;
import dev.ordo.reports.text.Text;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The looks of the subjects of a study: one colour, marker and dash pattern each, the same in every
 * chart.
 *
 * <p>Well-known models have fixed places, so that they look the same in every study; the first
 * seven, which are compared most, differ in all three. Any other subject has the place that its
 * name leads to; where that is taken or its colour is, the next one that is free. Subjects that
 * differ only in what stands in brackets behind their names, as {@code mamba [threads=2]}, share a
 * colour.
 *
 * <p>The colours are those of Okabe and Ito ("Color Universal Design", 2008), which people with any
 * common colour blindness can tell apart, without the yellow that vanishes on white. Markers and
 * dashes differ too, so that a chart survives a black-and-white printer. The three cycle lengths
 * have no common divisor: all 210 places look different.
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

  private static final int PLACES = COLORS.size() * MARKERS.size() * DASHES.size();

  /**
   * The order is a contract: a new name goes to the end. Relatives of the first seven share their
   * colours.
   */
  private static final List<String> KNOWN =
      List.of(
          "transformer",
          "mamba",
          "rnn",
          "s4d",
          "transformer-kv",
          "lstm",
          "gru",
          "llama",
          "mamba2",
          "t5",
          "s4",
          "marian",
          "llama-kv",
          "transformer-kv-full",
          "transformer-full",
          "mamba-chunked",
          "t5-kv",
          "marian-kv",
          "llama-full",
          "llama-kv-full");

  private final Map<String, Look> looks;

  private Style(Map<String, Look> looks) {
    this.looks = looks;
  }

  /**
   * How one subject is drawn.
   *
   * @param color of lines and markers
   * @param marker of points
   * @param stroke of curves on a screen
   */
  record Look(Color color, Marker marker, BasicStroke stroke) {

    static Look at(int index) {
      return new Look(
          COLORS.get(index % COLORS.size()),
          MARKERS.get(index % MARKERS.size()),
          stroke(DASHES.get(index % DASHES.size()), 1));
    }

    /** Returns the stroke of curves, so many times as large as on a screen. */
    BasicStroke stroke(double scale) {
      float[] dash = stroke.getDashArray();
      return stroke(dash == null ? new float[0] : dash, (float) scale);
    }

    private static BasicStroke stroke(float[] dash, float scale) {
      float[] scaled = dash.clone();
      for (int i = 0; i < scaled.length; i++) {
        scaled[i] *= scale;
      }
      return new BasicStroke(
          1.8f * scale,
          BasicStroke.CAP_BUTT,
          BasicStroke.JOIN_ROUND,
          10,
          scaled.length == 0 ? null : scaled,
          0);
    }
  }

  /** Returns the style of a study; a subject's look does not depend on the order of findings. */
  public static Style of(Study study) {
    Set<String> subjects = new LinkedHashSet<>();
    // Those that meet in a chart choose first.
    for (List<Study.Finding> findings : List.of(study.leading(), study.findings())) {
      subjects.addAll(new TreeSet<>(findings.stream().map(Study.Finding::subject).toList()));
    }
    return of(subjects);
  }

  /** Returns a style of subjects; of two that want the same look, the first one has it. */
  static Style of(Collection<String> subjects) {
    Map<String, Integer> places = new LinkedHashMap<>();
    // A known model keeps its place, whoever comes before it.
    List<String> others = new ArrayList<>();
    for (String subject : new LinkedHashSet<>(subjects)) {
      if (KNOWN.contains(subject)) {
        places.put(subject, KNOWN.indexOf(subject));
      } else {
        others.add(subject);
      }
    }
    Map<String, Integer> stems = new LinkedHashMap<>();
    others.forEach(subject -> places.put(subject, free(stem(subject), places, stems)));
    Map<String, Look> looks = new LinkedHashMap<>();
    subjects.forEach(subject -> looks.put(subject, Look.at(places.get(subject))));
    return new Style(looks);
  }

  /** Returns the place of a subject that has none yet, and keeps that of its stem. */
  private static int free(String stem, Map<String, Integer> places, Map<String, Integer> stems) {
    Set<Integer> taken = Set.copyOf(places.values());
    boolean known = KNOWN.contains(stem);
    if (!known && !stems.containsKey(stem)) {
      int place = Math.floorMod(stem.hashCode() * 0x9E3779B1, PLACES);
      for (int i = 0; i < COLORS.size() && colors(taken).contains(place % COLORS.size()); i++) {
        place = (place + 1) % PLACES;
      }
      stems.put(stem, place);
    }
    int place = known ? KNOWN.indexOf(stem) : stems.get(stem);
    // Steps of one colour first, then any place; with more subjects than places looks repeat.
    for (int step : new int[] {COLORS.size(), 1}) {
      for (int i = 0; i < PLACES; i++) {
        int other = (place + i * step) % PLACES;
        if (!taken.contains(other)) {
          return other;
        }
      }
    }
    return place;
  }

  private static Set<Integer> colors(Set<Integer> places) {
    Set<Integer> colors = new TreeSet<>();
    places.forEach(place -> colors.add(place % COLORS.size()));
    return colors;
  }

  /** Returns a subject without what stands in brackets behind it. */
  private static String stem(String subject) {
    int bracket = subject.indexOf(" [");
    return bracket > 0 ? subject.substring(0, bracket) : subject;
  }

  /**
   * Returns a subject's colour as CSS writes it, for example {@code #0072b2}.
   *
   * @throws IllegalArgumentException if the study has no such subject
   */
  public String color(String subject) {
    return css(look(subject).color());
  }

  /**
   * Returns the number of a subject's marker: 0 circle, 1 square, 2 triangle, 3 diamond, 4 triangle
   * on its tip, 5 trapezoid.
   *
   * @throws IllegalArgumentException if the study has no such subject
   */
  public int marker(String subject) {
    return MARKERS.indexOf(look(subject).marker());
  }

  /**
   * Returns the lengths of a subject's dashes and gaps in turns, in points; empty for a solid line.
   *
   * @throws IllegalArgumentException if the study has no such subject
   */
  public List<Float> dashes(String subject) {
    List<Float> dashes = new ArrayList<>();
    float[] lengths = look(subject).stroke().getDashArray();
    for (int i = 0; lengths != null && i < lengths.length; i++) {
      dashes.add(lengths[i]);
    }
    return dashes;
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

package dev.ordo.reports.chart;

import dev.ordo.reports.Footprint;
import dev.ordo.reports.Study;
import dev.ordo.reports.chart.ScalingChart.Line;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How memory grows with size: the bytes that are kept, those that the objects which keep them hold,
 * and those that an operation allocates; a chart for each of them and each aspect.
 */
public final class MemoryChart {

  private MemoryChart() {}

  /** What bytes a chart is of. */
  private enum Amount {
    KEPT("memory", Footprint::kept),
    HELD("memory-held", Footprint::held),
    ALLOCATED("allocation", Footprint::allocated);

    private final String name;
    private final Function<Footprint, Optional<Footprint.Bytes>> bytes;

    Amount(String name, Function<Footprint, Optional<Footprint.Bytes>> bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    /** Returns what a model that is trained keeps for another purpose than one that writes. */
    String words(String aspect) {
      boolean train = aspect.equals("train");
      return switch (this) {
        case KEPT -> train ? "bytes kept for the backward pass" : "bytes of state kept";
        case HELD ->
            train ? "bytes held by the training's objects" : "bytes held by the state's objects";
        case ALLOCATED -> "bytes allocated per operation";
      };
    }
  }

  private record Kind(Amount amount, String aspect, String sizeName, Unit unit) {}

  /**
   * Returns the charts of a study's footprints, more where an aspect has more than 12 subjects. A
   * subject that keeps or allocates nothing has no place on a logarithmic axis; a chart without
   * others is not made.
   */
  public static List<ScalingChart> of(Study study) {
    Map<Kind, List<Line>> kinds = new LinkedHashMap<>();
    Map<Kind, Set<String>> nothing = new LinkedHashMap<>();
    for (Amount amount : Amount.values()) {
      for (Footprint footprint : study.memory()) {
        Optional<Footprint.Bytes> bytes = amount.bytes.apply(footprint);
        if (bytes.isPresent()) {
          Study.Finding finding =
              new Study.Finding(
                  footprint.subject(),
                  footprint.aspect(),
                  bytes.get().series(),
                  bytes.get().analysis(),
                  Optional.empty());
          Kind kind = kind(amount, footprint, bytes.get().series());
          if (isNothing(bytes.get())) {
            nothing
                .computeIfAbsent(kind, k -> new LinkedHashSet<>())
                .add(Text.clean(footprint.subject()));
          } else {
            kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add(ScalingChart.line(finding));
          }
        }
      }
    }
    Style style = Style.of(study);
    Set<String> names = new HashSet<>();
    List<ScalingChart> charts = new ArrayList<>();
    kinds.forEach(
        (kind, lines) -> {
          for (ScalingChart.Part part : ScalingChart.Part.of(lines)) {
            charts.add(chart(kind, part, nothing.getOrDefault(kind, Set.of()), style, names));
          }
        });
    return List.copyOf(charts);
  }

  private static Kind kind(Amount amount, Footprint footprint, Series series) {
    return new Kind(
        amount, footprint.aspect(), series.sizeName(), series.points().get(0).sample().unit());
  }

  /** What is allocated now and then is nothing too: its law is said to be zero. */
  private static boolean isNothing(Footprint.Bytes bytes) {
    boolean zero =
        bytes.analysis().best().isPresent()
            && bytes.analysis().best().get().terms().stream()
                .allMatch(term -> term.coefficient() == 0);
    return zero || !bytes.series().points().stream().allMatch(p -> p.sample().isPositive());
  }

  private static ScalingChart chart(
      Kind kind, ScalingChart.Part part, Set<String> nothing, Style style, Set<String> names) {
    String aspect = Text.clean(kind.aspect());
    String words = kind.amount().words(kind.aspect());
    return new ScalingChart(
        ScalingChart.unique(kind.amount().name + "-" + ScalingChart.slug(kind.aspect()), names),
        aspect + ": " + words + " against " + Text.clean(kind.sizeName()) + part.suffix(),
        ScalingChart.caption(part.lines(), true)
            + (nothing.isEmpty()
                ? ""
                : " Not here, since theirs is zero at some size: "
                    + String.join(", ", nothing)
                    + "."),
        kind.sizeName(),
        kind.unit(),
        true,
        List.of(),
        part.lines(),
        style);
  }
}

package dev.ordo.reports.chart;

import dev.ordo.reports.history.HistoryStudy;
import dev.ordo.reports.history.TrendFinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * One cell or exponent over the runs of a history: the values, the levels between changes, and the
 * commits that changed them.
 *
 * @param name the file name without an ending, of {@code [a-z0-9-]}
 * @param title one line above the chart
 * @param unitTitle what the value axis shows
 * @param factor how many base units one unit of the value axis is
 * @param hosts one for each host, in the order of their first runs
 * @param marks the changes, in the order of runs
 * @param days the dates of runs, by place on the run axis
 */
public record TrendChart(
    String name,
    String title,
    String unitTitle,
    double factor,
    List<HostLine> hosts,
    List<Mark> marks,
    List<String> days)
    implements Chart {

  /** Copies the lists. */
  public TrendChart {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(unitTitle, "unitTitle");
    hosts = List.copyOf(hosts);
    marks = List.copyOf(marks);
    days = List.copyOf(days);
  }

  /**
   * The runs of one host.
   *
   * @param label its name in the legend
   * @param dots the values, of very many runs the medians of neighbours
   * @param levels the stretches of one level
   */
  public record HostLine(String label, List<Dot> dots, List<Level> levels) {

    /** Copies the lists. */
    public HostLine {
      Objects.requireNonNull(label, "label");
      dots = List.copyOf(dots);
      levels = List.copyOf(levels);
    }
  }

  /**
   * A value.
   *
   * @param place on the run axis
   * @param value in the base of its unit
   */
  public record Dot(double place, double value) {}

  /**
   * A stretch of one level.
   *
   * @param from where it begins on the run axis
   * @param to where it ends
   * @param value in the base of its unit
   */
  public record Level(double from, double to, double value) {}

  /**
   * A change.
   *
   * @param place on the run axis, between the last run before and the first run behind it
   * @param label the commit and the size of the change
   * @param worse whether it is one for the worse
   */
  public record Mark(double place, String label, boolean worse) {}

  @Override
  public String caption() {
    return "Each point is a run, in order"
        + (hosts.stream().mapToInt(host -> host.dots().size()).sum() < days.size()
            ? " (the median of neighbours, since there are many)"
            : "")
        + "; lines are the levels between changes, dashed verticals the commits that changed them."
        + " What is far off its level stands at the edge of the axis."
        + (hosts.size() > 1 ? " Hosts are not compared with each other." : "");
  }

  @Override
  public Drawing on(Sheet sheet) {
    return new TrendPlot(this, sheet);
  }

  /**
   * Makes the charts of findings.
   *
   * @param study the history
   * @param findings some of its findings
   * @param label what a finding is called
   * @return one for each finding, with names that are unique among them
   */
  public static List<TrendChart> of(
      HistoryStudy study, List<TrendFinding> findings, Function<TrendFinding, String> label) {
    Set<String> names = new HashSet<>();
    List<TrendChart> charts = new ArrayList<>();
    for (TrendFinding finding : findings) {
      String title = label.apply(finding);
      String name = ScalingChart.unique("trend-" + ScalingChart.slug(title), names);
      charts.add(new TrendChartMaker(study, finding).chart(name, title));
    }
    return charts;
  }
}

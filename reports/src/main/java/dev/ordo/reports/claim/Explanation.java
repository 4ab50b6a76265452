package dev.ordo.reports.claim;

import dev.ordo.reports.Study;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Conclusion;
import dev.ordo.reports.fit.Fit;
import dev.ordo.reports.fit.ForkSummary;
import dev.ordo.reports.fit.HeldOut;
import dev.ordo.reports.fit.NoiseSplit;
import dev.ordo.reports.fit.Regime;
import dev.ordo.reports.fit.Stance;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Formula;
import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One series in six sentences: what was measured, how noisy it was, which law won, which were
 * rejected and why, how it stands to theory and how far it reaches, and what would make it surer.
 */
public final class Explanation {

  /** A difference of the criterion from which a law has essentially no support. */
  private static final double REJECTED = 10;

  private static final int MOST_NAMED = 3;
  private static final int MANY_SIZES = 7;

  private final Study study;
  private final Study.Finding finding;
  private final Series series;
  private final Analysis analysis;
  private final Unit unit;

  private Explanation(Study study, Study.Finding finding) {
    this.study = study;
    this.finding = finding;
    this.series = finding.series();
    this.analysis = finding.analysis();
    this.unit =
        series.points().isEmpty() ? Unit.NANOS_PER_OP : series.points().get(0).sample().unit();
  }

  /**
   * Explains one finding.
   *
   * @param study where it is from
   * @param finding the finding
   * @return exactly six sentences
   */
  public static List<String> of(Study study, Study.Finding finding) {
    Explanation all = new Explanation(study, finding);
    return List.of(
        all.measured(), all.noise(), all.won(), all.rejected(), all.reach(), all.surer());
  }

  private String measured() {
    List<Series.Point> points = series.points();
    String name = Text.clean(finding.subject()) + ", " + Text.clean(finding.aspect());
    if (points.isEmpty()) {
      return "Measured was " + name + ", at no size.";
    }
    IntSummaryStatistics forks =
        points.stream().mapToInt(point -> point.sample().forkCount()).summaryStatistics();
    IntSummaryStatistics iterations =
        points.stream().flatMapToInt(point -> iterations(point.sample())).summaryStatistics();
    String sizeName = Text.clean(series.sizeName());
    String sizes =
        points.size() == 1
            ? "one " + sizeName + ", " + Figures.size(points.get(0).size())
            : points.size()
                + " values of "
                + sizeName
                + " from "
                + Figures.size(points.get(0).size())
                + " to "
                + Figures.size(largest());
    return "Measured was "
        + name
        + ", at "
        + sizes
        + ", with "
        + count(forks, "fork", "forks")
        + " at each and "
        + count(iterations, "iteration", "iterations")
        + " in a fork, "
        + machine()
        + ".";
  }

  private static IntStream iterations(Sample sample) {
    return IntStream.range(0, sample.forkCount()).map(fork -> sample.fork(fork).length);
  }

  private static String count(IntSummaryStatistics count, String one, String many) {
    String number =
        count.getMin() == count.getMax()
            ? Integer.toString(count.getMax())
            : count.getMin() + " to " + count.getMax();
    return number + " " + (count.getMax() == 1 ? one : many);
  }

  private String machine() {
    Optional<String> processor = fact("cpu");
    Optional<String> jvm = fact("jvm");
    if (processor.isEmpty() && jvm.isEmpty()) {
      return "on a machine that is not recorded";
    }
    return "on "
        + processor.orElse("a processor that is not recorded")
        + jvm.map(name -> " with " + name).orElse("");
  }

  private Optional<String> fact(String name) {
    return study.environment().entrySet().stream()
        .filter(fact -> fact.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .map(Text::clean)
        .findFirst();
  }

  private String noise() {
    ForkSummary forks = analysis.forks();
    boolean oneFork = series.points().stream().allMatch(p -> p.sample().forkCount() == 1);
    double spread = spread();
    String sentence;
    if (forks.noise().isPresent()) {
      NoiseSplit split = forks.noise().get();
      sentence =
          "Fork means of one size vary by "
              + Figures.percent(split.ofForkMeans())
              + ", iterations within a fork by "
              + Figures.percent(split.within());
    } else if (oneFork) {
      sentence = "With one fork at each size, nobody can tell how much forks vary";
    } else if (spread == 0) {
      sentence = "There is no noise, every fork has the same value";
    } else {
      sentence = "Fork means of one size vary by " + Figures.percent(spread);
    }
    List<String> more = new ArrayList<>();
    if (forks.judged() > 0) {
      more.add(
          forks.clauses().isEmpty()
              ? (forks.judged() == 1
                  ? "the fork with iterations enough to judge runs at one level"
                  : "all "
                      + forks.judged()
                      + " forks with iterations enough to judge run at one level")
              : "of "
                  + forks.judged()
                  + " forks with iterations enough to judge, "
                  + String.join(" and ", forks.clauses()));
    }
    for (String words : List.of("is set aside", "an outlying fork is left out")) {
      analysis.conclusion().clause(words).map(Text::clean).ifPresent(more::add);
    }
    return more.isEmpty() ? sentence + "." : sentence + "; " + String.join("; ", more) + ".";
  }

  /** Returns the standard deviation of fork means about those of their sizes, relative. */
  private double spread() {
    double squares = 0;
    int degrees = 0;
    for (Series.Point point : series.points()) {
      double mean = point.sample().mean();
      for (double fork : point.sample().forkMeans()) {
        squares += mean == 0 ? 0 : (fork / mean - 1) * (fork / mean - 1);
      }
      degrees += point.sample().forkCount() - 1;
    }
    return degrees == 0 ? 0 : Math.sqrt(squares / degrees);
  }

  private String won() {
    Conclusion conclusion = analysis.conclusion();
    String claim =
        conclusion.told() ? "the claim is " + Wording.law(conclusion) : "no law is claimed";
    String slope =
        analysis
            .exponent()
            .map(
                e ->
                    e.low() < e.high()
                        ? " at a slope of "
                            + Figures.exponent(e.value())
                            + " "
                            + Figures.exponents(e)
                        : " at a slope of " + Figures.exponent(e.value()))
            .orElse("");
    if (analysis.best().isEmpty()) {
      return "No law was fitted, and " + claim + slope + ".";
    }
    Fit best = analysis.best().get();
    int fitted = analysis.ranking().size();
    String numbers = Formula.of(best, unit);
    return (fitted <= 1 ? "One law was fitted, " : "Of " + fitted + " laws that were fitted, ")
        + Text.clean(best.name())
        + (numbers.equals(best.name()) ? "" : " = " + numbers)
        + (fitted <= 1 ? "," : " won:")
        + " it is off by "
        + Figures.percent(best.relativeError())
        + (fitted <= 1 || !Double.isFinite(best.aicc())
            ? ""
            : " and has " + Figures.percent(best.weight()) + " of the Akaike weight")
        + ", and "
        + claim
        + slope
        + conclusion.clause("credible").map(clause -> ": " + Text.clean(clause)).orElse("")
        + ".";
  }

  private String rejected() {
    List<Fit> others =
        analysis.ranking().stream()
            .filter(fit -> analysis.best().filter(fit::equals).isEmpty())
            .toList();
    if (others.isEmpty()) {
      return "No other law had to be rejected: "
          + (analysis.ranking().isEmpty()
              ? "there are too few sizes, or values that have no logarithm."
              : "this one meets every size.");
    }
    double least = analysis.ranking().stream().mapToDouble(Fit::aicc).min().orElseThrow();
    List<Fit> out =
        others.stream()
            .filter(fit -> Double.isFinite(least) && delta(fit, least) >= REJECTED)
            .toList();
    List<Fit> in = others.stream().filter(fit -> !out.contains(fit)).toList();
    List<String> parts = new ArrayList<>();
    if (out.isEmpty()) {
      parts.add("No law was rejected, for none misses the sizes by much more than the best");
    } else {
      List<String> named = out.stream().limit(MOST_NAMED).map(fit -> named(fit, least)).toList();
      int more = out.size() - named.size();
      double worst = out.stream().mapToDouble(Fit::relativeError).max().orElseThrow();
      parts.add(
          "Rejected "
              + (out.size() == 1 ? "was " : "were ")
              + and(named)
              + (more > 0 ? " and " + more + " more, off by up to " + Figures.percent(worst) : "")
              + ", each at least 10 worse by the criterion, which counts misses and coefficients");
    }
    if (!in.isEmpty()) {
      List<String> named =
          in.stream()
              .limit(MOST_NAMED)
              .map(fit -> Text.clean(fit.name()) + " (off by " + percent(fit) + ")")
              .toList();
      int more = in.size() - named.size();
      parts.add(
          "not rejected "
              + (in.size() == 1 ? "is " : "are ")
              + and(named)
              + (more > 0 ? " and " + more + " more" : ""));
    }
    return String.join("; ", parts) + ".";
  }

  private static double delta(Fit fit, double least) {
    return fit.aicc() - least;
  }

  private static String named(Fit fit, double least) {
    double delta = delta(fit, least);
    return Text.clean(fit.name())
        + " (off by "
        + percent(fit)
        + (Double.isFinite(delta)
            ? String.format(Locale.ROOT, ", ΔAICc %.0f)", delta)
            : ", too many coefficients for the sizes)");
  }

  private static String percent(Fit fit) {
    return Figures.percent(fit.relativeError());
  }

  private static String and(List<String> parts) {
    int last = parts.size() - 1;
    return last == 0
        ? parts.get(0)
        : String.join(", ", parts.subList(0, last)) + " and " + parts.get(last);
  }

  private String reach() {
    List<String> parts = new ArrayList<>();
    String theory =
        finding
            .theory()
            .map(
                known ->
                    "theory's O("
                        + Text.clean(known.order())
                        + ")"
                        + (Double.isFinite(known.rangeExponent())
                            ? ", whose count has a slope of "
                                + Figures.exponent(known.rangeExponent())
                                + " over these sizes"
                            : ""))
            .orElse("");
    parts.add(
        switch (Stance.of(series, analysis, finding.theory())) {
          case NO_THEORY -> "No theory stands beside it";
          case CONSISTENT -> "That is consistent with " + theory;
          case CONTRADICTS -> "That contradicts " + theory;
          case CANNOT_JUDGE -> "That cannot judge " + theory;
        });
    if (!series.points().isEmpty()) {
      parts.add(
          "it holds from "
              + Figures.size(analysis.regime().map(Regime::from).orElse(series.sizes()[0]))
              + " to "
              + Figures.size(largest())
              + " and says nothing of what lies beyond");
    }
    analysis.regime().map(Regime::clause).ifPresent(parts::add);
    parts.add(
        analysis
            .heldOut()
            .map(check -> checked(check))
            .orElse("there are too few sizes to check a prediction"));
    return String.join("; ", parts) + ".";
  }

  private String checked(HeldOut check) {
    return "without "
        + Figures.size(check.size())
        + " the fit predicts "
        + Figures.estimate(check.predicted(), unit)
        + " there and "
        + Figures.value(check.measured(), unit)
        + " was measured, so the check "
        + (check.holds() ? "holds" : "fails");
  }

  private double largest() {
    return series.points().get(series.points().size() - 1).size();
  }

  private String surer() {
    List<String> parts = new ArrayList<>();
    analysis.conclusion().clause(" would decide").map(Text::clean).ifPresent(parts::add);
    boolean oneFork = series.points().stream().anyMatch(p -> p.sample().forkCount() == 1);
    if (oneFork && spread() == 0) {
      parts.add("a second fork at each size would show the noise");
    }
    Optional<NoiseSplit> noise = analysis.forks().noise();
    noise.ifPresent(
        split -> {
          String sentence = split.sentence();
          parts.add(sentence.substring(sentence.lastIndexOf(": ") + 2, sentence.length() - 1));
        });
    if (noise.isEmpty() && spread() > 0) {
      parts.add("more forks would narrow the intervals");
    }
    if (series.points().size() < MANY_SIZES) {
      parts.add(
          "more sizes than " + series.points().size() + " would leave fewer laws to choose from");
    }
    if (parts.isEmpty()) {
      parts.add("only sizes beyond " + Figures.size(largest()) + " could change it");
    }
    return "To be surer: " + String.join("; ", parts) + ".";
  }
}

package dev.ordo.reports.claim;

import dev.ordo.reports.Footprint;
import dev.ordo.reports.Study;
import dev.ordo.reports.compare.Ratio;
import dev.ordo.reports.compare.SpeedUp;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Conclusion;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.fit.Stance;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Findings, footprints and speed-ups as claims in words. */
final class Wording {

  private static final Map<String, String> PHASES =
      Map.of("train", "Training", "prefill", "Prefill", "decode", "Decode", "generate", "Generate");

  private static final String BETWEEN = " … ";

  private Wording() {}

  /** What is said of a growth before its figures are. */
  private record Words(Claim.Kind kind, String part, String what, String detail) {}

  /** Returns what is claimed of a finding; {@code inPart} where its column holds several phases. */
  static Claim growth(Study.Finding finding, boolean inPart) {
    String aspect = Text.clean(finding.aspect());
    String phase = PHASES.get(finding.aspect());
    String what =
        phase != null ? phase + " time" : aspect.equals(Measurements.TIME) ? "Time" : aspect;
    return growth(
        new Words(Claim.Kind.GROWTH, inPart ? aspect : "", what, ""),
        finding.series(),
        finding.analysis(),
        finding.theory());
  }

  /** Returns what is claimed of the bytes kept, or allocated where those are not known. */
  static Optional<Claim> memory(Footprint footprint, String part) {
    Optional<Footprint.Bytes> kept = footprint.kept();
    return kept.or(footprint::allocated)
        .map(
            bytes ->
                growth(
                    new Words(
                        Claim.Kind.MEMORY,
                        part,
                        kept.isPresent() ? "Memory kept" : "Memory allocated by an operation",
                        value(bytes)),
                    bytes.series(),
                    bytes.analysis(),
                    kept.flatMap(known -> footprint.theory())));
  }

  private static String value(Footprint.Bytes bytes) {
    double mean = bytes.largest().sample().mean();
    // A profiler always sees a little; less than a byte is less than any object.
    String value = mean > 0 && mean < 1 ? "< 1 B" : Figures.value(mean, Unit.BYTES);
    return value + " at " + Figures.size(bytes.largest().size());
  }

  private static Claim growth(
      Words words, Series series, Analysis analysis, Optional<Study.Theory> theory) {
    Conclusion conclusion = analysis.conclusion();
    // The exponent of counted bytes is a point and has no interval.
    Optional<Interval> interval = analysis.exponent().filter(e -> e.low() < e.high());
    String law = conclusion.law() + conclusion.likeliest().map(l -> " (" + l + ")").orElse("");
    Claim silent =
        new Claim(
            words.kind(),
            words.part(),
            analysis.exponent().map(e -> Figures.exponent(e.value())).orElse(""),
            interval.map(Figures::exponents).orElse(""),
            Text.clean(law),
            conclusion.told(),
            words.detail(),
            theory.map(known -> "O(" + Text.clean(known.order()) + ")").orElse(""),
            theory
                .map(Study.Theory::rangeExponent)
                .filter(Double::isFinite)
                .map(Figures::exponent)
                .orElse(""),
            Stance.of(series, analysis, theory),
            "",
            Text.clean(conclusion.sentence()),
            series);
    return silent.saying(sentence(words, silent, conclusion));
  }

  private static String sentence(Words words, Claim claim, Conclusion conclusion) {
    StringBuilder sentence = new StringBuilder();
    String size = Text.clean(claim.series().sizeName());
    if (claim.told()) {
      sentence.append(words.what()).append(" is ").append(law(conclusion)).append(" in ");
      sentence.append(size);
    } else {
      sentence.append("How ").append(inside(words.what())).append(" grows with ").append(size);
      sentence.append(" cannot be told");
    }
    if (!claim.measured().isEmpty()) {
      sentence.append(", slope ").append(claim.figure());
    }
    if (!claim.detail().isEmpty()) {
      sentence.append(", ").append(claim.detail());
    }
    String theory =
        claim.theory()
            + (claim.expected().isEmpty() ? "" : " (slope " + claim.expected() + " here)");
    return sentence
        .append(
            switch (claim.stance()) {
              case NO_THEORY -> "";
              case CONSISTENT -> ", consistent with theory's " + theory;
              case CONTRADICTS -> ", which contradicts theory's " + theory;
              case CANNOT_JUDGE -> "; whether it is theory's " + theory + " cannot be judged";
            })
        .append('.')
        .toString();
  }

  /** Returns a law as it stands behind a verb. */
  static String law(Conclusion conclusion) {
    String law = Text.clean(conclusion.law());
    return law.contains(BETWEEN) ? "between " + law.replace(BETWEEN, " and ") : law;
  }

  private static String inside(String what) {
    boolean word = what.chars().skip(1).allMatch(c -> Character.isLowerCase(c) || c == ' ');
    return word ? what.toLowerCase(Locale.ROOT) : what;
  }

  /** Returns on how many threads, and over how many if not over one. */
  static String threads(SpeedUp speedUp) {
    String from = speedUp.from() == 1 ? "" : speedUp.from() + " → ";
    return from + speedUp.to() + " threads";
  }

  /** Returns what is claimed of a speed-up, at its largest size. */
  static Claim speedUp(SpeedUp speedUp, String part) {
    SpeedUp.Place place = speedUp.largest();
    Ratio ratio = place.ratio();
    String figure =
        (Figures.factor(ratio.value())
            + ratio.interval().map(i -> " " + Figures.factors(i)).orElse(" (one fork)"));
    String work = PHASES.getOrDefault(speedUp.aspect(), "The work");
    String on = " on " + speedUp.to() + " threads than on " + speedUp.from();
    String where =
        ", at " + Text.clean(speedUp.few().sizeName()) + " " + Figures.size(place.size());
    String measured =
        switch (place.verdict()) {
          case FASTER -> work + " is " + figure + " times faster" + on + where;
          case NO_FASTER -> work + " is no faster" + on + " (" + figure + " times)" + where;
          case SLOWER -> work + " is slower" + on + " (" + figure + " times)" + where;
          case CANNOT_TELL ->
              "Whether "
                  + work.toLowerCase(Locale.ROOT)
                  + " is faster"
                  + on
                  + " cannot be told ("
                  + figure
                  + " times)"
                  + where;
        };
    String theory =
        speedUp
            .span()
            .map(
                span ->
                    "; its span of O("
                        + Text.clean(span.order())
                        + ") leaves work for "
                        + Figures.count(span.operations())
                        + " processors")
            .orElse("");
    return new Claim(
        Claim.Kind.SPEED_UP,
        part,
        Figures.factor(ratio.value()) + " ×",
        ratio.interval().map(Figures::factors).orElse("(one fork)"),
        place.verdict().word(),
        place.verdict() != SpeedUp.Verdict.CANNOT_TELL,
        "at " + Figures.size(place.size()),
        speedUp.span().map(span -> "span " + Text.clean(span.order())).orElse(""),
        speedUp.span().map(span -> Figures.count(span.operations())).orElse(""),
        stance(speedUp),
        measured + theory + ".",
        "",
        speedUp.many());
  }

  /**
   * Work over span bounds a speed-up from above only: that it is not reached says nothing of it.
   */
  private static Stance stance(SpeedUp speedUp) {
    if (speedUp.span().isEmpty()) {
      return Stance.NO_THEORY;
    }
    SpeedUp.Place place = speedUp.largest();
    double room = speedUp.span().get().operations();
    return switch (place.verdict()) {
      case FASTER -> {
        double most = Math.min(room, (double) speedUp.to() / speedUp.from());
        boolean beyond =
            place
                .ratio()
                .interval()
                .filter(i -> i.low() > most * SpeedUp.Verdict.MARGIN)
                .isPresent();
        yield beyond ? Stance.CONTRADICTS : Stance.CONSISTENT;
      }
      case NO_FASTER, SLOWER ->
          room < SpeedUp.Verdict.MARGIN ? Stance.CONSISTENT : Stance.CANNOT_JUDGE;
      case CANNOT_TELL -> Stance.CANNOT_JUDGE;
    };
  }
}

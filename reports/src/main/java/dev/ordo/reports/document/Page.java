package dev.ordo.reports.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.text.Figures;
import java.util.List;
import java.util.Locale;

/**
 * What the page templates show, every text ready but not yet escaped.
 *
 * <p>The records are public since FreeMarker reads public types only; nobody sees them through this
 * class.
 */
final class Page {

  private Page() {}

  /**
   * One finding in the summary.
   *
   * @param subject the name of the row
   * @param aspect the name of the column
   * @param color the subject's colour in CSS
   * @param exponent the value, or empty
   * @param interval its ends, or empty
   * @param law the law as a short text
   * @param told whether a law is claimed
   * @param sentence the conclusion
   * @param theory the theoretical class, or empty
   * @param theoryExponent theory's slope over the measured sizes, or empty
   * @param strip the places of all this on a common scale; null without an exponent
   */
  public record Verdict(
      String subject,
      String aspect,
      String color,
      String exponent,
      String interval,
      String law,
      boolean told,
      String sentence,
      String theory,
      String theoryExponent,
      Strip strip) {}

  /**
   * A drawn exponent: percentages from the left of the scale.
   *
   * @param value of the dot
   * @param low of the interval's begin
   * @param width of the interval
   * @param theory of theory's slope; empty where there is none
   */
  public record Strip(String value, String low, String width, String theory) {}

  /**
   * Something that failed or was left out.
   *
   * @param subject whose it is
   * @param aspect of what
   * @param size the size
   * @param settings what else it was measured with, or empty
   * @param measured the number of forks that measured something there
   * @param failed the number of forks that failed there
   * @param reason why
   */
  public record Gap(
      String subject,
      String aspect,
      String size,
      String settings,
      int measured,
      int failed,
      String reason) {}

  /**
   * The scale of all strips.
   *
   * @param low its left end
   * @param high its right end
   * @param marks the places of whole numbers
   */
  public record Scale(String low, String high, List<String> marks) {}

  /**
   * One row of the summary.
   *
   * @param subject the name of the row
   * @param color the subject's colour in CSS
   * @param verdicts one for each aspect, null where there is none
   */
  public record Row(String subject, String color, List<Verdict> verdicts) {}

  /**
   * One chart.
   *
   * @param name the file name without its ending
   * @param title one line
   * @param caption what is to be seen
   * @param svg an {@code <svg>} element, not to be escaped
   * @param section where on the page it stands
   * @param data what a script draws it from; null of a picture that stays as it is
   */
  public record Figure(
      String name, String title, String caption, String svg, Section section, ObjectNode data) {}

  /** A part of the page that holds charts. */
  public enum Section {
    /** Costs against size. */
    SCALING,
    /** Exponents between neighbouring sizes. */
    EXPONENTS,
    /** Time per token, time to the first token, tokens a second. */
    TOKENS,
    /** Who is faster from which size on. */
    CROSSOVERS,
    /** How much faster more threads are. */
    PARALLELISM,
    /** Bytes kept against size. */
    MEMORY,
    /** Cells beside the most that the machine can do. */
    ROOFLINE,
    /** What the fitted laws leave over. */
    RESIDUALS;

    /** Returns whether its charts are left to the page, where a report is short. */
    boolean isFurther() {
      return this == TOKENS || this == MEMORY || this == ROOFLINE || this == RESIDUALS;
    }

    /** Returns the name as templates know it. */
    String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One fitted law.
   *
   * @param name with letters for coefficients
   * @param terms with numbers for coefficients
   * @param intervals the 95 % intervals of these coefficients, as one line; empty if unknown
   * @param error the relative error in percent
   * @param aicc the criterion, or a dash
   * @param weight the Akaike weight in percent
   * @param best whether this is the law that is drawn
   */
  public record Law(
      String name,
      List<Term> terms,
      String intervals,
      String error,
      String aicc,
      String weight,
      boolean best) {}

  /**
   * One term of a fitted law.
   *
   * @param coefficient with its unit
   * @param n whether the term grows by a power of n
   * @param power the exponent, empty for 0 and 1
   * @param log whether the term holds log₂ n
   * @param logPower its exponent, empty for 0 and 1
   */
  public record Term(String coefficient, boolean n, String power, boolean log, String logPower) {}

  /**
   * All that is said about one series.
   *
   * @param verdict the summary of it
   * @param key what identifies the series in its file
   * @param laws those that count, best first
   * @param otherLaws the number of laws that were fitted too
   * @param drawn the law that the chart shows; null where there is none
   * @param crossover one sentence, or empty
   * @param regime one sentence on the place at which the series changes, or empty
   * @param heldOut one sentence, or empty
   * @param checked whether what it says is that the prediction holds
   * @param slopes the exponents between neighbouring sizes, sizes ascending
   * @param forks what is to be known of the forks: their noise, and those not at one level; or
   *     empty
   */
  public record Detail(
      Verdict verdict,
      String key,
      List<Law> laws,
      int otherLaws,
      Law drawn,
      String crossover,
      String regime,
      String heldOut,
      boolean checked,
      List<Slope> slopes,
      String forks) {}

  /**
   * One local exponent.
   *
   * @param sizes from which size to which
   * @param value the slope
   * @param interval its ends, or {@code (one fork)}
   */
  public record Slope(String sizes, String value, String interval) {}

  /**
   * What is predicted for one finding at one size.
   *
   * @param subject whose it is
   * @param color the subject's colour in CSS
   * @param aspect of what
   * @param size the size
   * @param value the value with its interval, or {@code cannot tell}
   * @param told whether there is a value
   * @param law the heaviest law with its weight, or a dash
   * @param distance how many times beyond the measured sizes
   * @param remark one sentence, or empty
   */
  public record Prediction(
      String subject,
      String color,
      String aspect,
      String size,
      String value,
      boolean told,
      String law,
      String distance,
      String remark) {}

  /**
   * One measured cell.
   *
   * @param subject whose it is
   * @param aspect of what
   * @param size the size
   * @param mean the mean of the fork means
   * @param low the lowest fork mean
   * @param high the highest fork mean
   * @param forks the number of forks
   * @param iterations the number of iterations in all forks
   */
  public record Datum(
      String subject,
      String aspect,
      Amount size,
      Amount mean,
      Amount low,
      Amount high,
      int forks,
      int iterations)
      implements Cells {

    @Override
    public List<Object> cells() {
      return List.of(subject, aspect, size, mean, low, high, forks, iterations);
    }
  }

  /** A row of a table that may be long. */
  public interface Cells {

    /** Returns texts, numbers and {@link Amount}s, in the order of the columns; null for a dash. */
    List<Object> cells();
  }

  /**
   * A number in a table that is sorted.
   *
   * @param text how it is shown
   * @param value the number itself, as it sorts
   */
  public record Amount(String text, double value) {

    static Amount size(double size) {
      return new Amount(Figures.size(size), size);
    }

    static Amount value(double value, Unit unit) {
      return new Amount(Figures.value(value, unit), value);
    }
  }

  /**
   * One line of the environment.
   *
   * @param name what
   * @param value which
   */
  public record Fact(String name, String value) {}

  /**
   * A section of the method's description.
   *
   * @param what on the page it is about
   * @param section its heading
   * @param href where it is; empty where a link would lead nowhere
   */
  public record Reference(String what, String section, String href) {

    Reference linked(String target) {
      return new Reference(what, section, target);
    }
  }

  /**
   * The speed-ups of one subject.
   *
   * @param subject the name of the row
   * @param color the subject's colour in CSS
   * @param threads from how many to how many
   * @param cells one for each aspect, null where there is none
   */
  public record SpeedUps(String subject, String color, String threads, List<SpeedUp> cells) {}

  /**
   * One speed-up at one size.
   *
   * @param subject whose it is
   * @param aspect of what
   * @param threads from how many to how many
   * @param size where
   * @param value how many times faster
   * @param interval its ends, or {@code (one fork)}
   * @param verdict what the interval says
   * @param told whether it says anything
   * @param span the theoretical order of the span, or empty
   * @param steps the span in steps at this size, or empty
   * @param parallelism the order of the operations over that of the span, or empty
   * @param operations the operations over the span at this size, or empty
   */
  public record SpeedUp(
      String subject,
      String aspect,
      String threads,
      String size,
      String value,
      String interval,
      String verdict,
      boolean told,
      String span,
      String steps,
      String parallelism,
      String operations) {}

  /**
   * The same work under two settings, at one size.
   *
   * @param subject whose it is
   * @param aspect of what
   * @param setting which setting over which
   * @param size where
   * @param value the ratio of times
   * @param interval its ends, or {@code (one fork)}
   * @param verdict what the interval says
   * @param told whether it says anything
   */
  public record Contrast(
      String subject,
      String aspect,
      String setting,
      String size,
      String value,
      String interval,
      String verdict,
      boolean told) {}

  /**
   * The memory of one finding.
   *
   * @param subject whose it is
   * @param color the subject's colour in CSS
   * @param aspect in what
   * @param size the largest size
   * @param kept the bytes kept there, or empty
   * @param exponent how they grow, or empty
   * @param interval its ends; empty where there is no noise
   * @param law the law as a short text, or empty
   * @param told whether a law is claimed
   * @param formula the law with numbers, or empty; of a constant, {@code kept} says it all
   * @param sentence the conclusion, or empty
   * @param theory the theoretical order, or empty
   * @param theoryExponent theory's slope over the measured sizes, or empty
   * @param allocated the bytes allocated by an operation at the largest size, or empty
   * @param allocatedLaw how they grow, or empty
   * @param held the bytes of the objects that hold the state, or empty
   * @param heldRatio how many times those kept that is, or empty
   * @param heldFlag what disagrees, or empty
   */
  public record Memory(
      String subject,
      String color,
      String aspect,
      String size,
      String kept,
      String exponent,
      String interval,
      String law,
      boolean told,
      String formula,
      String sentence,
      String theory,
      String theoryExponent,
      String allocated,
      String allocatedLaw,
      String held,
      String heldRatio,
      String heldFlag) {}

  /**
   * What was measured over two sizes.
   *
   * @param subject whose it is
   * @param aspect of what
   * @param sizes the names of both sizes
   * @param count how many there are of each
   * @param law the law as a short text
   * @param told whether a form is claimed
   * @param sentence the conclusion
   * @param forms the fitted forms, best first
   */
  public record SurfaceRow(
      String subject,
      String aspect,
      String sizes,
      String count,
      String law,
      boolean told,
      String sentence,
      List<SurfaceForm> forms) {}

  /**
   * One form fitted to two sizes.
   *
   * @param name what it is called
   * @param formula with letters for coefficients
   * @param fitted with numbers for coefficients
   * @param error the relative error in percent
   * @param fits whether the data does not contradict it
   */
  public record SurfaceForm(
      String name, String formula, String fitted, String error, boolean fits) {}

  /**
   * The crossovers of one aspect.
   *
   * @param aspect its name
   * @param sentences those that are worth a sentence
   * @param summary how many there are of each kind, in a sentence
   */
  public record Crossovers(String aspect, List<Overtaking> sentences, String summary) {}

  /**
   * One crossover in a sentence.
   *
   * @param color the winner's colour in CSS
   * @param sentence all that is said
   */
  public record Overtaking(String color, String sentence) {}

  /**
   * One pair of series in a table.
   *
   * @param winner who is lower at large sizes
   * @param color its colour in CSS
   * @param loser who is not
   * @param aspect of what
   * @param place the size from which that is so, with its interval, or empty
   * @param said what can be said, in a few words
   * @param told whether anything can
   * @param largest the largest size of both
   * @param ratio the loser over the winner there, with its interval, or empty
   */
  public record Pair(
      String winner,
      String color,
      String loser,
      String aspect,
      String place,
      String said,
      boolean told,
      String largest,
      String ratio) {}

  /**
   * A row of the table of trends.
   *
   * @param label the cell or exponent
   * @param runs how many runs have it
   * @param level the last level with its unit
   * @param trend bars
   * @param change the last change in a few words; empty where there is none
   */
  public record Trended(String label, int runs, String level, String trend, String change) {}

  /**
   * One cell of a comparison.
   *
   * @param label its name
   * @param base the mean of the base
   * @param candidate the mean of the candidate
   * @param ratio the one over the other, with its interval or why there is none
   * @param p the probability if nothing changed, or empty
   * @param adjusted that of a change beyond the margin, adjusted to the suite, or empty
   * @param verdict in a word
   * @param changed whether it is a difference
   */
  public record Compared(
      String label,
      String base,
      String candidate,
      String ratio,
      String p,
      String adjusted,
      String verdict,
      boolean changed) {}
}

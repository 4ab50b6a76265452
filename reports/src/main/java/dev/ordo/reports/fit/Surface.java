package dev.ordo.reports.fit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All that is said about measurements over two sizes, m and n.
 *
 * @param fits every form that could be fitted, best first; empty with too few places
 * @param claimed the form that is claimed; absent where nothing can be told
 * @param conclusion what the data says
 */
public record Surface(List<Fitted> fits, Optional<Form> claimed, Conclusion conclusion) {

  /** Copies the list. */
  public Surface {
    fits = List.copyOf(fits);
    Objects.requireNonNull(claimed, "claimed");
    Objects.requireNonNull(conclusion, "conclusion");
  }

  /** How two sizes act together. */
  public enum Form {
    /** A power of one times a power of the other. */
    PRODUCT("product", "a·m^p·n^q"),
    /** A power of one plus a power of the other. */
    SUM("sum", "b·m^p + c·n^q"),
    /** Linear in each while the other stays. */
    BILINEAR("bilinear", "a + b·m + c·n + d·m·n");

    private final String word;
    private final String formula;

    Form(String word, String formula) {
      this.word = word;
      this.formula = formula;
    }

    /** Returns the form as it is called in a sentence, for example {@code product}. */
    public String word() {
      return word;
    }

    /** Returns the form with letters for coefficients and exponents. */
    public String formula() {
      return formula;
    }
  }

  /**
   * One term of a fitted form: coefficient · m^first · n^second.
   *
   * @param coefficient in the unit of the values, not negative
   * @param first the exponent of m; a point where the form fixes it
   * @param second the exponent of n; a point where the form fixes it
   */
  public record Term(Interval coefficient, Interval first, Interval second) {

    /** Returns the term's value at a place. */
    public double at(double m, double n) {
      return coefficient.value() * Math.pow(m, first.value()) * Math.pow(n, second.value());
    }
  }

  /**
   * One fitted form.
   *
   * @param form which
   * @param terms its terms; of the bilinear form those that the data needs
   * @param relativeError the root mean square of observed over fitted less one
   * @param fits whether the noise explains what is left over, and no other form fits clearly better
   */
  public record Fitted(Form form, List<Term> terms, double relativeError, boolean fits) {

    /** Copies the list. */
    public Fitted {
      Objects.requireNonNull(form, "form");
      terms = List.copyOf(terms);
    }

    /** Returns the fitted value at a place. */
    public double at(double m, double n) {
      return terms.stream().mapToDouble(term -> term.at(m, n)).sum();
    }
  }
}

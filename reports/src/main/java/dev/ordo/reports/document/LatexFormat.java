package dev.ordo.reports.document;

import freemarker.core.CommonMarkupOutputFormat;
import freemarker.core.CommonTemplateMarkupOutputModel;
import java.io.IOException;
import java.io.Writer;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The escaping of LaTeX, for templates that begin with {@code <#ftl output_format="LaTeX">}.
 *
 * <p>Text stays text in a paragraph, a cell of a table and a legend, with pdfLaTeX and no package:
 * what LaTeX would obey is written as a sign, letters with accents are built from both, the signs
 * of laws and units become mathematics, a power as {@code n^1.5} is raised, and any other character
 * stands as its number, {@code [U+6F22]}, for a document that lacks one letter is better than one
 * that does not compile.
 */
final class LatexFormat extends CommonMarkupOutputFormat<LatexFormat.Output> {

  static final LatexFormat INSTANCE = new LatexFormat();

  private static final Map<Integer, String> SIGNS = new HashMap<>();

  /** Combining marks and the commands that put them on a letter, in every encoding of fonts. */
  private static final Map<Character, String> ACCENTS =
      Map.ofEntries(
          Map.entry('\u0300', "\\`"),
          Map.entry('\u0301', "\\'"),
          Map.entry('\u0302', "\\^"),
          Map.entry('\u0303', "\\~"),
          Map.entry('\u0304', "\\="),
          Map.entry('\u0306', "\\u"),
          Map.entry('\u0307', "\\."),
          Map.entry('\u0308', "\\\""),
          Map.entry('\u030A', "\\r"),
          Map.entry('\u030B', "\\H"),
          Map.entry('\u030C', "\\v"),
          Map.entry('\u0327', "\\c"));

  static {
    String[][] signs = {
      {"\\", "\\textbackslash{}"},
      {"{", "\\{"},
      {"}", "\\}"},
      {"$", "\\$"},
      {"&", "\\&"},
      {"#", "\\#"},
      {"_", "\\_"},
      {"%", "\\%"},
      {"^", "\\textasciicircum{}"},
      {"~", "\\textasciitilde{}"},
      {"<", "\\textless{}"},
      {">", "\\textgreater{}"},
      {"|", "\\textbar{}"},
      // At the beginning of a row both would belong to the end of the row before.
      {"[", "{[}"},
      {"]", "{]}"},
      {"*", "{*}"},
      // Two of these in a row would be another sign.
      {"-", "{-}"},
      {"`", "{`}"},
      {"'", "{'}"},
      {"\"", "{''}"},
      {"?", "{?}"},
      {"!", "{!}"},
      {",", "{,}"},
      {"\n", " "},
      {"\r", " "},
      {"\t", " "},
      {"\u00A0", "~"},
      {"…", "\\ldots{}"},
      {"–", "--"},
      {"—", "---"},
      {"‘", "`"},
      {"’", "'"},
      {"“", "``"},
      {"”", "''"},
      {"ß", "\\ss{}"},
      {"æ", "\\ae{}"},
      {"Æ", "\\AE{}"},
      {"œ", "\\oe{}"},
      {"Œ", "\\OE{}"},
      {"ø", "\\o{}"},
      {"Ø", "\\O{}"},
      {"ł", "\\l{}"},
      {"Ł", "\\L{}"},
      {"ı", "\\i{}"},
      {"§", "\\S{}"},
      {"©", "\\copyright{}"},
      {"£", "\\pounds{}"},
      {"⁰", "\\textsuperscript{0}"},
      {"¹", "\\textsuperscript{1}"},
      {"²", "\\textsuperscript{2}"},
      {"³", "\\textsuperscript{3}"},
      {"⁴", "\\textsuperscript{4}"},
      {"₀", "\\ensuremath{_0}"},
      {"₁", "\\ensuremath{_1}"},
      {"₂", "\\ensuremath{_2}"},
    };
    for (String[] sign : signs) {
      SIGNS.put(sign[0].codePointAt(0), sign[1]);
    }
    String[][] formulas = {
      {"×", "\\times"},
      {"·", "\\cdot"},
      {"√", "\\surd"},
      {"∞", "\\infty"},
      {"≤", "\\leq"},
      {"≥", "\\geq"},
      {"−", "-"},
      {"→", "\\to"},
      {"±", "\\pm"},
      {"≈", "\\approx"},
      {"Δ", "\\Delta"},
      {"µ", "\\mu"},
      {"μ", "\\mu"},
      {"α", "\\alpha"},
      {"β", "\\beta"},
      {"γ", "\\gamma"},
      {"δ", "\\delta"},
      {"ε", "\\epsilon"},
      {"λ", "\\lambda"},
      {"π", "\\pi"},
      {"ρ", "\\rho"},
      {"σ", "\\sigma"},
      {"τ", "\\tau"},
      {"φ", "\\phi"},
      {"θ", "\\theta"},
      {"ω", "\\omega"},
      {"Σ", "\\Sigma"},
      {"Ω", "\\Omega"},
      {"°", "^\\circ"},
      {"¬", "\\neg"},
    };
    for (String[] formula : formulas) {
      SIGNS.put(formula[0].codePointAt(0), "\\ensuremath{" + formula[1] + "}");
    }
  }

  private LatexFormat() {}

  /** A text in LaTeX, either still plain or already marked up. */
  static final class Output extends CommonTemplateMarkupOutputModel<Output> {

    private Output(String plain, String markup) {
      super(plain, markup);
    }

    @Override
    public LatexFormat getOutputFormat() {
      return INSTANCE;
    }
  }

  @Override
  public String getName() {
    return "LaTeX";
  }

  @Override
  public String getMimeType() {
    return "application/x-latex";
  }

  @Override
  public void output(String plain, Writer out) throws IOException {
    out.write(escapePlainText(plain));
  }

  @Override
  public String escapePlainText(String plain) {
    StringBuilder escaped = new StringBuilder(plain.length() + 16);
    for (int i = 0; i < plain.length(); ) {
      int end = power(plain, i);
      if (end > i) {
        escaped.append("\\textsuperscript{").append(plain, i + 1, end).append('}');
        i = end;
      } else {
        int c = plain.codePointAt(i);
        escaped.append(isMinus(plain, i) ? "\\ensuremath{-}" : escape(c));
        i += Character.charCount(c);
      }
    }
    return escaped.toString();
  }

  /** Returns where a power that begins at a place ends, or the place itself. */
  private static int power(String text, int place) {
    if (text.charAt(place) != '^' || place + 1 == text.length()) {
      return place;
    }
    int end = place + 1;
    while (end < text.length() && isNumber(text.charAt(end))) {
      end++;
    }
    return end == place + 1 ? place : end;
  }

  /** Returns whether a hyphen is the sign of a number. */
  private static boolean isMinus(String text, int place) {
    return text.charAt(place) == '-'
        && (place == 0 || !Character.isLetterOrDigit(text.charAt(place - 1)))
        && place + 1 < text.length()
        && isNumber(text.charAt(place + 1));
  }

  private static boolean isNumber(char c) {
    return (c >= '0' && c <= '9') || c == '.';
  }

  private static String escape(int c) {
    String sign = SIGNS.get(c);
    if (sign != null) {
      return sign;
    }
    if (c >= ' ' && c < 0x7F) {
      return Character.toString(c);
    }
    String parts = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFD);
    boolean letter = parts.length() == 2 && parts.charAt(0) < 0x7F;
    String accent = letter ? ACCENTS.get(parts.charAt(1)) : null;
    return accent != null
        ? accent + "{" + parts.charAt(0) + "}"
        : String.format(Locale.ROOT, "{[}U+%04X{]}", c);
  }

  @Override
  public boolean isLegacyBuiltInBypassed(String builtIn) {
    return false;
  }

  @Override
  protected Output newTemplateMarkupOutputModel(String plain, String markup) {
    return new Output(plain, markup);
  }
}

package dev.ordo.reports.document;

import freemarker.core.CommonMarkupOutputFormat;
import freemarker.core.CommonTemplateMarkupOutputModel;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The escaping of GitHub's Markdown, for templates that begin with {@code <#ftl
 * output_format="Markdown">}.
 *
 * <p>Text stays text in a paragraph, a list item, a table cell and an image's name: marks of
 * emphasis, links, tables, HTML and formulas lose their meaning, and {@code @name} tells nobody.
 */
final class MarkdownFormat extends CommonMarkupOutputFormat<MarkdownFormat.Output> {

  static final MarkdownFormat INSTANCE = new MarkdownFormat();

  private static final Pattern BULLET = Pattern.compile("^([-+](?=\\s)|[-=](?=[-=]*\\s*$))");
  private static final Pattern NUMBERED = Pattern.compile("^(\\d+)([.)])(?=\\s|$)");
  private static final Map<Character, String> ESCAPES =
      Map.ofEntries(
          Map.entry('&', "&amp;"),
          Map.entry('<', "&lt;"),
          Map.entry('>', "&gt;"),
          Map.entry('@', "@<!-- -->"),
          Map.entry('\\', "\\\\"),
          Map.entry('`', "\\`"),
          Map.entry('*', "\\*"),
          Map.entry('_', "\\_"),
          Map.entry('[', "\\["),
          Map.entry(']', "\\]"),
          Map.entry('|', "\\|"),
          Map.entry('~', "\\~"),
          Map.entry('#', "\\#"),
          Map.entry('$', "\\$"),
          Map.entry('\n', " "),
          Map.entry('\r', " "));

  private MarkdownFormat() {}

  /** A text in Markdown, either still plain or already marked up. */
  static final class Output extends CommonTemplateMarkupOutputModel<Output> {

    private Output(String plain, String markup) {
      super(plain, markup);
    }

    @Override
    public MarkdownFormat getOutputFormat() {
      return INSTANCE;
    }
  }

  @Override
  public String getName() {
    return "Markdown";
  }

  @Override
  public String getMimeType() {
    return "text/markdown";
  }

  @Override
  public void output(String plain, Writer out) throws IOException {
    out.write(escapePlainText(plain));
  }

  @Override
  public String escapePlainText(String plain) {
    StringBuilder escaped = new StringBuilder(plain.length() + 16);
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      escaped.append(ESCAPES.getOrDefault(c, String.valueOf(c)));
    }
    // Only at the beginning of a line do these start a list or underline a heading.
    String inline = BULLET.matcher(escaped).replaceFirst("\\\\$0");
    return NUMBERED.matcher(inline).replaceFirst("$1\\\\$2");
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

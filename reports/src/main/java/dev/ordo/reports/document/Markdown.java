package dev.ordo.reports.document;

import dev.ordo.reports.text.Text;

/** Text from outside, made fit for GitHub's Markdown. */
public final class Markdown {

  private Markdown() {}

  /**
   * Returns a text that Markdown shows as it is, in a paragraph, a list item or a table cell: one
   * line, without meaning for emphasis, links, tables, HTML or mentions.
   */
  public static String text(String plain) {
    return MarkdownFormat.INSTANCE.escapePlainText(Text.clean(plain));
  }
}

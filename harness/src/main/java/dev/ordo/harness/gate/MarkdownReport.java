package dev.ordo.harness.gate;

import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.document.Markdown;
import java.util.ArrayList;
import java.util.List;

/** The result of a gate as Markdown, for a job summary or a comment on a pull request. */
public final class MarkdownReport {

  /** A job summary holds 1 MiB, and nobody reads a thousand rows. */
  private static final int MOST_ROWS = 200;

  private MarkdownReport() {}

  /** Returns the page. */
  public static String text(GateResult result) {
    StringBuilder page = new StringBuilder();
    page.append("## Ordo gate: ").append(sign(result.outcome())).append("\n\n");
    page.append(Markdown.text(result.candidate() + " against the baseline " + result.base() + "."));
    page.append("\n\n");
    List<Claim> notable = new ArrayList<>(result.failing());
    notable.addAll(result.doubtful());
    for (Claim claim : notable.stream().limit(MOST_ROWS).toList()) {
      page.append("- **")
          .append(Markdown.text(claim.title()))
          .append("** ")
          .append(claim.fails() ? "regressed. " : "is in doubt: ")
          .append(Markdown.text(claim.doubt().map(doubt -> doubt + ". ").orElse("")))
          .append(Markdown.text(claim.sentence()))
          .append('\n');
    }
    result
        .doubts()
        .forEach(doubt -> page.append("- In doubt: ").append(Markdown.text(doubt)).append('\n'));
    page.append('\n');
    List<Claim> series = result.claims().stream().filter(c -> c.kind() != Claim.Kind.CELL).toList();
    table(series, page);
    List<Claim> cells = result.of(Claim.Kind.CELL);
    if (!cells.isEmpty()) {
      page.append("<details><summary>")
          .append(cells.size())
          .append(cells.size() == 1 ? " cell" : " cells")
          .append("</summary>\n\n");
      table(cells, page);
      page.append("</details>\n\n");
    }
    List<String> sentences = new ArrayList<>(List.of(result.rule(), result.margins()));
    sentences.addAll(result.unmatched());
    sentences.addAll(result.notes());
    sentences.forEach(sentence -> page.append(Markdown.text(sentence)).append("\n\n"));
    return page.toString();
  }

  private static void table(List<Claim> claims, StringBuilder page) {
    if (claims.isEmpty()) {
      return;
    }
    boolean trends = claims.stream().anyMatch(claim -> !claim.trend().isEmpty());
    page.append("| claim | of | change |").append(trends ? " along the sizes |" : "");
    page.append(" verdict |\n|---|---|---|").append(trends ? "---|" : "").append("---|\n");
    for (Claim claim : claims.stream().limit(MOST_ROWS).toList()) {
      String metric = claim.metric().equals(Measurements.TIME) ? "" : ", " + claim.metric();
      String verdict = claim.verdict().word();
      page.append("| ").append(claim.kind().word());
      page.append(" | ").append(Markdown.text(claim.name() + metric));
      page.append(" | ").append(Markdown.text(claim.figure()));
      if (trends) {
        page.append(" | ").append(Sparkline.of(claim.trend()));
      }
      page.append(" | ")
          .append(
              claim.fails() ? "**" + verdict + "**" : claim.gates() ? verdict : "(" + verdict + ")")
          .append(" |\n");
    }
    if (claims.size() > MOST_ROWS) {
      page.append("\n… and ").append(claims.size() - MOST_ROWS).append(" more\n");
    }
    page.append('\n');
  }

  private static String sign(Outcome outcome) {
    return switch (outcome) {
      case PASSED -> "✅ passed";
      case REGRESSED -> "❌ regressed";
      case INCONCLUSIVE -> "❔ inconclusive";
    };
  }
}

package dev.ordo.harness.gate;

import dev.ordo.reports.text.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of a gate as GitHub's workflow commands: an error for each regression, a warning for
 * each doubt, a notice for each series that improved. GitHub shows ten of a kind a step.
 */
public final class GithubAnnotations {

  private static final int MOST = 10;

  private GithubAnnotations() {}

  /** Returns the lines, each ending in {@code \n}. */
  public static String text(GateResult result, Sources sources) {
    List<String> lines = new ArrayList<>();
    List<Claim> doubtful = result.doubtful();
    List<Claim> improved =
        result.claims().stream()
            .filter(c -> c.kind() != Claim.Kind.CELL && c.verdict() == Verdict.IMPROVED)
            .toList();
    add("error", result.failing(), sources, lines);
    add("warning", doubtful, sources, lines);
    result.doubts().stream()
        .limit(Math.max(0, MOST - doubtful.size()))
        .forEach(doubt -> lines.add("::warning title=Ordo gate::" + data(doubt)));
    add("notice", improved, sources, lines);
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static void add(String level, List<Claim> claims, Sources sources, List<String> lines) {
    for (Claim claim : claims.stream().limit(MOST).toList()) {
      Location place = sources.of(claim);
      String doubt =
          claim.doubt().filter(d -> claim.doubtful()).map(d -> " (" + d + ")").orElse("");
      lines.add(
          "::"
              + level
              + " file="
              + property(place.path())
              + ",line="
              + place.line()
              + ",title="
              + property(claim.title() + ": " + claim.verdict().word())
              + "::"
              + data(claim.sentence() + doubt));
    }
  }

  /** Escapes the text of a command. */
  static String data(String text) {
    return Text.clean(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  /** Escapes a property of a command. */
  static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}

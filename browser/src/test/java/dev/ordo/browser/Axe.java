package dev.ordo.browser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The accessibility checker axe-core, run in a tab. */
final class Axe {

  private static final String FAULTS =
      """
      const done = arguments[arguments.length - 1];
      axe.run(document, {resultTypes: ['violations']}).then(
        results => done(results.violations
          .filter(rule => rule.impact === 'serious' || rule.impact === 'critical')
          .flatMap(rule => rule.nodes.slice(0, 5).map(
            node => rule.id + ': ' + node.target.join(' ') + ': ' + node.failureSummary))),
        failure => done(['axe: ' + failure]));
      """;

  private Axe() {}

  /** Returns each serious or critical fault of the page in a tab, with what would mend it. */
  static List<String> faults(Tab tab) throws IOException {
    try (InputStream script = Axe.class.getResourceAsStream("/axe.min.js")) {
      tab.run(new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    return tab.wait(FAULTS);
  }
}

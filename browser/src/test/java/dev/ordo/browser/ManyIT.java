package dev.ordo.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Browser.class)
class ManyIT {

  private static final String TIMES =
      """
      const paint = performance.getEntriesByName('first-contentful-paint')[0];
      const page = performance.getEntriesByType('navigation')[0];
      return {painted: paint ? paint.startTime : NaN, loaded: page.loadEventEnd};
      """;

  /** Times are printed and not judged: what a busy machine takes says nothing. */
  @Test
  void opensAPageOfTenThousandMeasurements(Tab tab) throws IOException {
    Path page = Pages.many();
    tab.open(page);
    Map<String, Object> times = tab.map(TIMES);
    double elements = tab.number("return document.querySelectorAll('*').length");
    System.out.printf(
        "%,d measurements: painted after %s ms, loaded after %s ms, %.1f MB, %,.0f elements%n",
        MadeResults.MANY,
        times.get("painted"),
        times.get("loaded"),
        Files.size(page) / 1e6,
        elements);
    assertThat(tab.complaints()).isEmpty();
    assertThat(elements).isBetween(1e3, 4e5);
    assertThat(Files.size(page)).isLessThan(50_000_000);
  }
}

package dev.ordo.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Names that are code somewhere stay names. */
@ExtendWith(Browser.class)
class HostileIT {

  /** What a page is built of, but for the drawings, whose labels take what room they need. */
  private static final String ANATOMY =
      """
      const parts = {};
      const count = part => parts[part] = (parts[part] || 0) + 1;
      for (const element of document.querySelectorAll('*')) {
        if (element.closest('svg')) continue;
        count(element.localName);
        for (const attribute of element.attributes) count(element.localName + ' ' + attribute.name);
      }
      return Object.entries(parts).map(([part, n]) => part + ' ' + n).sort();
      """;

  private static final String SUSPECTS =
      """
      return [...document.querySelectorAll('*')].filter(element =>
        /^(iframe|object|embed|img|image|foreignobject|base|form|animate|set)$/i
          .test(element.localName)
        || (element.closest('svg') && element.localName === 'script')
        || [...element.attributes].some(attribute =>
          /^on/i.test(attribute.name) || /^\\s*javascript:/i.test(attribute.value)))
        .map(element => element.outerHTML.slice(0, 200));
      """;

  @Test
  void namesOfARunAreText(Tab tab) {
    check(tab, Pages.run("hostile-run", Names.HOSTILE), Pages.run("plain-run", Names.PLAIN));
    assertThat(tab.text("return document.body.innerText"))
        .contains("<img src=x onerror=\"window.injected=1\">")
        .contains("</script><script>window.injected=2</script>")
        .contains("{{constructor.constructor('window.injected=4')()}}<!--");
  }

  @Test
  void namesOfAResultFileAreText(Tab tab) {
    check(
        tab,
        Pages.results("hostile-results", Names.HOSTILE),
        Pages.results("plain-results", Names.PLAIN));
  }

  private static void check(Tab tab, Path hostile, Path plain) {
    List<String> expected = tab.open(plain).list(ANATOMY);
    tab.open(hostile);
    assertThat(tab.<String>list(ANATOMY)).isEqualTo(expected);
    assertThat(tab.<String>list(SUSPECTS)).isEmpty();
    assertThat(tab.run("return window." + Names.FLAG)).isNull();
    assertThat(tab.dialogs()).isEmpty();
    assertThat(tab.complaints()).isEmpty();
    assertThat(tab.requests())
        .containsExactly(plain.toUri().toString(), hostile.toUri().toString());
  }
}

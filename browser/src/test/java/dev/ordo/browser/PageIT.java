package dev.ordo.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Browser.class)
class PageIT {

  static Stream<Path> pages() {
    return Stream.of(
        Pages.example(),
        Pages.run("known", Names.KNOWN),
        Pages.results("plain-results", Names.PLAIN));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void opensWithoutAnErrorAndAsksForNothingButItself(Path page, Tab tab) {
    tab.open(page);
    tab.run("window.scrollTo(0, document.body.scrollHeight)");
    assertThat(tab.complaints()).isEmpty();
    assertThat(tab.requests()).containsExactly(page.toUri().toString());
    assertThat(tab.dialogs()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void hasNoSeriousFaultOfAccessibilityInLightColours(Path page, Tab tab) throws IOException {
    assertThat(Axe.faults(tab.dark(false).open(page))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void hasNoSeriousFaultOfAccessibilityInDarkColours(Path page, Tab tab) throws IOException {
    tab.dark(true).open(page);
    assertThat(tab.text("return getComputedStyle(document.body).backgroundColor"))
        .isNotEqualTo("rgb(255, 255, 255)");
    assertThat(Axe.faults(tab)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {320, 360, 800, 1600})
  void isNeverWiderThanTheWindow(int width, Tab tab) {
    for (Path page : pages().toList()) {
      tab.size(width, 800).open(page);
      assertThat(tab.number("return document.scrollingElement.scrollWidth"))
          .as("%s at %d px", page.getParent().getFileName(), width)
          .isLessThanOrEqualTo(width);
    }
  }

  @Test
  void showsTheStillPicturesWhenPrinted(Tab tab) {
    tab.open(Pages.example()).print();
    List<Object> shown =
        tab.list(
            "return [...document.querySelectorAll('figure svg')]"
                + ".filter(svg => svg.checkVisibility()).map(svg => svg.closest('.still, .card')"
                + " !== null)");
    assertThat(shown).isNotEmpty().containsOnly(true);
    assertThat(tab.holds("return document.querySelector('nav').checkVisibility()")).isFalse();
  }

  @Test
  void needsNoScriptToBeRead(Tab tab) {
    tab.scripts(false).open(Pages.example());
    try {
      assertThat(tab.complaints()).isEmpty();
    } finally {
      tab.scripts(true);
    }
  }
}

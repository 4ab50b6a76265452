package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

  @Test
  void isColouredWhereAPersonWatches() {
    assertThat(Terminal.isColoured(Map.of("TERM", "xterm"), true, true)).isTrue();
    assertThat(Terminal.isColoured(Map.of("NO_COLOR", ""), true, true)).isTrue();
  }

  @Test
  void isPlainInAPipeAndWhereColoursAreNotWanted() {
    assertThat(Terminal.isColoured(Map.of(), false, true)).isFalse();
    assertThat(Terminal.isColoured(Map.of("NO_COLOR", "1"), true, true)).isFalse();
    assertThat(Terminal.isColoured(Map.of("TERM", "dumb"), true, true)).isFalse();
    assertThat(Terminal.isColoured(Map.of(), true, false)).isFalse();
  }

  @Test
  void isColouredWhereThatIsForced() {
    assertThat(Terminal.isColoured(Map.of("CLICOLOR_FORCE", "1"), false, false)).isTrue();
    assertThat(Terminal.isColoured(Map.of("CLICOLOR_FORCE", "0"), false, false)).isFalse();
    assertThat(Terminal.isColoured(Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1"), false, true))
        .isFalse();
  }
}

package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {

  @Test
  void keepTheOrderOfTheirRows() {
    assertThat(
            Columns.merged(
                List.of(
                    List.of("prefill", "decode"),
                    List.of("train", "prefill", "generate"),
                    List.of("decode", "generate"))))
        .containsExactly("train", "prefill", "decode", "generate");
    assertThat(
            Columns.merged(
                List.of(List.of("prefill", "decode"), List.of("train", "prefill", "decode"))))
        .containsExactly("train", "prefill", "decode");
  }

  @Test
  void holdEveryNameOnce() {
    assertThat(Columns.merged(List.of(List.of("b", "a"), List.of("a", "b"), List.of())))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(Columns.merged(List.of())).isEmpty();
  }
}

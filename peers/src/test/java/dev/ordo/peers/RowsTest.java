package dev.ordo.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.ModelShape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowsTest {

  @Test
  void haveIdsOfTheirOwn() {
    assertThat(Rows.all()).extracting(Row::id).doesNotHaveDuplicates();
  }

  @Test
  void areFoundById() {
    assertThat(Rows.get("gemm-512").contenders()).containsKeys("ordo-linear", "openblas");
  }

  @Test
  void nameThoseThereAre() {
    assertThatThrownBy(() -> Rows.get("gemm"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("row 'gemm' must be one of [gemm-256, ");
  }

  @Test
  void needTheirReference() {
    assertThatThrownBy(() -> Row.time("x", "X", Map.of(), "peer", 0, 1, 1, "1/s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("row 'x': reference 'peer' must be one of []");
  }

  /** By hand, for one block of width 2, three tokens and a context of five. */
  @Test
  void countTheBytesThatADecodingStepReads() {
    ModelShape shape = new ModelShape(2, 1, 1, 2, 3);
    int maps = (2 * 6 + 6) + (2 * 2 + 2) + (2 * 8 + 8) + (8 * 2 + 2);
    int norms = 3 * (2 + 2);
    int rows = 2 + 2;
    int head = 3 * 2;
    int cache = 2 * 5 * 2;

    assertThat(Bandwidth.bytes(shape, 5)).isEqualTo(4L * (maps + norms + rows + head + cache));
  }
}

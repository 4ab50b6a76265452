package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanesTest {

  /** The build runs the tests of this package once with {@code -Dordo.vectors=none}. */
  @Test
  void thereAreVectorsUnlessTheModuleIsLeftOut() {
    assertThat(Lanes.VECTORS).isEqualTo(!"none".equals(System.getProperty("ordo.vectors")));
    assertThat(Integer.bitCount(Lanes.COUNT)).isEqualTo(1);
  }
}

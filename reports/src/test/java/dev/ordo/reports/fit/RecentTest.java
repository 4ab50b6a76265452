package dev.ordo.reports.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTest {

  private final List<Integer> made = new ArrayList<>();
  private final Recent<Integer, String> recent =
      new Recent<>(
          2,
          key -> {
            made.add(key);
            return "of " + key;
          });

  @Test
  void makesAValueOnce() {
    assertThat(recent.of(1)).isEqualTo("of 1").isSameAs(recent.of(1));
    assertThat(made).containsExactly(1);
  }

  @Test
  void forgetsWhatWasNotAskedForLongest() {
    recent.of(1);
    recent.of(2);
    recent.of(1);
    recent.of(3);
    recent.of(1);
    recent.of(2);
    assertThat(made).containsExactly(1, 2, 3, 2);
  }
}

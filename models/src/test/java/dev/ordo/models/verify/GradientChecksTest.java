package dev.ordo.models.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.Golden;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Checkpoint;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.recurrent.RnnProvider;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GradientChecksTest {

  private static final double TOLERANCE = 1e-4;

  @Test
  void aGradientThatIsZeroButForRoundingIsOnTheScaleOfTheRest() {
    Check large = new Check("grad.a", 1e-6, 2, false);
    Check small = new Check("grad.b", 1e-8, 1e-3, false);
    Check rounding = new Check("grad.c", 1e-9, 1e-15, false);
    Check wrong = new Check("grad.d", 1e-2, 1e-15, false);
    List<Check> scaled = GradientChecks.scaled(List.of(rounding, large, wrong, small));
    assertThat(scaled)
        .containsExactly(
            new Check("grad.c", 1e-9, 2, false), large, new Check("grad.d", 1e-2, 2, false), small);
    assertThat(scaled.stream().map(check -> check.passes(TOLERANCE)))
        .containsExactly(true, true, false, true);
  }

  @Test
  void gradientsThatAreAllZeroHaveNoScale() {
    Check exact = new Check("grad.a", 0, 0, false);
    Check wrong = new Check("grad.b", 1e-9, 0, false);
    List<Check> scaled = GradientChecks.scaled(List.of(exact, wrong));
    assertThat(scaled.stream().map(check -> check.passes(TOLERANCE))).containsExactly(true, false);
    assertThat(GradientChecks.scaled(List.of())).isEmpty();
  }

  /** Files of weights may lack the prefix that the reference's parameters have. */
  @Test
  void findsParametersWithoutThePrefixOfTheWholeModel() throws IOException {
    Golden golden = Golden.load("rnn");
    Training training = new RnnProvider().training(Checkpoint.open(Golden.folder("rnn")));
    training.step(new int[][] {golden.tokens("input_ids", 0), golden.tokens("input_ids", 1)});
    Tensors.Builder prefixed = Tensors.builder("prefixed");
    for (String name : training.names()) {
      int[] shape = golden.model().shape(name);
      prefixed.put("grad.model." + name, training.gradient(name).clone(), shape);
    }
    prefixed.put("grad.model.other", new float[] {1}, 1);
    Set<String> seen = new HashSet<>();
    List<Check> checks = new GradientChecks(prefixed.build(), seen).of(0, training);
    assertThat(checks).hasSameSizeAs(training.names());
    assertThat(checks).allMatch(check -> check.difference() == 0);
    assertThat(seen).hasSameSizeAs(training.names()).doesNotContain("grad.model.other");
  }
}

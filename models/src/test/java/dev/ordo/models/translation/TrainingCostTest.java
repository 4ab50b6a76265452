package dev.ordo.models.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.Training;
import dev.ordo.models.TranslationTraining;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingCostTest {

  @ParameterizedTest
  @EnumSource
  void operationsAndGradientsAreThoseOfThePlainLoops(Kind kind) {
    for (ModelShape shape :
        new ModelShape[] {
          new ModelShape(8, 1, 2, 2, 11),
          new ModelShape(6, 2, 3, 2, 5),
          new ModelShape(12, 3, 1, 2, 7)
        }) {
      for (int length : new int[] {1, 2, 5, 40}) {
        SplittableRandom random = new SplittableRandom(length);
        // Padding, which is token 0, would not learn.
        int[] source = random.ints(length, 1, shape.vocabulary()).toArray();
        int[] labels = random.ints(length, 1, shape.vocabulary()).toArray();
        TrainingTwin twin = new TrainingTwin(kind.architecture(shape), kind.weights(shape, 1));
        TranslationTraining training = (TranslationTraining) kind.training(shape, 1);
        double loss = twin.step(source, labels);
        assertThat((double) training.step(new int[][] {source}, new int[][] {labels}))
            .isCloseTo(loss, within(1e-5 * loss));
        assertSameGradients(training, twin);
        assertThat((double) twin.counter.operations())
            .as("%s of length %s", shape, length)
            .isEqualTo(
                EncoderDecoderCost.of(kind.architecture(shape), Phase.TRAIN, true)
                    .flops()
                    .at(length));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void parametersAreThoseOfTheTraining(Kind kind) {
    ModelShape shape = new ModelShape(12, 3, 2, 2, 7);
    Training training = kind.training(shape, 1);
    assertThat(new TrainingCost(kind.architecture(shape)).parameters())
        .isEqualTo(
            training.names().stream().mapToLong(name -> training.parameter(name).length).sum());
  }

  private static void assertSameGradients(Training training, TrainingTwin twin) {
    double all = 0;
    for (String name : training.names()) {
      all = Math.max(all, largest(twin.gradient(name)));
    }
    for (String name : training.names()) {
      double[] expected = twin.gradient(name);
      float[] actual = training.gradient(name);
      assertThat(actual).hasSize(expected.length);
      // That of a bias of keys, and of what chooses among one key, is 0 but for rounding.
      double scale = Math.max(largest(expected), 1e-2 * all);
      for (int i = 0; i < expected.length; i++) {
        assertThat((double) actual[i]).as(name).isCloseTo(expected[i], within(1e-4 * scale));
      }
    }
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }
}

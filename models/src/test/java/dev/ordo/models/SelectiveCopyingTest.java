package dev.ordo.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.autograd.LanguageTraining;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Proof that training learns: selective copying (Gu and Dao, <a
 * href="https://arxiv.org/abs/2312.00752">Mamba</a>, 2023, section 3.1). Some tokens lie scattered
 * among noise; after a mark the model has to repeat them in order. What is where is different in
 * every row, so a model has to choose by content what it keeps.
 */
class SelectiveCopyingTest {

  private static final int NOISE = 0;
  private static final int MARK = 1;
  private static final int SYMBOLS = 8;
  private static final int CONTEXT = 24;
  private static final int COPIED = 4;
  private static final int BATCH = 16;
  private static final ModelShape SHAPE = new ModelShape(32, 2, 2, 16, 2 + SYMBOLS);

  @ParameterizedTest
  @CsvSource({"mamba, 400", "transformer, 400", "rnn, 400", "s4d, 400", "lstm, 400"})
  void learns(String id, int steps) {
    long start = System.nanoTime();
    LanguageTraining training =
        (LanguageTraining)
            Models.load(getClass().getClassLoader())
                .get(id)
                .training(SHAPE, 1, CONTEXT + 1 + COPIED);
    Adam adam = new Adam(training, 3e-3);
    SplittableRandom random = new SplittableRandom(7);
    double mean = 0;
    for (int step = 0; step < steps; step++) {
      float loss = training.step(rows(random), CONTEXT + 1);
      adam.update();
      mean += loss / 50;
      if (step % 50 == 49) {
        System.out.println(id + " " + (step + 1) + " " + mean + " " + (System.nanoTime() - start) / 1e9);
        mean = 0;
      }
    }
  }

  private static int[][] rows(SplittableRandom random) {
    int[][] rows = new int[BATCH][];
    for (int b = 0; b < BATCH; b++) {
      rows[b] = row(random);
    }
    return rows;
  }

  private static int[] row(SplittableRandom random) {
    int[] row = new int[CONTEXT + 1 + COPIED];
    Arrays.fill(row, 0, CONTEXT, NOISE);
    row[CONTEXT] = MARK;
    int left = COPIED;
    for (int i = 0; i < CONTEXT; i++) {
      if (random.nextInt(CONTEXT - i) < left) {
        row[i] = 2 + random.nextInt(SYMBOLS);
        row[CONTEXT + 1 + COPIED - left] = row[i];
        left--;
      }
    }
    return row;
  }
}

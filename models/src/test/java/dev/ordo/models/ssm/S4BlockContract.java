package dev.ordo.models.ssm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.Golden;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

abstract class S4BlockContract {

  private static final int D = 32;
  private static final int L = 24;

  private final Golden golden;
  private final SpaceOptions options;
  private final S4Block block;

  S4BlockContract(String type, boolean lowRank) {
    golden = Golden.load(type);
    options = SpaceOptions.standard(D, golden.integer("d_state"), lowRank);
    block = new S4Block(golden.model(), "", options);
  }

  @Test
  void kernelEqualsTheReference() {
    float[] kernel = new float[L * D];
    block.kernelMaker(L, new KernelScratch(options, L)).make(L, kernel);
    Golden.assertClose(transposed(kernel, L, D), golden.floats("kernel"));
  }

  @Test
  void convolutionFormEqualsTheReference() {
    for (int row = 0; row < 2; row++) {
      float[] u = transposed(golden.row("u", row), D, L);
      Run run = new Run(L);
      run.forward(u);
      Golden.assertClose(transposed(run.y, L, D), golden.row("y", row));
    }
  }

  @Test
  void recurrentFormEqualsTheReference() {
    for (int row = 0; row < 2; row++) {
      float[] u = transposed(golden.row("u", row), D, L);
      Run run = new Run(L);
      for (int t = 0; t < L; t++) {
        run.step(u, t);
      }
      Golden.assertClose(transposed(run.y, L, D), golden.row("y_steps", row));
    }
  }

  @Test
  void bothFormsEndInTheSameState() {
    float[] u = transposed(golden.row("u", 0), D, L);
    for (int length = 1; length <= L; length++) {
      Run convolved = new Run(length);
      convolved.forward(Arrays.copyOf(u, length * D));
      Run stepped = new Run(length);
      for (int t = 0; t < length; t++) {
        stepped.step(u, t);
      }
      Golden.assertClose(convolved.re, stepped.re);
      Golden.assertClose(convolved.im, stepped.im);
      Golden.assertClose(convolved.y, stepped.y);
    }
  }

  @Test
  void theOutputIsAddedToWhatIsThere() {
    float[] u = transposed(golden.row("u", 0), D, L);
    Run plain = new Run(L);
    plain.forward(u.clone());
    Run raised = new Run(L);
    Arrays.fill(raised.y, 3);
    raised.forward(u.clone());
    for (int i = 0; i < raised.y.length; i++) {
      raised.y[i] -= 3;
    }
    assertThat(plain.y).isNotEqualTo(new float[L * D]);
    Golden.assertClose(raised.y, plain.y);
  }

  /** One pass over a sequence. */
  private final class Run {
    final float[] re = new float[block.stateSize()];
    final float[] im = new float[block.stateSize()];
    final float[] y;
    final S4Block.Scratch scratch;
    final StateSpace.KernelMaker maker;

    Run(int length) {
      y = new float[length * D];
      scratch = new S4Block.Scratch(length, options);
      maker = block.kernelMaker(length, scratch.makers());
    }

    void forward(float[] u) {
      block.forward(u, y.length / D, re, im, maker, scratch, y);
    }

    void step(float[] u, int t) {
      float[] row = new float[D];
      float[] input = Arrays.copyOfRange(u, t * D, (t + 1) * D);
      block.step(input, re, im, re, im, scratch, row);
      System.arraycopy(row, 0, y, t * D, D);
    }
  }

  private static float[] transposed(float[] x, int rows, int columns) {
    float[] y = new float[x.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        y[c * rows + r] = x[r * columns + c];
      }
    }
    return y;
  }
}

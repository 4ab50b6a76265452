package dev.ordo.models.ssm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Golden;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HippoLegsTest {

  @Test
  void equalsTheReferenceUpToThePhase() {
    HippoLegs legs = HippoLegs.of(16);
    float[] frequencies = Golden.load("s4").model().get("layer.kernel.A_imag", 32, 8);
    float[] corrections = Golden.load("s4").model().get("layer.kernel.P", 1, 32, 8, 2);
    for (int n = 0; n < 8; n++) {
      assertThat(legs.frequencies()[n]).isCloseTo(frequencies[n], within(1e-4));
      double size = Math.hypot(corrections[2 * n], corrections[2 * n + 1]);
      assertThat(legs.corrections()[n]).isCloseTo(size, within(1e-5));
      assertThat(legs.inputs()[n]).isEqualTo(Math.min(2, Math.sqrt(2) * legs.corrections()[n]));
    }
  }

  /** In either basis Pᵀ·Aᵏ·P is the same, A being the whole matrix. */
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 16, 64})
  void hasTheMomentsOfTheMatrix(int states) {
    HippoLegs legs = HippoLegs.of(states);
    double[] plain = new double[states];
    for (int n = 0; n < states; n++) {
      plain[n] = Math.sqrt(n + 0.5);
    }
    int half = states / 2;
    Complex[] turned = new Complex[half];
    for (int n = 0; n < half; n++) {
      turned[n] = new Complex(legs.corrections()[n], 0);
    }
    for (int power = 0; power < 5; power++) {
      double expected = 0;
      for (int n = 0; n < states; n++) {
        expected += Math.sqrt(n + 0.5) * plain[n];
      }
      double actual = 0;
      for (int n = 0; n < half; n++) {
        actual += 2 * legs.corrections()[n] * turned[n].re();
      }
      assertThat(actual / expected).as("moment %d", power).isCloseTo(1, within(1e-9));
      plain = multiplied(plain);
      double dot = actual;
      for (int n = 0; n < half; n++) {
        Complex a = new Complex(-0.5, -legs.frequencies()[n]);
        turned[n] = turned[n].times(a).minus(new Complex(legs.corrections()[n] * dot, 0));
      }
    }
  }

  /** Returns A·x, by the definition of HiPPO-LegS. */
  private static double[] multiplied(double[] x) {
    double[] y = new double[x.length];
    for (int n = 0; n < x.length; n++) {
      y[n] = -(n + 1) * x[n];
      for (int k = 0; k < n; k++) {
        y[n] -= Math.sqrt((2.0 * n + 1) * (2.0 * k + 1)) * x[k];
      }
    }
    return y;
  }
}

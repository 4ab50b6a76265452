package dev.ordo.models.ssm;

import dev.ordo.models.CountedTape.Matrix;
import dev.ordo.models.Counter;
import dev.ordo.models.checkpoint.Tensors;

/** A slow twin of {@link Mamba2Training} with one sequence that counts its operations. */
final class CountedMamba2Training extends CountedSelectiveTraining {

  private final Mamba2Sizes sizes;

  /** Computes chunks forward. */
  private final CountedMamba2 forward;

  CountedMamba2Training(Tensors weights, Mamba2Sizes sizes, Counter counter) {
    super(weights, counter, sizes.shape().layers(), sizes.epsilon());
    this.sizes = sizes;
    forward = new CountedMamba2(weights, sizes, counter);
  }

  @Override
  protected Matrix mix(String mixer, Matrix normed) {
    Matrix all = tape.affine(normed, tape.parameter(mixer + "in_proj.weight"), null);
    Matrix taps = tape.parameter(mixer + "conv1d.weight");
    Matrix xbc = convolve(all, sizes.inner(), taps, tape.parameter(mixer + "conv1d.bias"));
    Matrix steps = columns(all, sizes.inner() + sizes.convolved(), sizes.heads());
    Matrix dt = softplus(shifted(steps, tape.parameter(mixer + "dt_bias")));
    if (sizes.limited()) {
      dt = limited(dt);
    }
    Matrix logA = tape.parameter(mixer + "A_log");
    Matrix y = ssd(xbc, dt, logA, tape.parameter(mixer + "D"));
    Matrix gated = norm(gate(y, all, 0), mixer + "norm.weight");
    return tape.affine(gated, tape.parameter(mixer + "out_proj.weight"), null);
  }

  private Matrix shifted(Matrix x, Matrix bias) {
    Matrix y = new Matrix(x.rows(), x.columns());
    for (int t = 0; t < x.rows(); t++) {
      for (int i = 0; i < x.columns(); i++) {
        y.value()[t][i] = counter.add(x.value()[t][i], bias.value()[0][i]);
      }
    }
    tape.record(
        () -> {
          double[] db = bias.gradient()[0];
          for (int t = 0; t < x.rows(); t++) {
            for (int i = 0; i < x.columns(); i++) {
              x.gradient()[t][i] = counter.add(x.gradient()[t][i], y.gradient()[t][i]);
              db[i] = counter.add(db[i], y.gradient()[t][i]);
            }
          }
        });
    return y;
  }

  private Matrix limited(Matrix x) {
    Matrix y = new Matrix(x.rows(), x.columns());
    for (int t = 0; t < x.rows(); t++) {
      for (int i = 0; i < x.columns(); i++) {
        y.value()[t][i] = Math.min(sizes.longest(), Math.max(sizes.shortest(), x.value()[t][i]));
      }
    }
    tape.record(
        () -> {
          for (int t = 0; t < x.rows(); t++) {
            for (int i = 0; i < x.columns(); i++) {
              boolean within = x.value()[t][i] == y.value()[t][i];
              double dy = within ? y.gradient()[t][i] : 0;
              x.gradient()[t][i] = counter.add(x.gradient()[t][i], dy);
            }
          }
        });
    return y;
  }

  private Matrix ssd(Matrix xbc, Matrix dt, Matrix logA, Matrix skip) {
    Matrix y = new Matrix(xbc.rows(), sizes.inner());
    double[] rates = new double[sizes.heads()];
    double[][][] states = new double[rates.length][sizes.shape().state()][sizes.headWidth()];
    for (int h = 0; h < rates.length; h++) {
      rates[h] = -counter.apply(Math::exp, logA.value()[0][h]);
    }
    CountedSsdGradient gradient =
        new CountedSsdGradient(sizes, counter, forward, xbc, dt, rates, skip, y);
    tape.record(
        () -> {
          for (int h = 0; h < rates.length; h++) {
            double[] to = logA.gradient()[0];
            to[h] = counter.multiplyAdd(gradient.dRates()[h], rates[h], to[h]);
          }
        });
    int share = rates.length / sizes.groups();
    for (int t = 0; t < xbc.rows(); t += sizes.chunk()) {
      int start = t;
      int end = Math.min(xbc.rows(), t + sizes.chunk());
      double[][][] before = new double[rates.length][][];
      for (int h = 0; h < rates.length; h++) {
        before[h] = new double[states[h].length][];
        for (int n = 0; n < before[h].length; n++) {
          before[h][n] = states[h][n].clone();
        }
      }
      for (int g = 0; g < sizes.groups(); g++) {
        double[][] gram = forward.gram(xbc.value(), g, t, end);
        for (int h = g * share; h < (g + 1) * share; h++) {
          double[][] values = xbc.value();
          double d = skip.value()[0][h];
          forward.chunk(values, dt.value(), rates[h], d, h, g, t, end, gram, states[h], y.value());
        }
      }
      tape.record(() -> gradient.chunk(start, end, before));
    }
    return y;
  }
}

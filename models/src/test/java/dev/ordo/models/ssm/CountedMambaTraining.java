package dev.ordo.models.ssm;

import dev.ordo.models.CountedTape.Matrix;
import dev.ordo.models.Counter;
import dev.ordo.models.checkpoint.Tensors;
import dev.ordo.models.kernel.SelectiveScanGradient;

/** A slow twin of {@link MambaTraining} with one sequence that counts its operations. */
final class CountedMambaTraining extends CountedSelectiveTraining {

  private static final int CHUNK = SelectiveScanGradient.CHUNK;

  private final MambaSizes sizes;
  private final boolean chunked;

  CountedMambaTraining(Tensors weights, MambaSizes sizes, boolean chunked, Counter counter) {
    super(weights, counter, sizes.shape().layers(), sizes.epsilon());
    this.sizes = sizes;
    this.chunked = chunked;
  }

  @Override
  protected Matrix mix(String mixer, Matrix normed) {
    Matrix xz = map(mixer + "in_proj", normed, null);
    Matrix taps = tape.parameter(mixer + "conv1d.weight");
    Matrix x = convolve(xz, 0, taps, tape.parameter(mixer + "conv1d.bias"));
    Matrix selection = map(mixer + "x_proj", x, null);
    Matrix ranks = columns(selection, 0, sizes.rank());
    Matrix bias = tape.parameter(mixer + "dt_proj.bias");
    Matrix dt = softplus(map(mixer + "dt_proj", ranks, bias));
    Matrix logA = tape.parameter(mixer + "A_log");
    Matrix y = scan(x, dt, selection, logA, tape.parameter(mixer + "D"));
    return map(mixer + "out_proj", gate(y, xz, sizes.inner()), null);
  }

  private Matrix map(String name, Matrix x, Matrix bias) {
    return tape.affine(x, tape.parameter(name + ".weight"), bias);
  }

  private Matrix scan(Matrix x, Matrix dt, Matrix selection, Matrix logA, Matrix skip) {
    Matrix y = new Matrix(x.rows(), x.columns());
    for (int c = 0; c < x.columns(); c++) {
      Channel channel = new Channel(x, dt, selection, logA, skip, c);
      channel.forward(y);
      tape.record(() -> channel.backward(y));
    }
    return y;
  }

  /** The scan of one channel. */
  private final class Channel {

    private final Matrix x;
    private final Matrix dt;
    private final Matrix selection;
    private final Matrix logA;
    private final Matrix skip;
    private final int c;
    private final int states;
    private final double[] rates;

    Channel(Matrix x, Matrix dt, Matrix selection, Matrix logA, Matrix skip, int c) {
      this.x = x;
      this.dt = dt;
      this.selection = selection;
      this.logA = logA;
      this.skip = skip;
      this.c = c;
      states = logA.columns();
      rates = new double[states];
      for (int n = 0; n < states; n++) {
        rates[n] = -counter.apply(Math::exp, logA.value()[c][n]);
      }
    }

    private double b(int t, int n) {
      return selection.value()[t][sizes.rank() + n];
    }

    private double c(int t, int n) {
      return selection.value()[t][sizes.rank() + states + n];
    }

    /** Computes decays and the state after one step, and returns Δx. */
    private double advance(int t, double[] before, double[] decays, double[] after) {
      double u = counter.multiply(dt.value()[t][c], x.value()[t][c]);
      for (int n = 0; n < states; n++) {
        decays[n] = counter.apply(Math::exp, counter.multiply(dt.value()[t][c], rates[n]));
        after[n] = counter.multiplyAdd(decays[n], before[n], counter.multiply(u, b(t, n)));
      }
      return u;
    }

    /** Returns the states at the starts of chunks: each scanned from zeros, then joined. */
    private double[][] starts() {
      int chunks = (x.rows() + CHUNK - 1) / CHUNK;
      double[][] starts = new double[chunks][states];
      for (int k = 0; k + 1 < chunks; k++) {
        double[] h = new double[states];
        double sum = 0;
        for (int t = k * CHUNK; t < (k + 1) * CHUNK; t++) {
          advance(t, h, new double[states], h);
          sum = counter.add(sum, dt.value()[t][c]);
        }
        starts[k + 1] = join(sum, starts[k], h);
      }
      return starts;
    }

    /** Returns the gradients of the states at the ends of chunks, likewise. */
    private double[][] ends(Matrix y) {
      int chunks = (x.rows() + CHUNK - 1) / CHUNK;
      double[][] ends = new double[chunks][states];
      for (int k = chunks - 1; k > 0; k--) {
        double[] g = new double[states];
        double sum = 0;
        for (int t = Math.min(x.rows(), (k + 1) * CHUNK) - 1; t >= k * CHUNK; t--) {
          sum = counter.add(sum, dt.value()[t][c]);
          for (int n = 0; n < states; n++) {
            double a = counter.apply(Math::exp, counter.multiply(dt.value()[t][c], rates[n]));
            g[n] = counter.multiplyAdd(y.gradient()[t][c], c(t, n), g[n]);
            g[n] = counter.multiply(g[n], a);
          }
        }
        ends[k - 1] = join(sum, ends[k], g);
      }
      return ends;
    }

    private double[] join(double sum, double[] carry, double[] local) {
      double[] joined = new double[states];
      for (int n = 0; n < states; n++) {
        double a = counter.apply(Math::exp, counter.multiply(sum, rates[n]));
        joined[n] = counter.multiplyAdd(a, carry[n], local[n]);
      }
      return joined;
    }

    void forward(Matrix y) {
      double[] h = new double[states];
      double[][] starts = chunked ? starts() : null;
      for (int t = 0; t < x.rows(); t++) {
        if (chunked && t % CHUNK == 0) {
          h = starts[t / CHUNK];
        }
        advance(t, h, new double[states], h);
        double sum = counter.multiply(skip.value()[0][c], x.value()[t][c]);
        for (int n = 0; n < states; n++) {
          sum = counter.multiplyAdd(c(t, n), h[n], sum);
        }
        y.value()[t][c] = sum;
      }
    }

    void backward(Matrix y) {
      int length = x.rows();
      double[][] history = new double[length + 1][states];
      double[][] decays = new double[length][states];
      double[] inputs = new double[length];
      for (int t = 0; t < length; t++) {
        inputs[t] = advance(t, history[t], decays[t], history[t + 1]);
      }
      double[] carried = new double[states];
      double[] dRates = new double[states];
      double[][] ends = chunked ? ends(y) : null;
      for (int t = length - 1; t >= 0; t--) {
        if (chunked && (t + 1) % CHUNK == 0) {
          carried = ends[t / CHUNK];
        }
        retreat(t, y.gradient()[t][c], inputs[t], decays[t], history, carried, dRates);
      }
      for (int n = 0; n < states; n++) {
        double[] to = logA.gradient()[c];
        to[n] = counter.multiplyAdd(rates[n], dRates[n], to[n]);
      }
    }

    private void retreat(
        int t,
        double dy,
        double u,
        double[] decays,
        double[][] history,
        double[] carried,
        double[] dRates) {
      double along = 0;
      double across = 0;
      double[] to = selection.gradient()[t];
      for (int n = 0; n < states; n++) {
        double g = counter.multiplyAdd(dy, c(t, n), carried[n]);
        carried[n] = counter.multiply(g, decays[n]);
        double past = counter.multiply(carried[n], history[t][n]);
        int b = sizes.rank() + n;
        to[b] = counter.multiplyAdd(g, u, to[b]);
        to[b + states] = counter.multiplyAdd(dy, history[t + 1][n], to[b + states]);
        along = counter.multiplyAdd(g, b(t, n), along);
        across = counter.multiplyAdd(past, rates[n], across);
        dRates[n] = counter.multiplyAdd(past, dt.value()[t][c], dRates[n]);
      }
      double[] dx = x.gradient()[t];
      dx[c] = counter.multiplyAdd(dt.value()[t][c], along, dx[c]);
      dx[c] = counter.multiplyAdd(skip.value()[0][c], dy, dx[c]);
      double[] dDt = dt.gradient()[t];
      dDt[c] = counter.multiplyAdd(x.value()[t][c], along, counter.add(dDt[c], across));
      skip.gradient()[0][c] = counter.multiplyAdd(dy, x.value()[t][c], skip.gradient()[0][c]);
    }
  }
}

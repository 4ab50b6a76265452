package dev.ordo.models.kernel;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Tokens;
import dev.ordo.models.Training;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A program that prints a digest of what every kernel and every model computes, at sizes that are
 * split over threads: one line each. The argument says which: {@code kernels} or {@code models}.
 */
final class Digests {

  private static final SplittableRandom RANDOM = new SplittableRandom(5);

  private Digests() {}

  public static void main(String[] args) {
    if (args[0].equals("models")) {
      models();
    } else {
      products();
      elementwise();
      scans();
      attention();
    }
  }

  private static void products() {
    for (int[] size : new int[][] {{151, 300, 133}, {3, 600, 1111}, {40, 300, 100}}) {
      int rows = size[0];
      int in = size[1];
      int out = size[2];
      float[] y = new float[rows * out];
      Linear.ofRows(random(in * out), out, in, random(out)).apply(random(rows * in), 0, rows, y, 0);
      print("linear", y);
      for (int kind = 0; kind < 4; kind++) {
        boolean transposeA = (kind & 1) != 0;
        boolean transposeB = (kind & 2) != 0;
        float[] c = random(rows * out);
        float[] a = random(rows * in);
        float[] b = random(in * out);
        int aStride = transposeA ? rows : in;
        int bStride = transposeB ? in : out;
        Product.apply(
            transposeA, transposeB, rows, out, in, a, 0, aStride, b, 0, bStride, true, c, 0, out);
        print("product", c);
      }
    }
  }

  private static void attention() {
    int length = 150;
    int stride = (6 + 2 * 3) * 24;
    for (Attention.Kind kind : Attention.Kind.values()) {
      Attention attention = new Attention(kind, 6, 3, 24, length);
      KeyValues kept = attention.keyValues();
      float[] qkv = random(length * stride);
      attention.store(kept, 0, length, qkv, 6 * 24, 9 * 24, stride);
      float[] y = new float[length * 6 * 24];
      attention.apply(kept, 0, length, qkv, 0, stride, y, 0, 6 * 24);
      print("attention " + kind, y);
    }
  }

  private static void elementwise() {
    int rows = 501;
    int width = 607;
    int count = rows * width;
    float[] x = random(count + 3);
    Gelu.tanh(x, 1, count);
    print("gelu tanh", x);
    Gelu.erf(x, 2, count);
    print("gelu erf", x);
    Silu.apply(x, 3, count);
    print("silu", x);
    Softplus.apply(x, 1, count);
    print("softplus", x);
    float[] y = random(count);
    Silu.gate(x, y, count);
    print("gate", y);
    Glu.add(random(2 * count), rows, width, y, 0);
    print("glu", y);
    new LayerNorm(random(width), random(width), 1e-5f).apply(x, 0, rows, y, 0);
    print("layer norm", y);
    new RmsNorm(random(width), 1e-5f).apply(x, 0, rows, y, 0);
    print("rms norm", y);
    float[] gains = new float[width];
    float[] biases = new float[width];
    float[] scratch = new float[NormGradient.scratchSize(rows)];
    NormGradient.layer(x, random(width), 1e-5f, random(count), rows, y, gains, biases, scratch);
    print("layer norm gradient", y);
    print("layer norm gain", gains);
    print("layer norm bias", biases);
    NormGradient.rms(x, random(width), 1e-5f, random(count), rows, y, gains, scratch);
    print("rms norm gradient", y);
    print("rms norm gain", gains);
    ActivationGradient.geluTanh(x, y, count);
    print("gelu tanh gradient", y);
    RowSums.add(random(8 * count), width, 8 * rows, width, biases, 0);
    print("row sums", biases);
    float[] window = random(3 * width);
    new CausalConvolution(random(4 * width), random(width)).apply(x, rows, y, window, window);
    print("convolution", y);
    print("window", window);
  }

  private static void scans() {
    int steps = 300;
    int channels = 117;
    int states = 16;
    float[] dt = random(steps * channels);
    for (int i = 0; i < dt.length; i++) {
      dt[i] = Math.abs(dt[i]);
    }
    float[] y = new float[steps * channels];
    SelectiveScan scan = new SelectiveScan(random(channels * states), random(channels));
    float[] state = new float[scan.stateSize()];
    float[] u = random(steps * channels);
    scan.apply(u, dt, random(steps * 2 * states), 0, 2 * states, steps, y, state, state);
    print("scan", y);
    print("scan state", state);
    int size = channels * states;
    double[] a = new double[size];
    double[] w = new double[size];
    for (int i = 0; i < size; i++) {
      a[i] = 0.7 * RANDOM.nextDouble();
      w[i] = RANDOM.nextDouble();
    }
    DiagonalRecurrence recurrence = new DiagonalRecurrence(a, a, w, a, channels, states);
    float[] re = new float[size];
    float[] im = new float[size];
    recurrence.kernel(steps, y, re, im);
    print("kernel", y);
    recurrence.finalState(u, steps, re, im);
    print("state", re);
    print("state", im);
    new LongConvolution(steps).apply(u, y, steps, channels, y);
    print("long convolution", y);
  }

  private static void models() {
    ModelShape shape = new ModelShape(128, 2, 4, 16, 100);
    int[] tokens = Tokens.random(100, 100, 3);
    Models models = Models.load(Digests.class.getClassLoader());
    for (String id : models.ids()) {
      if (models.get(id).phases().contains(Phase.PREFILL)) {
        SequenceModel model = models.get(id).create(shape, 1);
        print(id, model.open(100).prefill(tokens));
      }
      if (models.get(id).phases().contains(Phase.TRAIN)) {
        Training training = models.get(id).training(shape, 1, 100);
        training.step(new int[][] {tokens, Tokens.random(100, 100, 4)});
        for (String name : training.names()) {
          print(id + " " + name, training.gradient(name));
        }
      }
    }
  }

  private static float[] random(int count) {
    return Oracle.random(RANDOM, count);
  }

  private static void print(String name, float[] values) {
    int first = 0;
    for (int i = 0; i < values.length; i++) {
      first = 31 * first + i * Float.floatToIntBits(values[i]);
    }
    System.out.println(name + " " + Arrays.hashCode(values) + " " + first);
  }
}

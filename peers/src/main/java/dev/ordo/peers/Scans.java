package dev.ordo.peers;

import dev.ordo.models.kernel.SelectiveScan;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Mamba's selective scan over the channels of Mamba-130M, against the same loop in C. */
final class Scans {

  private static final int STEPS = 512;
  private static final int CHANNELS = 1536;
  private static final int STATES = 16;

  private Scans() {}

  static Row row() {
    Map<String, Supplier<Contender>> contenders = new LinkedHashMap<>();
    contenders.put("ordo", Ordo::new);
    contenders.put("c", C::new);
    Row row =
        Row.time(
            "scan",
            "Selective scan, D = " + CHANNELS + ", N = " + STATES + ", L = " + STEPS,
            contenders,
            "c",
            1e-4,
            0.9,
            (double) STEPS * CHANNELS * STATES,
            "Gstates/s");
    return System.getProperty(NativeScan.LIBRARY) == null
        ? row.without("no C compiler (gcc with jni.h) was found")
        : row;
  }

  /** What both read; A = −1 … −16 as in a new Mamba, Δ of 0.001 … 0.1. */
  private abstract static class Scan implements Contender {
    final float[] x = new Uniform("x").next(STEPS * CHANNELS, -1, 1);
    final float[] dt = new Uniform("dt").next(STEPS * CHANNELS, 0.001, 0.1);
    final float[] bc = new Uniform("bc").next(STEPS * 2 * STATES, -1, 1);
    final float[] skip = new Uniform("skip").next(CHANNELS, -1, 1);
    final float[] y = new float[STEPS * CHANNELS];
    final float[] state = new float[CHANNELS * STATES];

    abstract void scan();

    @Override
    public final Object run() {
      Arrays.fill(state, 0);
      scan();
      return y;
    }

    @Override
    public final Map<String, float[]> output() {
      run();
      return Map.of("y", y.clone());
    }
  }

  private static final class Ordo extends Scan {
    private final SelectiveScan scan;

    Ordo() {
      float[] logA = new float[CHANNELS * STATES];
      for (int i = 0; i < logA.length; i++) {
        logA[i] = (float) Math.log(i % STATES + 1);
      }
      scan = new SelectiveScan(logA, skip);
    }

    @Override
    void scan() {
      scan.apply(x, dt, bc, 0, 2 * STATES, STEPS, y, state, state);
    }
  }

  private static final class C extends Scan {
    private final float[] a = new float[CHANNELS * STATES];

    C() {
      for (int i = 0; i < a.length; i++) {
        a[i] = -(i / NativeScan.GROUP % STATES + 1);
      }
    }

    @Override
    void scan() {
      NativeScan.scan(STEPS, CHANNELS, STATES, x, dt, bc, a, skip, y, state);
    }

    @Override
    public String details() {
      return System.getProperty(NativeScan.COMPILER, "unknown compiler");
    }
  }
}

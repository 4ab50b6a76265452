package dev.ordo.peers;

import dev.ordo.models.kernel.Attention;
import dev.ordo.models.kernel.KeyValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Causal attention of GPT-2's heads over a long sequence: by tiles, and by the whole matrix. */
final class Attentions {

  private static final int LENGTH = 4096;
  private static final int HEADS = 12;
  private static final int HEAD_WIDTH = 64;
  private static final int WIDTH = HEADS * HEAD_WIDTH;

  /** Multiply-adds below the diagonal count two each, for scores and for outputs. */
  private static final double NEEDED = 2.0 * 2 * WIDTH * LENGTH * (LENGTH + 1) / 2;

  private Attentions() {}

  static Row row() {
    Map<String, Supplier<Contender>> contenders = new LinkedHashMap<>();
    contenders.put("tiled", () -> new Kernel(Attention.Kind.TILED));
    contenders.put("full-matrix", () -> new Kernel(Attention.Kind.FULL_MATRIX));
    return Row.time(
        "attention-" + LENGTH,
        "Attention alone, 12 heads of 64, L = " + LENGTH + ", tiles against the full matrix",
        contenders,
        "full-matrix",
        1e-4,
        1.8,
        NEEDED,
        "GFLOP/s");
  }

  private static final class Kernel implements Contender {
    private final float[] qkv = new Uniform("qkv").next(LENGTH * 3 * WIDTH, -1, 1);
    private final float[] y = new float[LENGTH * WIDTH];
    private final Attention attention;
    private final KeyValues keyValues;

    Kernel(Attention.Kind kind) {
      attention = new Attention(kind, HEADS, HEADS, HEAD_WIDTH, LENGTH);
      keyValues = attention.keyValues();
    }

    @Override
    public Object run() {
      attention.store(keyValues, 0, LENGTH, qkv, WIDTH, 2 * WIDTH, 3 * WIDTH);
      attention.apply(keyValues, 0, LENGTH, qkv, 0, 3 * WIDTH, y, 0, WIDTH);
      return y;
    }

    @Override
    public Map<String, float[]> output() {
      run();
      return Map.of("y", y);
    }
  }
}

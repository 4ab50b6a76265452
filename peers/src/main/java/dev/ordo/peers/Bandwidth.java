package dev.ordo.peers;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import dev.ordo.models.transformer.Gpt2;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * A decoding step against a plain read of as many bytes as the step has to read.
 *
 * <p>Those are the weights that a step uses (the head is the token table, read whole; of the table
 * of positions one row) and the keys and values of the context. Both run over more memory than the
 * inner caches hold, of the same size, so that an outer cache helps both alike.
 */
final class Bandwidth {

  private static final ModelShape SHAPE = Prefills.GPT2;
  private static final int CONTEXT = 512;

  private Bandwidth() {}

  static Row row() {
    Map<String, Supplier<Contender>> contenders = new LinkedHashMap<>();
    contenders.put("ordo", Decode::new);
    contenders.put("read", () -> new Read(bytes(SHAPE, CONTEXT)));
    return new Row(
        "decode-bandwidth",
        "Decode, GPT-2 (d = 768, 12 layers), context " + CONTEXT + ", against reading its bytes",
        contenders,
        "read",
        Row.Kind.BANDWIDTH,
        0,
        0.8,
        bytes(SHAPE, CONTEXT),
        "GB/s",
        Optional.empty());
  }

  /** Returns the bytes of weights, keys and values that one step reads. */
  static long bytes(ModelShape shape, int context) {
    long d = shape.width();
    long block = 12 * d * d + 13 * d;
    long cache = 2L * context * d;
    return Float.BYTES * (shape.layers() * (block + cache) + (shape.vocabulary() + 4L) * d);
  }

  private static final class Decode implements Contender {
    private final Session session;
    private final int next;

    Decode() {
      session = Gpt2.load(Weights.gpt2(SHAPE, CONTEXT + 1), SHAPE, true).open(CONTEXT + 1);
      int[] tokens = Tokens.random(CONTEXT + 1, SHAPE.vocabulary(), 1);
      next = tokens[CONTEXT];
      session.prefill(Arrays.copyOf(tokens, CONTEXT));
    }

    @Override
    public Object run() {
      float[] logits = session.step(next);
      session.rewind();
      return logits;
    }

    @Override
    public Map<String, float[]> output() {
      return Map.of();
    }
  }

  /** The sum of an array, by eight independent vectors: as fast as one thread can read. */
  private static final class Read implements Contender {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Floats that one call sums: few, so that the compiler has its method soon. */
    private static final int PART = 1 << 16;

    private final float[] memory;

    Read(long bytes) {
      memory = new Uniform("memory").next((int) (bytes / Float.BYTES), 0, 1);
    }

    @Override
    public Object run() {
      float sum = 0;
      for (int from = 0; from < memory.length; from += PART) {
        sum += sum(memory, from, Math.min(memory.length, from + PART));
      }
      return sum;
    }

    private static float sum(float[] m, int from, int to) {
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      FloatVector s4 = s0;
      FloatVector s5 = s0;
      FloatVector s6 = s0;
      FloatVector s7 = s0;
      int i = from;
      for (; i <= to - 8 * LANES; i += 8 * LANES) {
        s0 = s0.add(FloatVector.fromArray(SPECIES, m, i));
        s1 = s1.add(FloatVector.fromArray(SPECIES, m, i + LANES));
        s2 = s2.add(FloatVector.fromArray(SPECIES, m, i + 2 * LANES));
        s3 = s3.add(FloatVector.fromArray(SPECIES, m, i + 3 * LANES));
        s4 = s4.add(FloatVector.fromArray(SPECIES, m, i + 4 * LANES));
        s5 = s5.add(FloatVector.fromArray(SPECIES, m, i + 5 * LANES));
        s6 = s6.add(FloatVector.fromArray(SPECIES, m, i + 6 * LANES));
        s7 = s7.add(FloatVector.fromArray(SPECIES, m, i + 7 * LANES));
      }
      FloatVector all = s0.add(s1).add(s2.add(s3)).add(s4.add(s5).add(s6.add(s7)));
      float sum = all.reduceLanes(VectorOperators.ADD);
      for (; i < to; i++) {
        sum += m[i];
      }
      return sum;
    }

    @Override
    public Map<String, float[]> output() {
      return Map.of();
    }
  }
}

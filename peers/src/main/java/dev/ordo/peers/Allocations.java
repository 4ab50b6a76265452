package dev.ordo.peers;

import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Phase;
import dev.ordo.models.Session;
import dev.ordo.models.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What decoding and generating allocate, for every model that Ordo comes with. */
final class Allocations {

  private static final int LENGTH = 64;
  private static final double GOAL_BYTES = 100;
  private static final ModelShape SHAPE = ModelShape.DEFAULT;

  private Allocations() {}

  /** Returns one row a phase; its contenders are the models. */
  static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Phase phase : List.of(Phase.DECODE, Phase.GENERATE)) {
      Models models = Models.load(Allocations.class.getClassLoader());
      Map<String, Supplier<Contender>> contenders = new LinkedHashMap<>();
      for (String id : models.ids()) {
        ModelProvider provider = models.get(id);
        if (provider.phases().contains(phase)) {
          contenders.put(id, () -> workload(provider, phase));
        }
      }
      rows.add(
          new Row(
              "allocation-" + phase.id(),
              phase.id() + ", L = " + LENGTH + ", " + SHAPE.text(),
              contenders,
              "",
              Row.Kind.ALLOCATION,
              0,
              GOAL_BYTES,
              phase == Phase.GENERATE ? LENGTH : 1,
              "tokens",
              Optional.empty()));
    }
    return rows;
  }

  private static Contender workload(ModelProvider provider, Phase phase) {
    Session session = provider.create(SHAPE, 1).open(LENGTH + 1);
    return phase == Phase.DECODE ? new Decode(session) : new Generate(session);
  }

  private abstract static class Workload implements Contender {
    final Session session;

    Workload(Session session) {
      this.session = session;
    }

    @Override
    public final Map<String, float[]> output() {
      return Map.of();
    }
  }

  private static final class Decode extends Workload {
    private final int next;

    Decode(Session session) {
      super(session);
      int[] tokens = Tokens.random(LENGTH + 1, SHAPE.vocabulary(), 1);
      next = tokens[LENGTH];
      session.prefill(Arrays.copyOf(tokens, LENGTH));
    }

    @Override
    public Object run() {
      float[] logits = session.step(next);
      session.rewind();
      return logits;
    }
  }

  private static final class Generate extends Workload {
    private final int[] prompt = {0};
    private final int[] output = new int[LENGTH];

    Generate(Session session) {
      super(session);
    }

    @Override
    public Object run() {
      session.generate(prompt, output);
      return output;
    }
  }
}

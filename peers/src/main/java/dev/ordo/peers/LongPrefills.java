package dev.ordo.peers;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import dev.ordo.models.Tokens;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** A prompt so long that attention is most of the work: by tiles, and by the whole matrix. */
final class LongPrefills {

  private static final int LENGTH = 4096;
  private static final String TILED = "transformer";
  private static final String FULL = "transformer-full";
  private static final ModelShape SHAPE = ModelShape.DEFAULT;

  private LongPrefills() {}

  static Row row() {
    Models models = Models.load(LongPrefills.class.getClassLoader());
    int[] tokens = Tokens.random(LENGTH, SHAPE.vocabulary(), 1);
    Map<String, Supplier<Contender>> contenders = new LinkedHashMap<>();
    for (String id : new String[] {TILED, FULL}) {
      contenders.put(id, () -> new Prefills.Ordo(models.get(id).create(SHAPE, 1), tokens));
    }
    Row row =
        Row.time(
            "prefill-4096",
            "Prefill, GPT-2 (d = 64, 2 layers), L = " + LENGTH + ", tiles against the full matrix",
            contenders,
            FULL,
            1e-3,
            1.8,
            LENGTH * 1e9,
            "tokens/s");
    return models.ids().contains(FULL) ? row : row.without("there is no model '" + FULL + "'");
  }
}

package dev.ordo.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sizes that fix a model's architecture, all but the sequence length.
 *
 * <p>A model uses the sizes that mean something to it: an Elman RNN has no heads and a Transformer
 * no state dimension.
 *
 * @param width d, the width of the residual stream (the hidden size of a recurrent layer)
 * @param layers the number of blocks, one on top of the other
 * @param heads the number of attention heads; divides {@code width}
 * @param state N, the state dimension of a state-space layer (real numbers per channel); even
 * @param vocabulary V, the number of distinct tokens; token ids are 0 … V−1
 */
public record ModelShape(int width, int layers, int heads, int state, int vocabulary) {

  /** The shape of the default sweep: width 64, 2 layers, 4 heads, state 16, 256 tokens (bytes). */
  public static final ModelShape DEFAULT = new ModelShape(64, 2, 4, 16, 256);

  private static final Map<String, ModelShape> PRESETS = presets();

  /** The largest value of any one size: large enough for any model that fits a machine's memory. */
  public static final int LARGEST = 1 << 20;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if a size is not in 1 … {@link #LARGEST}, if {@code heads}
   *     does not divide {@code width}, or if {@code state} is odd
   */
  public ModelShape {
    check("width", width);
    check("layers", layers);
    check("heads", heads);
    check("state", state);
    check("vocabulary", vocabulary);
    if (width % heads != 0) {
      throw new IllegalArgumentException("heads (" + heads + ") must divide width (" + width + ")");
    }
    if (state % 2 != 0) {
      throw new IllegalArgumentException("state (" + state + ") must be even");
    }
  }

  private static Map<String, ModelShape> presets() {
    Map<String, ModelShape> presets = new LinkedHashMap<>();
    presets.put("tiny", DEFAULT);
    presets.put("small", new ModelShape(256, 4, 4, 16, 256));
    presets.put("gpt2", new ModelShape(768, 12, 12, 16, 50_257));
    presets.put("mamba-130m", new ModelShape(768, 24, 12, 16, 50_280));
    return Collections.unmodifiableMap(presets);
  }

  /**
   * Reads a shape from text such as {@code d=128,layers=4}, {@code gpt2} or {@code gpt2,layers=2};
   * what is not named is as in the named shape, or in {@link #DEFAULT}. Of the named shapes {@code
   * tiny} is the {@link #DEFAULT}; {@code gpt2} has the sizes of the smallest GPT-2 (Radford et
   * al., 2019, table 2) and {@code mamba-130m} those of the smallest Mamba (Gu and Dao, 2023, table
   * 12).
   *
   * @param text {@code name=number} pairs between commas; names are d, layers, heads, state, vocab;
   *     before them at most one named shape
   * @throws IllegalArgumentException if the text is not of that form, or the shape is not valid
   */
  public static ModelShape of(String text) {
    List<String> pairs = new ArrayList<>(List.of(text.split(",", -1)));
    ModelShape preset = PRESETS.get(pairs.get(0).strip());
    if (preset != null) {
      pairs.remove(0);
    }
    Map<String, Integer> sizes =
        new LinkedHashMap<>(preset == null ? DEFAULT.sizes() : preset.sizes());
    Set<String> seen = new HashSet<>();
    for (String pair : pairs) {
      String[] parts = pair.split("=", -1);
      String name = parts[0].strip();
      if (parts.length != 2 || !sizes.containsKey(name) || !seen.add(name)) {
        throw new IllegalArgumentException(
            "shape part '"
                + pair.strip()
                + "' must be name=number, each name once; names: "
                + String.join(", ", sizes.keySet())
                + "; or first one of "
                + String.join(", ", PRESETS.keySet()));
      }
      try {
        sizes.put(name, Integer.parseInt(parts[1].strip()));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "shape part '" + pair.strip() + "' must hold a whole number", e);
      }
    }
    return new ModelShape(
        sizes.get("d"),
        sizes.get("layers"),
        sizes.get("heads"),
        sizes.get("state"),
        sizes.get("vocab"));
  }

  /** Returns the shape as text that {@link #of} reads. */
  public String text() {
    return sizes().entrySet().stream()
        .map(size -> size.getKey() + "=" + size.getValue())
        .collect(Collectors.joining(","));
  }

  private Map<String, Integer> sizes() {
    Map<String, Integer> sizes = new LinkedHashMap<>();
    sizes.put("d", width);
    sizes.put("layers", layers);
    sizes.put("heads", heads);
    sizes.put("state", state);
    sizes.put("vocab", vocabulary);
    return sizes;
  }

  private static void check(String name, int value) {
    if (value < 1 || value > LARGEST) {
      throw new IllegalArgumentException(name + " (" + value + ") must be in 1.." + LARGEST);
    }
  }
}

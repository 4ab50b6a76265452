package dev.ordo.models;

import java.util.HashSet;
import java.util.LinkedHashMap;
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

  /**
   * Reads a shape from text such as {@code d=128,layers=4}; what is not named is as in {@link
   * #DEFAULT}.
   *
   * @param text {@code name=number} pairs between commas; names are d, layers, heads, state, vocab
   * @throws IllegalArgumentException if the text is not of that form, or the shape is not valid
   */
  public static ModelShape of(String text) {
    Map<String, Integer> sizes = new LinkedHashMap<>(DEFAULT.sizes());
    Set<String> seen = new HashSet<>();
    for (String pair : text.split(",", -1)) {
      String[] parts = pair.split("=", -1);
      String name = parts[0].strip();
      if (parts.length != 2 || !sizes.containsKey(name) || !seen.add(name)) {
        throw new IllegalArgumentException(
            "shape part '"
                + pair.strip()
                + "' must be name=number, each name once; names: "
                + String.join(", ", sizes.keySet()));
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

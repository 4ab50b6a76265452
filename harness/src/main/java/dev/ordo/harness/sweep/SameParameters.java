package dev.ordo.harness.sweep;

import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Models;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Widths at which models have the same number of parameters, for comparisons between architectures.
 *
 * <p>Layers, state and vocabulary stay as they are. The number of heads has to divide the width;
 * where several widths are near enough, the one whose heads are most nearly as wide as wanted is
 * taken.
 */
public final class SameParameters {

  /** Two models count as equally large if their numbers differ by no more than this. */
  public static final double TOLERANCE = 0.02;

  /** How far around the nearest width others are looked at. */
  private static final int NEIGHBOURS = 48;

  private final ModelShape wanted;
  private final long target;

  private SameParameters(ModelShape wanted, long target) {
    this.wanted = wanted;
    this.target = target;
  }

  /**
   * Finds a shape for each model.
   *
   * @param ids the models
   * @param wanted layers, state, vocabulary, and how wide a head is
   * @param target the number of parameters; if absent, that of the first model at the wanted shape
   * @return the shapes, in the order of the ids
   * @throws IllegalArgumentException if a model does not tell its parameters, or has no width at
   *     which they are within {@value #TOLERANCE} of the target
   */
  public static Map<String, ModelShape> shapes(
      Models models, List<String> ids, ModelShape wanted, OptionalLong target) {
    long count =
        target.isPresent() ? target.getAsLong() : parameters(models.get(ids.get(0)), wanted);
    SameParameters same = new SameParameters(wanted, count);
    Map<String, ModelShape> shapes = new LinkedHashMap<>();
    ids.forEach(id -> shapes.put(id, same.shape(models.get(id))));
    return shapes;
  }

  private static long parameters(ModelProvider provider, ModelShape shape) {
    return provider
        .parameters(shape)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "model '" + provider.id() + "' must tell its parameters for --iso-params"));
  }

  private ModelShape shape(ModelProvider provider) {
    parameters(provider, wanted);
    int low = 1;
    int high = ModelShape.LARGEST;
    while (low < high) {
      int middle = (low + high) >>> 1;
      List<Candidate> there = candidatesFrom(provider, middle);
      if (there.isEmpty() || there.get(0).count() >= target) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    List<Candidate> near = new ArrayList<>();
    for (int width = Math.max(1, low - NEIGHBOURS); width <= low + NEIGHBOURS; width++) {
      near.addAll(candidates(provider, width));
    }
    Candidate best =
        near.stream()
            .min(Comparator.comparingDouble(this::cost))
            .orElseThrow(() -> nothing(provider, "no width is possible"));
    if (error(best) > TOLERANCE) {
      throw nothing(provider, "the nearest is " + best.count() + " with d=" + best.shape().width());
    }
    return best.shape();
  }

  private IllegalArgumentException nothing(ModelProvider provider, String found) {
    return new IllegalArgumentException(
        "model '"
            + provider.id()
            + "' must have "
            + target
            + " parameters within "
            + Math.round(100 * TOLERANCE)
            + " % at some width: "
            + found);
  }

  private record Candidate(ModelShape shape, long count) {}

  /** Within the tolerance heads decide, beyond it the number of parameters does. */
  private double cost(Candidate candidate) {
    double error = error(candidate);
    return error > TOLERANCE ? 100 + error : headError(candidate.shape()) + error;
  }

  private double error(Candidate candidate) {
    return Math.abs((double) candidate.count() / target - 1);
  }

  private double headError(ModelShape shape) {
    double wide = (double) wanted.width() / wanted.heads();
    return Math.abs(Math.log((double) shape.width() / shape.heads() / wide));
  }

  /** Returns the candidates at the first width from this one on that has any, if it is near. */
  private List<Candidate> candidatesFrom(ModelProvider provider, int width) {
    for (int w = width; w < width + NEIGHBOURS; w++) {
      List<Candidate> there = candidates(provider, w);
      if (!there.isEmpty()) {
        return there;
      }
    }
    return List.of();
  }

  /** Returns what a width allows, the most wanted head width first. */
  private List<Candidate> candidates(ModelProvider provider, int width) {
    if (width > ModelShape.LARGEST) {
      return List.of();
    }
    return IntStream.rangeClosed(1, Math.min(width, 2 * wanted.heads()))
        .filter(heads -> width % heads == 0)
        .mapToObj(
            heads ->
                new ModelShape(width, wanted.layers(), heads, wanted.state(), wanted.vocabulary()))
        .sorted(Comparator.comparingDouble(this::headError))
        .map(shape -> candidate(provider, shape))
        .flatMap(List::stream)
        .toList();
  }

  private static List<Candidate> candidate(ModelProvider provider, ModelShape shape) {
    try {
      return List.of(new Candidate(shape, provider.parameters(shape).orElseThrow()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      // The architecture does not exist at that shape: an odd head, or beyond an array.
      return List.of();
    }
  }
}

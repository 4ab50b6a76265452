package dev.ordo.reports.fit;

import java.util.Optional;

/**
 * What a step that is suspected and not claimed does to a claim: laws that fit with it are admitted
 * too.
 */
final class SuspectedStep {

  private final RegimeSearch.Found found;
  private final Plausible stepped;

  SuspectedStep(Observations data, RegimeSearch.Found found) {
    this.found = found;
    stepped = Plausible.of(data, found.candidates());
  }

  /**
   * Returns the bounds of a claim and of the laws with the step; empty where the claim can stay,
   * since nothing is claimed but that values hardly grow, or since the claim admits them already.
   */
  Optional<Bounds> widened(Decision.Outcome outcome) {
    Optional<Bounds> claimed = outcome.conclusion().bounds();
    if (claimed.isEmpty() || claimed.get().atLeast() == Growth.CONSTANT) {
      return Optional.empty();
    }
    boolean sum =
        outcome.crossover().isPresent()
            && stepped.laws().keySet().stream().anyMatch(law -> !law.equals(Law.MIXED));
    boolean nameless = outcome.isNameless();
    return stepped
        .bounds()
        .map(claimed.get()::and)
        .filter(all -> sum || nameless || !all.equals(claimed.get()));
  }

  /** Returns why, as a part of a sentence. */
  String reason(String law) {
    return law
        + " fits, but so "
        + (stepped.laws().size() == 1 ? "does " : "do ")
        + Words.and(stepped.laws().keySet().stream().map(Law::word).toList())
        + " with a step between "
        + Words.size(found.regime().after())
        + " and "
        + Words.size(found.regime().from())
        + " that noise hides";
  }
}

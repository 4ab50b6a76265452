package dev.ordo.harness.gate;

import java.util.List;
import java.util.Objects;

/**
 * What a gate found.
 *
 * @param base how the baseline is called
 * @param candidate how the candidate is called
 * @param claims costs of series, laws, declared laws, then costs of cells
 * @param rule which claims are made, one sentence
 * @param margins what counts as a change, one sentence
 * @param unmatched what one side lacks, one sentence each
 * @param doubts why the whole is in doubt besides its claims, one sentence each
 * @param notes further remarks, one sentence each
 */
public record GateResult(
    String base,
    String candidate,
    List<Claim> claims,
    String rule,
    String margins,
    List<String> unmatched,
    List<String> doubts,
    List<String> notes) {

  /** Copies the lists. */
  public GateResult {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(candidate, "candidate");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(margins, "margins");
    claims = List.copyOf(claims);
    unmatched = List.copyOf(unmatched);
    doubts = List.copyOf(doubts);
    notes = List.copyOf(notes);
  }

  /** Returns what the gate comes to. */
  public Outcome outcome() {
    if (claims.stream().anyMatch(Claim::fails)) {
      return Outcome.REGRESSED;
    }
    return !doubts.isEmpty() || claims.stream().anyMatch(Claim::doubtful)
        ? Outcome.INCONCLUSIVE
        : Outcome.PASSED;
  }

  /** Returns the claims that fail the gate. */
  public List<Claim> failing() {
    return claims.stream().filter(Claim::fails).toList();
  }

  /** Returns the claims that leave it undecided. */
  public List<Claim> doubtful() {
    return claims.stream().filter(Claim::doubtful).toList();
  }

  /** Returns how many claims of a kind have a verdict. */
  public long count(Claim.Kind kind, Verdict verdict) {
    return claims.stream().filter(c -> c.kind() == kind && c.verdict() == verdict).count();
  }

  /** Returns the claims of a kind. */
  public List<Claim> of(Claim.Kind kind) {
    return claims.stream().filter(claim -> claim.kind() == kind).toList();
  }
}

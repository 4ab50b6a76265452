package dev.ordo.models.verify;

import java.util.List;
import java.util.SortedSet;

/**
 * What a folder's reference says of the models that can load it.
 *
 * @param modelType the {@code model_type} of the configuration
 * @param subjects one a model
 * @param unchecked the expected tensors that no check looked at
 */
public record Verification(String modelType, List<Subject> subjects, SortedSet<String> unchecked) {

  /**
   * The checks of one model.
   *
   * @param id the model
   * @param checks one a tensor
   */
  public record Subject(String id, List<Check> checks) {

    /** Copies the list. */
    public Subject {
      checks = List.copyOf(checks);
    }
  }

  /** Copies the list. */
  public Verification {
    subjects = List.copyOf(subjects);
  }

  /**
   * Says whether all checks pass.
   *
   * @param tolerance as in {@link Check#passes}
   */
  public boolean passes(double tolerance) {
    return subjects.stream()
        .flatMap(subject -> subject.checks().stream())
        .allMatch(check -> check.passes(tolerance));
  }
}

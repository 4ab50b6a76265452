package dev.ordo.reports;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A place of a study where something is missing: it was not measured at all, or some of it failed.
 *
 * @param subject the row of the summary table
 * @param aspect the column of the summary table
 * @param size the size
 * @param settings what else it was measured with, name → value, where that varies
 * @param measured the number of forks that measured something there
 * @param failed the number of forks that failed there for this reason; 0 where none was tried
 * @param kind a word for the sort of reason, for example {@code out-of-memory}
 * @param reason why, in one sentence
 */
public record Gap(
    String subject,
    String aspect,
    double size,
    Map<String, String> settings,
    int measured,
    int failed,
    String kind,
    String reason) {

  /** Checks the parts and copies the settings. */
  public Gap {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(aspect, "aspect");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(reason, "reason");
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    if (measured < 0 || failed < 0) {
      throw new IllegalArgumentException(
          "forks measured (" + measured + ") and failed (" + failed + ") must not be negative");
    }
  }
}

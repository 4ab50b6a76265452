package dev.ordo.reports.history;

import java.util.Objects;

/**
 * What runs were measured on, as far as it shapes their results.
 *
 * @param key a short name; runs of equal keys are compared with each other, others never
 * @param description for a reader: processor, cores, operating system, Java
 */
public record HostIdentity(String key, String description) {

  /** Checks that both parts are there. */
  public HostIdentity {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(description, "description");
  }
}

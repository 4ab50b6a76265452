/**
 * The inner loops of all models, on flat float arrays; the only user of {@code
 * jdk.incubator.vector}.
 */
package dev.ordo.models.kernel;

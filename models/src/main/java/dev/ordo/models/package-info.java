/**
 * Sequence models behind one interface: {@link dev.ordo.models.ModelProvider} makes a {@link
 * dev.ordo.models.SequenceModel}, which opens {@link dev.ordo.models.Session}s.
 */
package dev.ordo.models;

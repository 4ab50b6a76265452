package dev.ordo.models.kernel;

import jdk.incubator.vector.FloatVector;

/**
 * The width of a vector, and whether there are vectors at all.
 *
 * <p>A JVM without the module {@code jdk.incubator.vector} runs the plain loops that finish what a
 * vector loop leaves. Vector code therefore lies in nested classes that are reached only where
 * {@link #VECTORS} is true: a class that names a missing type fails when it is linked.
 */
final class Lanes {

  /** Whether this JVM has the vector module. */
  static final boolean VECTORS = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  /** The number of floats in a vector; without the module, the number that layouts assume. */
  static final int COUNT = VECTORS ? Width.preferred() : 8;

  private Lanes() {}

  private static final class Width {
    static int preferred() {
      return FloatVector.SPECIES_PREFERRED.length();
    }
  }
}

package dev.ordo.models.ssm;

/** Memory that the kernel makers of all layers of a model share; used by one thread at a time. */
final class KernelScratch {

  /** Scratch of the size of a state; none where there is a low-rank term. */
  final float[] re;

  final float[] im;

  /** One for each length 1, 2, 4 …; none where there is no low-rank term. */
  final DplrKernel[] kernels;

  /**
   * Allocates.
   *
   * @param options of all layers
   * @param capacity the longest kernel
   */
  KernelScratch(SpaceOptions options, int capacity) {
    boolean lowRank = options.lowRank();
    re = new float[lowRank ? 0 : options.width() * options.half()];
    im = new float[re.length];
    kernels = new DplrKernel[lowRank ? DplrSpace.level(capacity) + 1 : 0];
    for (int level = 0; level < kernels.length; level++) {
      kernels[level] = new DplrKernel(1 << level, options.half());
    }
  }
}

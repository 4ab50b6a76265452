/**
 * A small tape for reverse-mode differentiation over matrices, and the fused operators that models
 * are trained with.
 */
package dev.ordo.models.autograd;

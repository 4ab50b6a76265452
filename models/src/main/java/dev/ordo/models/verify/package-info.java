/** Checks of models against what a reference computed, stored beside a checkpoint. */
package dev.ordo.models.verify;

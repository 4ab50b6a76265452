/** Weights as named tensors, and the safetensors files they come from. */
package dev.ordo.models.checkpoint;

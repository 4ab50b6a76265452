/** Models in TorchScript's format, run by PyTorch through DJL. */
package dev.ordo.torch;

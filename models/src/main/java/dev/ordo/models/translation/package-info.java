/** Encoder-decoder Transformers: they read a source and write a target, token by token. */
package dev.ordo.models.translation;

/** Decoder-only Transformers, with and without a cache of keys and values. */
package dev.ordo.models.transformer;

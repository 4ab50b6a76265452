package dev.ordo.models.translation;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Training;
import dev.ordo.models.checkpoint.Tensors;

/** The two architectures, with random weights, for tests that hold for both. */
enum Kind {
  T5 {
    @Override
    EncoderDecoder model(ModelShape shape, long seed, boolean cached) {
      return dev.ordo.models.translation.T5.random(shape, seed, cached);
    }

    @Override
    Architecture architecture(ModelShape shape) {
      return dev.ordo.models.translation.T5.architecture(shape);
    }

    @Override
    Tensors weights(ModelShape shape, long seed) {
      return dev.ordo.models.translation.T5.weights(shape, seed);
    }

    @Override
    Training training(ModelShape shape, long seed) {
      return dev.ordo.models.translation.T5.training(shape, seed);
    }
  },
  MARIAN {
    @Override
    EncoderDecoder model(ModelShape shape, long seed, boolean cached) {
      return Marian.random(shape, seed, cached);
    }

    @Override
    Architecture architecture(ModelShape shape) {
      return Marian.architecture(shape);
    }

    @Override
    Tensors weights(ModelShape shape, long seed) {
      return Marian.weights(shape, seed);
    }

    @Override
    Training training(ModelShape shape, long seed) {
      return Marian.training(shape, seed);
    }
  };

  abstract EncoderDecoder model(ModelShape shape, long seed, boolean cached);

  abstract Architecture architecture(ModelShape shape);

  abstract Tensors weights(ModelShape shape, long seed);

  abstract Training training(ModelShape shape, long seed);
}

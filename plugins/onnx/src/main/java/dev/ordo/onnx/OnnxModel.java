package dev.ordo.onnx;

import dev.ordo.models.ModelShape;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;

/**
 * A model of a file, loaded once for each number of threads: ONNX Runtime fixes it for a session.
 *
 * @param shape its vocabulary limits the tokens that are read; all else is the file's affair
 * @param signature how the model is to be used
 * @param alone runs on one thread
 * @param all runs on as many threads as there are
 * @param seed fixes the features
 */
record OnnxModel(ModelShape shape, Signature signature, OnnxGraph alone, OnnxGraph all, long seed)
    implements SequenceModel {

  @Override
  public Session open(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity (" + capacity + ") must be positive");
    }
    return new OnnxSession(this, capacity);
  }
}

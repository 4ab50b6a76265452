package dev.ordo.onnx;

import ai.onnxruntime.OrtException;
import dev.ordo.models.ModelProvider;
import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.kernel.Workers;
import java.nio.file.Path;
import java.util.Set;

/**
 * Makes the model of one file.
 *
 * @param id the id of the model
 * @param file the file
 * @param signature how the model is to be used
 */
record OnnxProvider(String id, Path file, Signature signature) implements ModelProvider {

  @Override
  public String description() {
    return "ONNX model "
        + file.getFileName()
        + ", reads "
        + (signature.readsTokens() ? "tokens" : "features")
        + (signature.states().isEmpty() ? "" : ", keeps a state between steps");
  }

  @Override
  public Set<Phase> phases() {
    return signature.phases();
  }

  @Override
  public SequenceModel create(ModelShape shape, long seed) {
    try {
      OnnxGraph alone = OnnxGraph.open(file, 1);
      OnnxGraph all = Workers.threads() == 1 ? alone : OnnxGraph.open(file, Workers.threads());
      return new OnnxModel(vocabulary(shape), signature, alone, all, seed);
    } catch (OrtException e) {
      throw new IllegalArgumentException(file + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  /** There are no more tokens than logits. */
  private ModelShape vocabulary(ModelShape shape) {
    if (!signature.predicts()) {
      return shape;
    }
    long logits = signature.output().sizes().get(signature.output().rank() - 1);
    return new ModelShape(
        shape.width(),
        shape.layers(),
        shape.heads(),
        shape.state(),
        (int) Math.min(shape.vocabulary(), logits));
  }
}

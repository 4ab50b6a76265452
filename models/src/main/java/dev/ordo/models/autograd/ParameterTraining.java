package dev.ordo.models.autograd;

import dev.ordo.models.Training;
import java.util.List;

/**
 * A {@link Training} whose parameters are {@link Parameters} and whose operators one tape records.
 */
public abstract class ParameterTraining implements Training {

  private final Parameters parameters;
  private final Tape tape = new Tape();
  private long keptBytes;

  /**
   * Makes a training.
   *
   * @param parameters all of the model's, each requested once already
   */
  protected ParameterTraining(Parameters parameters) {
    this.parameters = parameters;
  }

  /** A forward pass that ends with a loss. */
  @FunctionalInterface
  protected interface Forward {

    /**
     * Computes the loss.
     *
     * @param tape records the operators
     * @return shape (1, 1)
     */
    Tensor loss(Tape tape);
  }

  /** Runs a forward pass and its backward pass, and returns the loss. */
  protected final float step(Forward forward) {
    tape.reset();
    parameters.clearGradients();
    Tensor loss = forward.loss(tape);
    keptBytes = tape.keptBytes();
    tape.backward(loss);
    return loss.value()[0];
  }

  @Override
  public final List<String> names() {
    return parameters.names();
  }

  @Override
  public final float[] parameter(String name) {
    return parameters.find(name).value();
  }

  @Override
  public final float[] gradient(String name) {
    return parameters.find(name).gradient();
  }

  @Override
  public final long keptBytes() {
    return keptBytes;
  }
}

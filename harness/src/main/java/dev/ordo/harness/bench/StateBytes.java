package dev.ordo.harness.bench;

/**
 * Adds to each iteration the bytes that the workload keeps: a session's state between tokens, or
 * what a training step's forward pass leaves for its backward pass.
 */
public final class StateBytes extends ToldFigure {

  /** The name of the metric in result files. */
  public static final String METRIC = "state.bytes";

  private static volatile long bytes;

  /** Makes the profiler; JMH calls this. */
  public StateBytes() {
    super(METRIC, "B", "Bytes of state that the workload keeps");
  }

  /** Takes the figure, in bytes. */
  static void tell(long now) {
    bytes = now;
  }

  @Override
  double figure() {
    return bytes;
  }
}

package dev.ordo.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import dev.ordo.models.ModelShape;
import dev.ordo.models.SequenceModel;
import dev.ordo.models.Session;
import java.nio.file.Path;

/**
 * An archive loaded into PyTorch.
 *
 * @param shape its vocabulary limits the tokens that are read; all else is the archive's affair
 * @param manager holds what the module needs
 * @param block the module
 * @param features the numbers that it reads at each position; 0 where it reads token ids
 * @param keepsState whether it returns a state that it takes back in
 * @param seed fixes the features
 */
record TorchModel(
    ModelShape shape,
    PtNDManager manager,
    PtSymbolBlock block,
    int features,
    boolean keepsState,
    long seed)
    implements SequenceModel {

  /**
   * Loads an archive; the engine asks nobody on the network.
   *
   * @throws IllegalArgumentException if PyTorch does not take it
   */
  static TorchModel load(Path file, ModelShape shape, int features, boolean keepsState, long seed) {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    PtNDManager manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), "PyTorch");
    JniUtils.setGradMode(false);
    try {
      PtSymbolBlock block =
          JniUtils.loadModule(manager, file, false, new String[0], new String[0], false);
      return new TorchModel(shape, manager, block, features, keepsState, seed);
    } catch (EngineException e) {
      throw new IllegalArgumentException(file + " cannot be loaded: " + e.getMessage(), e);
    }
  }

  @Override
  public Session open(int capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity (" + capacity + ") must be positive");
    }
    return new TorchSession(this, capacity);
  }
}

package dev.ordo.models.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads weights that are spread over several safetensors files. */
final class Shards {

  /** The file whose {@code weight_map} tells which tensor is in which file. */
  static final String INDEX = "model.safetensors.index.json";

  private Shards() {}

  /**
   * Reads all tensors that an index names.
   *
   * @throws CheckpointException if the index or one of its files breaks a rule; a file must lie in
   *     the folder of the index
   */
  static Tensors read(Path index) throws IOException {
    if (!(Checkpoint.json(index).get("weight_map") instanceof Map<?, ?> map) || map.isEmpty()) {
      throw new CheckpointException(index, "field 'weight_map': expected an object of file names");
    }
    Map<String, Tensors> files = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String place = "weight_map, tensor '" + entry.getKey() + "': ";
      if (!(entry.getValue() instanceof String file) || !file.matches("[\\w.-]+\\.safetensors")) {
        throw new CheckpointException(
            index, place + "expected a safetensors file beside it, found " + entry.getValue());
      }
      if (!files.containsKey(file)) {
        Path path = index.resolveSibling(file);
        if (!Files.isRegularFile(path)) {
          throw new CheckpointException(path, "expected a file, found none");
        }
        files.put(file, Tensors.read(path));
      }
      if (!files.get(file).has(entry.getKey().toString())) {
        throw new CheckpointException(index, place + "expected it in " + file + ", found none");
      }
    }
    try {
      return Tensors.union(index.toString(), files.values());
    } catch (IllegalArgumentException e) {
      throw new CheckpointException(index, e.getMessage());
    }
  }
}

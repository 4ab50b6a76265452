package dev.ordo.models;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes providers out of files of one format, such as {@code onnx}; found through {@link
 * java.util.ServiceLoader}.
 *
 * <p>A provider in a jar knows its architecture beforehand. Here a file says what the model is, and
 * the source looks into it. To plug in a format, implement this interface, name the class in {@code
 * META-INF/services/dev.ordo.models.ModelSource}, and put the jar on {@code --plugin}.
 */
public interface ModelSource {

  /** Returns the name of the format, which is that of the command line's option without dashes. */
  String format();

  /**
   * Looks into a file.
   *
   * @param id the id that the provider is to have
   * @param file the model
   * @param options what the command line says of the file after its name, such as {@code
   *     features=64}; empty where it says nothing
   * @return the provider of this one model; its {@link ModelProvider#create} takes the weights of
   *     the file
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is not of the format, has no axis that a sequence can
   *     run along, or an option is not known
   */
  ModelProvider open(String id, Path file, String options) throws IOException;
}

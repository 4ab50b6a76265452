package dev.ordo.models.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder with a model as Hugging Face transformers saves it: a configuration in {@code
 * config.json} and weights in {@code model.safetensors}, or in several files that {@code
 * model.safetensors.index.json} names.
 *
 * <p>No file is trusted: sizes are checked before memory is taken. Every message is one line with
 * path, what was expected and what was found.
 */
public final class Checkpoint {

  /** The largest {@link #size}: large enough for any model that fits a machine's memory. */
  public static final int LARGEST_SIZE = 1 << 20;

  private static final long LONGEST_CONFIG = 1 << 24;

  private final Path folder;
  private final Path config;
  private final Map<String, Object> fields;
  private final String modelType;

  /** What stands before the names of fields in messages. */
  private final String prefix;

  private Checkpoint(Path folder, Path config, Map<String, Object> fields)
      throws CheckpointException {
    this.folder = folder;
    this.config = config;
    this.fields = fields;
    prefix = "";
    modelType = text("model_type");
  }

  private Checkpoint(Checkpoint of, String section, Map<String, Object> fields) {
    folder = of.folder;
    config = of.config;
    modelType = of.modelType;
    prefix = of.prefix + section + ".";
    this.fields = fields;
  }

  /**
   * Reads the configuration of a folder; the weights are not read yet.
   *
   * @param folder the folder
   * @throws CheckpointException if there is no such folder or no {@code config.json} in it, if that
   *     is not one JSON object, or if it does not name a {@code model_type}
   * @throws IOException if the file cannot be read
   */
  public static Checkpoint open(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new CheckpointException(
          folder, "expected a folder, found " + (Files.exists(folder) ? "a file" : "none"));
    }
    Path config = folder.resolve("config.json");
    return new Checkpoint(folder, config, json(config));
  }

  /** Reads the object that a JSON file consists of. */
  static Map<String, Object> json(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(file, "expected a file, found none");
    }
    long bytes = Files.size(file);
    if (bytes > LONGEST_CONFIG) {
      throw new CheckpointException(
          file, "expected at most " + LONGEST_CONFIG + " bytes, found " + bytes);
    }
    try {
      ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
      return Json.configuration(StandardCharsets.UTF_8.newDecoder().decode(content).toString());
    } catch (CharacterCodingException e) {
      throw new CheckpointException(file, "expected UTF-8, found other bytes");
    } catch (Json.SyntaxException e) {
      throw new CheckpointException(file, "expected a JSON object, found " + e.getMessage());
    }
  }

  /** Returns the folder. */
  public Path folder() {
    return folder;
  }

  /** Returns the reference's name of the architecture: the field {@code model_type}. */
  public String modelType() {
    return modelType;
  }

  /** Says whether the configuration has a field of that name that is not null. */
  public boolean has(String name) {
    return fields.get(name) != null;
  }

  /** Says whether a field is that text. */
  public boolean isText(String name, String text) {
    return text.equals(fields.get(name));
  }

  /**
   * Returns a field that is a whole number.
   *
   * @throws CheckpointException if it is missing, no whole number, or does not fit 32 bits
   */
  public int integer(String name) throws CheckpointException {
    Object value = required(name, "a whole number");
    if (value instanceof Long number && number == number.intValue()) {
      return number.intValue();
    }
    throw bad(name, "a whole number of 32 bits", value);
  }

  /**
   * Returns a field that is a whole number, or another value where it is missing or null.
   *
   * @throws CheckpointException as {@link #integer(String)}
   */
  public int integer(String name, int otherwise) throws CheckpointException {
    return has(name) ? integer(name) : otherwise;
  }

  /**
   * Returns a field that is the size of something.
   *
   * @throws CheckpointException if it is missing or no whole number in 1 … {@link #LARGEST_SIZE}
   */
  public int size(String name) throws CheckpointException {
    int size = integer(name);
    if (size < 1 || size > LARGEST_SIZE) {
      throw bad(name, "1.." + LARGEST_SIZE, size);
    }
    return size;
  }

  /**
   * Returns a field that is the size of something, or another value where it is missing or null.
   *
   * @throws CheckpointException as {@link #size(String)}
   */
  public int size(String name, int otherwise) throws CheckpointException {
    return has(name) ? size(name) : otherwise;
  }

  /**
   * Returns a field that is a number.
   *
   * @throws CheckpointException if it is missing or no number
   */
  public double number(String name) throws CheckpointException {
    Object value = required(name, "a number");
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw bad(name, "a number", value);
  }

  /**
   * Returns a field that is a number, or another value where it is missing or null.
   *
   * @throws CheckpointException as {@link #number(String)}
   */
  public double number(String name, double otherwise) throws CheckpointException {
    return has(name) ? number(name) : otherwise;
  }

  /**
   * Returns a field that is a pair of numbers from low to high, each perhaps infinite, or another
   * pair where it is missing or null.
   *
   * @return the two numbers; the caller's own
   * @throws CheckpointException if it is anything else
   */
  public double[] range(String name, double low, double high) throws CheckpointException {
    Object value = fields.get(name);
    if (value == null) {
      return new double[] {low, high};
    }
    if (value instanceof List<?> list
        && list.size() == 2
        && plain(list.get(0)) instanceof Number from
        && plain(list.get(1)) instanceof Number to
        && from.doubleValue() <= to.doubleValue()) {
      return new double[] {from.doubleValue(), to.doubleValue()};
    }
    throw bad(name, "two numbers, the smaller first", value);
  }

  /** Undoes the form {"__float__": "Infinity"} that newer configurations give to infinities. */
  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> tagged && tagged.size() == 1) {
      if ("Infinity".equals(tagged.get("__float__"))) {
        return Double.POSITIVE_INFINITY;
      }
      if ("-Infinity".equals(tagged.get("__float__"))) {
        return Double.NEGATIVE_INFINITY;
      }
    }
    return value;
  }

  /**
   * Returns a field that is the ε of a norm, or another value where it is missing or null.
   *
   * @throws CheckpointException if it is not a positive number in the range of floats
   */
  public float epsilon(String name, float otherwise) throws CheckpointException {
    double value = number(name, otherwise);
    float epsilon = (float) value;
    if (!(epsilon > 0) || epsilon > 1) {
      throw bad(name, "a number above 0 and at most 1", value);
    }
    return epsilon;
  }

  /**
   * Returns a field that is text.
   *
   * @throws CheckpointException if it is missing or no text
   */
  public String text(String name) throws CheckpointException {
    Object value = required(name, "text");
    if (value instanceof String text) {
      return text;
    }
    throw bad(name, "text", value);
  }

  /**
   * Returns a field that is text, or another value where it is missing or null.
   *
   * @throws CheckpointException as {@link #text(String)}
   */
  public String text(String name, String otherwise) throws CheckpointException {
    return has(name) ? text(name) : otherwise;
  }

  /**
   * Returns a field that is true or false, or another value where it is missing or null.
   *
   * @throws CheckpointException if it is neither
   */
  public boolean flag(String name, boolean otherwise) throws CheckpointException {
    Object value = fields.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw bad(name, "true or false", value);
  }

  /**
   * Returns the same checkpoint with the fields of a field that is an object.
   *
   * @param name the field
   * @throws CheckpointException if it is missing or no object
   */
  public Checkpoint section(String name) throws CheckpointException {
    Object value = required(name, "an object");
    if (!(value instanceof Map<?, ?> map)) {
      throw bad(name, "an object", value);
    }
    Map<String, Object> section = new LinkedHashMap<>();
    map.forEach((key, each) -> section.put((String) key, each));
    return new Checkpoint(this, name, section);
  }

  /**
   * Returns what to throw where a field has a value that an implementation does not take.
   *
   * @param name the field
   * @param expected what it takes
   * @param found the value
   */
  public CheckpointException unsupported(String name, String expected, Object found) {
    return bad(name, expected, found);
  }

  /**
   * Refuses a configuration that asks for what an implementation does not do.
   *
   * @param name a field
   * @param only the one value that the field may have; it may also be missing or null
   * @throws CheckpointException if it has another value
   */
  public void require(String name, boolean only) throws CheckpointException {
    if (flag(name, only) != only) {
      throw bad(name, only + ", the one kind that is implemented", !only);
    }
  }

  /**
   * Refuses a configuration that asks for what an implementation does not do.
   *
   * @param name a field
   * @param any the values that the field may have; it may also be missing or null
   * @throws CheckpointException if it has another value
   */
  public void require(String name, String... any) throws CheckpointException {
    String value = text(name, any[0]);
    for (String each : any) {
      if (each.equals(value)) {
        return;
      }
    }
    throw bad(name, String.join(" or ", any) + ", which is implemented", value);
  }

  /**
   * Reads the weights, anew at each call.
   *
   * @throws CheckpointException if there are none, or a file breaks a rule of its format
   * @throws IOException if a file cannot be read
   */
  public Tensors weights() throws IOException {
    Path whole = folder.resolve("model.safetensors");
    Path index = folder.resolve(Shards.INDEX);
    if (!Files.isRegularFile(whole) && Files.isRegularFile(index)) {
      return Shards.read(index);
    }
    return tensors("model.safetensors");
  }

  /**
   * Reads a safetensors file of the folder.
   *
   * @param file its name
   * @throws CheckpointException if it is not there or breaks a rule of its format
   * @throws IOException if it cannot be read
   */
  public Tensors tensors(String file) throws IOException {
    Path path = folder.resolve(file);
    if (!Files.isRegularFile(path)) {
      throw new CheckpointException(path, "expected a file, found none");
    }
    return Tensors.read(path);
  }

  private Object required(String name, String expected) throws CheckpointException {
    Object value = fields.get(name);
    if (value == null) {
      throw bad(name, expected, fields.containsKey(name) ? "null" : "none");
    }
    return value;
  }

  private CheckpointException bad(String name, String expected, Object found) {
    return new CheckpointException(
        config, "field '" + prefix + name + "': expected " + expected + ", found " + found);
  }
}

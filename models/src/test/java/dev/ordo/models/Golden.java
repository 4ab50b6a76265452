package dev.ordo.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.checkpoint.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reference case: a configuration, weights, and what the reference implementation made of them.
 *
 * <p>The folder {@code golden/<name>} of the test resources holds {@code config.json}, {@code
 * model.safetensors} and {@code expected.safetensors}, computed by PyTorch in float64 and stored as
 * float32.
 */
public final class Golden {

  /**
   * Largest |difference| over largest |expected|: float32 sums of these sizes, taken in another
   * order than the reference's, stay within about 1e-6; a wrong formula does not stay within this.
   */
  public static final double TOLERANCE = 1e-4;

  private final String config;
  private final Tensors model;
  private final Tensors expected;

  private Golden(String config, Tensors model, Tensors expected) {
    this.config = config;
    this.model = model;
    this.expected = expected;
  }

  /** Loads the case in the folder {@code golden/<name>}. */
  public static Golden load(String name) {
    try {
      Path folder = folder(name);
      return new Golden(
          Files.readString(folder.resolve("config.json")),
          Tensors.read(folder.resolve("model.safetensors")),
          Tensors.read(folder.resolve("expected.safetensors")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the folder of a case. */
  public static Path folder(String name) {
    URL url = Golden.class.getResource("/golden/" + name);
    assertThat(url).as("test resource golden/" + name).isNotNull();
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a whole number of the configuration. */
  public int integer(String key) {
    return Integer.parseInt(value(key));
  }

  /** Returns a number of the configuration. */
  public double number(String key) {
    return Double.parseDouble(value(key));
  }

  /** Returns the text of a configuration value: a number or a string without its quotes. */
  public String value(String key) {
    Matcher field =
        Pattern.compile("\"" + Pattern.quote(key) + "\"\\s*:\\s*\"?([^\",}\\s]+)\"?")
            .matcher(config);
    assertThat(field.find()).as("field %s of config.json", key).isTrue();
    return field.group(1);
  }

  /** Returns the weights. */
  public Tensors model() {
    return model;
  }

  /** Returns inputs and outputs of the reference. */
  public Tensors expected() {
    return expected;
  }

  /** Returns an expected float tensor of any shape, row-major. */
  public float[] floats(String name) {
    return expected.get(name, expected.shape(name));
  }

  /** Returns row {@code row} of an expected (rows, L) tensor of token ids. */
  public int[] tokens(String name, int row) {
    int[] shape = expected.shape(name);
    int length = shape[shape.length - 1];
    long[] all = expected.getLongs(name, shape);
    return Arrays.stream(all, row * length, (row + 1) * length)
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  /** Returns row {@code row} of an expected (rows, …) float tensor. */
  public float[] row(String name, int row) {
    float[] all = floats(name);
    int length = all.length / expected.shape(name)[0];
    return Arrays.copyOfRange(all, row * length, (row + 1) * length);
  }

  /**
   * Asserts that every value is within {@link #TOLERANCE} × max |expected| of what is expected.
   *
   * @param actual values of the same length as {@code expected}
   * @param expected values of the reference
   */
  public static void assertClose(float[] actual, float[] expected) {
    assertClose(actual, expected, TOLERANCE);
  }

  /** Asserts that every value is within {@code tolerance} × max |expected| of what is expected. */
  public static void assertClose(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    double scale = 0;
    for (float value : expected) {
      scale = Math.max(scale, Math.abs(value));
    }
    for (int i = 0; i < expected.length; i++) {
      double error = Math.abs((double) actual[i] - expected[i]);
      // Written so that a NaN fails.
      if (!(error <= tolerance * scale)) {
        throw new AssertionError(
            "value "
                + i
                + " ("
                + actual[i]
                + ") must be within "
                + tolerance
                + " × "
                + scale
                + " of "
                + expected[i]);
      }
    }
  }

  /**
   * Returns the mean cross-entropy of predicting each token from those before it.
   *
   * @param logits shape (L, V), row-major; row i predicts token i + 1
   * @param tokens shape (L)
   */
  public static double crossEntropy(float[] logits, int[] tokens) {
    int vocabulary = logits.length / tokens.length;
    double total = 0;
    for (int i = 0; i + 1 < tokens.length; i++) {
      double sum = 0;
      double target = logits[i * vocabulary + tokens[i + 1]];
      for (int v = 0; v < vocabulary; v++) {
        sum += Math.exp(logits[i * vocabulary + v] - target);
      }
      total += Math.log(sum);
    }
    return total / (tokens.length - 1);
  }
}

package dev.ordo.torch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What a TorchScript archive says of its forward method. An archive holds the code of its modules
 * as text, so nothing has to be loaded for that.
 *
 * @param arguments the arguments beside {@code self}, as text: name, type, and default if any
 * @param result the type of the result
 */
record Forward(List<String> arguments, String result) {

  private static final Pattern METHOD =
      Pattern.compile("def forward\\(self: ([\\w.]+)(.*?)\\) -> (.*?):\\n", Pattern.DOTALL);

  /** The first class that the pickled data names is that of the model. */
  private static final Pattern CLASS = Pattern.compile("c(__torch__[\\w.]*)\\n(\\w+)\\n");

  /** Copies the list. */
  Forward {
    arguments = List.copyOf(arguments);
  }

  /**
   * Reads an archive.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if it is no TorchScript archive, or its forward method does
   *     not take a tensor first; the message names the method
   */
  static Forward of(Path file) throws IOException {
    if (!Files.isReadable(file)) {
      throw new IOException("--torchscript " + file + " must be a file that can be read");
    }
    try (ZipFile archive = new ZipFile(file.toFile())) {
      String data = text(archive, "data.pkl").orElseThrow(() -> bad(file, "found no data.pkl"));
      Matcher root = CLASS.matcher(data);
      if (!root.find()) {
        throw bad(file, "found only weights; torch.jit.script or torch.jit.trace makes an archive");
      }
      String code =
          text(archive, "code/" + root.group(1).replace('.', '/') + ".py")
              .orElseThrow(() -> bad(file, "found no code of " + root.group(1)));
      Matcher method = METHOD.matcher(code);
      while (method.find()) {
        if (method.group(1).equals(root.group(1) + "." + root.group(2))) {
          return checked(file, new Forward(split(method.group(2)), method.group(3).strip()));
        }
      }
      throw bad(file, "found no method forward in " + root.group(2));
    } catch (ZipException e) {
      throw new IllegalArgumentException(
          "--torchscript " + file + " must be a TorchScript archive, found no zip file", e);
    }
  }

  private static Forward checked(Path file, Forward forward) {
    List<String> arguments = forward.arguments;
    boolean takesATensor = !arguments.isEmpty() && arguments.get(0).matches("\\w+: Tensor");
    if (!takesATensor || !(forward.optional() || forward.keepsState())) {
      throw new IllegalArgumentException(
          "--torchscript "
              + file
              + ": forward must take a tensor, and after it only what has a default, found forward("
              + String.join(", ", arguments)
              + ") -> "
              + forward.result);
    }
    if (!forward.result.startsWith("Tensor") && !forward.result.startsWith("Tuple[Tensor")) {
      throw new IllegalArgumentException(
          "--torchscript "
              + file
              + ": forward must return a tensor or a tuple that begins with one, found "
              + forward.result);
    }
    return forward;
  }

  private static IllegalArgumentException bad(Path file, String found) {
    return new IllegalArgumentException(
        "--torchscript " + file + " must be a TorchScript archive, " + found);
  }

  /** Returns an entry below the one folder that an archive has, as text. */
  private static Optional<String> text(ZipFile archive, String name) throws IOException {
    Optional<? extends ZipEntry> entry =
        archive.stream()
            .filter(each -> each.getName().replaceFirst("^[^/]*/", "").equals(name))
            .findFirst();
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream content = archive.getInputStream(entry.get())) {
      return Optional.of(new String(content.readAllBytes(), StandardCharsets.ISO_8859_1));
    }
  }

  /** Parts arguments at the commas that are in no brackets. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    int depth = 0;
    for (char c : (text.strip() + ",").toCharArray()) {
      depth += c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(part.toString().strip().replaceAll("\\s+", " "));
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.removeIf(String::isEmpty);
    return parts;
  }

  private boolean optional() {
    return arguments.stream().skip(1).allMatch(argument -> argument.contains("="));
  }

  /**
   * Returns whether what the result has beside its first tensor can go back in as further
   * arguments, which may be left out at first: {@code forward(x, h=None) -> (y, h)}.
   */
  boolean keepsState() {
    int further = arguments.size() - 1;
    long returned = Arrays.stream(result.split("\\bTensor\\b", -1)).count() - 2;
    return further > 0
        && returned == further
        && result.startsWith("Tuple[Tensor")
        && arguments.stream()
            .skip(1)
            .allMatch(argument -> argument.matches("\\w+: Optional\\[Tensor\\] ?= ?None"));
  }
}

package dev.ordo.harness.cli;

import dev.ordo.harness.sweep.CommandProvider;
import dev.ordo.harness.sweep.Guest;
import dev.ordo.models.ModelProvider;
import dev.ordo.models.Models;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options that bring models which are files or commands. */
final class GuestOptions {

  private static final String ONNX = "onnx";
  private static final String TORCHSCRIPT = "torchscript";

  /** What is before the first {@code =} is a name if it can be one. */
  private static final Pattern NAMED =
      Pattern.compile("([a-z0-9][a-z0-9._-]*)=(.+)", Pattern.DOTALL);

  /** What follows the last colon of a file is an option if it has the form of one. */
  private static final Pattern WITH_OPTION = Pattern.compile("(.+):([a-z]+=[^/:]+)");

  @Option(
      names = "--onnx",
      paramLabel = "[ID=]FILE",
      description =
          "A model in ONNX's format, run by ONNX Runtime; needs ordo-onnx.jar on --plugin. Its id"
              + " is the file's name unless given. May be repeated.")
  private List<String> onnx = new ArrayList<>();

  @Option(
      names = "--torchscript",
      paramLabel = "[ID=]FILE[:features=N]",
      description =
          "A model in TorchScript's format, run by PyTorch; needs ordo-torch.jar on --plugin. It"
              + " reads token ids, or with ':features=N' rows of N numbers. May be repeated.")
  private List<String> torchscript = new ArrayList<>();

  @Option(
      names = "--command",
      paramLabel = "[ID=]COMMAND",
      description =
          "A program that measures itself: it reads lines like 'prefill 64' and answers each with a"
              + " line that holds nanoseconds, or 'unsupported'. Its id is 'command' unless given."
              + " May be repeated.")
  private List<String> commands = new ArrayList<>();

  private List<Guest> guests;

  /**
   * Returns the models that are files or commands, in the order of the options.
   *
   * @throws IllegalArgumentException if a file or a program is not there
   */
  List<Guest> guests() {
    if (guests == null) {
      List<Guest> all = new ArrayList<>();
      onnx.forEach(text -> all.add(file(ONNX, text)));
      torchscript.forEach(text -> all.add(file(TORCHSCRIPT, text)));
      commands.forEach(text -> all.add(command(text)));
      guests = List.copyOf(all);
    }
    return guests;
  }

  /** Returns the ids of the models that are files or commands. */
  List<String> ids() {
    return guests().stream().map(Guest::id).toList();
  }

  /**
   * Returns some models and those that are files or commands.
   *
   * @param known the models of jars
   * @throws IOException if a file cannot be read
   * @throws IllegalArgumentException if no plug-in opens such files, a file is not of its format,
   *     or an id is taken
   */
  Models addedTo(Models known) throws IOException {
    return added(guests(), known);
  }

  /** Returns some models and those of some guests, as {@link #addedTo}. */
  static Models added(List<Guest> guests, Models known) throws IOException {
    List<ModelProvider> more = new ArrayList<>();
    for (Guest guest : guests) {
      if (known.ids().contains(guest.id())
          || guests.stream().filter(other -> other.id().equals(guest.id())).count() > 1) {
        throw new IllegalArgumentException(
            "model id '"
                + guest.id()
                + "' is taken; give another one: --"
                + guest.kind()
                + " ID="
                + shown(guest));
      }
      more.add(guest.isCommand() ? new CommandProvider(guest) : opened(guest, known));
    }
    return known.with(more);
  }

  private static ModelProvider opened(Guest guest, Models known) throws IOException {
    if (!known.formats().contains(guest.kind())) {
      String jar = guest.kind().equals(ONNX) ? "ordo-onnx" : "ordo-torch";
      String module = guest.kind().equals(ONNX) ? ONNX : "torch";
      throw new IllegalArgumentException(
          "--"
              + guest.kind()
              + " needs --plugin "
              + jar
              + ".jar, which 'mvn -Pplugins -DskipTests package' makes in plugins/"
              + module
              + "/target");
    }
    return known.open(guest.kind(), guest.id(), Path.of(guest.source()), guest.options());
  }

  private static String shown(Guest guest) {
    return guest.isCommand()
        ? "'" + guest.source() + "'"
        : Path.of(guest.source()).getFileName().toString();
  }

  private static Guest command(String text) {
    Matcher named = NAMED.matcher(text.strip());
    return named.matches()
        ? Guest.command(named.group(1), named.group(2))
        : Guest.command(Guest.COMMAND, text);
  }

  private static Guest file(String format, String text) {
    Matcher named = NAMED.matcher(text);
    String rest = named.matches() ? named.group(2) : text;
    Matcher option = WITH_OPTION.matcher(rest);
    boolean hasOption = option.matches();
    Path file;
    try {
      file = Path.of(hasOption ? option.group(1) : rest);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("--" + format + " '" + text + "' must name a file", e);
    }
    String id = named.matches() ? named.group(1) : idOf(file, format);
    return Guest.file(id, format, file, hasOption ? option.group(2) : "");
  }

  /** Returns the file's name without its ending, in the letters of an id. */
  private static String idOf(Path file, String format) {
    String name = file.getFileName() == null ? "" : file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String id =
        (dot > 0 ? name.substring(0, dot) : name)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9._-]", "-")
            .replaceAll("^[._-]+", "");
    return id.isEmpty() ? format : id;
  }
}

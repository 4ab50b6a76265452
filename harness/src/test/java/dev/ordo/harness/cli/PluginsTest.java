package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {

  private static final String PROVIDER = "META-INF/services/dev.ordo.models.ModelProvider";

  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private void refuses(String message, Path... jars) {
    String list = String.join(",", Stream.of(jars).map(Path::toString).toList());
    assertThat(
            Main.execute(
                new PrintWriter(out, true), new PrintWriter(err, true), "models", "--plugin", list))
        .as(err.toString())
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err.toString()).startsWith("ordo: plugin ").contains(message).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  /** Compiles a class and packs it, registered under a name. */
  private Path jar(String jar, String type, String source, String registered) throws IOException {
    Path classes = Files.createDirectories(directory.resolve(jar + "-classes"));
    Path file = Files.writeString(directory.resolve(type + ".java"), source);
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(
                    null,
                    null,
                    null,
                    "-proc:none",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-d",
                    classes.toString(),
                    file.toString()))
        .isZero();
    return pack(jar, classes, PROVIDER, registered);
  }

  private Path pack(String name, Path classes, String service, String registered)
      throws IOException {
    Path jar = directory.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = classes == null ? Stream.empty() : Files.list(classes)) {
      for (Path file : files.toList()) {
        out.putNextEntry(new JarEntry(file.getFileName().toString()));
        out.write(Files.readAllBytes(file));
      }
      out.putNextEntry(new JarEntry(service));
      out.write(registered.getBytes(StandardCharsets.UTF_8));
    }
    return jar;
  }

  private static String provider(String type, String id, String constructor) {
    return "import dev.ordo.models.*; public class "
        + type
        + " implements ModelProvider { "
        + constructor
        + " public String id() { return "
        + id
        + "; } public String description() { return \"d\"; } public SequenceModel"
        + " create(ModelShape s, long seed) { throw new IllegalStateException(); } }";
  }

  @Test
  void takesAProvider() throws IOException {
    Path jar = jar("good.jar", "Good", provider("Good", "\"good\"", ""), "# mine\n\nGood # it\n");

    assertThat(
            Main.execute(
                new PrintWriter(out), new PrintWriter(err), "models", "--plugin", jar.toString()))
        .isZero();
    assertThat(out.toString()).contains("good");
  }

  @Test
  void refusesWhatIsNoJar() throws IOException {
    refuses(
        "must be a jar, found something else",
        Files.writeString(directory.resolve("text.jar"), "text"));
  }

  @Test
  void refusesAFolder() {
    refuses("must be a jar, found a folder", directory);
  }

  @Test
  void refusesAJarThatRegistersNothing() throws IOException {
    refuses(
        "must name its providers in " + PROVIDER + ", found no such entry",
        pack("other.jar", null, "META-INF/services/java.util.List", "x"));
  }

  @Test
  void refusesAnEmptyRegistration() throws IOException {
    refuses("found no name there", pack("empty.jar", null, PROVIDER, "# nothing\n"));
  }

  @Test
  void refusesAClassThatIsNotThere() throws IOException {
    refuses(": Nope is registered and not there", pack("nope.jar", null, PROVIDER, "Nope"));
  }

  @Test
  void refusesAClassThatIsNoProvider() throws IOException {
    refuses(
        ": Plain must implement dev.ordo.models.ModelProvider",
        jar("plain.jar", "Plain", "public class Plain {}", "Plain"));
  }

  @Test
  void refusesAConstructorThatThrows() throws IOException {
    refuses(
        ": Angry cannot be made: java.lang.IllegalStateException: no licence",
        jar(
            "angry.jar",
            "Angry",
            provider(
                "Angry",
                "\"angry\"",
                "public Angry() { throw new IllegalStateException(\"no licence\"); }"),
            "Angry"));
  }

  @Test
  void refusesAConstructorWithArguments() throws IOException {
    refuses(
        ": Needy must be public with a public constructor without arguments",
        jar(
            "needy.jar",
            "Needy",
            provider("Needy", "\"needy\"", "public Needy(int x) {}"),
            "Needy"));
  }

  @Test
  void refusesAnIdThatThrows() throws IOException {
    refuses(
        ": Lost must tell id, description and phases: java.lang.IllegalStateException: who?",
        jar(
            "lost.jar",
            "Lost",
            provider(
                "Lost", "who()", "String who() { throw new IllegalStateException(\"who?\"); }"),
            "Lost"));
  }

  @Test
  void refusesTheIdOfABuiltInModel() throws IOException {
    refuses(
        "mine.jar: model id 'rnn' is that of a built-in model",
        jar("mine.jar", "Mine", provider("Mine", "\"rnn\"", ""), "Mine"));
  }

  @Test
  void refusesTheSameIdInTwoJars() throws IOException {
    Path a = jar("a.jar", "A", provider("A", "\"twin\"", ""), "A");
    Path b = jar("b.jar", "B", provider("B", "\"twin\"", ""), "B");

    refuses("b.jar: model id 'twin' is that of a model of " + a, a, b);
  }

  @Test
  void refusesTheSameClassInTwoJars() throws IOException {
    Path a = jar("a.jar", "A", provider("A", "\"one\"", ""), "A");
    Path b = jar("b.jar", "A", provider("A", "\"two\"", ""), "A");

    refuses("b.jar: A is also in " + a.toRealPath(), a, b);
  }

  @Test
  void refusesTheSameJarTwice() throws IOException {
    Path a = jar("a.jar", "A", provider("A", "\"one\"", ""), "A");

    refuses("must be given once", a, directory.resolve(".").resolve("a.jar"));
  }

  @Test
  void refusesClassesOfANewerJava() throws IOException {
    Path jar = jar("new.jar", "New", provider("New", "\"new\"", ""), "New");
    Path classes = directory.resolve("new.jar-classes");
    byte[] bytes = Files.readAllBytes(classes.resolve("New.class"));
    bytes[7] = (byte) (44 + 90);
    Files.write(classes.resolve("New.class"), bytes);

    refuses(
        ": New was compiled for Java 90, this is Java " + Runtime.version().feature(),
        pack(jar.getFileName().toString(), classes, PROVIDER, "New"));
  }

  @Test
  void refusesAFileThatNoPluginOpens() throws IOException {
    Path file = Files.writeString(directory.resolve("model.onnx"), "x");
    for (List<String> option :
        List.of(
            List.of("--onnx", "ordo-onnx.jar, which 'mvn -Pplugins"),
            List.of("--torchscript", "ordo-torch.jar, which 'mvn -Pplugins"))) {
      StringWriter said = new StringWriter();
      assertThat(
              Main.execute(
                  new PrintWriter(out),
                  new PrintWriter(said),
                  "run",
                  option.get(0),
                  file.toString()))
          .isEqualTo(ExitCode.BAD_INPUT);
      assertThat(said.toString()).contains(option.get(0) + " needs --plugin " + option.get(1));
      assertThat(said.toString()).hasLineCount(1);
    }
  }
}

package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What stands in scripts/ci is valid, and speaks of options and files that there are. */
class CiFilesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path FOLDER = ROOT.resolve("scripts/ci");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
  private static final Pattern SCRIPT = Pattern.compile("scripts/[\\w./-]*\\w");

  static Stream<Path> files() throws IOException {
    try (Stream<Path> inside = Files.list(FOLDER)) {
      return inside.sorted().toList().stream();
    }
  }

  static Stream<Path> yaml() throws IOException {
    return files().filter(file -> file.toString().endsWith(".yml"));
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void isYamlWithKeys(Path file) throws IOException {
    JsonNode tree = YAML.readTree(file.toFile());

    assertThat(tree.isObject()).isTrue();
    assertThat(tree).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("files")
  void usesOptionsThatThereAre(Path file) throws IOException {
    Set<String> known = new HashSet<>();
    CommandLine ordo = new CommandLine(new OrdoCommand());
    for (String command : List.of("run", "gate")) {
      ordo.getSubcommands()
          .get(command)
          .getCommandSpec()
          .options()
          .forEach(option -> known.addAll(List.of(option.names())));
    }
    Matcher option = OPTION.matcher(Files.readString(file));
    while (option.find()) {
      assertThat(known).as(file.toString()).contains(option.group());
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void namesFilesThatThereAre(Path file) throws IOException {
    Matcher script = SCRIPT.matcher(Files.readString(file));
    while (script.find()) {
      assertThat(ROOT.resolve(script.group())).exists();
    }
    assertThat(Files.readString(file)).doesNotContain("\t");
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void itsShellIsShell(Path file) throws Exception {
    List<String> snippets = new ArrayList<>();
    collect(YAML.readTree(file.toFile()), snippets);

    assertThat(snippets).isNotEmpty();
    for (String snippet : snippets) {
      Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
      try (var in = bash.getOutputStream()) {
        in.write(snippet.replaceAll("\\$\\{\\{.*?}}", "x").getBytes(StandardCharsets.UTF_8));
      }
      String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(bash.exitValue()).as(snippet + "\n" + said).isZero();
    }
  }

  @Test
  void theActionHasAllItsInputsUsedAndDeclared() throws IOException {
    JsonNode action = YAML.readTree(FOLDER.resolve("action.yml").toFile());
    Set<String> declared = new HashSet<>();
    action.get("inputs").fieldNames().forEachRemaining(declared::add);
    Set<String> used = new HashSet<>();
    Matcher input = Pattern.compile("inputs\\.([a-z-]+)").matcher(action.get("runs").toString());
    while (input.find()) {
      used.add(input.group(1));
    }

    assertThat(used).isEqualTo(declared);
    assertThat(action.at("/runs/using").asText()).isEqualTo("composite");
    for (JsonNode step : action.at("/runs/steps")) {
      assertThat(step.has("uses") || (step.has("run") && step.has("shell"))).isTrue();
    }
  }

  /** Collects the shell of steps ({@code run}) and of jobs ({@code script}). */
  private static void collect(JsonNode node, List<String> snippets) {
    node.properties()
        .forEach(
            field -> {
              if (field.getKey().equals("run") && field.getValue().isTextual()) {
                snippets.add(field.getValue().asText());
              } else if (field.getKey().equals("script")) {
                field.getValue().forEach(line -> snippets.add(line.asText()));
              } else {
                collect(field.getValue(), snippets);
              }
            });
    if (node.isArray()) {
      node.forEach(child -> collect(child, snippets));
    }
  }
}

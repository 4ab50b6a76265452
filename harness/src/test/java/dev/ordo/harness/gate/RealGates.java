package dev.ordo.harness.gate;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Judges real runs of the packaged program: of the same code, plainly and under load, and of models
 * that were made worse by a known amount. Runs are kept in a folder, and those that are there are
 * not measured again.
 */
final class RealGates {

  private static final int[] SHIFTS = {2, 5, 10, 20};

  private final Settings settings;
  private final PrintStream out;

  /**
   * What to measure.
   *
   * @param root the repository
   * @param pairs how many pairs of runs of the same code
   * @param changed how many pairs of each change
   * @param budget of a run, as {@code --budget} takes it
   * @param options further options of a run
   * @param largest the largest length
   * @param otherJdk the home of another JDK, empty for none
   * @param folder where runs are kept
   */
  record Settings(
      Path root,
      int pairs,
      int changed,
      String budget,
      List<String> options,
      int largest,
      String otherJdk,
      Path folder) {}

  RealGates(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
  }

  /** What a gate said: its exit code, and how many of its cells fail. */
  private record Said(int code, int cells, int failingCells) {}

  /** Prints all tables. */
  void run() throws IOException, InterruptedException {
    Files.createDirectories(settings.folder);
    out.println("### Real runs of the same code");
    out.println();
    out.println("| | pairs | gates that fail | undecided | cells | cells that fail |");
    out.println("|---|--:|--:|--:|--:|--:|");
    same("plain", 0);
    same("under load", Runtime.getRuntime().availableProcessors());
    out.println();
    Path plugin = plugin();
    out.println("### Real runs of a model that was made worse");
    out.println();
    out.println("| | pairs | gates that fail | undecided | pass |");
    out.println("|---|--:|--:|--:|--:|");
    for (int shift : SHIFTS) {
      changed("slower by " + shift + " %", "spinning", Integer.toString(shift), plugin, "");
    }
    // Four times as much at the largest length.
    String place = Integer.toString(Math.max(1, settings.largest / 3));
    for (String jdk : settings.otherJdk.isEmpty() ? List.of("") : List.of("", settings.otherJdk)) {
      String where = jdk.isEmpty() ? "" : ", baseline of another JDK";
      changed("decode grows" + where, "growing-decode", place, plugin, jdk);
      changed("scan quadratic" + where, "quadratic-scan", place, plugin, jdk);
    }
    out.println();
  }

  private void same(String name, int busy) throws IOException, InterruptedException {
    List<Said> said = new ArrayList<>();
    for (int pair = 1; pair <= settings.pairs; pair++) {
      String prefix = name.replace(' ', '-') + "-" + pair;
      Path one = measure(prefix + "-a", settings.options, Map.of(), "", busy);
      Path other = measure(prefix + "-b", settings.options, Map.of(), "", busy);
      said.add(judge(one, other));
    }
    int cells = said.stream().mapToInt(Said::cells).sum();
    int failing = said.stream().mapToInt(Said::failingCells).sum();
    out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d | %.2f %% |%n",
        name,
        said.size(),
        count(said, 1),
        count(said, 3),
        cells,
        100.0 * failing / Math.max(1, cells));
    out.flush();
  }

  private void changed(String what, String model, String change, Path plugin, String jdk)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(settings.options);
    options.addAll(
        List.of(
            "--plugin",
            plugin.toString(),
            "--models",
            model + ",rnn",
            "--phases",
            "prefill,decode"));
    List<Said> said = new ArrayList<>();
    for (int pair = 1; pair <= settings.changed; pair++) {
      String prefix = model + "-" + change + (jdk.isEmpty() ? "" : "-jdk") + "-" + pair;
      Path base = measure(prefix + "-a", options, Map.of("ORDO_CHANGE", "0"), jdk, 0);
      Path worse = measure(prefix + "-b", options, Map.of("ORDO_CHANGE", change), "", 0);
      said.add(judge(base, worse));
    }
    out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %d | %d |%n",
        what,
        said.size(),
        count(said, 1),
        count(said, 3),
        count(said, 0));
    out.flush();
  }

  private static long count(List<Said> said, int code) {
    return said.stream().filter(one -> one.code == code).count();
  }

  /** Measures into a folder of its own, while so many threads are busy half of the time. */
  private Path measure(
      String name, List<String> options, Map<String, String> environment, String jdk, int busy)
      throws IOException, InterruptedException {
    Path run = settings.folder.resolve(name);
    if (Files.exists(run.resolve("fits.json"))) {
      return run;
    }
    List<String> command = new ArrayList<>(List.of("run", "--budget", settings.budget));
    command.addAll(options);
    command.addAll(List.of("--out", run.toString()));
    Load load = new Load(busy);
    try {
      int code = ordo(command, environment, jdk, settings.folder.resolve(name + ".log"));
      if (code != 0 && code != 1) {
        throw new IOException("run " + run + " ended with " + code + ", see " + name + ".log");
      }
      return run;
    } finally {
      load.stop();
    }
  }

  private Said judge(Path base, Path candidate) throws IOException, InterruptedException {
    Path junit = candidate.resolveSibling(candidate.getFileName() + ".xml");
    Path log = candidate.resolveSibling(candidate.getFileName() + ".gate.txt");
    int code =
        ordo(
            List.of(
                "gate",
                "--baseline",
                base.toString(),
                "--candidate",
                candidate.toString(),
                "--junit",
                junit.toString()),
            Map.of(),
            "",
            log);
    if (code == 2 || !Files.exists(junit)) {
      throw new IOException("the gate ended with " + code + ", see " + log);
    }
    try {
      NodeList tests =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(junit.toFile())
              .getElementsByTagName("testcase");
      int cells = 0;
      int failing = 0;
      for (int i = 0; i < tests.getLength(); i++) {
        Element test = (Element) tests.item(i);
        if (test.getAttribute("name").contains("@")) {
          cells++;
          NodeList failures = test.getElementsByTagName("failure");
          boolean worse =
              failures.getLength() > 0
                  && ((Element) failures.item(0)).getAttribute("type").equals("regressed");
          failing += worse ? 1 : 0;
        }
      }
      return new Said(code, cells, failing);
    } catch (javax.xml.parsers.ParserConfigurationException | org.xml.sax.SAXException e) {
      throw new IOException(junit + " cannot be read: " + e.getMessage(), e);
    }
  }

  private int ordo(List<String> args, Map<String, String> environment, String jdk, Path log)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(settings.root.resolve("scripts/ordo").toString()));
    command.addAll(args);
    ProcessBuilder process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    // The folder has no ordo.yml.
    process.directory(settings.folder.toFile());
    process.environment().putAll(environment);
    if (!jdk.isEmpty()) {
      process.environment().put("JAVA_HOME", jdk);
    }
    return process.start().waitFor();
  }

  /** Compiles the models that can be made worse. */
  private Path plugin() throws IOException {
    Path source = settings.root.resolve("harness/src/test/resources/plugins/ChangedProviders.java");
    Path classes = Files.createDirectories(settings.folder.resolve("plugin-classes"));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--release",
                "17",
                "-cp",
                System.getProperty("java.class.path")
                    + File.pathSeparator
                    + settings.root.resolve("models/target/classes"),
                "-d",
                classes.toString(),
                source.toString());
    if (code != 0) {
      throw new IOException(source + " does not compile");
    }
    Path jar = settings.folder.resolve("changed.jar");
    try (JarOutputStream archive = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> inside = Files.list(classes)) {
      for (Path file : inside.sorted().toList()) {
        archive.putNextEntry(new JarEntry(file.getFileName().toString()));
        archive.write(Files.readAllBytes(file));
      }
      archive.putNextEntry(new JarEntry("META-INF/services/dev.ordo.models.ModelProvider"));
      String providers =
          "ChangedProviders$Spinning\nChangedProviders$Growing\nChangedProviders$Quadratic\n";
      archive.write(providers.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
    return jar;
  }

  /** Threads that are busy for a random part of each second. */
  private static final class Load {

    private final List<Thread> threads = new ArrayList<>();

    Load(int count) {
      for (int i = 0; i < count; i++) {
        Thread thread = new Thread(Load::work, "load-" + i);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
    }

    private static void work() {
      var random = new java.util.SplittableRandom();
      while (!Thread.currentThread().isInterrupted()) {
        long end = System.nanoTime() + random.nextLong(1, 1_000_000_000L);
        while (System.nanoTime() < end) {
          Thread.onSpinWait();
        }
        try {
          Thread.sleep(random.nextLong(1, 1000));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    void stop() {
      threads.forEach(Thread::interrupt);
    }
  }
}

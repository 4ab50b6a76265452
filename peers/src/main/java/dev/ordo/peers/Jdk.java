package dev.ordo.peers;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A Java installation that forks run on.
 *
 * @param home its folder
 * @param release the number of its release, such as 17
 * @param version its full version, and who built it
 */
record Jdk(Path home, int release, String version) {

  /**
   * Reads what an installation says of itself.
   *
   * @throws IOException if there is no file {@code release}, or it names no version
   */
  static Jdk at(Path home) throws IOException {
    Properties properties = new Properties();
    Path release = home.resolve("release");
    if (!Files.isReadable(release)) {
      throw new IOException(home + ": expected the home of a JDK, found no file 'release'");
    }
    try (Reader reader = Files.newBufferedReader(release)) {
      properties.load(reader);
    }
    String version = text(properties, "JAVA_VERSION");
    if (version.isEmpty()) {
      throw new IOException(release + ": expected JAVA_VERSION, found none");
    }
    int feature = Runtime.Version.parse(version).feature();
    String builder = text(properties, "IMPLEMENTOR");
    return new Jdk(home, feature, builder.isEmpty() ? version : version + ", " + builder);
  }

  private static String text(Properties properties, String name) {
    return properties.getProperty(name, "").replace("\"", "");
  }

  Path java() {
    return home.resolve("bin").resolve("java");
  }

  /** Returns the arguments that every fork has on this installation. */
  List<String> arguments(Path work) {
    List<String> arguments = new ArrayList<>();
    arguments.add("--add-modules=jdk.incubator.vector");
    arguments.add("-XX:+UseSerialGC");
    arguments.add("-Xms6g");
    arguments.add("-Xmx6g");
    if (Runtime.getRuntime().availableProcessors() < 4) {
      arguments.add("-XX:CICompilerCount=3");
    }
    if (release >= 23) {
      arguments.add("--sun-misc-unsafe-memory-access=allow");
    }
    if (release >= 24) {
      arguments.add("--enable-native-access=ALL-UNNAMED");
    }
    arguments.add("-Dordo.threads=1");
    arguments.add("-Dai.djl.offline=true");
    arguments.add("-Dai.djl.pytorch.num_threads=1");
    arguments.add("-Dai.djl.pytorch.num_interop_threads=1");
    arguments.add("-DDJL_CACHE_DIR=" + work.resolve("djl"));
    arguments.add("-Dorg.bytedeco.javacpp.cachedir=" + work.resolve("javacpp"));
    for (String name : List.of(NativeScan.LIBRARY, NativeScan.COMPILER)) {
      String value = System.getProperty(name);
      if (value != null) {
        arguments.add("-D" + name + "=" + value);
      }
    }
    return arguments;
  }

  @Override
  public String toString() {
    return "JDK " + release;
  }
}

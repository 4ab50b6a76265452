package dev.ordo.harness.sweep;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;

/** The workloads of known cost as a plug-in, as a user would bring them. */
final class SpinJar {

  private static final List<String> CLASSES =
      List.of(
          "Spin",
          "Spin$Linear",
          "Spin$Quasilinear",
          "Spin$Quadratic",
          "Spin$Chain",
          "Spin$Turning");

  private SpinJar() {}

  /** Writes the jar. */
  static Path write(Path file) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
      for (String name : CLASSES) {
        try (InputStream content = SpinJar.class.getResourceAsStream(name + ".class")) {
          add(jar, "dev/ordo/harness/sweep/" + name + ".class", content.readAllBytes());
        }
      }
      String providers =
          CLASSES.subList(1, 4).stream()
              .map(name -> "dev.ordo.harness.sweep." + name + "\n")
              .collect(Collectors.joining());
      add(
          jar,
          "META-INF/services/dev.ordo.models.ModelProvider",
          providers.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }
}

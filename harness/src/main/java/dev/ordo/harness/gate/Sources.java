package dev.ordo.harness.gate;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where benchmarks stand in a repository: their source files are sought by the class's name. */
public final class Sources {

  private static final Set<String> SKIPPED =
      Set.of(".git", ".gradle", ".idea", "target", "build", "node_modules");

  private static final List<String> ENDINGS = List.of(".java", ".kt", ".scala", ".groovy");
  private static final int MOST_FILES = 50_000;
  private static final int DEEPEST = 32;

  private final Path root;
  private final Location otherwise;
  private final Map<String, Path> files = new HashMap<>();
  private final Map<String, Location> known = new HashMap<>();

  private Sources(Path root, Location otherwise) {
    this.root = root;
    this.otherwise = otherwise;
  }

  /**
   * Walks over a repository.
   *
   * @param root its folder
   * @param otherwise what to point at where no source is found
   * @throws IOException if the folder cannot be read
   */
  public static Sources in(Path root, Location otherwise) throws IOException {
    Sources sources = new Sources(root, otherwise);
    Files.walkFileTree(
        root,
        Set.of(),
        DEEPEST,
        new SimpleFileVisitor<>() {
          private int seen;

          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            boolean skipped =
                !folder.equals(root) && SKIPPED.contains(folder.getFileName().toString());
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (ENDINGS.stream().anyMatch(name::endsWith)) {
              sources.files.putIfAbsent(sources.relative(file), file);
            }
            return ++seen > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) {
            // A folder that may not be read holds no source that anybody could be pointed at.
            return FileVisitResult.CONTINUE;
          }
        });
    return sources;
  }

  /** Points every claim at one place. */
  public static Sources none(Location otherwise) {
    return new Sources(Path.of(""), otherwise);
  }

  /** Returns where a claim's benchmark stands. */
  public Location of(Claim claim) {
    return known.computeIfAbsent(claim.benchmark(), this::find);
  }

  private Location find(String benchmark) {
    int dot = benchmark.lastIndexOf('.');
    if (dot <= 0) {
      return otherwise;
    }
    // Nested classes stand in the file of the outermost one.
    String type = benchmark.substring(0, dot).split("\\$")[0].replace('.', '/');
    for (Map.Entry<String, Path> file : files.entrySet()) {
      String path = file.getKey();
      String stem = path.substring(0, path.lastIndexOf('.'));
      if (stem.equals(type) || stem.endsWith("/" + type)) {
        return new Location(path, line(file.getValue(), benchmark.substring(dot + 1)));
      }
    }
    return otherwise;
  }

  private static int line(Path file, String method) {
    Pattern declaration = Pattern.compile("\\b" + Pattern.quote(method) + "\\s*\\(");
    try {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        Matcher matcher = declaration.matcher(lines.get(i));
        if (matcher.find()) {
          return i + 1;
        }
      }
      return 1;
    } catch (CharacterCodingException e) {
      return 1;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("source " + file + " cannot be read", e);
    }
  }

  private String relative(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }
}

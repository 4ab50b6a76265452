package dev.ordo.reports.document;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sections of Ordo's {@code docs/method.md} that a page refers to.
 *
 * <p>A page that lies in a copy of Ordo's repository links to them, by a path from the page to the
 * file. Anywhere else there is nothing that a link could lead to without a network, so the section
 * is named and not linked.
 */
final class MethodLinks {

  private static final String FILE = "docs/method.md";
  private static final String FIRST_LINE = "# Method";

  /** What a page shows, and where the method of it is described: in the order of the page. */
  private static final List<Page.Reference> SECTIONS =
      List.of(
          new Page.Reference("claims and laws", "6. The conclusion", ""),
          new Page.Reference("fits and their bands", "3. Fitting a law", ""),
          new Page.Reference("exponents", "5. The exponent and its interval", ""),
          new Page.Reference("local exponents", "14. The local exponent", ""),
          new Page.Reference(
              "places at which a series changes", "17. Places at which a series changes", ""),
          new Page.Reference("crossovers", "12. Crossovers between two series", ""),
          new Page.Reference("predictions", "13. Predictions", ""),
          new Page.Reference("memory", "10. Counted bytes", ""),
          new Page.Reference("parallelism", "9. Speed-up", ""),
          new Page.Reference("two sizes", "15. Two sizes", ""),
          new Page.Reference("forks and their noise", "2. The fork is the unit", ""),
          new Page.Reference("how often all this is right", "7. How well it works", ""));

  private MethodLinks() {}

  /**
   * Returns the sections, with links where the file is found in a folder above the page's.
   *
   * @param directory where the page will lie
   * @throws IOException if a file that may be the one cannot be read
   */
  static List<Page.Reference> from(Path directory) throws IOException {
    Path page = directory.toAbsolutePath().normalize();
    for (Path above = page; above != null; above = above.getParent()) {
      Path method = above.resolve(FILE);
      if (isMethod(method)) {
        String path = page.relativize(method).toString().replace('\\', '/');
        return SECTIONS.stream()
            .map(section -> section.linked(path + "#" + anchor(section.section())))
            .toList();
      }
    }
    return SECTIONS;
  }

  /** Returns the sections without links. */
  static List<Page.Reference> unlinked() {
    return SECTIONS;
  }

  private static boolean isMethod(Path file) throws IOException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      return false;
    }
    // Of a file that is not text at all the first line is no heading either.
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      return lines.findFirst().equals(Optional.of(FIRST_LINE));
    }
  }

  /** Returns the anchor that GitHub and its like give to a heading. */
  static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-');
  }
}

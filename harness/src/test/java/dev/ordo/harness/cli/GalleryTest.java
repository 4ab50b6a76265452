package dev.ordo.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The gallery shows the data that lies beside it. */
class GalleryTest {

  private static final Path DOCS = Path.of("../docs").toAbsolutePath().normalize();
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^ordo plot (\\S+) (.*) --out docs/gallery/(\\S+\\.svg)$");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?(E-?\\d+)?");
  private static final Pattern COLOR = Pattern.compile("rgb\\((\\d+),(\\d+),(\\d+)\\)");

  /** Fonts differ between machines, and with them the room that is left for a plot. */
  private static final double TOLERANCE = 0.02;

  @TempDir private Path folder;

  @BeforeAll
  static void workWithoutAScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  static List<MatchResult> commands() throws IOException {
    return COMMAND.matcher(Files.readString(DOCS.resolve("gallery.md"))).results().toList();
  }

  private static Set<String> parts(int group) throws IOException {
    return commands().stream()
        .map(command -> command.group(group))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void showsEveryKind() throws IOException {
    assertThat(parts(1)).containsExactlyInAnyOrderElementsOf(PlotKind.ids());
  }

  @Test
  void showsEveryPictureThatLiesThere() throws IOException {
    try (Stream<Path> files = Files.list(DOCS.resolve("gallery"))) {
      assertThat(parts(3))
          .containsExactlyElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".svg"))
                  .sorted()
                  .toList());
    }
    String page = Files.readString(DOCS.resolve("gallery.md"));
    assertThat(parts(3)).allMatch(name -> page.contains("](gallery/" + name + ")"));
    assertThat(Files.readString(DOCS.resolveSibling("README.md"))).contains("](docs/gallery/");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void eachPictureIsThatOfTheData(MatchResult command) throws Exception {
    Path drawn = folder.resolve(command.group(3));
    List<String> arguments = new ArrayList<>(List.of("plot", command.group(1)));
    Arrays.stream(command.group(2).split(" "))
        .map(word -> word.startsWith("docs/") ? DOCS.resolveSibling(word).toString() : word)
        .forEach(arguments::add);
    arguments.addAll(List.of("--out", drawn.toString()));
    StringWriter err = new StringWriter();
    int code =
        Main.execute(
            new PrintWriter(new StringWriter()),
            new PrintWriter(err),
            arguments.toArray(String[]::new));
    assertThat(err.toString()).isEmpty();
    assertThat(code).isEqualTo(ExitCode.FINE);
    Element now = parsed(drawn);
    Element kept = parsed(DOCS.resolve("gallery").resolve(command.group(3)));
    assertThat(text(kept, "title")).isEqualTo(text(now, "title"));
    assertThat(text(kept, "desc")).isEqualTo(text(now, "desc"));
    List<Mark> marks = marks(kept);
    List<Mark> fresh = marks(now);
    assertThat(marks).hasSameSizeAs(fresh).hasSizeGreaterThan(3);
    for (int i = 0; i < marks.size(); i++) {
      assertThat(marks.get(i).look()).isEqualTo(fresh.get(i).look());
      assertThat(marks.get(i).x()).isCloseTo(fresh.get(i).x(), within(TOLERANCE));
      assertThat(marks.get(i).y()).isCloseTo(fresh.get(i).y(), within(TOLERANCE));
    }
  }

  /**
   * A coloured element, and where it begins in parts of the plot that clips it; where none does, as
   * in a matrix, colours and their order say enough.
   */
  private record Mark(String look, double x, double y) {}

  private static List<Mark> marks(Element svg) {
    List<Mark> marks = new ArrayList<>();
    NodeList all = svg.getElementsByTagName("*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      Element clip = clip(svg, element);
      Matcher color = COLOR.matcher(element.getAttribute("style"));
      if (color.find() && isColourful(color)) {
        double[] place = place(element);
        marks.add(
            new Mark(
                element.getTagName() + " " + color.group(),
                clip == null ? 0 : place[0] / Double.parseDouble(clip.getAttribute("width")),
                clip == null ? 0 : place[1] / Double.parseDouble(clip.getAttribute("height"))));
      }
    }
    return marks;
  }

  /** Returns the rectangle that clips an element, if one does. */
  private static Element clip(Element svg, Element element) {
    for (Node node = element; node instanceof Element parent; node = node.getParentNode()) {
      String reference = parent.getAttribute("clip-path").replaceAll("url\\(#(.*)\\)", "$1");
      NodeList clips = svg.getElementsByTagName("clipPath");
      for (int i = 0; i < clips.getLength() && !reference.isEmpty(); i++) {
        Element clip = (Element) clips.item(i);
        if (clip.getAttribute("id").equals(reference)) {
          return (Element) clip.getElementsByTagName("rect").item(0);
        }
      }
    }
    return null;
  }

  private static boolean isColourful(Matcher color) {
    int[] parts = {
      Integer.parseInt(color.group(1)),
      Integer.parseInt(color.group(2)),
      Integer.parseInt(color.group(3))
    };
    Arrays.sort(parts);
    return parts[2] - parts[0] > 40;
  }

  private static double[] place(Element element) {
    for (String name : List.of("x", "cx", "x1")) {
      if (element.hasAttribute(name)) {
        return new double[] {
          Double.parseDouble(element.getAttribute(name)),
          Double.parseDouble(element.getAttribute(name.replace('x', 'y')))
        };
      }
    }
    double[] numbers =
        NUMBER
            .matcher(element.getAttribute("d") + " " + element.getAttribute("points"))
            .results()
            .limit(2)
            .mapToDouble(number -> Double.parseDouble(number.group()))
            .toArray();
    return numbers.length == 2 ? numbers : new double[2];
  }

  private static String text(Element svg, String name) {
    NodeList found = svg.getElementsByTagName(name);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }

  private static Element parsed(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(file.toFile())
        .getDocumentElement();
  }
}

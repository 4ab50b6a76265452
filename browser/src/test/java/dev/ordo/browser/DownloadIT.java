package dev.ordo.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import dev.ordo.reports.data.MeasuredCell;
import dev.ordo.reports.data.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the page hands out is made of data that it holds itself. */
@ExtendWith(Browser.class)
class DownloadIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void handsOutTheFilesThatLieBesideIt(Tab tab) throws IOException {
    Path page = Pages.run("known", Names.KNOWN);
    tab.open(page);
    assertThat(rows(downloaded(tab, "csv", "measurements.csv")))
        .isEqualTo(rows(page.resolveSibling("measurements.csv")))
        .hasSize(481);
    JsonNode fits = JSON.readTree(page.resolveSibling("fits.json").toFile());
    JsonNode copy = JSON.readTree(downloaded(tab, "json", "fits.json").toFile());
    assertThat(copy.equals(DownloadIT::compared, fits)).isTrue();
    assertThat(cells(downloaded(tab, "jmh", "jmh-result.json")))
        .isEqualTo(cells(page.resolveSibling("jmh-result.json")))
        .hasSize(160);
  }

  @Test
  void handsOutEveryChartAsAPicture(Tab tab) throws Exception {
    tab.open(Pages.run("known", Names.KNOWN));
    for (String name : Drawing.names(tab).subList(0, 2)) {
      Path file = downloaded(tab, "svg", name + ".svg");
      assertThat(parsed(file).getDocumentElement().getTagName()).isEqualTo("svg");
    }
  }

  @Test
  void namesThatAreCodeAreTextInEveryFile(Tab tab) throws Exception {
    tab.open(Pages.run("hostile-run", Names.HOSTILE));
    String name = Names.HOSTILE.models().get(0);
    assertThat(Files.readString(downloaded(tab, "csv", "measurements.csv")))
        .contains(name.replace("\"", "\"\""));
    JsonNode results = JSON.readTree(downloaded(tab, "jmh", "jmh-result.json").toFile());
    assertThat(results.findValuesAsText("model")).contains(name);
    JsonNode fits = JSON.readTree(downloaded(tab, "json", "fits.json").toFile());
    assertThat(fits.toString()).contains("img src=x onerror");
    for (String chart : Drawing.names(tab).subList(0, 2)) {
      NodeList all = parsed(downloaded(tab, "svg", chart + ".svg")).getElementsByTagName("*");
      Set<String> tags = new TreeSet<>();
      List<String> handlers = new ArrayList<>();
      for (int i = 0; i < all.getLength(); i++) {
        Element element = (Element) all.item(i);
        tags.add(element.getTagName());
        for (int j = 0; j < element.getAttributes().getLength(); j++) {
          if (element.getAttributes().item(j).getNodeName().startsWith("on")) {
            handlers.add(element.getTagName());
          }
        }
      }
      assertThat(tags).contains("path").doesNotContain("script", "img", "iframe", "a");
      assertThat(handlers).isEmpty();
    }
    assertThat(tab.run("return window." + Names.FLAG)).isNull();
  }

  /** Compares leaves: a number may be written as 64 or as 64.0. */
  private static int compared(JsonNode a, JsonNode b) {
    return a.isNumber() && b.isNumber()
        ? Double.compare(a.doubleValue(), b.doubleValue())
        : a.equals(b) ? 0 : 1;
  }

  /** Returns each row of a file of measurements, its numbers to six digits. */
  private static List<List<String>> rows(Path file) throws IOException {
    try (MappingIterator<List<String>> rows =
        new CsvMapper()
            .readerForListOf(String.class)
            .with(CsvParser.Feature.WRAP_AS_ARRAY)
            .readValues(file.toFile())) {
      return rows.readAll().stream()
          .map(row -> row.stream().map(DownloadIT::rounded).toList())
          .toList();
    }
  }

  private static String rounded(String field) {
    return field.matches("[\\d.E+-]+") ? String.format("%.6g", Double.parseDouble(field)) : field;
  }

  /** Returns each cell of a result file with its mean, to six digits: sums may end differently. */
  private static Set<String> cells(Path file) throws IOException {
    return ResultFiles.read(file).cells().stream()
        .map(DownloadIT::described)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String described(MeasuredCell cell) {
    return String.format("%s %s %.6g", cell.benchmark(), cell.params(), cell.sample().mean());
  }

  private static Document parsed(Path file) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    return factory.newDocumentBuilder().parse(file.toFile());
  }

  /** Clicks on a download and waits for its file. */
  private static Path downloaded(Tab tab, String kind, String name) throws IOException {
    Path file = tab.downloads().resolve(name);
    Files.deleteIfExists(file);
    tab.click("[data-download='" + kind + "'][download='" + name + "']");
    tab.await(() -> Files.exists(file), name);
    return file;
  }
}

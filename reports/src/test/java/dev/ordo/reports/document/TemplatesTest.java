package dev.ordo.reports.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ordo.reports.Studies;
import dev.ordo.reports.Study;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class TemplatesTest {

  private static List<Page.Figure> figures(Study study) {
    return ReportCharts.of(study).stream()
        .map(placed -> Templates.figure(placed, placed.chart().svg()))
        .toList();
  }

  private static Document html(Study study) throws Exception {
    return parse(Templates.html(study, figures(study)));
  }

  /**
   * The page is written so that it is XML too, but for its scripts: a parser of XML forgives
   * nothing.
   */
  private static Document parse(String page) throws Exception {
    String html = page.replaceAll("(?s)<script>.*?</script>", "<script></script>");
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> elements(Document document, String name) {
    NodeList nodes = document.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static List<String> texts(Document document, String name) {
    return elements(document, name).stream()
        .map(element -> element.getTextContent().strip().replaceAll("\\s+", " "))
        .toList();
  }

  @Test
  void pageBeginsWithTheSummaryTable() throws Exception {
    Document document = html(Studies.models());
    assertThat(texts(document, "h1")).containsExactly("Five sequence models, d = 64, 2 layers");
    Element main = elements(document, "main").get(0);
    Element first = (Element) main.getElementsByTagName("section").item(0);
    assertThat(first.getAttribute("id")).isEqualTo("summary");
    assertThat(texts(document, "h2"))
        .containsExactly(
            "How cost grows with size",
            "Conclusions",
            "Scaling",
            "Time per token",
            "Residuals and noise",
            "Each series",
            "Left out, failed or in doubt",
            "Environment",
            "Method",
            "Data",
            "Downloads");
  }

  @Test
  void predictionsHaveASectionOfTheirOwn() throws Exception {
    Study study = Studies.analysed(2).withPredictions(List.of(1e6, 100.0));
    Document document = html(study);
    assertThat(texts(document, "h2")).contains("Predictions");
    assertThat(texts(document, "td"))
        .contains("1M", "×244", "inside")
        .anyMatch(text -> text.matches("[\\d.]+ m?s \\[[\\d.]+, [\\d.]+\\]"))
        .anyMatch(text -> text.matches("b·n(²)? \\(\\d+ %\\)"));
    assertThat(Templates.markdown(study, figures(study)))
        .contains("## Predictions", "| linear-0 | prefill | 1M | ×244 | ");
    assertThat(texts(html(Studies.analysed(2)), "h2")).doesNotContain("Predictions");
  }

  @Test
  void detailsTellHowTheLargestSizeIsPredictedAndTheLocalExponents() throws Exception {
    Document document = html(Studies.analysed(1));
    assertThat(texts(document, "p"))
        .anyMatch(text -> text.matches("Without 4096, the fit predicts .*; measured .*, ×.*"));
    assertThat(texts(document, "summary")).contains("Exponent between neighbouring sizes");
    assertThat(texts(document, "th")).contains("64 … 128", "2048 … 4096");
  }

  @Test
  void summaryHasARowForEachModelAndAColumnForEachPhase() throws Exception {
    Document document = html(Studies.models());
    Element table = element(document, "table", "table-exponents");
    assertThat(table.getElementsByTagName("tr").getLength()).isEqualTo(6);
    Element row = (Element) table.getElementsByTagName("tr").item(1);
    assertThat(row.getTextContent().replaceAll("\\s+", " "))
        .startsWith("transformer 1.40 [1.37, 1.43] linear + quadratictheory L², slope here 1.36");
    assertThat(((Element) table.getElementsByTagName("tr").item(0)).getTextContent())
        .isEqualTo("modelprefilldecodegenerate");
  }

  @Test
  void theClaimsStandFirstWithTheoryBesideThem() throws Exception {
    Document document = html(Studies.parallel(List.of("rnn", "mamba"), 1, 2));
    Element first =
        (Element) elements(document, "main").get(0).getElementsByTagName("table").item(0);
    assertThat(first.getAttribute("id")).isEqualTo("table-claims");
    List<String> rows = cells(first);
    assertThat(rows.get(0)).isEqualTo("modelTrainingInferenceMemoryParallelism");
    assertThat(rows.get(2))
        .startsWith("mamba 1.00 [0.98, 1.02] Training time is linear in length")
        .contains("theory O(L), 0.95 consistent Memory kept is overhead + linear")
        .contains("Training is 1.75 [1.70, 1.80] times faster on 2 threads than on 1");
  }

  @Test
  void seriesWithoutModelsAreAList() throws Exception {
    Document document = html(Studies.many(3));
    Element table = element(document, "table", "table-exponents");
    assertThat(((Element) table.getElementsByTagName("tr").item(0)).getTextContent())
        .isEqualTo("seriesmetricexponentlaw");
    assertThat(table.getElementsByTagName("tr").getLength()).isEqualTo(4);
  }

  @Test
  void hostileNamesAreText() throws Exception {
    Document document = html(Studies.odd());
    assertThat(elements(document, "img")).isEmpty();
    assertThat(elements(document, "script"))
        .extracting(script -> script.getAttribute("type"))
        .containsExactly("application/json", "application/json", "", "");
    assertThat(elements(document, "b"))
        .noneMatch(element -> element.getTextContent().equals("Bench"));
    assertThat(texts(document, "h3")).contains(Studies.HOSTILE + " time");
    assertThat(texts(document, "title").get(0))
        .isEqualTo("Odd | names <script>alert(1)</script> *and* `more`");
  }

  @Test
  void nothingIsLoadedFromElsewhere() throws Exception {
    for (Study study : List.of(Studies.models(), Studies.odd(), Studies.empty())) {
      Document document = html(study);
      for (Element element : elements(document, "*")) {
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
          Attr attribute = (Attr) element.getAttributes().item(i);
          assertThat(attribute.getName()).doesNotStartWith("on").isNotEqualTo("src");
          if (attribute.getName().endsWith("href")) {
            assertThat(attribute.getValue()).matches("#[a-z]+|measurements\\.csv|fits\\.json");
          }
        }
        assertThat(element.getTagName()).isNotIn("link", "iframe", "object", "image");
      }
      assertThat(texts(document, "style")).allMatch(css -> !css.matches(".*(@import|url\\().*"));
    }
  }

  @Test
  void thePolicyAllowsTheScriptsOfThePageAndNoOther() throws Exception {
    String page = Templates.html(Studies.models(), figures(Studies.models()));
    List<String> hashes = new ArrayList<>();
    for (MatchResult script :
        Pattern.compile("(?s)<script>(.*?)</script>").matcher(page).results().toList()) {
      byte[] text = script.group(1).getBytes(StandardCharsets.UTF_8);
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      hashes.add("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
    }
    Element policy =
        elements(parse(page), "meta").stream()
            .filter(meta -> meta.getAttribute("http-equiv").equals("Content-Security-Policy"))
            .findFirst()
            .orElseThrow();
    assertThat(hashes).hasSize(2);
    assertThat(policy.getAttribute("content"))
        .isEqualTo(
            "default-src 'none'; style-src 'unsafe-inline'; script-src "
                + String.join(" ", hashes)
                + "; base-uri 'none'; form-action 'none'");
  }

  @Test
  void chartsAreThereAsDataAndAsPictures() throws Exception {
    Study study = Studies.odd();
    Document document = html(study);
    Element data = element(document, "script", "chart-data");
    JsonNode charts = new ObjectMapper().readTree(data.getTextContent()).get("charts");
    assertThat(charts).hasSize(figures(study).size());
    for (JsonNode chart : charts) {
      String name = chart.get("name").textValue();
      Element figure = element(document, "figure", "chart-" + name);
      assertThat(figure.getAttribute("data-chart")).isEqualTo(name);
      assertThat(figure.getElementsByTagName("svg").getLength()).isOne();
    }
    assertThat(charts.get(0).get("lines").get(0).get("subject").textValue())
        .isEqualTo(Studies.HOSTILE);
  }

  @Test
  void pagesWithoutChartsCarryNoChartLibrary() {
    assertThat(Templates.html(Studies.empty(), List.of()))
        .hasSizeLessThan(100_000)
        .doesNotContain("chart-data\">", "Apache Software Foundation");
  }

  @Test
  void idsAreUniqueAndLinksLeadSomewhere() throws Exception {
    Document document = html(Studies.odd());
    List<String> ids =
        elements(document, "*").stream()
            .map(element -> element.getAttribute("id"))
            .filter(id -> !id.isEmpty())
            .toList();
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(elements(document, "a"))
        .extracting(link -> link.getAttribute("href"))
        .filteredOn(href -> href.startsWith("#"))
        .allMatch(href -> ids.contains(href.substring(1)));
  }

  @Test
  void everySeriesShowsItsLawWithNumbers() throws Exception {
    Document document = html(Studies.models());
    List<String> formulas =
        elements(document, "p").stream()
            .filter(p -> p.getAttribute("class").equals("formula"))
            .map(Element::getTextContent)
            .toList();
    assertThat(formulas).hasSize(15).first().isEqualTo("24.0 µs·n + 27.1 ns·n2");
    assertThat(texts(document, "article").get(0))
        .contains("From size 886 [700, 1130] on the quadratic part costs more")
        .contains("a·n + b·n²93 %-41.22.1 %")
        .contains("a + b·n³0 %—93 %");
  }

  @Test
  void anyNamesGiveAWellFormedPage() throws Exception {
    Random random = new Random(31);
    for (int i = 0; i < 40; i++) {
      List<Study.Finding> findings = new ArrayList<>();
      for (Study.Finding finding : Studies.odd().findings()) {
        findings.add(
            new Study.Finding(
                Studies.hostile(random),
                Studies.hostile(random),
                finding.series(),
                finding.analysis(),
                finding.theory()));
      }
      Study study =
          new Study(
              Studies.hostile(random),
              findings,
              java.util.Map.of(Studies.hostile(random), Studies.hostile(random)),
              List.of(Studies.hostile(random)));
      assertThat(elements(parse(Templates.html(study, List.of())), "article")).hasSize(6);
    }
  }

  @Test
  void anEmptyStudySaysSo() throws Exception {
    assertThat(html(Studies.empty()).getDocumentElement().getTextContent())
        .contains("Nothing was measured.");
    assertThat(Templates.markdown(Studies.empty(), List.of())).contains("Nothing was measured.");
  }

  @Test
  void markdownIsShortAndEscaped() {
    Study study = Studies.odd();
    String markdown = Templates.markdown(study, figures(study));
    assertThat(markdown)
        .startsWith("# Odd \\| names &lt;script&gt;")
        .contains(
            "| &lt;img src=x onerror=alert(1)&gt; | **1.00** \\[0.98, 1.02\\], linear | not"
                + " measured |")
        .contains("](charts/scaling-time.png)")
        .contains("@<!-- -->everyone")
        .contains("| host\\|name |")
        .doesNotContain("<img", "<script", "<b>", "\u001b");
  }

  @Test
  void markdownTablesHaveAsManyCellsInEveryRow() {
    for (Study study : List.of(Studies.models(), Studies.odd(), Studies.many(3))) {
      List<String> rows =
          Templates.markdown(study, List.of())
              .lines()
              .dropWhile(line -> !line.startsWith("|"))
              .takeWhile(line -> line.startsWith("|"))
              .toList();
      long subjects = study.findings().stream().map(Study.Finding::subject).distinct().count();
      assertThat(rows).hasSize((int) subjects + 2);
      assertThat(rows.stream().map(row -> row.replace("\\|", "").split("\\|").length).distinct())
          .hasSize(1);
    }
  }

  @Test
  void markdownBeginsWithTheClaims() {
    assertThat(Templates.markdown(Studies.models(), List.of()))
        .contains(
            "| model | Inference |",
            "| rnn | prefill **1.00** \\[0.97, 1.03\\], linear; theory O(L) 0.96<br>decode ",
            "cannot tell; theory O(1) -0.04: **cannot judge**",
            "Not measured: training, memory, parallelism.");
  }

  private static Element section(Document document, String id) {
    return element(document, "section", id);
  }

  private static Element element(Document document, String name, String id) {
    return elements(document, name).stream()
        .filter(element -> element.getAttribute("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> cells(Element section) {
    NodeList rows = section.getElementsByTagName("tr");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < rows.getLength(); i++) {
      texts.add(rows.item(i).getTextContent().strip().replaceAll("\\s+", " "));
    }
    return texts;
  }

  @Test
  void parallelismIsATableOfModelsAndPhases() throws Exception {
    Study study = Studies.parallel(List.of("rnn", "mamba"), 1, 2);
    Document document = html(study);
    List<String> rows = cells(section(document, "parallelism"));
    assertThat(rows.get(0)).isEqualTo("modeltraindecode");
    assertThat(rows.get(1))
        .matches("rnn 0\\.99 \\[.*] ?no faster at 512span O\\(log L\\), 9 stepsparallelism.*");
    assertThat(rows.get(2))
        .matches("mamba 1\\.7\\d \\[.*] ?faster at 512.*parallelism O\\(L²/log L\\), 1.25M FLOP.*");
    assertThat(rows).hasSize(3 + 1 + 4 * 4);
    assertThat(cells(element(document, "table", "table-exponents"))).hasSize(3);
    assertThat(section(document, "series").getElementsByTagName("article").getLength())
        .isEqualTo(8);
  }

  @Test
  void memoryShowsLawsAndTheory() throws Exception {
    Document document = html(Studies.parallel(List.of("mamba"), 1, 2));
    List<String> rows = cells(section(document, "memory"));
    assertThat(rows.get(1))
        .isEqualTo(
            "mambatrain512266 kBoverhead + linear slope 0.95 4.10 kB + 512 B·nL, slope here 0.95"
                + "< 1 Bconstant");
    assertThat(rows.get(2)).startsWith("mambadecode51212.3 kBconstant slope 0.00 1, slope");
  }

  @Test
  void sectionsWithoutContentAreAbsent() throws Exception {
    assertThat(elements(html(Studies.models()), "section"))
        .extracting(section -> section.getAttribute("id"))
        .contains("summary", "charts")
        .doesNotContain("parallelism", "memory");
    assertThat(Templates.markdown(Studies.models(), figures(Studies.models())))
        .doesNotContain("## Parallelism", "## Memory");
  }

  @Test
  void markdownHasParallelismAndMemory() {
    Study study = Studies.parallel(List.of("rnn", "mamba"), 1, 2, 4);
    String markdown = Templates.markdown(study, figures(study));
    assertThat(markdown)
        .contains(
            "| model | threads | train | decode |",
            "| mamba | 1 → 4 | **3.",
            ", faster, span O(log L) |",
            "| mamba | train | 512 | 266 kB | overhead + linear: 4.10 kB + 512 B·n | L (0.95) |",
            "![train: speed-up on 4 threads against length](charts/speed-up-train-4-threads.png)");
  }
}

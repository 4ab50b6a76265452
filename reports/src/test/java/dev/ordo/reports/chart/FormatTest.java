package dev.ordo.reports.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.reports.Studies;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FormatTest {

  private static final int PIXELS_PER_METRE = 11811;

  @BeforeAll
  static void workWithoutAScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  private static final ScalingChart CHART = ScalingChart.of(Studies.models()).get(0);

  @Test
  void pngHasTheWidthOfItsColumnsAtThreeHundredPixelsAnInch() throws IOException {
    for (Sheet.Width width : Sheet.Width.values()) {
      byte[] png = CHART.file(Format.PNG, Sheet.paper(width));

      assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth())
          .isEqualTo(width == Sheet.Width.ONE ? 1050 : 2160);
      assertThat(density(png)).containsExactly(PIXELS_PER_METRE, PIXELS_PER_METRE);
    }
  }

  @Test
  void slidesAreSixteenToNine() throws IOException {
    for (Sheet.Width width : Sheet.Width.values()) {
      byte[] png = CHART.file(Format.PNG, Sheet.slides(width));
      var image = ImageIO.read(new ByteArrayInputStream(png));

      assertThat(image.getWidth() * 9).isEqualTo(image.getHeight() * 16);
      assertThat(density(png)).containsExactly(PIXELS_PER_METRE, PIXELS_PER_METRE);
    }
  }

  /** Reads the chunk pHYs; its unit must be the metre. */
  private static List<Integer> density(byte[] png) {
    int place = new String(png, StandardCharsets.ISO_8859_1).indexOf("pHYs") + 4;
    ByteBuffer chunk = ByteBuffer.wrap(png, place, 9);
    List<Integer> density = List.of(chunk.getInt(), chunk.getInt());
    assertThat(chunk.get()).isEqualTo((byte) 1);
    return density;
  }

  @Test
  void pdfIsOneVectorPageOfTheWidthOfItsColumns() throws IOException {
    for (Sheet.Width width : Sheet.Width.values()) {
      byte[] pdf = CHART.file(Format.PDF, Sheet.paper(width));

      assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
      try (PDDocument document = Loader.loadPDF(pdf)) {
        assertThat(document.getNumberOfPages()).isEqualTo(1);
        assertThat(document.getDocumentInformation().getTitle()).isEqualTo(CHART.title());
        PDPage page = document.getPage(0);
        PDRectangle box = page.getMediaBox();
        assertThat(box.getWidth())
            .isCloseTo(width == Sheet.Width.ONE ? 252f : 518.4f, within(0.01f));
        // No pictures of pixels, and no letters that need a font.
        for (var name : page.getResources().getXObjectNames()) {
          assertThat(page.getResources().isImageXObject(name)).isFalse();
        }
        assertThat(page.getResources().getFontNames()).isEmpty();
      }
    }
  }

  @Test
  void svgTellsItsSizeInInches() {
    String svg =
        new String(CHART.file(Format.SVG, Sheet.paper(Sheet.Width.TWO)), StandardCharsets.UTF_8);

    assertThat(svg).startsWith("<?xml").contains("width=\"7.2in\"", "viewBox=\"0 0 720 ");
    assertThat(CHART.svg()).contains("width=\"900px\"", "viewBox=\"0 0 900 560\"");
  }

  @Test
  void theSameChartGivesTheSameBytes() {
    for (Format format : Format.values()) {
      assertThat(CHART.file(format, Sheet.paper(Sheet.Width.ONE)))
          .isEqualTo(CHART.file(format, Sheet.paper(Sheet.Width.ONE)));
    }
  }

  @Test
  void endingsTellTheFormat() {
    assertThat(Format.ofFile("a/b.PDF")).contains(Format.PDF);
    assertThat(Format.ofFile("x.svg")).contains(Format.SVG);
    assertThat(Format.ofFile("x.png.gz")).isEmpty();
  }
}

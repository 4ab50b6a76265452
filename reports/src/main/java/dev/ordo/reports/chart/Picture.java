package dev.ordo.reports.chart;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import de.rototor.pdfbox.graphics2d.PdfBoxGraphics2D;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A finished drawing and the file formats that it can be written in. */
final class Picture {

  private static final double INCHES_PER_METRE = 1 / 0.0254;
  private static final double POINTS_PER_INCH = 72;
  private static final double UNITS_PER_INCH = 100;
  private static final Pattern LONG_FRACTION = Pattern.compile("-?\\d+\\.\\d{3,}(E-?\\d+)?");
  private static final Pattern CURVE_PIECE = Pattern.compile(" C\\S+ \\S+ (\\S+)");
  private static final int PIECES_PER_LINE = 4;
  private static final Pattern CLIP = Pattern.compile("clip-?\\d+");

  private final Drawing drawing;
  private final Sheet sheet;

  Picture(Drawing drawing, Sheet sheet) {
    this.drawing = drawing;
    this.sheet = sheet;
  }

  /** Returns the drawing as PNG, with the density of its pixels. */
  byte[] png() {
    int scale = sheet.pixels();
    BufferedImage image =
        new BufferedImage(
            drawing.width() * scale, drawing.height() * scale, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.scale(scale, scale);
    drawing.paint(graphics);
    graphics.dispose();
    double perMetre = scale * POINTS_PER_INCH / sheet.points() * INCHES_PER_METRE;
    return Png.of(image, (int) Math.round(perMetre));
  }

  /**
   * Returns the drawing as a PDF of one page, all lines and letters as outlines.
   *
   * @param title what a viewer shows as the document's title
   */
  byte[] pdf(String title) {
    float width = (float) (drawing.width() * sheet.points());
    float height = (float) (drawing.height() * sheet.points());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PDDocument document = new PDDocument()) {
      // Without an id of its own, the file would hold the time: the same chart gives the same
      // bytes.
      document.setDocumentId(1L);
      PDDocumentInformation information = new PDDocumentInformation();
      information.setTitle(title);
      document.setDocumentInformation(information);
      PDPage page = new PDPage(new PDRectangle(width, height));
      document.addPage(page);
      PdfBoxGraphics2D graphics = new PdfBoxGraphics2D(document, width, height);
      graphics.scale(sheet.points(), sheet.points());
      drawing.paint(graphics);
      graphics.dispose();
      try (PDPageContentStream content = new PDPageContentStream(document, page)) {
        content.drawForm(graphics.getXFormObject());
      }
      document.save(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture in memory could not be encoded", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Returns the drawing as an {@code <svg>} element.
   *
   * @param id the prefix of all ids inside
   * @param title what a screen reader says first
   * @param description what it says next
   */
  String svg(String id, String title, String description) {
    VectorGraphics2D graphics = new VectorGraphics2D();
    drawing.paint(graphics);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      new SVGProcessor()
          .getDocument(graphics.getCommands(), new PageSize(drawing.width(), drawing.height()))
          .writeTo(bytes);
      Document document = parse(bytes.toByteArray());
      Element svg = document.getDocumentElement();
      shorten(svg, id);
      for (String attribute : new String[] {"x", "y", "version"}) {
        svg.removeAttribute(attribute);
      }
      svg.setAttribute("viewBox", "0 0 " + drawing.width() + " " + drawing.height());
      svg.setAttribute("width", length(drawing.width()));
      svg.setAttribute("height", length(drawing.height()));
      if (svg.getElementsByTagName("image").getLength() == 0) {
        svg.removeAttribute("xmlns:xlink");
      }
      svg.setAttribute("role", "img");
      svg.setAttribute("aria-labelledby", id + "-title " + id + "-description");
      Node first = svg.getFirstChild();
      svg.insertBefore(text(document, "title", id + "-title", title), first);
      svg.insertBefore(text(document, "desc", id + "-description", description), first);
      return serialize(svg);
    } catch (IOException | SAXException | ParserConfigurationException | TransformerException e) {
      throw new IllegalStateException("the chart's own SVG could not be read back", e);
    }
  }

  private String length(int units) {
    return sheet.medium() == Sheet.Medium.SCREEN
        ? units + "px"
        : round(Double.toString(units / UNITS_PER_INCH)) + "in";
  }

  private static Document parse(byte[] svg)
      throws ParserConfigurationException, IOException, SAXException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    // The encoder names the DTD of SVG 1.1 on the web: nothing may fetch it.
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg));
  }

  private static Element text(Document document, String name, String id, String content) {
    Element element = document.createElement(name);
    element.setAttribute("id", id);
    element.setTextContent(content);
    return element;
  }

  /** Rounds coordinates to hundredths, straightens curves and makes ids unique to the chart. */
  private static void shorten(Node node, String id) {
    if (node instanceof Element path
        && path.hasAttribute("d")
        && path.getAttribute("style").startsWith("fill:none")) {
      path.setAttribute("d", straighten(path.getAttribute("d")));
    }
    NamedNodeMap attributes = node.getAttributes();
    for (int i = 0; attributes != null && i < attributes.getLength(); i++) {
      Attr attribute = (Attr) attributes.item(i);
      String rounded =
          LONG_FRACTION.matcher(attribute.getValue()).replaceAll(match -> round(match.group()));
      attribute.setValue(
          CLIP.matcher(rounded).replaceAll(Matcher.quoteReplacement(id + "-") + "$0"));
    }
    NodeList children = node.getChildNodes();
    for (int i = children.getLength() - 1; i >= 0; i--) {
      Node child = children.item(i);
      if (child.getNodeType() == Node.TEXT_NODE && child.getNodeValue().isBlank()) {
        node.removeChild(child);
      } else {
        shorten(child, id);
      }
    }
  }

  /** Turns the many tiny S-shaped pieces of a smooth series into fewer straight ones. */
  private static String straighten(String path) {
    Matcher pieces = CURVE_PIECE.matcher(path);
    int count = (int) pieces.results().count();
    int[] index = {0};
    return pieces.replaceAll(
        piece -> {
          index[0]++;
          boolean kept = index[0] % PIECES_PER_LINE == 0 || index[0] == count;
          return kept ? " L" + piece.group(1) : "";
        });
  }

  private static String round(String number) {
    BigDecimal rounded = new BigDecimal(number).setScale(2, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  private static String serialize(Element svg) throws TransformerException {
    Transformer transformer = TransformerFactory.newInstance().newTransformer();
    transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
    transformer.setOutputProperty(OutputKeys.INDENT, "no");
    StringWriter out = new StringWriter();
    transformer.transform(new DOMSource(svg), new StreamResult(out));
    return out.toString();
  }
}

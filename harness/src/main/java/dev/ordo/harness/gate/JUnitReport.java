package dev.ordo.harness.gate;

import dev.ordo.reports.text.Text;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The result of a gate as JUnit's XML: one suite, one test a claim. A regression is a failure; a
 * claim in doubt is one too, or skipped where doubt passes; what only informs succeeds.
 */
public final class JUnitReport {

  private final GateResult result;
  private final boolean doubtFails;
  private final List<Test> tests = new ArrayList<>();

  private enum State {
    PASSED,
    FAILED,
    SKIPPED
  }

  private record Test(String group, String name, State state, String type, String text) {}

  private JUnitReport(GateResult result, boolean doubtFails) {
    this.result = result;
    this.doubtFails = doubtFails;
  }

  /**
   * Returns the document.
   *
   * @param doubtFails whether an inconclusive gate fails
   */
  public static String text(GateResult result, boolean doubtFails) {
    JUnitReport report = new JUnitReport(result, doubtFails);
    report.collect();
    try {
      return report.write();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML could not be written into memory", e);
    }
  }

  private void collect() {
    State doubt = doubtFails ? State.FAILED : State.SKIPPED;
    for (Claim claim : result.claims()) {
      State state = claim.fails() ? State.FAILED : claim.doubtful() ? doubt : State.PASSED;
      String why = claim.doubt().filter(d -> claim.doubtful()).map(d -> d + ". ").orElse("");
      tests.add(
          new Test(
              "ordo." + claim.kind().word(),
              claim.title(),
              state,
              claim.verdict().word(),
              why + claim.sentence()));
    }
    int number = 0;
    for (String sentence : result.doubts()) {
      tests.add(new Test("ordo.gate", "doubt " + ++number, doubt, "inconclusive", sentence));
    }
  }

  private long count(State state) {
    return tests.stream().filter(test -> test.state == state).count();
  }

  private String write() throws XMLStreamException {
    StringWriter text = new StringWriter();
    XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
    xml.writeStartDocument("UTF-8", "1.0");
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuites");
    totals(xml);
    xml.writeCharacters("\n");
    xml.writeStartElement("testsuite");
    totals(xml);
    for (Test test : tests) {
      xml.writeCharacters("\n  ");
      xml.writeStartElement("testcase");
      attribute("classname", test.group, xml);
      attribute("name", test.name, xml);
      attribute("time", "0", xml);
      switch (test.state) {
        case FAILED -> {
          xml.writeStartElement("failure");
          attribute("type", test.type, xml);
          attribute("message", test.text, xml);
          xml.writeCharacters(Text.clean(test.text));
        }
        case SKIPPED -> {
          xml.writeStartElement("skipped");
          attribute("message", test.text, xml);
        }
        case PASSED -> {
          xml.writeStartElement("system-out");
          xml.writeCharacters(Text.clean(test.type + ": " + test.text));
        }
      }
      xml.writeEndElement();
      xml.writeEndElement();
    }
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeCharacters("\n");
    xml.writeEndElement();
    xml.writeEndDocument();
    xml.close();
    return text.append('\n').toString();
  }

  private void totals(XMLStreamWriter xml) throws XMLStreamException {
    attribute("name", "ordo gate", xml);
    attribute("tests", Integer.toString(tests.size()), xml);
    attribute("failures", Long.toString(count(State.FAILED)), xml);
    attribute("errors", "0", xml);
    attribute("skipped", Long.toString(count(State.SKIPPED)), xml);
    attribute("time", "0", xml);
  }

  private static void attribute(String name, String value, XMLStreamWriter xml)
      throws XMLStreamException {
    // What XML cannot hold at all is replaced; the writer escapes the rest.
    xml.writeAttribute(name, Text.clean(value));
  }
}

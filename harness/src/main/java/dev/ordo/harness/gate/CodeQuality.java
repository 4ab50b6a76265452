package dev.ordo.harness.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.text.Text;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The result of a gate for tools that show findings beside code: GitLab's code-quality JSON and
 * SARIF 2.1.0. Regressions are findings, doubts lesser ones; what passed is none. A finding has the
 * same fingerprint in every run: that of what is claimed, not of its figures.
 */
public final class CodeQuality {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  private CodeQuality() {}

  /** Returns GitLab's code-quality report. */
  public static String gitlab(GateResult result, Sources sources) {
    ArrayNode report = JSON.createArrayNode();
    for (Claim claim : findings(result)) {
      Location place = sources.of(claim);
      ObjectNode issue = report.addObject();
      issue.put("description", text(claim));
      issue.put("check_name", claim.kind().rule());
      issue.put("fingerprint", fingerprint(claim));
      issue.put("severity", claim.fails() ? "critical" : "minor");
      ObjectNode location = issue.putObject("location");
      location.put("path", place.path());
      location.putObject("lines").put("begin", place.line());
    }
    return written(report);
  }

  /**
   * Returns a SARIF log.
   *
   * @param version the version of Ordo
   */
  public static String sarif(GateResult result, Sources sources, String version) {
    ObjectNode log = JSON.createObjectNode();
    log.put("$schema", SCHEMA).put("version", "2.1.0");
    ObjectNode run = log.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "ordo gate").put("version", version);
    ArrayNode rules = driver.putArray("rules");
    for (Claim.Kind kind : Claim.Kind.values()) {
      ObjectNode rule = rules.addObject();
      rule.put("id", kind.rule());
      rule.putObject("shortDescription").put("text", description(kind));
    }
    ArrayNode results = run.putArray("results");
    for (Claim claim : findings(result)) {
      Location place = sources.of(claim);
      ObjectNode finding = results.addObject();
      finding.put("ruleId", claim.kind().rule());
      finding.put("ruleIndex", claim.kind().ordinal());
      finding.put("level", claim.fails() ? "error" : "warning");
      finding.putObject("message").put("text", text(claim));
      ObjectNode location = finding.putArray("locations").addObject().putObject("physicalLocation");
      location.putObject("artifactLocation").put("uri", uri(place.path()));
      location.putObject("region").put("startLine", place.line());
      finding.putObject("partialFingerprints").put("ordoClaim/v1", fingerprint(claim));
    }
    run.put("columnKind", "utf16CodeUnits");
    return written(log);
  }

  private static List<Claim> findings(GateResult result) {
    List<Claim> findings = new java.util.ArrayList<>(result.failing());
    findings.addAll(result.doubtful());
    return findings;
  }

  private static String text(Claim claim) {
    String doubt = claim.doubt().filter(d -> claim.doubtful()).map(d -> " (" + d + ")").orElse("");
    return Text.clean(
        TextReport.capital(claim.title())
            + ": "
            + claim.verdict().word()
            + doubt
            + ". "
            + claim.sentence());
  }

  private static String description(Claim.Kind kind) {
    return switch (kind) {
      case CELL -> "The cost of one cell got worse than its margin.";
      case SERIES -> "The cost of a series, all sizes together, got worse than its margin.";
      case LAW -> "Cost grows faster with the size than it did.";
      case DECLARED -> "Cost grows faster with the size than is declared.";
    };
  }

  /** Returns a path as a relative reference of a URI. */
  private static String uri(String path) {
    StringBuilder uri = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0);
      uri.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return uri.toString();
  }

  private static String fingerprint(Claim claim) {
    String identity =
        String.join("\n", claim.kind().rule(), claim.benchmark(), claim.name(), claim.metric());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String written(com.fasterxml.jackson.databind.JsonNode tree) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree must be writable", e);
    }
  }
}

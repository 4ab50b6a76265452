package dev.ordo.reports.document;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.HeldOut;
import dev.ordo.reports.fit.LocalExponent;
import dev.ordo.reports.fit.Prediction;

/** What an analysis says of sizes beyond and between those measured, as parts of its JSON. */
final class PredictionsJson {

  private PredictionsJson() {}

  static void write(Analysis analysis, ObjectNode node) {
    analysis
        .heldOut()
        .ifPresentOrElse(
            heldOut -> write(heldOut, node.putObject("heldOut")), () -> node.putNull("heldOut"));
    ArrayNode slopes = node.putArray("localExponents");
    for (LocalExponent exponent : analysis.localExponents()) {
      ObjectNode child = slopes.addObject();
      child.put("from", exponent.from()).put("to", exponent.to());
      Json.number(child, "value", exponent.value());
      Json.interval(child, "interval", exponent.interval());
    }
    ArrayNode predictions = node.putArray("predictions");
    for (Prediction prediction : analysis.predictions()) {
      ObjectNode child = predictions.addObject();
      child.put("size", prediction.size()).put("distance", prediction.distance());
      Json.interval(child, "value", prediction.value());
      child.put("law", prediction.law()).put("weight", prediction.weight());
      child.put("reason", prediction.reason());
    }
  }

  private static void write(HeldOut heldOut, ObjectNode node) {
    node.put("size", heldOut.size());
    Json.interval(node, "predicted", heldOut.predicted());
    node.put("measured", heldOut.measured());
    Json.interval(node, "ratio", heldOut.ratio());
    node.put("holds", heldOut.holds()).put("law", heldOut.law());
  }
}

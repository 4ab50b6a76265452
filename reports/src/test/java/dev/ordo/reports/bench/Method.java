package dev.ordo.reports.bench;

import dev.ordo.reports.data.Series;
import dev.ordo.reports.fit.Analysis;
import java.util.EnumMap;
import java.util.Map;

/** The methods that are compared. */
enum Method {
  /** Ordo's conclusion. */
  ORDO("Ordo"),
  GOOGLE("google/benchmark"),
  EXTRA_P("Extra-P"),
  SLOPE("log-log slope"),
  LAST_THREE("last-3 slope"),
  /** The first of Ordo's ranking, whatever the conclusion says of it. */
  AICC("bare AICc");

  private static final Map<Method, Peer> PEERS =
      Map.of(
          GOOGLE,
          new GoogleRule(),
          EXTRA_P,
          new ExtraPRule(),
          SLOPE,
          SlopeRule.overAll(),
          LAST_THREE,
          SlopeRule.overLastThree());

  private final String label;

  Method(String label) {
    this.label = label;
  }

  /** Returns the method as text. */
  String label() {
    return label;
  }

  /** Returns all answers about a series that was analysed. */
  static Map<Method, Answer> answers(Series series, Analysis analysis) {
    Map<Method, Answer> answers = new EnumMap<>(Method.class);
    answers.put(ORDO, Ordo.concluded(analysis));
    answers.put(AICC, Ordo.ranked(analysis));
    PEERS.forEach(
        (method, peer) -> answers.put(method, peer.answer(series.sizes(), series.means())));
    return answers;
  }
}

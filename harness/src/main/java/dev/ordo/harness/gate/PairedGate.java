package dev.ordo.harness.gate;

import dev.ordo.reports.compare.Change;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.document.PairedTable;
import dev.ordo.reports.fit.Interval;
import dev.ordo.reports.paired.CellFinding;
import dev.ordo.reports.paired.PairedReport;
import dev.ordo.reports.paired.TrendFinding;
import dev.ordo.reports.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A paired comparison as the result of a gate, so that CI systems are told of both in the same way.
 * It comes to the same outcome.
 */
public final class PairedGate {

  private final PairedReport report;
  private final PairedTable words;

  private PairedGate(PairedReport report) {
    this.report = report;
    this.words = new PairedTable(report);
  }

  /** Returns the result: a law for each series with several sizes, then a cost for each cell. */
  public static GateResult of(PairedReport report) {
    return new PairedGate(report).result();
  }

  private GateResult result() {
    List<Claim> claims = new ArrayList<>();
    report.comparison().trends().forEach(trend -> claims.add(law(trend)));
    report.comparison().cells().forEach(cell -> claims.add(cost(cell)));
    List<String> doubts = new ArrayList<>();
    for (PairedReport.Uncompared cell : report.uncompared()) {
      if (cell.regressed()) {
        claims.add(failed(cell));
      } else {
        doubts.add("Not compared: " + cell.cell() + ", " + cell.reason() + ".");
      }
    }
    if (report.comparison().cells().isEmpty() && doubts.isEmpty()) {
      doubts.add("Nothing was compared.");
    }
    return new GateResult(
        report.base(),
        report.candidate(),
        claims,
        words.guarantee(),
        words.threshold(),
        List.of(),
        doubts,
        report.notes());
  }

  private Claim law(TrendFinding trend) {
    return claim(
        Claim.Kind.LAW,
        trend.series(),
        trend.series(),
        verdict(trend.change()),
        figure(trend.exponent()),
        words.law(trend),
        Optional.empty(),
        ratios(trend.series()));
  }

  private List<Double> ratios(String series) {
    return report.comparison().cells().stream()
        .filter(cell -> cell.cell().series().equals(series))
        .flatMap(cell -> cell.ratio().stream())
        .map(Interval::value)
        .toList();
  }

  private static Claim cost(CellFinding cell) {
    String pairs = cell.pairs() + (cell.pairs() == 1 ? " pair" : " pairs") + " of forks";
    String sentence =
        cell.ratio().isEmpty()
            ? pairs + ", too few for a verdict."
            : "The candidate takes "
                + PairedTable.ratio(cell)
                + " times the base's time, "
                + pairs
                + ".";
    Optional<String> doubt =
        cell.doubtful()
            ? Optional.of(
                cell.suspected()
                    ? "a regression was seen once and not confirmed"
                    : "a regression beyond the margin is not ruled out")
            : Optional.empty();
    return claim(
        Claim.Kind.CELL,
        cell.label(),
        cell.cell().series(),
        verdict(cell.change()),
        PairedTable.ratio(cell),
        sentence,
        doubt,
        List.of());
  }

  private static Claim failed(PairedReport.Uncompared cell) {
    return claim(
        Claim.Kind.CELL,
        cell.cell(),
        cell.cell(),
        Verdict.REGRESSED,
        "failed",
        "The candidate fails where the base runs: " + cell.reason() + ".",
        Optional.empty(),
        List.of());
  }

  private static Claim claim(
      Claim.Kind kind,
      String name,
      String benchmark,
      Verdict verdict,
      String figure,
      String sentence,
      Optional<String> doubt,
      List<Double> trend) {
    return new Claim(
        kind, name, benchmark, Measurements.TIME, verdict, true, figure, sentence, doubt, trend);
  }

  private static String figure(Interval exponent) {
    return "n^" + Figures.exponent(exponent.value()) + " " + Figures.exponents(exponent);
  }

  private static Verdict verdict(Change change) {
    return switch (change) {
      case SLOWER -> Verdict.REGRESSED;
      case FASTER -> Verdict.IMPROVED;
      case UNCHANGED -> Verdict.UNCHANGED;
      case INCONCLUSIVE -> Verdict.INCONCLUSIVE;
    };
  }
}

package dev.ordo.reports.document;

import dev.ordo.reports.Study;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.ForkSummary;
import dev.ordo.reports.fit.NoiseSplit;
import dev.ordo.reports.fit.Residual;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What the laws of a study leave over, and how noisy its measurements were: cell by cell, series by
 * series, fork by fork, and as a whole.
 */
final class NoiseTable {

  /** The facts of an environment that tell how quiet the machine was. */
  private static final List<String> QUIET = List.of("controls", "steal", "load");

  private final Study study;

  NoiseTable(Study study) {
    this.study = study;
  }

  /**
   * What a law leaves over of one cell.
   *
   * @param subject whose it is
   * @param aspect of what
   * @param size where
   * @param mean the mean of the fork means
   * @param fitted what the law says
   * @param residual the one over the other, less 1
   * @param noise the standard deviation between forks, relative; null with one fork
   * @param forks the number of forks
   */
  public record Left(
      String subject,
      String aspect,
      Page.Amount size,
      Page.Amount mean,
      Page.Amount fitted,
      Page.Amount residual,
      Page.Amount noise,
      int forks)
      implements Page.Cells {

    @Override
    public List<Object> cells() {
      return Arrays.asList(subject, aspect, size, mean, fitted, residual, noise, forks);
    }
  }

  /**
   * The noise of one series.
   *
   * @param subject whose it is
   * @param aspect of what
   * @param error the root mean square of the relative residuals; null where no law was fitted
   * @param between the standard deviation between forks, relative; null where it cannot be told
   * @param within that between iterations of one fork; null where it cannot be told
   * @param judged how many forks had iterations enough to judge their course
   * @param labelled how many of them did not run at one level
   */
  public record Noise(
      String subject,
      String aspect,
      Page.Amount error,
      Page.Amount between,
      Page.Amount within,
      int judged,
      int labelled) {}

  /**
   * A fork that did not run at one level.
   *
   * @param subject whose it is
   * @param aspect of what
   * @param size where
   * @param fork which one, counted from 1
   * @param shape what its course is
   * @param treatment what was done with it
   */
  public record Drifting(
      String subject, String aspect, Page.Amount size, int fork, String shape, String treatment) {}

  /** Returns a row for each cell that a law was fitted to. */
  List<Left> residuals() {
    return study.findings().stream().flatMap(NoiseTable::residuals).toList();
  }

  private static Stream<Left> residuals(Study.Finding finding) {
    Cell cell = new Cell(finding);
    return Residual.of(finding.series(), finding.analysis()).stream()
        .map(
            residual -> {
              Unit unit = finding.series().points().get(0).sample().unit();
              return new Left(
                  cell.subject(),
                  cell.aspect(),
                  Page.Amount.size(residual.size()),
                  Page.Amount.value(residual.mean(), unit),
                  Page.Amount.value(residual.fitted(), unit),
                  new Page.Amount(signed(residual.relative()), residual.relative()),
                  share(residual.noise()),
                  residual.forks());
            });
  }

  /** Returns a row for each series of which something is known. */
  List<Noise> series() {
    return study.findings().stream().map(NoiseTable::noise).filter(Objects::nonNull).toList();
  }

  private static Noise noise(Study.Finding finding) {
    Cell cell = new Cell(finding);
    ForkSummary forks = finding.analysis().forks();
    Page.Amount error =
        finding.analysis().best().map(fit -> share(fit.relativeError())).orElse(null);
    if (error == null && forks.noise().isEmpty() && forks.judged() == 0) {
      return null;
    }
    return new Noise(
        cell.subject(),
        cell.aspect(),
        error,
        forks.noise().map(NoiseSplit::between).map(NoiseTable::share).orElse(null),
        forks.noise().map(NoiseSplit::within).map(NoiseTable::share).orElse(null),
        forks.judged(),
        forks.labelled().size());
  }

  /** Returns a row for each fork that did not run at one level. */
  List<Drifting> drifting() {
    return study.findings().stream().flatMap(NoiseTable::drifting).toList();
  }

  private static Stream<Drifting> drifting(Study.Finding finding) {
    Cell cell = new Cell(finding);
    return finding.analysis().forks().labelled().stream()
        .map(
            fork ->
                new Drifting(
                    cell.subject(),
                    cell.aspect(),
                    Page.Amount.size(fork.size()),
                    fork.fork() + 1,
                    fork.course().shape().word(),
                    fork.treatment().words()));
  }

  /** Returns what the controls of the run, stolen time and load say; empty where none were kept. */
  List<Page.Fact> quiet() {
    Map<String, String> environment = study.environment();
    return QUIET.stream()
        .filter(environment::containsKey)
        .map(name -> new Page.Fact(name, Text.clean(environment.get(name))))
        .toList();
  }

  private static Page.Amount share(double share) {
    return Double.isFinite(share) ? new Page.Amount(Figures.percent(share), share) : null;
  }

  private static String signed(double share) {
    String text = Figures.percent(Math.abs(share));
    return share == 0 ? text : (share > 0 ? "+" : "−") + text.replace("< ", "");
  }
}

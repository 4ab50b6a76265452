package dev.ordo.reports.document;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ordo.reports.Study;
import dev.ordo.reports.chart.Chart;
import dev.ordo.reports.chart.ChartJson;
import dev.ordo.reports.chart.ScalingChart;
import dev.ordo.reports.chart.TrendChart;
import dev.ordo.reports.claim.Claims;
import dev.ordo.reports.compare.Change;
import dev.ordo.reports.compare.Comparison;
import dev.ordo.reports.history.HistoryStudy;
import dev.ordo.reports.paired.Outcome;
import dev.ordo.reports.paired.PairedReport;
import dev.ordo.reports.text.Figures;
import dev.ordo.reports.text.Text;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The pages made from templates, which escape every text by themselves: what a text may do depends
 * on the format of the template, never on who remembered to escape it.
 */
final class Templates {

  private static final Configuration CONFIGURATION = configuration();

  /** The most bars of a trend in a table. */
  private static final int PAGE_BARS = 24;

  private Templates() {}

  private static Configuration configuration() {
    Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setClassForTemplateLoading(Templates.class, "");
    configuration.setDefaultEncoding("UTF-8");
    configuration.setLocale(Locale.ROOT);
    configuration.setNumberFormat("computer");
    configuration.setRegisteredCustomOutputFormats(
        List.of(MarkdownFormat.INSTANCE, LatexFormat.INSTANCE));
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    configuration.setLogTemplateExceptions(false);
    configuration.setWrapUncheckedExceptions(true);
    return configuration;
  }

  /**
   * Returns the page.
   *
   * @param figures all of its charts
   * @param method where the method is described
   */
  static String html(Study study, List<Page.Figure> figures, List<Page.Reference> method) {
    Map<String, Object> model = model(study, figures);
    NoiseTable noise = new NoiseTable(study);
    putLong("residuals", noise.residuals(), model);
    putLong("data", Details.data(study), model);
    model.put("noise", noise.series());
    model.put("drifting", noise.drifting());
    model.put("quiet", noise.quiet());
    model.put("method", method);
    model.put("reportData", PageData.report(study));
    putScripts(figures, model);
    return filled("report.ftlh", model);
  }

  /** Adds what makes a page interactive: without charts to draw, no more than tables need. */
  private static void putScripts(List<Page.Figure> figures, Map<String, Object> model) {
    boolean drawn = figures.stream().anyMatch(figure -> figure.data() != null);
    model.put("scripts", drawn ? Script.OF_CHARTS : Script.OF_TABLES);
    model.put("chartData", drawn ? PageData.charts(figures) : "");
  }

  /** Adds the rows of a table, those of them that stand in the page, and the others as JSON. */
  private static void putLong(
      String name, List<? extends Page.Cells> rows, Map<String, Object> model) {
    model.put(name, rows);
    model.put(name + "Rows", rows.subList(0, Math.min(PageData.MOST_ROWS, rows.size())));
    model.put(name + "More", PageData.more(rows));
  }

  static String html(Study study, List<Page.Figure> figures) {
    return html(study, figures, MethodLinks.unlinked());
  }

  static String markdown(Study study, List<Page.Figure> figures) {
    return filled("report.ftlm", model(study, figures));
  }

  /** Returns a table of a study in LaTeX. */
  static String latex(String template, Study study) {
    Verdicts verdicts = new Verdicts(study);
    Headings headings = Headings.of(study);
    return filled(
        template,
        Map.of(
            "title",
            Text.clean(study.title()),
            "subject",
            headings.subject(),
            "aspect",
            headings.aspect(),
            "claims",
            Claims.of(study),
            "details",
            study.findings().stream().map(found -> Details.of(found, verdicts)).toList()));
  }

  /** Returns a chart as a picture of pgfplots. */
  static String pgfplots(LatexChart.Picture picture) {
    return filled("pgfplots.ftlt", Map.of("p", picture));
  }

  static String comparison(Comparison comparison, String base, String candidate) {
    ComparisonTable table = new ComparisonTable(comparison);
    Map<String, Object> model = new HashMap<>();
    model.put("base", Text.clean(base));
    model.put("candidate", Text.clean(candidate));
    model.put("sentences", table.sentences());
    model.put(
        "cells",
        comparison.cells().stream()
            .map(
                cell ->
                    new Page.Compared(
                        table.label(cell),
                        ComparisonTable.mean(cell, true),
                        ComparisonTable.mean(cell, false),
                        ComparisonTable.ratio(cell),
                        probability(cell.estimate().probability()),
                        probability(cell.adjusted()),
                        cell.word(),
                        cell.change().isDifference()))
            .toList());
    return filled("comparison.ftlm", model);
  }

  static String paired(String template, PairedReport report, List<Page.Figure> figures) {
    PairedTable table = new PairedTable(report);
    Map<String, Object> model = new HashMap<>();
    model.put("base", Text.clean(report.base()));
    model.put("candidate", Text.clean(report.candidate()));
    putScripts(figures, model);
    model.put("outcome", report.outcome().word());
    model.put("passed", report.outcome() == Outcome.PASSED);
    model.put("sentences", table.sentences());
    model.put("figures", figures);
    model.put(
        "cells",
        report.comparison().cells().stream()
            .map(
                cell ->
                    Map.of(
                        "label", Text.clean(cell.label()),
                        "pairs", PairedTable.pairs(cell),
                        "ratio", PairedTable.ratio(cell),
                        "verdict", PairedTable.verdict(cell),
                        "told", cell.change() != Change.INCONCLUSIVE,
                        "changed", cell.change().isDifference()))
            .toList());
    model.put("environment", facts(report.environment()));
    return filled(template, model);
  }

  private static List<Page.Fact> facts(Map<String, String> environment) {
    return environment.entrySet().stream()
        .map(fact -> new Page.Fact(Text.clean(fact.getKey()), Text.clean(fact.getValue())))
        .toList();
  }

  static String history(HistoryStudy study, List<TrendChart> charts) {
    HistoryWords words = new HistoryWords(study);
    Map<String, Object> model = new HashMap<>();
    model.put("sentences", words.sentences());
    model.put("groups", words.groups());
    model.put("figures", charts);
    model.put(
        "trends",
        study.findings().stream()
            .map(
                finding ->
                    new Page.Trended(
                        words.label(finding.trend().key()),
                        finding.trend().count(),
                        HistoryWords.level(finding.trend().key(), HistoryWords.latest(finding)),
                        Sparkline.of(HistoryWords.latest(finding).values(), PAGE_BARS),
                        HistoryWords.lastChange(
                            finding.trend().key(), HistoryWords.latest(finding))))
            .toList());
    return filled("history.ftlm", model);
  }

  private static String probability(OptionalDouble probability) {
    if (probability.isEmpty()) {
      return "";
    }
    double p = probability.getAsDouble();
    return p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
  }

  static Page.Figure figure(ReportCharts.Placed placed, String svg) {
    Chart chart = placed.chart();
    ObjectNode data = chart instanceof ScalingChart lines ? ChartJson.of(lines) : null;
    return new Page.Figure(
        chart.name(), chart.title(), chart.caption(), svg, placed.section(), data);
  }

  private static String filled(String template, Map<String, Object> model) {
    StringWriter out = new StringWriter();
    try {
      CONFIGURATION.getTemplate(template).process(model, out);
    } catch (IOException e) {
      throw new UncheckedIOException("template " + template + " could not be read", e);
    } catch (TemplateException e) {
      throw new IllegalStateException("template " + template + " could not be filled", e);
    }
    return out.toString();
  }

  private static Map<String, Object> model(Study study, List<Page.Figure> figures) {
    Verdicts verdicts = new Verdicts(study);
    Map<String, Object> model = new HashMap<>();
    model.put("title", Text.clean(study.title()));
    model.put("claims", Claims.of(study));
    Headings headings = Headings.of(study);
    model.put("subject", headings.subject());
    model.put("aspect", headings.aspect());
    model.put("confidence", confidence(study));
    model.put("columns", verdicts.columns().stream().map(Text::clean).toList());
    model.put("rows", verdicts.columns().isEmpty() ? List.of() : verdicts.rows());
    model.put("verdicts", verdicts.all());
    model.put("theory", study.findings().stream().anyMatch(f -> f.theory().isPresent()));
    model.put("scale", verdicts.scale());
    model.put("figures", of(figures, Page.Section.SCALING, Page.Section.EXPONENTS));
    Map<String, List<Page.Figure>> sections = new HashMap<>();
    for (Page.Section section : Page.Section.values()) {
      sections.put(section.key(), of(figures, section));
    }
    model.put("charts", sections);
    ParallelismTable parallelism = new ParallelismTable(study);
    model.put("speedUpColumns", parallelism.aspects());
    model.put("speedUpRows", parallelism.rows());
    model.put("speedUpHeading", parallelism.heading());
    model.put("severalThreads", parallelism.severalThreads());
    model.put("speedUps", parallelism.all());
    model.put("speedUpFigures", of(figures, Page.Section.PARALLELISM));
    ContrastTable contrasts = new ContrastTable(study);
    model.put("contrasts", contrasts.largest());
    model.put("allContrasts", contrasts.all());
    model.put("memory", new MemoryTable(study).rows());
    model.put("surfaces", new SurfaceTable(study).rows());
    model.put("predictions", new PredictionTable(study).rows());
    CrossingsTable crossings = new CrossingsTable(study);
    model.put("crossovers", crossings.byAspect());
    model.put("pairs", crossings.rows());
    model.put(
        "details", study.findings().stream().map(found -> Details.of(found, verdicts)).toList());
    model.put("notes", study.notes().stream().map(Text::clean).toList());
    model.put("gaps", new GapTable(study).rows());
    model.put("environment", facts(study.environment()));
    return model;
  }

  private static List<Page.Figure> of(List<Page.Figure> figures, Page.Section... sections) {
    return figures.stream().filter(figure -> List.of(sections).contains(figure.section())).toList();
  }

  private static String confidence(Study study) {
    return study.findings().stream()
        .flatMap(finding -> finding.analysis().exponent().stream())
        .findFirst()
        .map(exponent -> Figures.percent(exponent.confidence()))
        .orElse("95 %");
  }
}

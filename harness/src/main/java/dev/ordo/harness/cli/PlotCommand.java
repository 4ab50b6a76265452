package dev.ordo.harness.cli;

import dev.ordo.reports.chart.Chart;
import dev.ordo.reports.chart.Format;
import dev.ordo.reports.chart.Sheet;
import dev.ordo.reports.document.ChartFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws one chart as one file. */
@Command(
    name = "plot",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Draws one chart, of one or several runs, as SVG, PDF or PNG for a paper or a slide.",
      "Runs that have the same model in one chart are told apart by their names."
    })
final class PlotCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "KIND",
      completionCandidates = Kinds.class,
      description = "What to draw: ${COMPLETION-CANDIDATES}.")
  private String kind;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "RUN",
      description =
          "The folder of a run, or a result file of any project (see 'ordo analyze'). For"
              + " 'comparison' the base and the candidate, or one folder of 'ordo ab'; for 'trend'"
              + " the folder of a history; for 'attention' files or a folder of 'ordo attention'.")
  private List<Path> runs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description =
          "Where to draw; its ending says in which format: .svg, .pdf or .png (300 dpi). An earlier"
              + " file is written over.")
  private Path out;

  @Option(
      names = "--style",
      paramLabel = "STYLE",
      defaultValue = "paper",
      description =
          "paper: thin lines, and no title, since the caption says it. slides: 16:9, with large"
              + " letters and markers. Default: ${DEFAULT-VALUE}.")
  private String style;

  @Option(
      names = "--width",
      paramLabel = "WIDTH",
      defaultValue = "two",
      description =
          "Of a paper one column (3.5 in) or two (7.2 in); of slides half a slide (6.4 in) or a"
              + " whole one (12.8 in). Default: ${DEFAULT-VALUE}.")
  private String width;

  @Option(
      names = "--aspect",
      paramLabel = "NAME",
      description =
          "Which chart, where there are several: a phase, a metric, or a part of a chart's name."
              + " Default: the first one, and the others are named.")
  private String aspect;

  @Option(
      names = "--models",
      paramLabel = "ID[,ID…]",
      split = ",",
      description = "Draws these models, or subjects of a result file, only. Default: all.")
  private List<String> models = List.of();

  @Option(
      names = "--size-param",
      paramLabel = "NAME",
      description = "The parameter of result files that is the size. Default: what looks like it.")
  private String sizeParam;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "The metric of result files that is drawn. Default: time.")
  private String metric;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Fixes the resampling behind the intervals; a run has its own. Default:"
              + " ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private Plugins plugins;

  /** The names of the kinds, for the help. */
  static final class Kinds implements Iterable<String> {

    @Override
    public Iterator<String> iterator() {
      return PlotKind.ids().iterator();
    }
  }

  @Override
  public Integer call() throws IOException {
    PlotKind what = PlotKind.of(kind);
    Format format =
        Format.ofFile(out.getFileName().toString())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--out (" + out + ") must end in .svg, .pdf or .png"));
    Sheet.Width wide = word("--width", width, Sheet.Width.class);
    Sheet sheet =
        oneOf("--style", style, List.of("paper", "slides")).equals("paper")
            ? Sheet.paper(wide)
            : Sheet.slides(wide);
    if (Files.isDirectory(out)) {
      throw new IOException("output " + out + " must be a file, found a folder");
    }
    for (Path run : runs) {
      if (!Files.exists(run)) {
        throw new IOException("no such file or folder: " + run);
      }
    }
    PlotSource source = new PlotSource(what, plugins, models, aspect, metric, sizeParam, seed);
    List<? extends Chart> charts = source.charts(runs);
    Chart chart = first(what, charts);
    ChartFile.write(chart, out, format, sheet);
    PrintWriter console = spec.commandLine().getOut();
    console.println(out + ": " + chart.title());
    if (charts.size() > 1 && aspect == null) {
      List<String> others =
          charts.stream().filter(other -> other != chart).map(Chart::name).toList();
      console.println("others (--aspect): " + PlotSource.some(others));
    }
    console.flush();
    return ExitCode.FINE;
  }

  private Chart first(PlotKind what, List<? extends Chart> charts) {
    if (charts.isEmpty()) {
      throw new IllegalArgumentException(
          "a chart of kind '"
              + what.id()
              + "' must have something to show, found nothing in "
              + runs.stream().map(Path::toString).collect(Collectors.joining(", "))
              + ": it shows "
              + what.words());
    }
    return charts.get(0);
  }

  private static <E extends Enum<E>> E word(String option, String given, Class<E> type) {
    List<String> names = new ArrayList<>();
    Arrays.stream(type.getEnumConstants())
        .forEach(one -> names.add(one.name().toLowerCase(Locale.ROOT)));
    return Enum.valueOf(type, oneOf(option, given, names).toUpperCase(Locale.ROOT));
  }

  private static String oneOf(String option, String given, List<String> known) {
    String word = given.toLowerCase(Locale.ROOT);
    if (!known.contains(word)) {
      throw new IllegalArgumentException(
          option + " (" + given + ") must be " + String.join(" or ", known));
    }
    return word;
  }
}

package dev.ordo.reports;

import dev.ordo.reports.compare.SpeedUp;
import dev.ordo.reports.compare.Threads;
import dev.ordo.reports.data.Sample;
import dev.ordo.reports.data.Series;
import dev.ordo.reports.data.Unit;
import dev.ordo.reports.fit.Analysis;
import dev.ordo.reports.fit.Analyst;
import dev.ordo.reports.fit.Conclusion;
import dev.ordo.reports.fit.Crossover;
import dev.ordo.reports.fit.Fit;
import dev.ordo.reports.fit.Fit.Term;
import dev.ordo.reports.fit.Interval;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/** Studies made by hand, as an analysis would make them, for the tests of charts and reports. */
public final class Studies {

  /** A name that does harm wherever it is not escaped. */
  public static final String HOSTILE = "<img src=x onerror=alert(1)>";

  private Studies() {}

  /** Five models in three phases, sizes 64 to 4096, two cells missing. */
  public static Study models() {
    Random random = new Random(7);
    List<Study.Finding> findings = new ArrayList<>();
    for (String phase : List.of("prefill", "decode", "generate")) {
      for (String model : List.of("transformer", "transformer-kv", "rnn", "s4d", "mamba")) {
        findings.add(model(model, phase, random));
      }
    }
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("CPU", "AMD EPYC 9R14, 2 cores, L2 1 MiB, L3 32 MiB");
    environment.put("Memory", "7.6 GiB");
    environment.put("Kernel", "Linux 6.1.0-18-amd64");
    environment.put("JVM", "OpenJDK 64-Bit Server VM 17.0.15+6");
    environment.put("JVM flags", "-Xmx2g --add-modules jdk.incubator.vector");
    environment.put("Commit", "4c40623d1f0e");
    List<String> notes =
        List.of(
            "transformer, generate: lengths 2048 and 4096 were left out; the shorter ones predict"
                + " 9 and 70 minutes a fork.",
            "The CPU frequency governor is not readable here; clock changes may add noise.");
    return new Study("Five sequence models, d = 64, 2 layers", findings, environment, notes);
  }

  private static Study.Finding model(String model, String phase, Random random) {
    boolean attention = model.startsWith("transformer");
    boolean cached = model.equals("transformer-kv");
    int order =
        switch (phase) {
          case "prefill" -> attention ? 2 : 1;
          case "decode" -> cached ? 1 : attention ? 2 : 0;
          default -> cached ? 2 : attention ? 3 : 1;
        };
    double pace =
        switch (model) {
          case "rnn" -> 0.35;
          case "s4d" -> 0.8;
          case "mamba" -> 1.4;
          default -> 1;
        };
    List<Term> terms =
        switch (order) {
          case 0 -> List.of(new Term(21_000 * pace, 0, 0));
          case 1 ->
              phase.equals("decode")
                  ? List.of(new Term(30_000, 0, 0), new Term(61, 1, 0))
                  : List.of(new Term(9_000 * pace, 0, 0), new Term(20_500 * pace, 1, 0));
          case 2 ->
              cached && phase.equals("generate")
                  ? List.of(new Term(30_000, 1, 0), new Term(30.5, 2, 0))
                  : List.of(new Term(24_000, 1, 0), new Term(27.1, 2, 0));
          default -> List.of(new Term(12_000, 2, 0), new Term(9.2, 3, 0));
        };
    double from = order == 3 ? 1024 : 4096;
    List<Double> sizes = new ArrayList<>();
    for (double size = 64; size <= from; size *= 2) {
      if (!(model.equals("s4d") && phase.equals("decode") && size == 512)) {
        sizes.add(size);
      }
    }
    String[] orders = {"1", "L", "L²", "L³"};
    String[] laws = {"constant", "linear", "linear + quadratic", "quadratic + cubic"};
    Fit best = new Fit(name(terms), terms, 0.021, -41.2, 0.93);
    double slope = slope(best, sizes);
    boolean told = !(model.equals("s4d") && phase.equals("decode"));
    Interval exponent = new Interval(slope, slope - 0.028, slope + 0.031, 0.95);
    Optional<Crossover> crossover =
        order < 2
            ? Optional.empty()
            : Optional.of(
                new Crossover(
                    new Interval(
                        terms.get(0).coefficient() / terms.get(1).coefficient(),
                        700,
                        order == 3 ? Double.POSITIVE_INFINITY : 1130,
                        0.95),
                    order == 2));
    String sentence =
        told
            ? String.format(
                java.util.Locale.ROOT,
                "time grows as %s: exponent %.2f, and the best other law fits 3.1 times worse.",
                laws[order],
                slope)
            : "cannot tell constant from linear growth here; length 16384 would decide.";
    Analysis analysis =
        new Analysis(
            Optional.of(exponent),
            List.of(
                best,
                new Fit(
                    "a + b·n", List.of(new Term(5, 0, 0), new Term(3, 1, 0)), 0.31, -12.5, 0.07),
                new Fit("a + b·n³", List.of(new Term(5, 3, 0)), 0.93, Double.POSITIVE_INFINITY, 0)),
            Optional.of(best),
            crossover,
            new Conclusion(told ? laws[order] : "cannot tell", told, sentence));
    Map<String, String> params = new LinkedHashMap<>();
    params.put("model", model);
    params.put("phase", phase);
    Series series =
        series(
            "dev.ordo.harness.bench.SequenceBenchmark.run",
            params,
            "length",
            sizes,
            best::at,
            random,
            0.03);
    return new Study.Finding(
        model, phase, series, analysis, Optional.of(new Study.Theory(orders[order], slope - 0.04)));
  }

  private static String name(List<Term> terms) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      String coefficient = String.valueOf((char) ('a' + i));
      int power = (int) terms.get(i).power();
      parts.add(coefficient + List.of("", "·n", "·n²", "·n³").get(power));
    }
    return String.join(" + ", parts);
  }

  private static double slope(Fit fit, List<Double> sizes) {
    double first = sizes.get(0);
    double last = sizes.get(sizes.size() - 1);
    return Math.log(fit.at(last) / fit.at(first)) / Math.log(last / first);
  }

  /** Models in the phase prefill, linear and quadratic in turns, with true analyses. */
  public static Study analysed(int count) {
    Random random = new Random(11);
    List<Study.Finding> findings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double pace = 1 + i;
      boolean linear = i % 2 == 0;
      String model = (linear ? "linear-" : "quadratic-") + i;
      Map<String, String> params = new LinkedHashMap<>();
      params.put("model", model);
      params.put("phase", "prefill");
      Series series =
          series(
              "org.example.Bench.run",
              params,
              "length",
              List.of(64.0, 128.0, 256.0, 512.0, 1024.0, 2048.0, 4096.0),
              n -> linear ? 400 * pace * n : 3 * pace * n * n,
              random,
              0.02);
      findings.add(
          new Study.Finding(
              model, "prefill", series, Analyst.analyze(series, 1), Optional.empty()));
    }
    return new Study("Analysed", findings, Map.of(), List.of());
  }

  /** A series in nanoseconds with three forks of four iterations at each size. */
  public static Series series(
      String benchmark,
      Map<String, String> params,
      String sizeName,
      List<Double> sizes,
      DoubleUnaryOperator truth,
      Random random,
      double noise) {
    List<Series.Point> points = new ArrayList<>();
    for (double size : sizes) {
      List<double[]> forks = new ArrayList<>();
      for (int fork = 0; fork < 3; fork++) {
        double shift = Math.exp(noise * random.nextGaussian());
        double[] values = new double[4];
        for (int i = 0; i < values.length; i++) {
          values[i] =
              truth.applyAsDouble(size) * shift * Math.exp(noise / 3 * random.nextGaussian());
        }
        forks.add(values);
      }
      points.add(new Series.Point(size, new Sample(forks, Unit.NANOS_PER_OP)));
    }
    return new Series(benchmark, "avgt", params, 1, sizeName, points);
  }

  /** A series with one fork of one value a size. */
  public static Series plain(String sizeName, Unit unit, double... sizesAndValues) {
    List<Series.Point> points = new ArrayList<>();
    for (int i = 0; i < sizesAndValues.length; i += 2) {
      Sample sample = new Sample(List.of(new double[] {sizesAndValues[i + 1]}), unit);
      points.add(new Series.Point(sizesAndValues[i], sample));
    }
    return new Series("org.example.Bench.run", "avgt", Map.of(), 1, sizeName, points);
  }

  /** What an analysis says where there are too few sizes. */
  public static Analysis nothing() {
    return new Analysis(
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        new Conclusion("cannot tell", false, "needs at least 3 sizes, has fewer."));
  }

  /** An analysis with a linear law through the origin. */
  public static Analysis linear(double slope) {
    Fit fit = new Fit("b·n", List.of(new Term(slope, 1, 0)), 0.01, -30, 1);
    return new Analysis(
        Optional.of(new Interval(1, 0.98, 1.02, 0.95)),
        List.of(fit),
        Optional.of(fit),
        Optional.empty(),
        new Conclusion("linear", true, "time grows as linear: exponent 1.00."));
  }

  /** Everything that a report must survive: hostile names, one point, zeros, no theory. */
  public static Study odd() {
    String time = "time";
    String memory = "gc.alloc.rate.norm | \"norm\"";
    List<Study.Finding> findings = new ArrayList<>();
    Random random = new Random(3);
    Map<String, String> params = new LinkedHashMap<>();
    params.put("kind, of \"list\"", "a,b\n\"c\"");
    params.put("=1+1", "@SUM(A1)");
    Series hostile =
        series(
            "org.example.<b>Bench</b>.run",
            params,
            "size|<i>",
            List.of(10.0, 100.0, 1000.0, 10000.0),
            n -> 15 * n,
            random,
            0.05);
    findings.add(new Study.Finding(HOSTILE, time, hostile, linear(15), Optional.empty()));
    findings.add(
        new Study.Finding(
            "漢字のとても長い名前のベンチマーク・パラメータ👩‍👩‍👧‍👦=絵文字",
            time,
            series(
                "org.example.Bench.wide",
                Map.of(),
                "size|<i>",
                List.of(10.0, 100.0, 1000.0),
                n -> 40 * n,
                random,
                0.1),
            linear(40),
            Optional.empty()));
    findings.add(
        new Study.Finding(
            "org.example.a.very.long.package.name.LinkedHashMapBenchmark.iterate"
                + ":loadFactor=0.75,implementation=java.util.LinkedHashMap",
            time,
            series(
                "org.example.Long.run",
                Map.of(),
                "size|<i>",
                List.of(10.0, 100.0, 1000.0, 10000.0),
                n -> 9 * n,
                random,
                0.02),
            linear(9),
            Optional.empty()));
    findings.add(
        new Study.Finding(
            "\u001b[31mred\u0000 $x^2$ \u202Eabc",
            time,
            plain("size|<i>", Unit.NANOS_PER_OP, 100, 1234),
            nothing(),
            Optional.empty()));
    findings.add(
        new Study.Finding(
            "zeros",
            memory,
            plain("size|<i>", Unit.BYTES_PER_OP, 10, 0, 100, 0, 1000, 0),
            nothing(),
            Optional.empty()));
    findings.add(
        new Study.Finding(
            "some bytes",
            memory,
            plain("size|<i>", Unit.BYTES_PER_OP, 10, 240, 100, 2400, 1000, 24000),
            linear(24),
            Optional.empty()));
    return new Study(
        "Odd | names <script>alert(1)</script> *and* `more`",
        findings,
        Map.of("host|name", "<a href=\"javascript:alert(1)\">x</a>"),
        List.of("- a note with a | pipe, <b>tags</b>, @everyone and [a link](x)"));
  }

  /** The five sequence models beside what a machine can do on one thread. */
  public static Study roofed() {
    Study study = models();
    List<Roofline.Load> loads = new ArrayList<>();
    for (Study.Finding finding : study.findings()) {
      List<Roofline.Work> works = new ArrayList<>();
      for (double length : finding.series().sizes()) {
        boolean step = finding.aspect().equals("decode");
        works.add(
            new Roofline.Work(40_000 * (step ? 1 : length), 50_000 + (step ? 8 : 90) * length));
      }
      loads.add(new Roofline.Load(finding.subject(), finding.aspect(), 1, finding.series(), works));
    }
    Roofline.Roof roof = new Roofline.Roof(1, 1.2e11, 1.1e10, OptionalDouble.of(7e10), "in a test");
    return study.withRoofline(Optional.of(new Roofline(List.of(roof), loads)));
  }

  /** Twelve or more linear subjects of one aspect, with long names. */
  public static Study many(int count) {
    Random random = new Random(5);
    List<Study.Finding> findings = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double slope = 5 * Math.pow(1.7, i);
      Series series =
          series(
              "org.example.Bench.run",
              Map.of("implementation", "number" + i),
              "size",
              List.of(100.0, 200.0, 400.0, 800.0),
              n -> slope * n,
              random,
              0.04);
      String subject = "run:implementation=org.example.collections.impl.Number" + i;
      findings.add(new Study.Finding(subject, "time", series, linear(slope), Optional.empty()));
    }
    return new Study("Many series", findings, Map.of(), List.of());
  }

  /** One series, one aspect. */
  public static Study single() {
    Series series =
        series(
            "org.example.Bench.run",
            Map.of(),
            "n",
            List.of(1024.0, 4096.0, 65536.0, 1048576.0),
            n -> 0.4 * n,
            new Random(2),
            0.2);
    Study.Finding finding =
        new Study.Finding("Bench.run", "time", series, linear(0.4), Optional.empty());
    return new Study("One series", List.of(finding), Map.of(), List.of());
  }

  /**
   * Models in training and decoding on 1 thread and on more, with state and garbage, theory beside
   * it: all but {@code rnn} gain by {@code threads^0.8} in training, nothing gains in decoding.
   */
  public static Study parallel(List<String> models, int... threads) {
    Random random = new Random(11);
    List<Study.Finding> findings = new ArrayList<>();
    List<Footprint> memory = new ArrayList<>();
    for (String model : models) {
      for (String phase : List.of("train", "decode")) {
        boolean training = phase.equals("train");
        memory.add(footprint(model, phase, training));
        for (int count : threads) {
          double gain = training && !model.equals("rnn") ? Math.pow(count, 0.8) : 1;
          Map<String, String> params = new LinkedHashMap<>();
          params.put("model", model);
          params.put("phase", phase);
          params.put("threads", String.valueOf(count));
          Series series =
              series(
                  "dev.ordo.harness.bench.SequenceBenchmark.run",
                  params,
                  "length",
                  List.of(64.0, 128.0, 256.0, 512.0),
                  n -> (training ? 900 * n : 4_000) / gain,
                  random,
                  0.01);
          String subject = count == threads[0] ? model : model + " [threads=" + count + "]";
          findings.add(new Study.Finding(subject, phase, series, linear(900), Optional.empty()));
        }
      }
    }
    return new Study("Parallel models", findings, Map.of(), List.of())
        .withParallelism(Threads.speedUps(findings, series -> Optional.empty()))
        .withSpans(
            speedUp ->
                speedUp.aspect().equals("decode")
                    ? Optional.empty()
                    : Optional.of(new SpeedUp.Span("log L", 9, "L²/log L", 1.25e6)))
        .withMemory(memory);
  }

  private static Footprint footprint(String model, String phase, boolean training) {
    Series kept =
        training
            ? plain("length", Unit.BYTES, 64, 36864, 128, 69632, 256, 135168, 512, 266240)
            : plain("length", Unit.BYTES, 64, 12288, 128, 12288, 256, 12288, 512, 12288);
    Series allocated = plain("length", Unit.BYTES_PER_OP, 64, 0.01, 128, 0.02, 256, 0, 512, 0.01);
    return new Footprint(
        model,
        phase,
        Optional.of(new Footprint.Bytes(kept, Analyst.analyze(kept, 1))),
        Optional.of(new Footprint.Bytes(allocated, Analyst.analyze(allocated, 1))),
        Optional.of(new Study.Theory(training ? "L" : "1", training ? 0.95 : 0)));
  }

  /** A random text of everything that is hard: wide, joined, combining, right to left, control. */
  public static String hostile(Random random) {
    List<String> parts =
        List.of(
            "abc",
            " ",
            "漢字",
            "👍🏽",
            "👩‍👩‍👧‍👦",
            "e\u0301",
            "\u0301\u0302\u0303",
            "❤\uFE0F",
            "🇩🇪",
            "שלום",
            "\t",
            "\u001b[31m",
            "\u0000",
            "\u202E",
            "ｆｕｌｌ",
            "ﷺ",
            "\u200D",
            "\ud800",
            "한글",
            "-",
            "|");
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i >= 0; i--) {
      text.append(parts.get(random.nextInt(parts.size())));
    }
    return text.toString();
  }

  /** No findings at all. */
  public static Study empty() {
    return new Study("Nothing", List.of(), Map.of(), List.of());
  }
}

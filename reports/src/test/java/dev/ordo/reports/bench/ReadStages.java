package dev.ordo.reports.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.ordo.reports.Study;
import dev.ordo.reports.data.Measurements;
import dev.ordo.reports.data.ResultFiles;
import dev.ordo.reports.document.Reports;
import dev.ordo.reports.fit.Analyst;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Does what {@code ordo analyze} does to one file, stage by stage, and prints what each took: one
 * line a stage, its seconds and those of all processors together, compilation included.
 */
public final class ReadStages {

  private static final String LINE = "%-28s  %7.2f s  %7.2f s of processors%n";

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private long time;
  private long work;

  private ReadStages() {}

  /**
   * Runs.
   *
   * @param args the file, and the folder that takes the report
   */
  public static void main(String[] args) throws IOException {
    new ReadStages().run(Path.of(args[0]), Path.of(args[1]));
  }

  private void run(Path file, Path folder) throws IOException {
    print("start of the JVM", ManagementFactory.getRuntimeMXBean().getUptime() * 1_000_000, 0);
    Measurements measurements = ResultFiles.read(List.of(file));
    stage("reading");
    int series = measurements.series(Optional.empty()).size();
    stage("making series (" + series + ")");
    Study study = Analyst.study("rows", measurements, Optional.empty(), 1);
    stage("analysis, series made again");
    Reports.write(study, folder);
    stage("report");
  }

  private void stage(String name) {
    print(name, System.nanoTime() - time, work);
  }

  private void print(String name, long nanos, long before) {
    work = system.getProcessCpuTime();
    System.out.printf(Locale.ROOT, LINE, name, nanos / 1e9, (work - before) / 1e9);
    time = System.nanoTime();
  }
}

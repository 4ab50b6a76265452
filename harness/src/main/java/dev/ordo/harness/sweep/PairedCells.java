package dev.ordo.harness.sweep;

import dev.ordo.reports.paired.Pair;
import dev.ordo.reports.paired.PairedCell;
import dev.ordo.reports.paired.PairedComparison;
import dev.ordo.reports.paired.PairedOptions;
import dev.ordo.reports.paired.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the journal of a paired run says of each cell: a function of its entries.
 *
 * <p>Forks of the same stage, cell and number are a pair; half a pair, which Ctrl-C leaves behind,
 * is none. The first {@value #ASIDE} pairs of a cell in a stage with a fork that was not steady are
 * set aside and measured again; where it keeps happening it is the nature of the operation, and
 * further ones count. A pair with a fork that failed is tried once more.
 */
public final class PairedCells {

  private static final int ASIDE = 3;
  private static final int TRIES = 2;

  private final Map<Cell, Course> courses = new LinkedHashMap<>();
  private final Map<Cell, Entry.LeftOut> leftOut = new LinkedHashMap<>();

  /**
   * What a cell cannot be compared for.
   *
   * @param cell the cell
   * @param arm the side whose forks failed; the base where both did
   * @param reason what the last of them said
   */
  public record Failed(Cell cell, Arm arm, Failure reason) {}

  /** The forks of one cell in the order in which they came. */
  private static final class Course {
    private final Map<Stage, List<Pair>> pairs = new EnumMap<>(Stage.class);
    private final Map<Stage, Integer> aside = new EnumMap<>(Stage.class);
    private final Map<Stage, Integer> begun = new EnumMap<>(Stage.class);
    private final Map<Arm, Entry.Fork> half = new EnumMap<>(Arm.class);
    private final Map<Arm, Failure> failures = new EnumMap<>(Arm.class);
    private Stage halfStage;
    private int halfPair;
    private int failedPairs;
    private int unsteady;

    void take(Entry.Paired paired) {
      Stage stage = stage(paired);
      if (stage != halfStage || paired.pair() != halfPair) {
        half.clear();
        halfStage = stage;
        halfPair = paired.pair();
      }
      begun.put(stage, paired.pair());
      half.put(paired.arm(), paired.fork());
      if (half.size() == Arm.values().length) {
        complete(stage, half.get(Arm.BASE), half.get(Arm.CANDIDATE));
        half.clear();
      }
    }

    private void complete(Stage stage, Entry.Fork base, Entry.Fork candidate) {
      if (!base.succeeded() || !candidate.succeeded()) {
        failedPairs++;
        fail(Arm.BASE, base);
        fail(Arm.CANDIDATE, candidate);
        return;
      }
      if (!base.steady() || !candidate.steady()) {
        unsteady++;
        if (aside.merge(stage, 1, Integer::sum) <= ASIDE) {
          return;
        }
      }
      pairs
          .computeIfAbsent(stage, each -> new ArrayList<>())
          .add(new Pair(base.medianNanos(), candidate.medianNanos()));
    }

    private void fail(Arm arm, Entry.Fork fork) {
      if (!fork.succeeded()) {
        failures.put(arm, fork.failure());
      }
    }

    List<Pair> pairs(Stage stage) {
      return pairs.getOrDefault(stage, List.of());
    }
  }

  private static Stage stage(Entry.Paired paired) {
    return paired.again() ? Stage.AGAIN : Stage.FIRST;
  }

  /** Reads entries, in the order of the journal. */
  public static PairedCells of(List<Entry> entries) {
    PairedCells cells = new PairedCells();
    entries.forEach(cells::take);
    return cells;
  }

  /** Takes note of an entry. */
  void take(Entry entry) {
    if (entry instanceof Entry.Paired paired) {
      courses.computeIfAbsent(paired.fork().cell(), cell -> new Course()).take(paired);
    } else if (entry instanceof Entry.LeftOut out) {
      leftOut.put(out.cell(), out);
    }
  }

  /** Returns the cells that were left out, with the reasons. */
  public List<Entry.LeftOut> leftOut() {
    return List.copyOf(leftOut.values());
  }

  /** Returns the cells whose forks failed, as often as they are tried. */
  public List<Failed> failed() {
    List<Failed> failed = new ArrayList<>();
    courses.forEach(
        (cell, course) -> {
          if (course.failedPairs >= TRIES) {
            Arm arm = course.failures.containsKey(Arm.BASE) ? Arm.BASE : Arm.CANDIDATE;
            failed.add(new Failed(cell, arm, course.failures.get(arm)));
          }
        });
    return failed;
  }

  /** Returns how many pairs of a cell had a fork that was not steady. */
  public int unsteady(Cell cell) {
    return course(cell).map(course -> course.unsteady).orElse(0);
  }

  /** Returns the cells that were measured and did not fail, in the order in which they began. */
  public List<Cell> measured() {
    return courses.keySet().stream().filter(cell -> !hasFailed(cell)).toList();
  }

  /** Returns the pairs of a cell. */
  PairedCell pairs(Cell cell) {
    return new PairedCell(
        series(cell), cell.length(), pairs(cell, Stage.FIRST), pairs(cell, Stage.AGAIN));
  }

  /** Returns the number of the pair that a cell gets next. */
  int nextPair(Cell cell, Stage stage) {
    return course(cell).map(course -> course.begun.getOrDefault(stage, 0)).orElse(0) + 1;
  }

  List<Pair> pairs(Cell cell, Stage stage) {
    return course(cell).map(course -> course.pairs(stage)).orElse(List.of());
  }

  boolean hasFailed(Cell cell) {
    return course(cell).map(course -> course.failedPairs >= TRIES).orElse(false);
  }

  /** Judges what was measured. */
  public PairedComparison compare(PairedOptions options) {
    return PairedComparison.of(measured().stream().map(this::pairs).toList(), options);
  }

  /** Returns the name of the series that a cell belongs to, for example {@code mamba.decode}. */
  static String series(Cell cell) {
    return cell.toString().replace(" L=" + cell.length(), "").replaceFirst(" ", ".");
  }

  /** Returns the name of a cell, for example {@code mamba.decode@4096}. */
  static String label(Cell cell) {
    return series(cell) + "@" + cell.length();
  }

  private Optional<Course> course(Cell cell) {
    return Optional.ofNullable(courses.get(cell));
  }
}

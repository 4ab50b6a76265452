package dev.ordo.harness.sweep;

import dev.ordo.models.ModelShape;
import dev.ordo.models.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Campaigns on a synthetic machine, without files. */
final class SimulatedRun {

  private SimulatedRun() {}

  /** Returns a sweep of some models in one phase. */
  static Sweep sweep(
      List<String> models, List<Integer> lengths, Duration budget, int forks, double precision) {
    return new Sweep(
        models,
        List.of(Phase.PREFILL),
        lengths,
        Dimensions.plain(List.of(1), List.of()),
        Sweep.same(ModelShape.DEFAULT, models),
        7,
        budget,
        forks,
        precision,
        List.of(),
        Optional.empty());
  }

  /** Returns the entries of a whole campaign. */
  static List<Entry> entries(Sweep sweep, SyntheticMachine machine) {
    return entries(sweep, machine, () -> false, List.of(), new Silence());
  }

  /** Goes on where an earlier campaign ended, and returns the new entries. */
  static List<Entry> entries(
      Sweep sweep,
      SyntheticMachine machine,
      BooleanSupplier stopping,
      List<Entry> earlier,
      Progress progress) {
    Schedule schedule = new Schedule(sweep, (model, phase) -> true);
    int levels = sweep.lengths().size();
    List<Entry> entries = new ArrayList<>();
    try {
      new Campaign(
              sweep,
              schedule,
              Budget.of(sweep.budget(), schedule.first().size() / levels, levels, sweep.forks()),
              new Forecast(cell -> Double.NaN),
              machine,
              entries::add,
              progress,
              stopping,
              machine)
          .run(earlier);
    } catch (IOException e) {
      throw new IllegalStateException("a list must take every entry", e);
    }
    return entries;
  }

  /** Tells nobody. */
  static final class Silence implements Progress {
    @Override
    public void starting(Step step) {}

    @Override
    public void failed(Entry.Fork fork) {}

    @Override
    public void leftOut(Entry.LeftOut entry) {}
  }
}

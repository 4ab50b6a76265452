package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ordo.models.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuietTest {

  private final List<Entry> entries = new ArrayList<>();
  private final Random random = new Random(4);

  private void control(String side, double level, double noise) {
    double nanos = level * Math.exp(noise * random.nextGaussian());
    entries.add(
        new Entry.Control(
            side,
            "2026-01-01T00:00:00Z",
            400,
            new Entry.Jvm("java", List.of(), "17", "VM", "17"),
            new double[] {nanos, nanos}));
  }

  private void fork(double steal, double load) {
    entries.add(
        new Entry.Fork(
            1,
            new Cell("rnn", Phase.DECODE, 8, 1),
            "2026-01-01T00:00:00Z",
            100,
            new ForkPlan(2, 6, 40),
            new Entry.Jvm("java", List.of(), "17", "VM", "17"),
            new double[] {1},
            Map.of(
                "machine.steal", new Entry.Metric("%", new double[] {steal}),
                "machine.load", new Entry.Metric("tasks", new double[] {load})),
            true,
            null,
            null));
  }

  private Quiet quiet() {
    return new Quiet(entries, 2);
  }

  @Test
  void hasNothingToSayOfAQuietMachine() {
    for (int i = 0; i < 10; i++) {
      control("a", 1e6, 0.002);
      control("b", 1e6, 0.002);
      fork(0.1, 1.1);
    }

    assertThat(quiet().notes()).isEmpty();
    assertThat(quiet().facts()).containsOnlyKeys("controls", "steal", "load");
    assertThat(quiet().facts().get("controls"))
        .startsWith("20 forks of fixed arithmetic, A/A 1.00 [")
        .contains("late over early 1.00");
    assertThat(quiet().facts()).containsEntry("load", "1.1 on average, 1.1 at most");
  }

  @Test
  void saysThatTheMachineDrifted() {
    for (int i = 0; i < 10; i++) {
      control("a", i < 5 ? 1e6 : 1.3e6, 0.002);
      control("b", i < 5 ? 1e6 : 1.3e6, 0.002);
    }

    assertThat(quiet().notes())
        .anySatisfy(note -> assertThat(note).contains("The machine drifted", "1.30 [1."));
  }

  @Test
  void saysWhatItsNoiseLetsAReaderTell() {
    for (int i = 0; i < 10; i++) {
      control("a", 1e6, 0.2);
      control("b", 1e6, 0.2);
    }
    fork(0, 1);
    fork(0, 1);

    assertThat(quiet().notes())
        .anySatisfy(
            note -> assertThat(note).contains("The machine was noisy", "2 forks on each side"));
  }

  @Test
  void saysThatTheSameDiffers() {
    for (int i = 0; i < 10; i++) {
      control("a", 1.2e6, 0.002);
      control("b", 1e6, 0.002);
    }

    assertThat(quiet().notes())
        .anySatisfy(note -> assertThat(note).contains("do the same differ", "1.20 [1."));
  }

  @Test
  void saysThatTimeWasStolenAndThatOthersRan() {
    fork(8, 5);
    fork(4, 7);

    assertThat(quiet().notes())
        .containsExactly(
            "Other guests of the host took 6.0 % of the processors' time while forks ran.",
            "Other programs ran on this machine: on average 6.0 tasks wanted one of 2 processors,"
                + " one or two of them this run's.");
  }

  @Test
  void saysNothingOfJournalsWithoutControls() {
    assertThat(quiet().notes()).isEmpty();
    assertThat(quiet().facts()).isEmpty();
  }
}

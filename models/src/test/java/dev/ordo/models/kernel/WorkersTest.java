package dev.ordo.models.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ordo.models.Allocation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {

  private static final IntConsumer NOTHING = task -> {};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void everyTaskRunsOnce(int threads) {
    Workers.Pool pool = new Workers.Pool(threads);
    for (int tasks = 0; tasks < 40; tasks++) {
      for (int repeat = 0; repeat < 25; repeat++) {
        AtomicIntegerArray runs = new AtomicIntegerArray(tasks);
        assertThat(pool.run(tasks, runs::incrementAndGet)).isTrue();
        for (int i = 0; i < tasks; i++) {
          assertThat(runs.get(i)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void tasksRunAtTheSameTime() {
    Workers.Pool pool = new Workers.Pool(3);
    CountDownLatch together = new CountDownLatch(3);
    pool.run(
        3,
        task -> {
          together.countDown();
          await(together);
        });
    assertThat(together.getCount()).isZero();
  }

  @Test
  void sleepingThreadsAreWoken() throws InterruptedException {
    Workers.Pool pool = new Workers.Pool(2);
    for (int repeat = 0; repeat < 3; repeat++) {
      Thread.sleep(20);
      CountDownLatch together = new CountDownLatch(2);
      pool.run(
          2,
          task -> {
            together.countDown();
            await(together);
          });
      assertThat(together.getCount()).isZero();
    }
  }

  @Test
  void whatATaskThrowsReachesTheCallerOnceAllHaveEnded() {
    Workers.Pool pool = new Workers.Pool(2);
    AtomicInteger ended = new AtomicInteger();
    assertThatThrownBy(
            () ->
                pool.run(
                    8,
                    task -> {
                      ended.incrementAndGet();
                      if (task == 3) {
                        throw new IllegalStateException("task " + task);
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("task 3");
    assertThat(ended).hasValue(8);
    assertThatThrownBy(
            () ->
                pool.run(
                    2,
                    task -> {
                      throw new AssertionError("error");
                    }))
        .isInstanceOf(AssertionError.class);
    AtomicInteger runs = new AtomicInteger();
    assertThat(pool.run(4, task -> runs.incrementAndGet())).isTrue();
    assertThat(runs).hasValue(4);
  }

  @Test
  void aBusyPoolTurnsWorkDown() {
    Workers.Pool pool = new Workers.Pool(2);
    AtomicInteger turnedDown = new AtomicInteger();
    pool.run(
        2,
        task -> {
          if (!pool.run(2, NOTHING)) {
            turnedDown.incrementAndGet();
          }
        });
    assertThat(turnedDown).hasValue(2);
  }

  @Test
  void callersOnDifferentThreadsDoNotMixTheirTasks()
      throws InterruptedException, ExecutionException {
    Workers.Pool pool = new Workers.Pool(2);
    ExecutorService callers = Executors.newFixedThreadPool(3);
    try {
      Future<?>[] done = new Future<?>[3];
      for (int caller = 0; caller < 3; caller++) {
        done[caller] =
            callers.submit(
                () -> {
                  for (int repeat = 0; repeat < 2000; repeat++) {
                    AtomicInteger sum = new AtomicInteger();
                    if (pool.run(5, sum::addAndGet)) {
                      assertThat(sum).hasValue(10);
                    }
                  }
                });
      }
      for (Future<?> one : done) {
        one.get();
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void theSharedPoolRunsAllTasks() {
    AtomicIntegerArray runs = new AtomicIntegerArray(7);
    Workers.each(7, runs::incrementAndGet);
    for (int i = 0; i < 7; i++) {
      assertThat(runs.get(i)).isEqualTo(1);
    }
  }

  @Tag(Allocation.TAG)
  @Test
  void allocatesNothing() {
    assertThat(Allocation.bytesPerCall(() -> Workers.each(3, NOTHING), 1)).isZero();
    Workers.Pool pool = new Workers.Pool(2);
    assertThat(Allocation.bytesPerCall(() -> pool.run(3, NOTHING), 1)).isZero();
  }

  @Test
  void partsCoverEverythingInWholeUnits() {
    for (int count = 0; count < 70; count++) {
      for (int unit : new int[] {1, 4, 16}) {
        for (int parts = 1; parts < 6; parts++) {
          assertThat(Workers.start(0, parts, count, unit)).isZero();
          assertThat(Workers.start(parts, parts, count, unit)).isEqualTo(count);
          for (int part = 0; part < parts; part++) {
            int start = Workers.start(part, parts, count, unit);
            int end = Workers.start(part + 1, parts, count, unit);
            assertThat(start % unit == 0 || start == count).isTrue();
            assertThat(end - start).isBetween(0, ((count / unit + 1) / parts + 1) * unit);
          }
        }
      }
    }
  }

  @Test
  void littleWorkIsNotCut() {
    assertThat(Workers.parts(1000, 100)).isEqualTo(1);
    assertThat(Workers.parts(1e12, 1)).isEqualTo(1);
    assertThat(Workers.parts(1e12, 1000)).isEqualTo(Workers.threads());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1025", "two", "", "1.5"})
  void rejectsWhatIsNoNumberOfThreads(String value) {
    assertThatThrownBy(() -> Workers.threads(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ordo.threads (" + value + ") must be in 1..1024");
  }

  @Test
  void takesASensibleNumberOfThreads() {
    assertThat(Workers.threads("1")).isEqualTo(1);
    assertThat(Workers.threads(" 16 ")).isEqualTo(16);
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("no other thread came");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

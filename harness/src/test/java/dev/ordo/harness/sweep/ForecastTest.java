package dev.ordo.harness.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ordo.models.Phase;
import org.junit.jupiter.api.Test;

class ForecastTest {

  private static Cell cell(int length) {
    return new Cell("m", Phase.GENERATE, length, 1);
  }

  @Test
  void knowsNothingWithoutAShorterLengthAndTheory() {
    Forecast forecast = new Forecast(cell -> Double.NaN);
    forecast.measured(cell(128), 1e6);

    assertThat(forecast.nanosPerOp(cell(64))).isEmpty();
    assertThat(forecast.nanosPerOp(new Cell("m", Phase.DECODE, 256, 1))).isEmpty();
  }

  @Test
  void takesTheTimeOfTheFirstLengthFromTheoryAtTheSlowestRateSeen() {
    Forecast forecast = new Forecast(cell -> 1e6 * cell.length());

    assertThat(forecast.nanosPerOp(cell(64)).orElseThrow()).isCloseTo(6.4e6, within(1.0));
    forecast.measured(new Cell("other", Phase.PREFILL, 100, 1), 5e7);
    assertThat(forecast.nanosPerOp(cell(64)).orElseThrow()).isCloseTo(3.2e7, within(1.0));
  }

  @Test
  void returnsWhatWasMeasured() {
    Forecast forecast = new Forecast(cell -> Double.NaN);
    forecast.measured(cell(64), 3e6);

    assertThat(forecast.nanosPerOp(cell(64))).hasValue(3e6);
  }

  @Test
  void goesOnWithTheSlopeOfTheLastTwoLengths() {
    Forecast forecast = new Forecast(cell -> Double.NaN);
    forecast.measured(cell(64), 1e6);
    forecast.measured(cell(128), 8e6);

    assertThat(forecast.nanosPerOp(cell(512)).orElseThrow()).isCloseTo(512e6, within(1.0));
  }

  @Test
  void trustsTheoryWhereItIsSteeper() {
    Forecast forecast = new Forecast(cell -> 100.0 * cell.length() + Math.pow(cell.length(), 2));
    forecast.measured(cell(64), 1e6);
    forecast.measured(cell(128), 2e6);

    double ratio = (100.0 * 1024 + 1024 * 1024) / (100.0 * 128 + 128 * 128);
    assertThat(forecast.nanosPerOp(cell(1024)).orElseThrow()).isCloseTo(2e6 * ratio, within(1.0));
  }

  @Test
  void neverPredictsThatLongerIsFaster() {
    Forecast forecast = new Forecast(cell -> Double.NaN);
    forecast.measured(cell(64), 2e6);
    forecast.measured(cell(128), 1e6);

    assertThat(forecast.nanosPerOp(cell(4096))).hasValue(1e6);
  }
}

package dev.ordo.reports.fit;

import java.util.Arrays;

/**
 * The exponent of a series in four intervals: at 95 % and at 99 %, each with and without allowing
 * for a step that noise hides.
 *
 * @param likely at 95 %, the one that is reported
 * @param surer at 99 %
 * @param smooth at 95 %, without allowing for a step that was not found
 * @param surerSmooth at 99 %, without allowing for a step that was not found
 */
record Slopes(Interval likely, Interval surer, Interval smooth, Interval surerSmooth) {

  /** Returns whether the exponent may be what a law with a name shows at the sizes of the data. */
  boolean mayBeNamed(Observations data) {
    return Arrays.stream(Growth.values())
        .filter(growth -> growth.at(data.sizes()[0]) > 0)
        .map(growth -> Arrays.stream(data.sizes()).map(n -> Math.log(growth.at(n))).toArray())
        .map(logs -> PowerFit.of(data.sizes(), logs, data.weights()).exponent())
        .anyMatch(surer::contains);
  }
}

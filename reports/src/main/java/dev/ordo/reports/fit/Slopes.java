package dev.ordo.reports.fit;

/**
 * The exponent of a series in four intervals: at 95 % and at 99 %, each with and without allowing
 * for a step that noise hides.
 *
 * @param likely at 95 %, the one that is reported
 * @param surer at 99 %
 * @param smooth at 95 %, without allowing for a step that was not found
 * @param surerSmooth at 99 %, without allowing for a step that was not found
 */
record Slopes(Interval likely, Interval surer, Interval smooth, Interval surerSmooth) {}

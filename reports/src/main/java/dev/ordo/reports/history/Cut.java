package dev.ordo.reports.history;

/**
 * A place at which a test found a track to shift.
 *
 * @param place the number of runs before it
 * @param probability that of the test
 * @param adjusted the same, adjusted to the number of tests
 */
record Cut(int place, double probability, double adjusted) {}

package dev.ordo.reports.data;

/**
 * The values of one metric of one element, ready for use.
 *
 * @param cell the number of its cell
 * @param metric the metric's name
 * @param unit the unit of the values, a base unit
 * @param forks one array a fork, one value an iteration; finite; not to be modified
 */
record Recorded(int cell, String metric, Unit unit, double[][] forks) {}

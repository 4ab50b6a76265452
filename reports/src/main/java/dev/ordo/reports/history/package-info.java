/**
 * Results of many runs, and where they changed for good: pure statistics of values in the order of
 * runs, without files or clocks.
 */
package dev.ordo.reports.history;

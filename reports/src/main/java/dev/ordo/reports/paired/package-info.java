/**
 * Two versions measured in turns, pair by pair: what their ratios come to, however the measuring
 * ended.
 */
package dev.ordo.reports.paired;

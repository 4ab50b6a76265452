/**
 * The proof of the statistics: generated series whose law is known, the rules of other tools, and
 * how often each is right. {@code scripts/bench-fit} prints the tables; tests assert their bounds.
 */
package dev.ordo.reports.bench;

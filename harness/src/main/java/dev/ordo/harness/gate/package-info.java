/**
 * The gate: a baseline against a candidate, verdicts, and what CI systems read. It knows reports
 * and nothing of models or JMH.
 */
package dev.ordo.harness.gate;

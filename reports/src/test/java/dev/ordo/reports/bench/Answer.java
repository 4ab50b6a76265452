package dev.ordo.reports.bench;

import java.util.function.DoubleUnaryOperator;

/**
 * What a method says about a series.
 *
 * @param claim the orders that it admits
 * @param curve its best curve, which predicts
 */
record Answer(Claim claim, DoubleUnaryOperator curve) {}

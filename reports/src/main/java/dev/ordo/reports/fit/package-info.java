/**
 * Laws of growth fitted to series, and what may be concluded from them.
 *
 * <p>Everything here works on the logarithms of fork means, so that errors are relative and a
 * change of the time unit changes nothing but the coefficients.
 */
package dev.ordo.reports.fit;

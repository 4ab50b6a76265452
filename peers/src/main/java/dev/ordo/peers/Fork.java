package dev.ordo.peers;

/**
 * What one fork measured of one contender.
 *
 * @param row the id of the row
 * @param contender the name of the contender
 * @param jdk the release of the JDK
 * @param round the number of the round, from 0
 * @param nanos the median time of a run over the fork's iterations, in nanoseconds
 * @param ratio the median over the turns of the fork of the reference's time over this one's, both
 *     of the same turn; NaN where the row has no reference
 * @param bytes the most that a run allocated on the heap in an iteration, in bytes
 */
record Fork(
    String row, String contender, int jdk, int round, double nanos, double ratio, double bytes) {}

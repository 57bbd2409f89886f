package dev.exposit.conformance.graphite;

/**
 * What a server keeps as the newest value of a series.
 *
 * @param seconds since the epoch
 * @param value any double but NaN
 */
record Received(long seconds, double value) {}

package dev.exposit.graphite;

/**
 * Samples as they go over the wire: whole lines, one pickle with its length, one protobuf payload with its length, or one
 * datagram.
 *
 * @param bytes the bytes; nobody changes them any more
 * @param samples how many samples they hold, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // private to this package, never compared
record Batch(byte[] bytes, int samples) {}

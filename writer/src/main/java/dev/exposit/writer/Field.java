package dev.exposit.writer;

/**
 * A field of a message.
 *
 * @param number what it is called on the wire
 * @param name what it is called in text
 */
record Field(int number, String name) {}

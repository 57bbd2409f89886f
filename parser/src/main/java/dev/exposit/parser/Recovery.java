package dev.exposit.parser;

/**
 * What to do about malformed input. The skipping modes first repair what has only one reading (a byte order mark,
 * carriage returns, repeated or late metadata, a family that comes back, an unknown escape, a missing last line feed)
 * and report it; they skip what cannot be read.
 */
public enum Recovery {
    /** The first error ends reading with an {@link ExpositionSyntaxException}. */
    THROW,
    /** A line with an error is left out and reported. */
    SKIP_LINE,
    /** The rest of a family with an error is left out and reported; its assembled form is left out whole. */
    SKIP_FAMILY
}

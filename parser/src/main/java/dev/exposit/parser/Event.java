package dev.exposit.parser;

/** What {@link ExpositionReader#next()} came upon. */
public enum Event {
    /** A help text: {@link ExpositionReader#familyName()} and {@link ExpositionReader#text()}. */
    HELP,
    /** A type: {@link ExpositionReader#familyName()} and {@link ExpositionReader#type()}. */
    TYPE,
    /** A unit, in OpenMetrics: {@link ExpositionReader#familyName()} and {@link ExpositionReader#text()}. */
    UNIT,
    /** A comment, in Prometheus text: {@link ExpositionReader#text()}. */
    COMMENT,
    /** One number: name, labels, value, and whatever stands after it. */
    SAMPLE,
    /**
     * A histogram or summary in one piece, in OpenMetrics 2.0 and protobuf: all that a sample has, but {@link ExpositionReader#composite()}
     * in place of the number.
     */
    COMPOSITE,
    /** The end of the exposition; every further call comes upon it again. */
    END
}

package dev.exposit.parser;

/** Whose word decides what is valid. */
public enum Dialect {
    /** The format's specification, read as {@code docs/interpretation.md} says. */
    SPEC,
    /**
     * What the Prometheus 2.42 scraper takes, and the quoted names of later ones. Repeated or late metadata, families
     * that come back, unknown escapes and a missing last line feed are only warnings here.
     */
    PROMETHEUS
}

/** Streaming readers of the exposition formats. */
module dev.exposit.parser {
    requires transitive dev.exposit.model;
    requires static transitive org.jspecify;

    exports dev.exposit.lint;
    exports dev.exposit.parser;
}

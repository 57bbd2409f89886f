/** Streaming readers of the exposition formats. */
module dev.exposit.parser {
    requires transitive dev.exposit.model;
    // For those who read protobuf; who reads but text needs none.
    requires static com.google.protobuf;
    requires static transitive org.jspecify;

    exports dev.exposit.lint;
    exports dev.exposit.parser;
}

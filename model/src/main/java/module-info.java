/** The data model shared by every reader and writer, and the formats themselves as values. */
module dev.exposit.model {
    requires static transitive org.jspecify;

    exports dev.exposit.format;
    exports dev.exposit.model;
}

/** Writers of the exposition formats. */
module dev.exposit.writer {
    requires transitive dev.exposit.model;
    requires static transitive org.jspecify;

    exports dev.exposit.writer;
}

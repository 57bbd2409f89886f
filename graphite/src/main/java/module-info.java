/** The bridge to Graphite, and reading of its lines. */
module dev.exposit.graphite {
    requires transitive dev.exposit.convert;
    requires org.snakeyaml.engine;
    requires static transitive org.jspecify;

    exports dev.exposit.graphite;
}

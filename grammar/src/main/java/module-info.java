/** The formats as specifications one can read, and the reference parsers made from them. */
module dev.exposit.grammar {
    requires transitive dev.exposit.model;
    requires static transitive org.jspecify;
}

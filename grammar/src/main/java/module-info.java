/** The exposition formats as grammars one can read, and reference parsers made of them. Correct before fast. */
module dev.exposit.grammar {
    requires transitive dev.exposit.model;
    requires static transitive org.jspecify;
    requires com.google.protobuf;
    requires org.antlr.antlr4.runtime;

    exports dev.exposit.grammar;
}

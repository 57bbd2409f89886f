/** Conversion between the exposition formats, scraping of URLs, and JSON. */
module dev.exposit.convert {
    requires com.fasterxml.jackson.core;
    requires transitive java.net.http;
    requires transitive dev.exposit.parser;
    requires transitive dev.exposit.writer;
    requires static transitive org.jspecify;

    exports dev.exposit.convert;
}

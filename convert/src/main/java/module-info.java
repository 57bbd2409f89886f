/** Conversion between the exposition formats, and scraping of URLs. */
module dev.exposit.convert {
    requires transitive java.net.http;
    requires transitive dev.exposit.parser;
    requires transitive dev.exposit.writer;
    requires static transitive org.jspecify;

    exports dev.exposit.convert;
}

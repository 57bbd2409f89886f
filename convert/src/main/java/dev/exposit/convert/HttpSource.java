package dev.exposit.convert;

import dev.exposit.parser.ReadOptions;
import java.io.IOException;
import java.net.URI;

/** A URL, requested anew each time it is opened. */
final class HttpSource extends Source {
    private final URI url;
    private final ScrapeOptions options;

    HttpSource(URI url, ScrapeOptions options) {
        super(HttpUrls.withoutUserInfo(HttpUrls.requireHttp(url)).toString());
        this.url = url;
        this.options = options;
    }

    @Override
    Body open(ReadOptions read) throws IOException {
        return new Scrape(url, options, read.limits(), AcceptedFormats.header(read.format())).open();
    }

    @Override
    boolean isRepeatable() {
        // The second answer has other numbers.
        return false;
    }
}

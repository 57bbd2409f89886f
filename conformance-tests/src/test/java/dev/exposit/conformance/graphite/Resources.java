package dev.exposit.conformance.graphite;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/** The files that lie beside the classes of this package. */
final class Resources {
    private Resources() {}

    /** The file of that name. */
    static Path file(String name) {
        URL url = Resources.class.getResource(name);
        if (url == null) {
            throw new AssertionError("there is no " + name);
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}

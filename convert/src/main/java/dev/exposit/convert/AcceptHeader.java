package dev.exposit.convert;

import dev.exposit.format.ExpositionFormat;
import org.jspecify.annotations.Nullable;

/** What a scrape asks the server for. */
final class AcceptHeader {
    /** As Prometheus 2.42 sends it without native histograms, so that servers answer us what they answer Prometheus. */
    static final String AS_PROMETHEUS = "application/openmetrics-text;version=1.0.0,"
            + "application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    private AcceptHeader() {}

    /** The header for the format the answer will be read as, or null if the answer's content type decides. */
    static String of(@Nullable ExpositionFormat format) {
        if (format == null) {
            return AS_PROMETHEUS;
        }
        return switch (format) {
            case PROMETHEUS_TEXT_0_0_4 -> "text/plain;version=0.0.4,*/*;q=0.1";
            // Servers that do not know the newer version yet have the older one, which is a part of it.
            case PROMETHEUS_TEXT ->
                "text/plain;version=1.0.0;escaping=allow-utf-8,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
            case OPENMETRICS_1 ->
                "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,*/*;q=0.1";
            default -> format.contentType() + ",*/*;q=0.1";
        };
    }
}

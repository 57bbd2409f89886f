package dev.exposit.convert;

import dev.exposit.format.AcceptHeader;
import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.format.ScrapeProtocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a scrape asks the server for. */
final class AcceptedFormats {
    private AcceptedFormats() {}

    /** The header for the format the answer will be read as, or null if the answer's content type decides. */
    static String header(@Nullable ExpositionFormat format) {
        if (format == null) {
            // As Prometheus sends it without native histograms, so that servers answer us what they answer Prometheus,
            // but for escaped names: quoted ones are no OpenMetrics 1.0.
            return AcceptHeader.ofPrometheus(ScrapeProtocol.defaults(), EscapingScheme.UNDERSCORES);
        }
        return switch (format) {
            // Servers that do not know the newer version yet have the older one, which is a part of it.
            case PROMETHEUS_TEXT ->
                AcceptHeader.of(List.of(format, ExpositionFormat.PROMETHEUS_TEXT_0_0_4), EscapingScheme.ALLOW_UTF_8);
            case OPENMETRICS_1 -> AcceptHeader.of(List.of(format), EscapingScheme.UNDERSCORES);
            default -> AcceptHeader.of(List.of(format), EscapingScheme.ALLOW_UTF_8);
        };
    }
}

package dev.exposit.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The headers {@code Accept} that releases of Prometheus send, from their {@code scrape/scrape.go} and
 * {@code config/config.go}; each stands until the next one. "proto" is with native histograms (before 2.40 there were
 * none), "utf-8" with UTF-8 names, "legacy" without.
 */
class PrometheusAcceptTest {

    private static final ContentNegotiation TEXT = ContentNegotiation.offering(List.of(
            ExpositionFormat.PROMETHEUS_TEXT_0_0_4,
            ExpositionFormat.PROMETHEUS_TEXT,
            ExpositionFormat.OPENMETRICS_1,
            ExpositionFormat.OPENMETRICS_2));
    private static final ContentNegotiation ONLY_004 =
            ContentNegotiation.offering(List.of(ExpositionFormat.PROMETHEUS_TEXT_0_0_4));
    private static final ContentNegotiation ONLY_TEXT = ContentNegotiation.offering(
            List.of(ExpositionFormat.PROMETHEUS_TEXT_0_0_4, ExpositionFormat.PROMETHEUS_TEXT));
    private static final ContentNegotiation ALL = ContentNegotiation.offering(List.of(ExpositionFormat.values()));

    /** What servers answer that write all formats, the texts, Prometheus text, and 0.0.4 alone. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            1.0.0            | application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,text/plain;version=0.0.4;q=0.3,application/json;schema="prometheus/telemetry";version=0.0.2;q=0.2,*/*;q=0.1 | protobuf underscores | 0.0.4 underscores | 0.0.4 underscores
            1.2.0            | application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.7,text/plain;version=0.0.4;q=0.3,*/*;q=0.1 | protobuf underscores | 0.0.4 underscores | 0.0.4 underscores
            2.0.0            | text/plain;version=0.0.4;q=1,*/*;q=0.1 | 0.0.4 underscores | 0.0.4 underscores | 0.0.4 underscores
            2.5.0            | application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1 | 0.0.1 underscores | 0.0.1 underscores | 0.0.4 underscores
            2.34.0           | application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1 | openmetrics underscores | openmetrics underscores | 0.0.4 underscores
            2.40.0           | application/openmetrics-text;version=1.0.0;q=0.75,application/openmetrics-text;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1 | openmetrics underscores | openmetrics underscores | 0.0.4 underscores
            2.40.0 proto     | application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited,application/openmetrics-text;version=1.0.0;q=0.75,application/openmetrics-text;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1 | protobuf underscores | openmetrics underscores | 0.0.4 underscores
            2.40.1 proto     | application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1 | protobuf underscores | openmetrics underscores | 0.0.4 underscores
            2.49.0           | application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=2 | openmetrics underscores | openmetrics underscores | 0.0.4 underscores
            2.49.1           | application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2 | openmetrics underscores | openmetrics underscores | 0.0.4 underscores
            2.49.1 proto     | application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.5,application/openmetrics-text;version=1.0.0;q=0.4,application/openmetrics-text;version=0.0.1;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1 | protobuf underscores | openmetrics underscores | 0.0.4 underscores
            2.49.1 0.0.4     | text/plain;version=0.0.4;q=0.5,*/*;q=0.4 | 0.0.4 underscores | 0.0.4 underscores | 0.0.4 underscores
            2.55.0 utf-8     | application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;escaping=allow-utf-8;q=0.3,*/*;q=0.2 | openmetrics allow-utf-8 | openmetrics allow-utf-8 | 0.0.4 underscores
            3.0.0            | application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;escaping=allow-utf-8;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;escaping=allow-utf-8;q=0.3,*/*;q=0.2 | openmetrics allow-utf-8 | openmetrics allow-utf-8 | 1.0.0 allow-utf-8
            3.0.0 proto      | application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;escaping=allow-utf-8;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;escaping=allow-utf-8;q=0.2,*/*;q=0.1 | protobuf allow-utf-8 | openmetrics allow-utf-8 | 1.0.0 allow-utf-8
            3.0.0 legacy     | application/openmetrics-text;version=1.0.0;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2 | openmetrics underscores | openmetrics underscores | 1.0.0 allow-utf-8
            3.2.1            | application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;escaping=allow-utf-8;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;escaping=allow-utf-8;q=0.3,*/*;q=0.2 | openmetrics allow-utf-8 | openmetrics allow-utf-8 | 1.0.0 allow-utf-8
            3.2.1 legacy     | application/openmetrics-text;version=1.0.0;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2 | openmetrics underscores | openmetrics underscores | 1.0.0 underscores
            # from here on as AcceptHeader.ofPrometheus writes it
            3.4.0            | application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2 | openmetrics allow-utf-8 | openmetrics allow-utf-8 | 1.0.0 allow-utf-8
            3.4.0 legacy     | application/openmetrics-text;version=1.0.0;escaping=underscores;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=underscores;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2 | openmetrics underscores | openmetrics underscores | 1.0.0 underscores
            3.4.0 proto dots | application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;escaping=dots;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=dots;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1 | protobuf underscores | openmetrics dots | 1.0.0 dots
            3.4.0 proto      | application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1 | protobuf underscores | openmetrics allow-utf-8 | 1.0.0 allow-utf-8
            """)
    void everyReleaseGetsWhatItWants(String release, String accept, String all, String texts, String text) {
        assertThat(brief(ALL.answer(accept))).isEqualTo(all);
        assertThat(brief(TEXT.answer(accept))).isEqualTo(texts);
        assertThat(brief(ONLY_TEXT.answer(accept))).isEqualTo(text);
        assertThat(brief(ONLY_004.answer(accept))).isEqualTo("0.0.4 underscores");
        for (ContentNegotiation server : List.of(ALL, TEXT, ONLY_TEXT, ONLY_004)) {
            assertThat(server.answer(accept).acceptable()).isTrue();
        }
    }

    private static String brief(NegotiatedFormat answer) {
        String version = answer.contentType().version().orElse("");
        String name = switch (answer.format()) {
            case PROMETHEUS_TEXT, PROMETHEUS_TEXT_0_0_4 -> version;
            case OPENMETRICS_1 -> version.equals("1.0.0") ? "openmetrics" : version;
            default -> answer.format().id();
        };
        return name + " " + answer.escaping().id();
    }
}

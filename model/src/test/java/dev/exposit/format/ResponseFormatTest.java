package dev.exposit.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ResponseFormat.Basis;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseFormatTest {

    /** {@code TestNewParser} of {@code model/textparse/interface_test.go} in prometheus/prometheus. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                                                     | -                    | -                     | MISSING
            ''                                                    | -                    | -                     | MISSING
            ''                                                    | PrometheusText0.0.4  | PROMETHEUS_TEXT_0_0_4 | MISSING
            invalid/                                              | -                    | -                     | MALFORMED
            invalid/                                              | PrometheusText0.0.4  | PROMETHEUS_TEXT_0_0_4 | MALFORMED
            invalid/                                              | OpenMetricsText0.0.1 | OPENMETRICS_1         | MALFORMED
            invalid/                                              | PrometheusProto      | PROTOBUF              | MALFORMED
            invalid/invalid/invalid                               | -                    | -                     | MALFORMED
            invalid/invalid/invalid                               | PrometheusText1.0.0  | PROMETHEUS_TEXT       | MALFORMED
            /                                                     | -                    | -                     | MALFORMED
            /                                                     | PrometheusText1.0.0  | PROMETHEUS_TEXT       | MALFORMED
            application/openmetrics-text; charset=UTF-8; charset=utf-8 | -               | -                     | MALFORMED
            application/openmetrics-text; charset=UTF-8; charset=utf-8 | OpenMetricsText1.0.0 | OPENMETRICS_1    | MALFORMED
            application/openmetrics-text                          | -                    | OPENMETRICS_1         | CONTENT_TYPE
            application/openmetrics-text; charset=utf-8           | -                    | OPENMETRICS_1         | CONTENT_TYPE
            application/openmetrics-text; version=1.0.0; charset=utf-8 | -               | OPENMETRICS_1         | CONTENT_TYPE
            text/plain                                            | -                    | PROMETHEUS_TEXT       | CONTENT_TYPE
            application/vnd.google.protobuf                       | -                    | PROTOBUF              | CONTENT_TYPE
            text/plain; version=0.0.4                             | -                    | PROMETHEUS_TEXT_0_0_4 | CONTENT_TYPE
            text/html                                             | -                    | -                     | UNKNOWN_MEDIA_TYPE
            text/html                                             | PrometheusText0.0.4  | PROMETHEUS_TEXT_0_0_4 | UNKNOWN_MEDIA_TYPE
            """)
    void asPrometheus(
            @Nullable String contentType, @Nullable String fallback, @Nullable ExpositionFormat format, Basis basis) {
        ExpositionFormat otherwise = fallback == null
                ? null
                : ScrapeProtocol.byId(fallback).orElseThrow().format();
        ResponseFormat response = ResponseFormat.of(contentType, otherwise);
        assertThat(response.format().orElse(null)).isEqualTo(format);
        assertThat(response.basis()).isEqualTo(basis);
    }

    /** A fallback does not matter where the media type is known: Prometheus looks at nothing else. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text/plain; version=0.0.3                                      | PROMETHEUS_TEXT      | MEDIA_TYPE
            TEXT/PLAIN; version=2                                          | PROMETHEUS_TEXT      | MEDIA_TYPE
            application/openmetrics-text; version=3.0.0; escaping=dots     | OPENMETRICS_1        | MEDIA_TYPE
            application/openmetrics-text; version=0.0.1                    | OPENMETRICS_1        | CONTENT_TYPE
            application/openmetrics-text; version=2.0.0                    | OPENMETRICS_2        | CONTENT_TYPE
            application/vnd.google.protobuf; proto=other.Message           | PROTOBUF             | MEDIA_TYPE
            application/vnd.google.protobuf; encoding=gzip                 | PROTOBUF             | MEDIA_TYPE
            application/vnd.google.protobuf; encoding=text                 | PROTOBUF_TEXT        | CONTENT_TYPE
            application/openmetrics-protobuf; version=9                    | OPENMETRICS_PROTOBUF | MEDIA_TYPE
            application/json                                               | JSON                 | CONTENT_TYPE
            """)
    void knownMediaTypes(String contentType, ExpositionFormat format, Basis basis) {
        for (ExpositionFormat fallback : new ExpositionFormat[] {null, ExpositionFormat.PROMETHEUS_TEXT_0_0_4}) {
            ResponseFormat response = ResponseFormat.of(contentType, fallback);
            assertThat(response.format()).contains(format);
            assertThat(response.basis()).isEqualTo(basis);
        }
    }

    /** Go's {@code mime.ParseMediaType} takes the first and refuses the second. */
    @ParameterizedTest
    @CsvSource({
        "text/plain; version = 0.0.4, MALFORMED",
        "text/plain; charset=utf-8; charset=utf-8, CONTENT_TYPE",
    })
    void grammarIsThatOfTheRfc(String contentType, Basis basis) {
        assertThat(ResponseFormat.of(contentType, null).basis()).isEqualTo(basis);
    }

    @Test
    void reasonsAreWords() {
        ExpositionFormat fallback = ExpositionFormat.PROMETHEUS_TEXT;
        assertThat(ResponseFormat.of(" \t", fallback).reason()).isEqualTo("no content type, read as prometheus-text");
        assertThat(ResponseFormat.of(null, null).reason()).isEqualTo("no content type, and no fallback");
        assertThat(ResponseFormat.of("text", fallback).reason())
                .isEqualTo("expected '/' but got the end at position 4 of content type \"text\","
                        + " read as prometheus-text");
        assertThat(ResponseFormat.of("text/html", null).reason())
                .isEqualTo("unknown content type \"text/html\", and no fallback");
        assertThat(ResponseFormat.of("text/plain;version=7", null).reason())
                .isEqualTo("unknown parameters in content type \"text/plain;version=7\", read as prometheus-text");
        assertThat(ResponseFormat.of("text/plain", null)).hasToString("content type \"text/plain\"");
        assertThat(ResponseFormat.of("a\n/b", null).reason()).doesNotContain("\n");
    }

    @Test
    void equality() {
        ResponseFormat one = ResponseFormat.of("text/html", null);
        assertThat(one)
                .isEqualTo(ResponseFormat.of("text/html", null))
                .hasSameHashCodeAs(ResponseFormat.of("text/html", null))
                .isNotEqualTo(ResponseFormat.of("text/css", null))
                .isNotEqualTo(ResponseFormat.of("text/html", ExpositionFormat.JSON))
                .isNotEqualTo(ResponseFormat.of("", null))
                .isNotEqualTo("text/html");
    }
}

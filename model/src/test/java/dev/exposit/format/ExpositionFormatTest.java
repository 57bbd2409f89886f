package dev.exposit.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionFormatTest {

    private static final String FAMILIES = "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily";

    @ParameterizedTest
    @CsvSource({
        "PROMETHEUS_TEXT_0_0_4, prometheus-text-0.0.4, text/plain; version=0.0.4; charset=utf-8",
        "PROMETHEUS_TEXT, prometheus-text, text/plain; version=1.0.0; charset=utf-8",
        "OPENMETRICS_1, openmetrics-1, application/openmetrics-text; version=1.0.0; charset=utf-8",
        "OPENMETRICS_2, openmetrics-2, application/openmetrics-text; version=2.0.0; charset=utf-8",
        "PROTOBUF, protobuf, " + FAMILIES + "; encoding=delimited",
        "PROTOBUF_TEXT, protobuf-text, " + FAMILIES + "; encoding=text",
        "PROTOBUF_COMPACT, protobuf-compact, " + FAMILIES + "; encoding=compact-text",
        "OPENMETRICS_PROTOBUF, openmetrics-protobuf, application/openmetrics-protobuf; version=1.0.0",
        "JSON, json, application/json",
    })
    void idsAndContentTypes(ExpositionFormat format, String id, String contentType) {
        assertThat(format.id()).isEqualTo(id);
        assertThat(ExpositionFormat.byId(id)).contains(format);
        assertThat(format.contentType()).hasToString(contentType);
    }

    @ParameterizedTest
    @EnumSource
    void everyFormatIsRecognisedByItsOwnContentType(ExpositionFormat format) {
        assertThat(ExpositionFormat.of(format.contentType())).contains(format);
        assertThat(ExpositionFormat.of(format.contentType().with("escaping", "values")))
                .contains(format);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, PROMETHEUS_TEXT",
        "TEXT/plain;charset=utf-8, PROMETHEUS_TEXT",
        "text/plain;VERSION=\"0.0.4\", PROMETHEUS_TEXT_0_0_4",
        "application/openmetrics-text, OPENMETRICS_1",
        "application/openmetrics-text;version=0.0.1, OPENMETRICS_1",
        "application/openmetrics-protobuf, OPENMETRICS_PROTOBUF",
        "application/vnd.google.protobuf, PROTOBUF",
        "application/vnd.google.protobuf;encoding=text, PROTOBUF_TEXT",
        FAMILIES + ", PROTOBUF",
        "application/json;charset=utf-8, JSON",
    })
    void contentTypesThatLeavePartsOut(String contentType, ExpositionFormat format) {
        assertThat(ExpositionFormat.of(ContentType.parse(contentType))).contains(format);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "text/plain;version=0.0.3",
                "text/plain;version=\"\"",
                "application/openmetrics-text;version=3.0.0",
                "application/openmetrics-protobuf;version=2.0.0",
                "application/vnd.google.protobuf;proto=openmetrics.MetricSet",
                "application/vnd.google.protobuf;proto=io.prometheus.client.metricfamily",
                FAMILIES + ";encoding=Delimited",
                FAMILIES + ";encoding=json",
                "application/protobuf",
            })
    void contentTypesThatStandForNoFormat(String contentType) {
        assertThat(ExpositionFormat.of(ContentType.parse(contentType))).isEmpty();
    }

    @Test
    void otherIdsAreUnknown() {
        assertThat(ExpositionFormat.byId("PROTOBUF")).isEmpty();
        assertThat(ExpositionFormat.byId("")).isEmpty();
    }
}

package dev.exposit.format;

import static dev.exposit.format.EscapingScheme.ALLOW_UTF_8;
import static dev.exposit.format.EscapingScheme.DOTS;
import static dev.exposit.format.EscapingScheme.UNDERSCORES;
import static dev.exposit.format.ExpositionFormat.OPENMETRICS_1;
import static dev.exposit.format.ExpositionFormat.OPENMETRICS_2;
import static dev.exposit.format.ExpositionFormat.PROMETHEUS_TEXT;
import static dev.exposit.format.ExpositionFormat.PROMETHEUS_TEXT_0_0_4;
import static dev.exposit.format.ExpositionFormat.PROTOBUF;
import static dev.exposit.format.ScrapeProtocol.OPENMETRICS_TEXT_1_0_0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AcceptHeaderTest {

    private static final String FAMILY =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

    /** {@code TestAcceptHeader} of {@code scrape/scrape_test.go} in prometheus/prometheus. */
    @Test
    void headersOfPrometheus() {
        assertThat(AcceptHeader.ofPrometheus(ScrapeProtocol.defaults(), UNDERSCORES))
                .isEqualTo("application/openmetrics-text;version=1.0.0;escaping=underscores;q=0.6,"
                        + "application/openmetrics-text;version=0.0.1;q=0.5,"
                        + "text/plain;version=1.0.0;escaping=underscores;q=0.4,"
                        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2");
        assertThat(AcceptHeader.ofPrometheus(ScrapeProtocol.protoFirst(), DOTS))
                .isEqualTo(FAMILY + ";q=0.6,application/openmetrics-text;version=1.0.0;escaping=dots;q=0.5,"
                        + "application/openmetrics-text;version=0.0.1;q=0.4,"
                        + "text/plain;version=1.0.0;escaping=dots;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1");
        assertThat(AcceptHeader.ofPrometheus(ScrapeProtocol.defaults(), ALLOW_UTF_8))
                .isEqualTo("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                        + "application/openmetrics-text;version=0.0.1;q=0.5,"
                        + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2");
        assertThat(AcceptHeader.ofPrometheus(ScrapeProtocol.protoFirst(), ALLOW_UTF_8))
                .isEqualTo(FAMILY + ";q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                        + "application/openmetrics-text;version=0.0.1;q=0.4,"
                        + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
                        + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "PrometheusProto, PROTOBUF",
        "PrometheusText0.0.4, PROMETHEUS_TEXT_0_0_4",
        "PrometheusText1.0.0, PROMETHEUS_TEXT",
        "OpenMetricsText0.0.1, OPENMETRICS_1",
        "OpenMetricsText1.0.0, OPENMETRICS_1",
    })
    void protocolsHaveTheNamesOfTheConfiguration(String id, ExpositionFormat format) {
        ScrapeProtocol protocol = ScrapeProtocol.byId(id).orElseThrow();
        assertThat(protocol.id()).isEqualTo(id);
        assertThat(protocol.format()).isEqualTo(format);
        assertThat(ExpositionFormat.of(protocol.contentType())).contains(format);
        assertThat(ScrapeProtocol.byId(id.toLowerCase(Locale.ROOT))).isEmpty();
    }

    /** All orders of all subsets of the protocols that Prometheus has, each with each escaping. */
    @ParameterizedTest
    @EnumSource
    void whatIsWantedMostIsAnswered(EscapingScheme escaping) {
        List<List<ScrapeProtocol>> configurations = new ArrayList<>();
        arrange(List.of(), configurations);
        assertThat(configurations).hasSize(325);
        ContentNegotiation server = ContentNegotiation.offering(List.of(ExpositionFormat.values()));
        for (List<ScrapeProtocol> protocols : configurations) {
            NegotiatedFormat answer = server.answer(AcceptHeader.ofPrometheus(protocols, escaping));
            ScrapeProtocol first = protocols.get(0);
            assertThat(answer.contentType())
                    .isEqualTo(first.contentType()
                            .with("escaping", answer.escaping().id()));
            assertThat(answer.escaping())
                    .as("%s", protocols)
                    .isEqualTo(
                            first.id().startsWith("OpenMetricsText1")
                                            || first.id().startsWith("PrometheusText1")
                                    ? escaping
                                    : UNDERSCORES);
        }
    }

    private static void arrange(List<ScrapeProtocol> chosen, List<List<ScrapeProtocol>> all) {
        for (ScrapeProtocol protocol : ScrapeProtocol.values()) {
            if (!chosen.contains(protocol)) {
                List<ScrapeProtocol> longer = new ArrayList<>(chosen);
                longer.add(protocol);
                all.add(longer);
                arrange(longer, all);
            }
        }
    }

    @Test
    void formatsAreAskedForAsPrometheusDoes() {
        assertThat(AcceptHeader.of(List.of(OPENMETRICS_1, PROMETHEUS_TEXT, PROMETHEUS_TEXT_0_0_4), ALLOW_UTF_8))
                .isEqualTo(AcceptHeader.ofPrometheus(ScrapeProtocol.defaults(), ALLOW_UTF_8));
        assertThat(AcceptHeader.of(List.of(PROTOBUF, OPENMETRICS_1, PROMETHEUS_TEXT, PROMETHEUS_TEXT_0_0_4), DOTS))
                .isEqualTo(AcceptHeader.ofPrometheus(ScrapeProtocol.protoFirst(), DOTS));
        assertThat(AcceptHeader.of(List.of(OPENMETRICS_2), EscapingScheme.VALUES))
                .isEqualTo("application/openmetrics-text;version=2.0.0;escaping=values;q=0.6,*/*;q=0.5");
    }

    @Test
    void weightsFallHoweverLongTheList() {
        String accept = AcceptHeader.of(Arrays.asList(ExpositionFormat.values()), UNDERSCORES);
        assertThat(accept)
                .startsWith("text/plain;version=0.0.4;q=0.11,"
                        + "text/plain;version=1.0.0;escaping=underscores;q=0.10,"
                        + "application/openmetrics-text;version=1.0.0;escaping=underscores;q=0.09,")
                .endsWith("application/openmetrics-protobuf;version=1.0.0;q=0.03,application/json;q=0.02,*/*;q=0.01");
        for (ExpositionFormat format : ExpositionFormat.values()) {
            assertThat(ContentNegotiation.offering(List.of(format, PROMETHEUS_TEXT_0_0_4))
                            .answer(AcceptHeader.of(List.of(format), UNDERSCORES))
                            .format())
                    .isEqualTo(format);
        }
    }

    @Test
    void listsThatPrometheusRefuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AcceptHeader.ofPrometheus(List.of(), ALLOW_UTF_8))
                .withMessage("expected at least one protocol to ask for but got none");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        AcceptHeader.ofPrometheus(List.of(OPENMETRICS_TEXT_1_0_0, OPENMETRICS_TEXT_1_0_0), ALLOW_UTF_8))
                .withMessage("expected each protocol once but got OPENMETRICS_TEXT_1_0_0 twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AcceptHeader.of(List.of(), ALLOW_UTF_8))
                .withMessage("expected at least one format to ask for but got none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AcceptHeader.of(List.of(PROTOBUF, PROTOBUF), ALLOW_UTF_8))
                .withMessage("expected each format once but got PROTOBUF twice");
    }
}

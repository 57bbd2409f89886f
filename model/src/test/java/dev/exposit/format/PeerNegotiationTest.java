package dev.exposit.format;

import static dev.exposit.format.ExpositionFormat.OPENMETRICS_1;
import static dev.exposit.format.ExpositionFormat.OPENMETRICS_2;
import static dev.exposit.format.ExpositionFormat.PROMETHEUS_TEXT;
import static dev.exposit.format.ExpositionFormat.PROMETHEUS_TEXT_0_0_4;
import static dev.exposit.format.ExpositionFormat.PROTOBUF;
import static dev.exposit.format.ExpositionFormat.PROTOBUF_COMPACT;
import static dev.exposit.format.ExpositionFormat.PROTOBUF_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What other servers answer, by their own tests, and what ours does. The last column is our content type where it is
 * another one; each such difference is in docs/interpretation.md.
 */
class PeerNegotiationTest {

    private static final String FAMILY =
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=";

    /**
     * {@code TestNegotiate} and {@code TestNegotiateIncludingOpenMetrics} of {@code expfmt/encode_test.go} in
     * prometheus/common. Its default escaping, a global variable there, is taken for underscores.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PROTO;encoding=delimited                              | PROTO; encoding=delimited; escaping=underscores |
            PROTO;encoding=text                                   | PROTO; encoding=text; escaping=underscores |
            PROTO;encoding=compact-text                           | PROTO; encoding=compact-text; escaping=underscores |
            text/plain;version=0.0.4                              | text/plain; version=0.0.4; charset=utf-8; escaping=underscores |
            text/plain;version=0.0.4;                             | text/plain; version=0.0.4; charset=utf-8; escaping=underscores |
            PROTO;encoding=delimited; escaping=allow-utf-8;       | PROTO; encoding=delimited; escaping=allow-utf-8 |
            PROTO;encoding=text; escaping=allow-utf-8;            | PROTO; encoding=text; escaping=allow-utf-8 |
            PROTO;encoding=compact-text; escaping=allow-utf-8;    | PROTO; encoding=compact-text; escaping=allow-utf-8 |
            text/plain;version=0.0.4; escaping=values;            | text/plain; version=0.0.4; charset=utf-8; escaping=values |
            application/openmetrics-text                          | application/openmetrics-text; version=0.0.1; charset=utf-8; escaping=underscores | application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores
            application/openmetrics-text;version=0.0.1; escaping=underscores | application/openmetrics-text; version=0.0.1; charset=utf-8; escaping=underscores |
            application/openmetrics-text;version=1.0.0            | application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores |
            application/openmetrics-text;version=2.0.0            | text/plain; version=0.0.4; charset=utf-8; escaping=underscores |
            application/openmetrics-text;version=1.0.0; escaping=values; | application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=values |
            application/openmetrics-text;version=0.0.4            | text/plain; version=0.0.4; charset=utf-8; escaping=underscores |
            PROTO;encoding=compact-text; escaping=underscores     | PROTO; encoding=compact-text; escaping=underscores |
            text/plain;version=0.0.4; escaping=allow-utf-8        | text/plain; version=0.0.4; charset=utf-8; escaping=allow-utf-8 | text/plain; version=0.0.4; charset=utf-8; escaping=underscores
            """)
    void goServersWithOpenMetrics(String accept, String theirs, String ours) {
        String family = FAMILY.replace("; encoding=", "");
        ContentNegotiation server = ContentNegotiation.offering(
                List.of(OPENMETRICS_1, PROTOBUF, PROTOBUF_TEXT, PROTOBUF_COMPACT, PROMETHEUS_TEXT_0_0_4));
        assertThat(server.answer(accept.replace("PROTO", family)).contentType())
                .hasToString((ours == null ? theirs : ours).replace("PROTO", family));
    }

    /** {@code TestNegotiateAccept} in the same file. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/openmetrics-text;version=2.0.0 | OPENMETRICS_2 PROMETHEUS_TEXT_0_0_4           | OPENMETRICS_2
            application/openmetrics-text;version=2.0.0 | OPENMETRICS_1 PROMETHEUS_TEXT_0_0_4           | PROMETHEUS_TEXT_0_0_4
            application/openmetrics-text;version=2.0.0 | PROTOBUF                                      | PROTOBUF
            application/openmetrics-text;version=1.0.0;q=0.8, application/openmetrics-text;version=2.0.0;q=0.9 | OPENMETRICS_1 OPENMETRICS_2 PROMETHEUS_TEXT_0_0_4 | OPENMETRICS_2
            */*                                        | OPENMETRICS_2 PROTOBUF PROMETHEUS_TEXT_0_0_4  | OPENMETRICS_2
            */*                                        | PROMETHEUS_TEXT_0_0_4 PROTOBUF                | PROMETHEUS_TEXT_0_0_4
            text/plain                                 | PROTOBUF PROMETHEUS_TEXT_0_0_4                | PROMETHEUS_TEXT_0_0_4
            """)
    void goServersThatSayWhatTheyOffer(String accept, String offers, ExpositionFormat format) {
        List<ExpositionFormat> formats = List.of(offers.split(" ")).stream()
                .map(ExpositionFormat::valueOf)
                .toList();
        assertThat(ContentNegotiation.offering(formats).answer(accept).format()).isEqualTo(format);
    }

    /** {@code TestChooseEncoder} of {@code tests/test_exposition.py} in prometheus/client_python. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                                                             | text/plain; version=0.0.4; charset=utf-8 | text/plain; version=0.0.4; charset=utf-8; escaping=underscores
            text/plain; version=0.0.4; charset=utf-8                      | text/plain; version=0.0.4; charset=utf-8 | text/plain; version=0.0.4; charset=utf-8; escaping=underscores
            application/openmetrics-text; version=1.0.0; charset=utf-8    | application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores |
            application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8 | application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8 |
            application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=dots | application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=dots |
            text/plain; version=1.0.0; charset=utf-8                      | text/plain; version=1.0.0; charset=utf-8; escaping=underscores |
            text/plain; version=1.0.0; charset=utf-8; escaping=allow-utf-8 | text/plain; version=1.0.0; charset=utf-8; escaping=allow-utf-8 |
            text/plain; version=1.0.0; charset=utf-8; escaping=dots       | text/plain; version=1.0.0; charset=utf-8; escaping=dots |
            application/openmetrics-text; charset=utf-8; escaping=allow-utf-8 | application/openmetrics-text; version=1.0.0; charset=utf-8 | application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8
            text/plain; charset=utf-8; escaping=allow-utf-8               | text/plain; version=0.0.4; charset=utf-8 | text/plain; version=0.0.4; charset=utf-8; escaping=underscores
            """)
    void pythonServers(String accept, String theirs, String ours) {
        ContentNegotiation server = ContentNegotiation.offering(
                List.of(PROMETHEUS_TEXT_0_0_4, PROMETHEUS_TEXT, OPENMETRICS_1, OPENMETRICS_2));
        assertThat(server.answer(accept).contentType()).hasToString(ours == null ? theirs : ours);
    }

    /** Their code, of which they have no tests. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # Python takes the first that it knows, and says the version back
            text/plain;version=1.0.0;q=0.1,application/openmetrics-text;version=1.0.0;q=0.9 | OPENMETRICS_1
            application/openmetrics-text;version=9.9.9                                       | PROMETHEUS_TEXT_0_0_4
            # Go answers in the end what has weight 0, and takes a weight of 2 for the highest
            application/openmetrics-text;version=1.0.0;q=0                                   | PROMETHEUS_TEXT_0_0_4
            application/openmetrics-text;version=1.0.0;q=2,text/plain;version=1.0.0;q=0.9    | PROMETHEUS_TEXT
            # Go looks at ranges by weight, not at what is most specific
            */*;q=0.9,text/plain;q=0.1                                                       | OPENMETRICS_1
            """)
    void whatOthersDoDifferently(String accept, ExpositionFormat format) {
        assertThat(ContentNegotiation.standard().answer(accept).format()).isEqualTo(format);
    }
}

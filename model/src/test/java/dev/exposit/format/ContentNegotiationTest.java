package dev.exposit.format;

import static dev.exposit.format.EscapingScheme.UNDERSCORES;
import static dev.exposit.format.ExpositionFormat.JSON;
import static dev.exposit.format.ExpositionFormat.OPENMETRICS_1;
import static dev.exposit.format.ExpositionFormat.OPENMETRICS_2;
import static dev.exposit.format.ExpositionFormat.OPENMETRICS_PROTOBUF;
import static dev.exposit.format.ExpositionFormat.PROMETHEUS_TEXT;
import static dev.exposit.format.ExpositionFormat.PROMETHEUS_TEXT_0_0_4;
import static dev.exposit.format.ExpositionFormat.PROTOBUF;
import static dev.exposit.format.ExpositionFormat.PROTOBUF_COMPACT;
import static dev.exposit.format.ExpositionFormat.PROTOBUF_TEXT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentNegotiationTest {

    private static final ContentNegotiation ALL = ContentNegotiation.offering(List.of(ExpositionFormat.values()));

    @Test
    void theAnswerHasAllThatAServerNeeds() {
        NegotiatedFormat answer =
                ContentNegotiation.standard().answer("application/openmetrics-text;version=1.0.0;escaping=dots");
        assertThat(answer.format()).isEqualTo(OPENMETRICS_1);
        assertThat(answer.escaping()).isEqualTo(EscapingScheme.DOTS);
        assertThat(answer.contentType())
                .hasToString("application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=dots");
        assertThat(answer.acceptable()).isTrue();
    }

    /** The examples of RFC 9110 section 12.5.1 and what follows from its rules, with types that a server offers. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # a weight left out is 1
            text/plain;version=0.0.4;q=0.9, text/plain;version=1.0.0                       | PROMETHEUS_TEXT
            text/plain;version=1.0.0, text/plain;version=0.0.4;q=0.9                       | PROMETHEUS_TEXT
            # the most specific range holds, wherever it stands and whatever it weighs
            */*, text/*;q=0.1, application/*;q=0.2, application/json;q=0.3                 | JSON
            application/json;q=0.3, application/*;q=0.2, text/*;q=0.1                      | JSON
            text/plain;version=0.0.4;q=0.1, text/plain;q=0.5                               | PROMETHEUS_TEXT
            text/plain;q=0.5, text/plain;version=1.0.0;q=0, application/json;q=0.1         | PROMETHEUS_TEXT_0_0_4
            text/*;q=0.3, text/plain;version=0.0.4;q=0.1, application/json;q=0.2           | PROMETHEUS_TEXT
            # 0 refuses
            */*, text/plain;q=0, application/*;q=0, application/json;q=0.001               | JSON
            */*, text/*;q=0, application/vnd.google.protobuf;q=0.0, application/json;q=0, application/openmetrics-protobuf;q=0.000 | OPENMETRICS_1
            application/openmetrics-text;version=1.0.0;q=0, application/openmetrics-text   | OPENMETRICS_2
            # equally specific ranges: the lowest weight
            application/json;q=0.9, application/json;q=0.1, text/plain;version=0.0.4;q=0.5 | PROMETHEUS_TEXT_0_0_4
            application/json;q=0, application/json;q=1, text/plain;version=0.0.4;q=0.5     | PROMETHEUS_TEXT_0_0_4
            # the same weight: what is named, then what the server offers first
            */*, application/json                                                          | JSON
            text/*, application/json                                                       | JSON
            application/*, text/*                                                          | PROMETHEUS_TEXT_0_0_4
            application/json, text/plain;version=1.0.0                                     | PROMETHEUS_TEXT
            # weights of any number of digits, with any digits left out
            application/json;q=0.12345, text/plain;version=0.0.4;q=0.12346                 | PROMETHEUS_TEXT_0_0_4
            application/json;q=.2, text/plain;version=0.0.4;q=.1                           | JSON
            application/json;q=1., text/plain;version=0.0.4;q=0.999                        | JSON
            application/json;q=1.0000, text/plain;version=0.0.4;q=0000.999                 | JSON
            application/json;q="0.2", text/plain;version=0.0.4;q=0.1                       | JSON
            # the weight before a parameter
            application/json;q=0.5, text/plain;q=0.9;version=1.0.0                         | PROMETHEUS_TEXT
            """)
    void weightsAndWildcards(String accept, ExpositionFormat format) {
        NegotiatedFormat answer = ALL.answer(accept);
        assertThat(answer.format()).isEqualTo(format);
        assertThat(answer.acceptable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            text/plain                                        | PROMETHEUS_TEXT_0_0_4
            text/plain;charset=iso-8859-1;version=1.0.0;x=y   | PROMETHEUS_TEXT
            TEXT/Plain;VERSION=1.0.0                          | PROMETHEUS_TEXT
            text/plain;version="1.0.0"                        | PROMETHEUS_TEXT
            text/plain;version="1\\.0.0"                      | PROMETHEUS_TEXT
            text/plain;note="a, b; \\"c";version="1.0.0"      | PROMETHEUS_TEXT
            text/plain ;\tversion = 1.0.0 ; ;; q=0.5          | PROMETHEUS_TEXT
            text/plain;version=1.0.0;flag                     | PROMETHEUS_TEXT
            text/plain;version=1.0.0;version=1.0.0            | PROMETHEUS_TEXT
            application/openmetrics-text                      | OPENMETRICS_1
            application/openmetrics-text;version=1.0.0        | OPENMETRICS_1
            application/openmetrics-text;version=0.0.1        | OPENMETRICS_1
            application/openmetrics-text;version=2.0.0        | OPENMETRICS_2
            application/openmetrics-protobuf                  | OPENMETRICS_PROTOBUF
            application/openmetrics-protobuf;version=1.0.0    | OPENMETRICS_PROTOBUF
            application/vnd.google.protobuf                   | PROTOBUF
            application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily                       | PROTOBUF
            application/vnd.google.protobuf;encoding=Delimited;proto=io.prometheus.client.metricfamily    | PROTOBUF
            application/vnd.google.protobuf;encoding=text;proto=io.prometheus.client.MetricFamily         | PROTOBUF_TEXT
            application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=compact-text | PROTOBUF_COMPACT
            application/vnd.google.protobuf;encoding=compact-text                                         | PROTOBUF_COMPACT
            */*                                               | PROMETHEUS_TEXT_0_0_4
            *                                                 | PROMETHEUS_TEXT_0_0_4
            */*;version=2.0.0                                 | OPENMETRICS_2
            application/*;version=1.0.0                       | OPENMETRICS_1
            application/*                                     | OPENMETRICS_1
            """)
    void rangesTakeInFormats(String accept, ExpositionFormat format) {
        NegotiatedFormat answer = ALL.answer(accept);
        assertThat(answer.format()).isEqualTo(format);
        assertThat(answer.acceptable()).isTrue();
    }

    /** The preferred format cannot come of these, so that what comes shows that the range was refused. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "text/plain;version=0.0.3",
                "text/plain;version=1.0",
                "text/plain;version=\"1.0.0 \"",
                "application/openmetrics-text;version=3.0.0",
                "application/openmetrics-text;version=0.0.4",
                "application/openmetrics-protobuf;version=2.0.0",
                "application/vnd.google.protobuf;proto=openmetrics.MetricSet",
                "application/vnd.google.protobuf;encoding=json",
                "application/vnd.google.protobuf;version=1.0.0",
                "application/json;schema=\"prometheus/telemetry\";version=0.0.2",
                "image/*",
                "*/*;q=0",
                "*;q=0.0000",
                "text/plain;q=0, text/html",
            })
    void whatIsNotOfferedIsNotAcceptable(String accept) {
        NegotiatedFormat answer = ALL.answer(accept);
        assertThat(answer)
                .isEqualTo(new NegotiatedFormat(
                        PROMETHEUS_TEXT_0_0_4,
                        UNDERSCORES,
                        ContentType.parse("text/plain; version=0.0.4; charset=utf-8; escaping=underscores"),
                        false));
    }

    /** JSON would be chosen if these, or what follows them, were understood as anything else than nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;q=2",
                "application/json;q=1.001",
                "application/json;q=-0.5",
                "application/json;q=1e-1",
                "application/json;q=0.5.0",
                "application/json;q=.",
                "application/json;q=",
                "application/json;q=x",
                "application/json;q=0x1",
                "application/json;q=NaN",
                "application/json;q=٠",
                "application/json;q=\"\"",
                "application/json;q=0.5;q=0.6",
                "application/json;a=1;a=2",
                "application/json;=1",
                "application/json;a=\"b",
                "application/json;a=\"b\u0001\"",
                "application/json;a=\"b\"c",
                "application/json;a=\"b\\",
                "application/json x",
                "application/json/x",
                "application /json",
                "application/",
                "/json",
                "json",
                "*/json",
                "\"application/json\"",
                "\"x, application/json",
                "a=\"\u0001, application/json,\"",
                "=",
                "@",
                "\u0000",
                "😱",
            })
    void whatMakesNoSenseIsPassedOver(String range) {
        assertThat(ALL.answer(range).format()).isEqualTo(PROMETHEUS_TEXT_0_0_4);
        assertThat(ALL.answer(range).acceptable()).isTrue();
        assertThat(ALL.answer("text/plain;version=1.0.0;q=0.1," + range).format())
                .isEqualTo(PROMETHEUS_TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"q;=", "text/plain;a=\"\u0007,\\\"\"", "text plain", "*/x", ",", " \t ,\t", "a/b;q=7"})
    void whatFollowsNonsenseIsUnderstood(String nonsense) {
        assertThat(ALL.answer(nonsense + ",application/json;q=0.5").format()).isEqualTo(JSON);
    }

    @Test
    void withoutAHeaderTheAnswerIsText004() {
        ContentNegotiation server = ContentNegotiation.offering(List.of(OPENMETRICS_1, PROMETHEUS_TEXT_0_0_4));
        for (NegotiatedFormat answer : List.of(
                server.answer((String) null),
                server.answer((List<String>) null),
                server.answer(List.of()),
                server.answer(""),
                server.answer(" , "))) {
            assertThat(answer.format()).isEqualTo(PROMETHEUS_TEXT_0_0_4);
            assertThat(answer.escaping()).isEqualTo(UNDERSCORES);
            assertThat(answer.acceptable()).isTrue();
        }
        assertThat(server.answer("*/*").format()).isEqualTo(OPENMETRICS_1);
    }

    @Test
    void aServerWithoutText004FallsBackToWhatItOffersFirst() {
        ContentNegotiation server = ContentNegotiation.offering(List.of(PROTOBUF, OPENMETRICS_2));
        assertThat(server.answer((String) null).format()).isEqualTo(PROTOBUF);
        assertThat(server.answer("text/plain").format()).isEqualTo(PROTOBUF);
        assertThat(server.answer("text/plain").acceptable()).isFalse();
    }

    @Test
    void versionsThatAClientDoesNotNameComeAfterTheUsualOne() {
        ContentNegotiation newest = ContentNegotiation.offering(
                List.of(OPENMETRICS_2, PROMETHEUS_TEXT, OPENMETRICS_1, PROMETHEUS_TEXT_0_0_4));
        assertThat(newest.answer("application/openmetrics-text").format()).isEqualTo(OPENMETRICS_1);
        assertThat(newest.answer("text/plain;escaping=values").format()).isEqualTo(PROMETHEUS_TEXT_0_0_4);
        assertThat(newest.answer("text/*").format()).isEqualTo(PROMETHEUS_TEXT);
        assertThat(newest.answer("*/*").format()).isEqualTo(OPENMETRICS_2);
        ContentNegotiation onlyNew = ContentNegotiation.offering(List.of(PROMETHEUS_TEXT_0_0_4, OPENMETRICS_2));
        assertThat(onlyNew.answer("application/openmetrics-text").format()).isEqualTo(OPENMETRICS_2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            text/plain;version=1.0.0                              | text/plain; version=1.0.0; charset=utf-8; escaping=underscores
            text/plain;version=1.0.0;escaping=allow-utf-8         | text/plain; version=1.0.0; charset=utf-8; escaping=allow-utf-8
            text/plain;version=1.0.0;Escaping="Values"            | text/plain; version=1.0.0; charset=utf-8; escaping=values
            text/plain;escaping=dots;version=1.0.0                | text/plain; version=1.0.0; charset=utf-8; escaping=dots
            text/plain;version=1.0.0;escaping=rot13               | text/plain; version=1.0.0; charset=utf-8; escaping=underscores
            text/plain;version=0.0.4;escaping=values              | text/plain; version=0.0.4; charset=utf-8; escaping=values
            # no quoted names before 1.0.0
            text/plain;version=0.0.4;escaping=allow-utf-8         | text/plain; version=0.0.4; charset=utf-8; escaping=underscores
            text/plain;escaping=allow-utf-8                       | text/plain; version=0.0.4; charset=utf-8; escaping=underscores
            application/openmetrics-text;version=0.0.1;escaping=allow-utf-8 | application/openmetrics-text; version=0.0.1; charset=utf-8; escaping=underscores
            application/openmetrics-text;version=1.0.0;escaping=allow-utf-8 | application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=allow-utf-8
            application/openmetrics-text;version=2.0.0;escaping=allow-utf-8 | application/openmetrics-text; version=2.0.0; charset=utf-8; escaping=allow-utf-8
            application/vnd.google.protobuf;escaping=allow-utf-8  | application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited; escaping=allow-utf-8
            */*;escaping=allow-utf-8;version=2.0.0                | application/openmetrics-text; version=2.0.0; charset=utf-8; escaping=allow-utf-8
            # of the range that decides, not of another
            text/plain;version=1.0.0;escaping=values;q=0.5,application/openmetrics-text;version=1.0.0 | application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores
            # it tells representations apart, as versions do
            text/plain;version=1.0.0;escaping=values;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.9 | text/plain; version=1.0.0; charset=utf-8; escaping=allow-utf-8
            text/plain;version=1.0.0;escaping=values;q=0.5,text/plain;version=1.0.0;q=0.9 | text/plain; version=1.0.0; charset=utf-8; escaping=underscores
            text/plain;version=1.0.0;escaping=underscores;q=0,text/plain;version=1.0.0    | text/plain; version=1.0.0; charset=utf-8; escaping=values
            # the order of ranges says nothing
            text/plain;escaping=underscores;q=0.5,text/plain;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0 | text/plain; version=1.0.0; charset=utf-8; escaping=underscores
            text/plain;version=1.0.0;q=0.5,text/plain;escaping=underscores;q=0.5,text/plain;version=0.0.4;q=0 | text/plain; version=1.0.0; charset=utf-8; escaping=underscores
            # 0.0.1 is for those who name it
            application/openmetrics-text;version=0.0.1            | application/openmetrics-text; version=0.0.1; charset=utf-8; escaping=underscores
            application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1 | application/openmetrics-text; version=0.0.1; charset=utf-8; escaping=underscores
            application/openmetrics-text                          | application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores
            """)
    void escapingAndContentType(String accept, String contentType) {
        NegotiatedFormat answer = ALL.answer(accept);
        assertThat(answer.contentType()).hasToString(contentType);
        assertThat(answer.contentType().escaping()).contains(answer.escaping());
        assertThat(ExpositionFormat.of(answer.contentType())).contains(answer.format());
    }

    @Test
    void severalLinesAreOneList() {
        List<String> lines = Arrays.asList("text/plain;version=0.0.4;q=0.3", "a/b;c=\"open", "application/json;q=0.5");
        assertThat(ALL.answer(lines).format()).isEqualTo(JSON);
        assertThat(ALL.answer(List.of("text/plain;version=0.0.4;q=0.3", "*/*;q=0"))
                        .format())
                .isEqualTo(PROMETHEUS_TEXT_0_0_4);
    }

    @Test
    void offers() {
        assertThat(ContentNegotiation.standard().formats())
                .containsExactly(
                        PROMETHEUS_TEXT_0_0_4,
                        PROMETHEUS_TEXT,
                        OPENMETRICS_1,
                        OPENMETRICS_2,
                        PROTOBUF,
                        PROTOBUF_TEXT,
                        PROTOBUF_COMPACT,
                        OPENMETRICS_PROTOBUF);
        assertThat(ContentNegotiation.offering(List.of(JSON, PROTOBUF, JSON)).formats())
                .containsExactly(JSON, PROTOBUF);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContentNegotiation.offering(List.of()))
                .withMessage("expected at least one format to offer but got none");
        assertThat(ContentNegotiation.standard()
                        .answer("application/json,text/plain;version=1.0.0;q=0.1")
                        .format())
                .isEqualTo(PROMETHEUS_TEXT);
    }

    /** Firefox, curl, and Java's HttpURLConnection. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
                "*/*",
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
            })
    void clientsThatKnowNothingOfMetricsGetText004(String accept) {
        assertThat(ContentNegotiation.standard().answer(accept).format()).isEqualTo(PROMETHEUS_TEXT_0_0_4);
        assertThat(ContentNegotiation.standard().answer(accept).acceptable()).isTrue();
    }
}

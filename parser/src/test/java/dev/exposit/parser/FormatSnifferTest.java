package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The format of a text that nobody named the format of, which must not depend on how its bytes arrive. */
class FormatSnifferTest {
    private static void assertRecognised(String text, ExpositionFormat format) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (InputShape shape : InputShape.values()) {
            try (ExpositionReader in = shape.open(bytes, ReadOptions.defaults())) {
                assertThat(in.format()).as("%s", shape).isEqualTo(format);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# EOF\n",
                "# EOF",
                "a 1\n# EOF\n",
                "a 1\n# EOF",
                "# TYPE a counter\na_total 1\n# EOF\n",
                "# TYPE a counter\na_total 1\n# EOF",
                "a 1\r\n# EOF\r\n",
                "# TYPE a gauge\na 1\n# HELP b x\n# EOF\n",
                "# TYPE a info\na_info 1\n# EOF\n",
                "a 1\n\n# EOF\n",
                "# EOF\na 1\n",
            })
    void itsEndShowsOpenMetrics(String text) throws IOException {
        assertRecognised(text, ExpositionFormat.OPENMETRICS_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0003\n\u0001a",
                "\u0005\n\u0001a\u0018\u0001",
                "\u0006\n\u0002ü\u0018\u0001",
                "\u0009\n\u0003up1\"\u0002\u001a\u0000",
                "#\n\u0001a\u0012\u001fxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            })
    void aMessageIsProtobuf(String text) throws IOException {
        assertRecognised(text, ExpositionFormat.PROTOBUF);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name: \"a\"\ntype: GAUGE\n",
                "name:\"a\"\n",
                "name:'a'",
                "# name: \"b\" x\n\n name :\t'a\\' b' \n",
                "name: \"a\"",
            })
    void aNameOnALineIsProtobufText(String text) throws IOException {
        assertRecognised(text, ExpositionFormat.PROTOBUF_TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name:\"a\" type:GAUGE \n", "name:'a',help:'b'", "# x\nname: \"a\\\"\" {"})
    void aNameAndMoreOnALineIsCompactProtobufText(String text) throws IOException {
        assertRecognised(text, ExpositionFormat.PROTOBUF_COMPACT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"name: 5\n", "name:{a=\"b\"} 1\n", "name 5\n", "names:\"\n", "nam", "name", "name:", "name:a 5\n"
            })
    void aNameAlonePrometheusTextMayHave(String text) throws IOException {
        assertRecognised(text, ExpositionFormat.PROMETHEUS_TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#\n# HELP a b\n", "\n\na 1\n", "a\n\u0001a 1\n", "#\n\na 1\n", "#\n", "a 1\n\u0001"})
    void whatOnlyLooksLikeAMessageIsText(String text) throws IOException {
        assertRecognised(text, ExpositionFormat.PROMETHEUS_TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# TYPE h histogram\nh {count:1,sum:1,bucket:[+Inf:1]}\n# EOF\n",
                "h{a=\"\\\"} 1\"} {gcount:1,gsum:1,bucket:[+Inf:1]}\n",
                "a 1 st@5\n# EOF\n",
                "a 1 5 st@5\n",
                "# TYPE a counter\na 1\n# EOF\n",
                "# TYPE a_total counter\na_total{b=\"c\"} 1\n# EOF",
                "# TYPE a_info info\na_info{b=\"c\"} 1\n# EOF\n",
            })
    void whatOnlyVersion2HasShowsIt(String text) throws IOException {
        assertRecognised(text, ExpositionFormat.OPENMETRICS_2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{b=\" {count:\"} 1\n# EOF\n",
                "a{b=\" st@\"} 1\n# EOF\n",
                "a_total 1 # {b=\"c\"} 1 st@5\n# EOF\n",
                "# TYPE a counter\na_totals 1\n# EOF\n",
                "# TYPE a info\na{b=\"c\"} 1\n# EOF\n",
                "# TYPE a gauge\na 1\n# EOF\n",
            })
    void whatOnlyLooksLikeVersion2IsVersion1(String text) throws IOException {
        assertRecognised(text, ExpositionFormat.OPENMETRICS_1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "a 1\n",
                "a 1",
                "a{b=\"# EOF\"} 1\n",
                "# EOFX\na 1\n",
                "# EO\n",
                " # EOF\n",
                "#EOF\n",
                "# HELP a # EOF\n",
                "# TYPE a gauge\na 1\n",
                "# TYPE a counter\na 1\n",
                "# HELP a info\na 1\n",
                "# TYPE a untyped\na 1\n",
                "\uFEFFa 1\n",
                "{\"a.b\"} 1\n",
                "# UNITS\n",
            })
    void whatShowsNothingOfItIsPrometheusText(String text) throws IOException {
        assertRecognised(text, ExpositionFormat.PROMETHEUS_TEXT);
    }

    @Test
    void aWholeTextWithoutEofIsPrometheusTextIfItCanBe() throws IOException {
        assertRecognised("# TYPE a counter\na_total 1\n", ExpositionFormat.PROMETHEUS_TEXT);
        assertThat(Exposition.parse("# TYPE a counter\na_total 1\n").value("a_total"))
                .hasValue(1.0);
    }

    /** The end of a long text is out of sight; what stands at its beginning has to do. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "# TYPE a info\n",
                "# TYPE a stateset\n",
                "# TYPE a unknown\n",
                "# TYPE a gaugehistogram\n",
                "# UNIT a_seconds seconds\n",
                "# TYPE a counter\na_total 1\n",
                "# TYPE a counter\n# HELP a x\na_total{b=\"c\"} 1\n"
            })
    void aLongTextShowsItAtItsBeginning(String beginning) throws IOException {
        assertRecognised(beginning + "b 1\n".repeat(50_000) + "# EOF\n", ExpositionFormat.OPENMETRICS_1);
    }

    @Test
    void aLongTextThatShowsNothingIsPrometheusText() throws IOException {
        assertRecognised("b 1\n".repeat(50_000) + "# EOF\n", ExpositionFormat.PROMETHEUS_TEXT);
        assertRecognised("# TYPE a counter\na 1\n" + "b_total 1\n".repeat(50_000), ExpositionFormat.PROMETHEUS_TEXT);
    }

    /** The first bytes of messages, in hexadecimal; and of text that begins alike. */
    @ParameterizedTest
    @CsvSource({
        "0a03 0a0161, OPENMETRICS_PROTOBUF, a family of its name alone",
        "0a03 0a0161 0a03 0a0162, OPENMETRICS_PROTOBUF, and another",
        "0a05 0a0161 1001, OPENMETRICS_PROTOBUF, a type",
        "0a08 0a0161 2a0108, OPENMETRICS_PROTOBUF, metrics that end early",
        "0a0a 0a03 613a5f 1001 22 01 61, OPENMETRICS_PROTOBUF, ten bytes",
        "0a0c 0a0a 6161616161616161 6161, OPENMETRICS_PROTOBUF, a name of ten bytes",
        "0ac801 0a0161 22c401, OPENMETRICS_PROTOBUF, a length of two bytes",
        "0a0a 0a0a 61616161616161616161, PROMETHEUS_TEXT, a name longer than its family",
        "0a05 0a0161 0805, PROMETHEUS_TEXT, another field",
        "0a05 0a032e6161, PROMETHEUS_TEXT, a name that is none",
        "0a08 0a0161 1801, PROMETHEUS_TEXT, a unit that is no text",
        "0a 0a06 616161616161 1801, PROTOBUF, a delimited message of ten bytes",
        "0a 0a01 61 1801, PROTOBUF, and one that ends early",
        "0a23 0a2320 48454c50, PROMETHEUS_TEXT, comments behind a blank line",
        "0a61 0a62 2031 0a, PROMETHEUS_TEXT, short lines",
        "0a, PROMETHEUS_TEXT, a line feed",
    })
    void messagesAreToldFromText(String hex, ExpositionFormat format, String what) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        try (ExpositionReader in = ExpositionReader.open(bytes, ReadOptions.defaults())) {
            assertThat(in.format()).as(what).isEqualTo(format);
        }
    }

    @Test
    void aContentTypeOrFormatIsBelieved() throws IOException {
        byte[] bytes = "# EOF\n".getBytes(StandardCharsets.UTF_8);
        for (ExpositionFormat format : new ExpositionFormat[] {
            ExpositionFormat.PROMETHEUS_TEXT,
            ExpositionFormat.PROMETHEUS_TEXT_0_0_4,
            ExpositionFormat.OPENMETRICS_1,
            ExpositionFormat.OPENMETRICS_2,
            ExpositionFormat.OPENMETRICS_PROTOBUF
        }) {
            try (ExpositionReader in = ExpositionReader.open(bytes, ReadOptions.of(format.contentType()))) {
                assertThat(in.format()).isEqualTo(format);
            }
        }
    }
}

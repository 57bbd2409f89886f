package dev.exposit.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.model.Location;
import dev.exposit.model.Loss;
import dev.exposit.model.LossReport;
import dev.exposit.model.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversionReportTest {
    @Test
    void jsonHasEveryComponent() {
        LossReport losses = new LossReport(
                List.of(new Loss(Loss.Kind.START_TIMESTAMP, "a\"b", "left\nout", 3_000_000_000L)), 4L << 32);
        Problem problem = new Problem(
                "CODE",
                Problem.Severity.WARNING,
                new Location(1, 2, 5_000_000_000L),
                "this",
                "that",
                "\u00fc\u0001",
                1);

        String json = new ConversionReport("x", "y", 1, 2, losses, List.of(problem), 7).toJson();

        assertThat(json)
                .isEqualTo("{\"from\":\"x\",\"to\":\"y\",\"families\":1,\"metrics\":2,"
                        + "\"losses\":[{\"kind\":\"start_timestamp\",\"family\":\"a\\\"b\",\"detail\":\"left\\nout\","
                        + "\"count\":3000000000}],\"lossCount\":17179869184,"
                        + "\"problems\":[{\"code\":\"CODE\",\"severity\":\"warning\",\"line\":1,\"column\":2,"
                        + "\"offset\":5000000000,\"message\":\"expected this, got that\",\"expected\":\"this\","
                        + "\"got\":\"that\",\"excerpt\":\"\u00fc\\u0001\"}],\"problemCount\":7}");
    }

    /** A family's name read from JSON may be any text, UTF-8 or not. */
    @Test
    void halfACharacterIsEscaped() {
        LossReport losses = new LossReport(List.of(new Loss(Loss.Kind.NAME, "\ud800", "escaped", 1)), 1);
        assertThat(new ConversionReport("x", "y", 1, 2, losses, List.of(), 0).toJson())
                .contains("\"family\":\"\\uD800\"");
    }
}

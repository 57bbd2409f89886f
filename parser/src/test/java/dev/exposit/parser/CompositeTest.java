package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.Composite.Part;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Where the parts of a composite stand in its text. */
class CompositeTest {
    private static final String BOTH = "{count:12,sum:1.5e1,schema:3,zero_threshold:1e-9,zero_count:4,"
            + "negative_spans:[-2:1,3:2],negative_buckets:[5,6,7],positive_spans:[0:1],positive_buckets:[8],"
            + "bucket:[-Inf:0,1.0:9,+Inf:12]}";

    private static ExpositionReader at(String composite) {
        byte[] text = ("h{a=\"b\"} " + composite + "\n# EOF\n").getBytes(StandardCharsets.UTF_8);
        ExpositionReader in = ExpositionReader.open(text, ReadOptions.of(ExpositionFormat.OPENMETRICS_2));
        in.next();
        return in;
    }

    @ParameterizedTest
    @CsvSource({
        "COUNT, 0, 12",
        "SUM, 0, 1.5e1",
        "SCHEMA, 0, 3",
        "ZERO_THRESHOLD, 0, 1e-9",
        "ZERO_COUNT, 0, 4",
        "NEGATIVE_SPAN, 0, -2:1",
        "NEGATIVE_SPAN, 1, 3:2",
        "NEGATIVE_BUCKET, 0, 5",
        "NEGATIVE_BUCKET, 2, 7",
        "POSITIVE_SPAN, 0, 0:1",
        "POSITIVE_BUCKET, 0, 8",
        "BOUND, 0, -Inf",
        "BOUND, 1, 1.0",
        "BOUND, 2, +Inf",
        "VALUE, 0, 0",
        "VALUE, 2, 12"
    })
    void partIsFoundAsItIsSpelled(Part part, int index, String text) {
        ExpositionReader in = at(BOTH);
        ByteView view = in.composite().text(part, index);
        assertThat(view).hasToString(text);
        Problem problem = in.problem("X", Severity.ERROR, view, "", "");
        assertThat(problem.excerpt().substring(problem.caret())).startsWith(text);
    }

    @ParameterizedTest
    @CsvSource({"COUNT, 0, 1", "SUM, 0, NaN", "BOUND, 1, 0.9", "VALUE, 1, 3"})
    void partOfASummaryIsFound(Part part, int index, String text) {
        assertThat(at("{count:1,sum:NaN,quantile:[0.5:2,0.9:3]}").composite().text(part, index))
                .hasToString(text);
    }

    @Test
    void gaugeHistogramsHaveNamesOfTheirOwn() {
        Composite composite = at("{gcount:1,gsum:2,bucket:[+Inf:1]}").composite();
        assertThat(composite.text(Part.COUNT, 0)).hasToString("1");
        assertThat(composite.text(Part.SUM, 0)).hasToString("2");
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void whatIsNotThereIsRefused(Part part) {
        for (int index : new int[] {-1, 3}) {
            assertThatThrownBy(() -> at(BOTH).composite().text(part, index))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no " + part + " " + index);
        }
        Composite empty = at("{count:1,sum:1,quantile:[]}").composite();
        if (part != Part.COUNT && part != Part.SUM) {
            assertThatThrownBy(() -> empty.text(part, 0)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void viewEndsWithItsEvent() {
        ExpositionReader in = at(BOTH);
        ByteView view = in.composite().text(Part.COUNT, 0);
        in.next();
        assertThatThrownBy(view::toString).isInstanceOf(AssertionError.class);
    }

    @Test
    void labelThatStandsTwiceInExemplarsOfTwoLinesIsNamed() {
        String line = " 1 # {a=\"1\",a=\"2\"} 1 1\n";
        byte[] text = ("b" + line + "c" + line + "# EOF\n").getBytes(StandardCharsets.UTF_8);
        ExpositionReader in = ExpositionReader.open(text, ReadOptions.of(ExpositionFormat.OPENMETRICS_2));
        while (in.next() != Event.END) {
            assertThat(in.hasExemplar()).isFalse();
        }
        assertThat(in.problems()).extracting(Problem::got).containsExactly("'a' a second time", "'a' a second time");
    }

    @Test
    void startTimestampIsShownAsItIsSpelled() {
        ExpositionReader in = at("{count:1,sum:1,bucket:[+Inf:1]} 5 st@1.50e0");
        assertThat(in.startTimestampText()).hasToString("1.50e0");
        ExpositionReader none = at("{count:1,sum:1,bucket:[+Inf:1]} 5");
        assertThatThrownBy(none::startTimestampText).isInstanceOf(IllegalStateException.class);
    }
}

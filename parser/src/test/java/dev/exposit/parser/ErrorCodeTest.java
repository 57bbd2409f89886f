package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Location;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every error code at its place, by the table {@code error-codes.tsv}, over every input shape. */
class ErrorCodeTest {
    /**
     * One row.
     *
     * @param assembled whether the rule is one over whole families
     * @param problems how many problems {@code SKIP_LINE} reports, this one among them
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(
            ErrorCode code,
            Severity severity,
            ExpositionFormat format,
            Dialect dialect,
            Location location,
            boolean assembled,
            int problems,
            byte[] text) {
        static Row of(List<String> columns) {
            return new Row(
                    ErrorCode.valueOf(columns.get(0)),
                    Severity.valueOf(columns.get(1)),
                    ExpositionFormat.byId(columns.get(2)).orElseThrow(),
                    Dialect.valueOf(columns.get(3)),
                    new Location(
                            Long.parseLong(columns.get(4)),
                            Long.parseLong(columns.get(5)),
                            Long.parseLong(columns.get(6))),
                    columns.get(7).equals("assembled"),
                    Integer.parseInt(columns.get(8)),
                    CaseTable.bytes(columns.get(9)));
        }

        ReadOptions options(Recovery recovery) {
            return ReadOptions.of(format).withDialect(dialect).withRecovery(recovery);
        }

        String asText() {
            return new String(text, StandardCharsets.UTF_8);
        }

        @Override
        public String toString() {
            return code + " " + format.id() + " " + dialect + " " + EventDump.escape(asText());
        }
    }

    /** What reading to the end came to. */
    private record Outcome(List<Problem> problems, long problemCount, List<String> delivered) {}

    static Stream<Row> rows() {
        return CaseTable.rows("error-codes.tsv", 10).stream().map(Row::of);
    }

    private static Outcome read(Row row, InputShape shape, Recovery recovery) throws Exception {
        List<String> delivered = new ArrayList<>();
        try (ExpositionReader in = shape.open(row.text(), row.options(recovery))) {
            if (row.assembled()) {
                FamilyReader families = in.assembled();
                for (var part = families.next(); part != null; part = families.next()) {
                    delivered.add(part.family().name());
                }
                return new Outcome(List.copyOf(families.problems()), families.problemCount(), delivered);
            }
            while (in.next() != Event.END) {
                delivered.add(EventDump.event(in));
            }
            return new Outcome(List.copyOf(in.problems()), in.problemCount(), delivered);
        }
    }

    @Test
    void everyCodeHasARow() {
        Set<ErrorCode> missing = EnumSet.allOf(ErrorCode.class);
        rows().map(Row::code).forEach(missing::remove);
        // Only bytes have the first two, see ProtobufReaderTest, only JSON the next, see JsonMistakesTest, and the last
        // ones
        // are problems only of who asks for unescaping, see NameUnescapingTest.
        assertThat(missing)
                .containsExactlyInAnyOrder(
                        ErrorCode.MALFORMED_MESSAGE,
                        ErrorCode.INVALID_BUCKETS,
                        ErrorCode.MALFORMED_JSON,
                        ErrorCode.UNEXPECTED_JSON,
                        ErrorCode.MISSING_KEY,
                        ErrorCode.INVALID_ESCAPED_NAME,
                        ErrorCode.CLASHING_ESCAPED_NAME);
    }

    /** The table's numbers must agree with one another, lest a slip of the pen be taken for the reader's. */
    @ParameterizedTest
    @MethodSource("rows")
    void lineColumnAndOffsetAreOnePlace(Row row) {
        int at = (int) row.location().offset();
        String before = new String(row.text(), 0, at, StandardCharsets.UTF_8);
        String line = before.substring(before.lastIndexOf('\n') + 1);
        assertThat(row.location().line())
                .isEqualTo(1 + before.chars().filter(c -> c == '\n').count());
        assertThat(row.location().column()).isEqualTo(1 + line.codePointCount(0, line.length()));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void throwsAtTheFirstError(Row row) throws Exception {
        for (InputShape shape : InputShape.values()) {
            if (row.severity() == Severity.ERROR) {
                ExpositionSyntaxException e =
                        catchThrowableOfType(ExpositionSyntaxException.class, () -> read(row, shape, Recovery.THROW));
                assertThat(e).as("%s", shape).isNotNull();
                assertThat(e.code()).as("%s: %s", shape, e).isEqualTo(row.code());
                assertIsTheProblem(e.problem(), row, shape);
                assertThat(e.location()).isEqualTo(row.location());
                assertThat(e.getMessage())
                        .contains(row.code().name(), row.location().toString());
            } else {
                assertReported(row, shape, read(row, shape, Recovery.THROW));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void skippingReportsTheSameAndGoesOn(Row row) throws Exception {
        for (InputShape shape : InputShape.values()) {
            Outcome outcome = read(row, shape, Recovery.SKIP_LINE);
            assertReported(row, shape, outcome);
            assertThat(outcome.problemCount())
                    .as("%s: %s", shape, outcome.problems())
                    .isEqualTo(row.problems());
            if (row.asText().contains("ok")) {
                assertThat(outcome.delivered()).as("%s", shape).anyMatch(found -> found.startsWith("ok"));
            }
        }
    }

    private static void assertReported(Row row, InputShape shape, Outcome outcome) {
        assertThat(outcome.problems())
                .as("%s", shape)
                .filteredOn(problem -> problem.code().equals(row.code().name()))
                .isNotEmpty()
                .first()
                .satisfies(problem -> assertIsTheProblem(problem, row, shape));
    }

    private static void assertIsTheProblem(Problem problem, Row row, InputShape shape) {
        assertThat(problem.code()).isEqualTo(row.code().name());
        assertThat(problem.location()).as("%s: %s", shape, problem).isEqualTo(row.location());
        assertThat(problem.severity()).isEqualTo(row.severity());
        assertThat(problem.expected()).isNotBlank();
        assertThat(problem.got()).isNotBlank();
        assertCaretIsAtThePlace(problem, row);
    }

    /** The excerpt is the line of the place, or a part of it, and the caret stands under the character there. */
    private static void assertCaretIsAtThePlace(Problem problem, Row row) {
        String excerpt = problem.excerpt();
        int caret = problem.caret();
        int at = (int) row.location().offset();
        byte[] text = row.text();
        if (at == text.length || text[at] == '\n') {
            assertThat(caret).isEqualTo(excerpt.codePointCount(0, excerpt.length()));
        } else if (text[at] > 0) {
            int there = excerpt.codePointAt(excerpt.offsetByCodePoints(0, caret));
            int shown = text[at] < ' ' && text[at] != '\t' ? '\u2400' + text[at] : text[at];
            assertThat(Character.toString(there)).isEqualTo(Character.toString(shown));
        }
        assertThat(excerpt).doesNotContain("\n");
    }
}

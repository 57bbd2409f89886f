package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * A text and what is read from it.
 *
 * @param events as {@link EventDump#events()}
 * @param problems the codes of the problems that do not end reading, in order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ReadCase(ReadOptions options, byte[] text, List<String> events, List<String> problems) {
    /** The cases of a table, each in every mode it is for. */
    static Stream<ReadCase> of(String table, ExpositionFormat format) {
        ReadOptions spec = ReadOptions.of(format);
        ReadOptions prometheus = spec.withDialect(Dialect.PROMETHEUS);
        return CaseTable.rows(table, 4).stream().flatMap(columns -> {
            Stream<ReadOptions> modes = switch (columns.get(0)) {
                case "SPEC" -> Stream.of(spec);
                case "PROMETHEUS" -> Stream.of(prometheus);
                case "BOTH" -> Stream.of(spec, prometheus);
                case "SKIP" -> Stream.of(spec.withRecovery(Recovery.SKIP_LINE));
                case "SKIP_PROMETHEUS" -> Stream.of(prometheus.withRecovery(Recovery.SKIP_LINE));
                default -> throw new IllegalStateException("unknown mode " + columns.get(0));
            };
            byte[] text = CaseTable.bytes(columns.get(1));
            List<String> events = items(columns.get(2), " ;; ");
            List<String> problems = items(columns.get(3), ",");
            return modes.map(options -> new ReadCase(options, text, events, problems));
        });
    }

    private static List<String> items(String column, String between) {
        return column.isEmpty() ? List.of() : List.of(column.split(between));
    }

    /** Reads the text in every shape. */
    void check() {
        EventDump array = EventDump.of(InputShape.ARRAY, text, options);
        assertThat(array.end()).startsWith("END");
        assertThat(array.events()).containsExactlyElementsOf(events);
        for (InputShape shape : InputShape.values()) {
            ExpositionReader in = shape.open(text, options);
            assertThat(EventDump.of(in)).as("%s", shape).isEqualTo(array);
            assertThat(in.problems()).extracting(Problem::code).containsExactlyElementsOf(problems);
            assertThat(in.problemCount()).isEqualTo(problems.size());
            assertThat(in.losses().isEmpty()).as("%s", in.losses()).isTrue();
        }
    }

    @Override
    public String toString() {
        return options.dialect() + " " + options.recovery() + " "
                + EventDump.escape(new String(text, StandardCharsets.UTF_8));
    }
}

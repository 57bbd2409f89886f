package dev.exposit.conformance.others;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.parser.Dialect;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the tests of prometheus/common expect of its writers and of its parser, as facts: we read what it writes to what it
 * was made from, and refuse what it refuses, but for its findings.
 */
class ExpfmtTest {
    /** The table's columns: name, text, what expfmt does, what we do by either dialect, the finding or a dash. */
    private static final String TABLE = "expfmt-reads.tsv";

    private static final String READ = "read";

    static List<ExpfmtFact> facts() {
        return ExpfmtFact.ALL;
    }

    /** Red also where a finding is none any more. */
    @ParameterizedTest
    @MethodSource("facts")
    void readsWhatItWrites(ExpfmtFact fact) {
        Reading reading = Reading.of(fact.text().getBytes(StandardCharsets.UTF_8), fact.format());
        boolean asExpected = reading.metrics() != null
                && reading.metrics().toString().equals(fact.families())
                && (fact.format() == ExpositionFormat.PROMETHEUS_TEXT
                        || reading.brokenRules().isEmpty());
        assertThat(asExpected)
                .as(
                        "read to %s, which breaks %s, or refused for %s",
                        reading.metrics(), reading.brokenRules(), reading.refusal())
                .isEqualTo(fact.finding() == null);
    }

    @TestFactory
    List<DynamicTest> judgesAsTheTableSays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String[] row : table()) {
            tests.add(DynamicTest.dynamicTest(row[0], () -> {
                byte[] text = row[1].translateEscapes()
                        .getBytes(row[0].equals("not-utf-8") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
                assertThat(verdict(text, Dialect.SPEC)).isEqualTo(row[3]);
                assertThat(verdict(text, Dialect.PROMETHEUS)).isEqualTo(row[4]);
                boolean agree = Stream.of(row[3], row[4]).allMatch(ours -> ours.equals(READ) == row[2].equals(READ));
                assertThat(row[5].equals("-")).isEqualTo(agree);
            }));
        }
        return tests;
    }

    @Test
    void everyFindingIsSeen() throws IOException {
        Set<ExpfmtFinding> seen = EnumSet.noneOf(ExpfmtFinding.class);
        ExpfmtFact.ALL.stream()
                .map(ExpfmtFact::finding)
                .filter(Objects::nonNull)
                .forEach(seen::add);
        for (String[] row : table()) {
            if (!row[5].equals("-")) {
                seen.add(ExpfmtFinding.valueOf(row[5]));
            }
        }
        assertThat(seen).containsExactly(ExpfmtFinding.values());
    }

    private static String verdict(byte[] text, Dialect dialect) {
        try {
            Exposition.parse(
                    text, ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT).withDialect(dialect));
            return READ;
        } catch (ExpositionSyntaxException e) {
            return e.code().name();
        }
    }

    private static List<String[]> table() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ExpfmtTest.class.getResourceAsStream(TABLE)), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .toList();
        }
    }
}

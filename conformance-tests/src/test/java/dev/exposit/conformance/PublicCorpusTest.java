package dev.exposit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.parser.Event;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Outputs of exporters in the wild, some of them malformed: for each the first problem that the specification has with
 * it, and how many samples are kept where lines may be skipped. The table {@code public-corpus.tsv} holds file, format,
 * samples kept, and the problem with its place, or {@code valid}.
 */
class PublicCorpusTest {
    private static final String FOLDER = "corpus/public";
    /** OpenMetrics protobuf, which is not read yet. */
    private static final String PROTOBUF = ".bin";

    private static List<String[]> table() throws IOException {
        List<String[]> rows = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(PublicCorpusTest.class.getResourceAsStream("public-corpus.tsv")),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(line.split("\t", 4));
            }
        }
        return rows;
    }

    @TestFactory
    List<DynamicTest> readsAsTheTableSays() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Path folder = Outside.shared(FOLDER);
        for (String[] row : table()) {
            tests.add(DynamicTest.dynamicTest(row[0], () -> {
                byte[] text = Files.readAllBytes(folder.resolve(row[0]));
                assertThat(format(text)).isEqualTo(row[1]);
                assertThat(samplesKept(text)).isEqualTo(Integer.parseInt(row[2]));
                assertThat(firstProblem(text)).isEqualTo(row[3]);
            }));
        }
        return tests;
    }

    @Test
    void theTableHasEveryText() throws IOException {
        List<String> files = Outside.files(FOLDER, "").stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> !name.equals("MANIFEST.tsv") && !name.endsWith(PROTOBUF))
                .toList();
        assertThat(table()).extracting(row -> row[0]).containsExactlyInAnyOrderElementsOf(files);
    }

    private static String format(byte[] text) {
        return ExpositionReader.open(text, ReadOptions.defaults()).format().id();
    }

    private static String firstProblem(byte[] text) {
        try {
            Exposition.parse(text, ReadOptions.defaults());
            return "valid";
        } catch (ExpositionSyntaxException e) {
            return e.code() + " at " + e.location();
        }
    }

    private static int samplesKept(byte[] text) {
        int samples = 0;
        ExpositionReader in = ExpositionReader.open(text, ReadOptions.defaults().withRecovery(Recovery.SKIP_LINE));
        while (in.next() != Event.END) {
            samples += in.event() == Event.SAMPLE ? 1 : 0;
        }
        return samples;
    }
}

package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A value that is spelled as in the scrape before is not read again: it must be what reading it gives, and tell what that tells. */
class RepeatedValuesTest {
    private static final long SEED = Long.getLong("exposit.seed", 20261126L);

    /** Spelled so that some are the beginning of others, lose digits, take all room there is or one byte more, or are no number. */
    private static final List<String> VALUES = List.of(
            "0",
            "-0",
            "1",
            "10",
            "1.0",
            "1.00",
            "100",
            "NaN",
            "+Inf",
            "9007199254740993",
            "9007199254740992",
            "1e999",
            "12345678",
            "1234567.8",
            "0.8747321800623394",
            "-2.2250738585072014e-308",
            "0.00000000000000000000001",
            "0.000000000000000000000012",
            "1 1700000000",
            "1.5 ",
            "1x",
            "");

    private static String scrape(Random random) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            if (random.nextInt(8) > 0) {
                String name = i % 4 == 3 ? "bare" + i : "x{a=\"" + i + "\"}";
                // Mostly the same value for a series.
                int value = random.nextInt(3) > 0 ? i : random.nextInt(VALUES.size());
                lines.add(name + " " + VALUES.get(value));
            }
        }
        if (random.nextInt(4) == 0) {
            Collections.shuffle(lines, random);
        }
        return String.join("\n", lines) + (random.nextInt(4) == 0 ? "" : "\n");
    }

    @ParameterizedTest
    @EnumSource(names = {"PROMETHEUS_TEXT", "OPENMETRICS_1", "OPENMETRICS_2"})
    void theyAreReadAsIfTheyStoodThereForTheFirstTime(ExpositionFormat format) {
        Random random = new Random(SEED);
        for (int target = 0; target < 80; target++) {
            ReadOptions options = ReadOptions.of(format).withRecovery(Recovery.SKIP_LINE);
            ScrapeCache<String> cache = ScrapeCache.of(in -> in.sampleName().toString(), 1 + random.nextInt(4_000));
            for (int scrape = 0; scrape < 12; scrape++) {
                byte[] text = scrape(random).getBytes(StandardCharsets.UTF_8);
                int piece = 1 + random.nextInt(60);
                ExpositionReader in = random.nextBoolean()
                        ? cache.open(text, options)
                        : cache.open(InputShape.inPieces(text, piece, piece), options);
                ExpositionReader plain = ExpositionReader.open(text, options);
                String as = new String(text, StandardCharsets.UTF_8);
                assertThat(EventDump.of(in)).as(as).isEqualTo(EventDump.of(plain));
                assertThat(in.losses()).as(as).usingRecursiveComparison().isEqualTo(plain.losses());
            }
        }
    }

    /** Nothing is taken from the line before: there, the value was the one of the scrape before. */
    @Test
    void aSeriesThatIsFoundElsewhereHasItsOwnValue() throws IOException {
        ScrapeCache<String> cache = ScrapeCache.of(in -> in.sampleName().toString());
        ReadOptions options = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT);
        assertThat(values(cache.open("a 1\nb 2\nlong 3\n".getBytes(StandardCharsets.UTF_8), options)))
                .containsExactly(1.0, 2.0, 3.0);
        assertThat(values(cache.open("a 1\nlong 7\nb 8\n".getBytes(StandardCharsets.UTF_8), options)))
                .containsExactly(1.0, 7.0, 8.0);
    }

    private static List<Double> values(ExpositionReader opened) throws IOException {
        List<Double> values = new ArrayList<>();
        try (opened) {
            while (opened.next() != Event.END) {
                values.add(opened.value());
            }
        }
        return values;
    }
}

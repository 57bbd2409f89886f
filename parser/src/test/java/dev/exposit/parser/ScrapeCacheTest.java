package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.parser.ReadLimits.Limit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScrapeCacheTest {
    private static final ReadOptions TEXT = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT);

    private final List<String> described = new ArrayList<>();
    /** Numbers the series in the order in which they are described, from 1. */
    private ScrapeCache<Integer> cache = ScrapeCache.of(this::number);

    private int number(ExpositionReader in) {
        described.add(in.sampleName() + in.toLabels().toString());
        return described.size();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<Integer> series(String text) {
        return series(text, TEXT);
    }

    private List<Integer> series(String text, ReadOptions options) {
        return series(cache.open(utf8(text), options));
    }

    /** The numbers of a scrape's series. */
    private List<Integer> series(ExpositionReader opened) {
        List<Integer> numbers = new ArrayList<>();
        try (opened) {
            while (opened.next() != Event.END) {
                if (opened.event() == Event.SAMPLE || opened.event() == Event.COMPOSITE) {
                    numbers.add(cache.series());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return numbers;
    }

    @Test
    void aSeriesIsDescribedOnceWhateverItsValues() {
        assertThat(series("# TYPE a gauge\na{b=\"c\"} 1\na{b=\"d\"} 2 5\nup 1\n"))
                .containsExactly(1, 2, 3);
        assertThat(series("# TYPE a gauge\na{b=\"c\"} 17\na{b=\"d\"} NaN\nup 0 6\n"))
                .containsExactly(1, 2, 3);
        assertThat(described).containsExactly("a{b=\"c\"}", "a{b=\"d\"}", "up{}");
        assertThat(cache.size()).isEqualTo(3);
    }

    @Test
    void valuesAndLabelsAreThoseOfTheScrapeAtHand() throws IOException {
        series("a{b=\"x\\\\y\",c=\"é\"} 1 5\n");
        try (ExpositionReader in = cache.open(utf8("# HELP a b\na{b=\"x\\\\y\",c=\"é\"} 2.5 6\n"), TEXT)) {
            in.next();
            in.next();
            assertThat(in.value()).isEqualTo(2.5);
            assertThat(in.timestampText().toString()).isEqualTo("6");
            assertThat(in.labelCount()).isEqualTo(2);
            assertThat(in.labelName(1).toString()).isEqualTo("c");
            assertThat(in.labelValue(0).toString()).isEqualTo("x\\y");
            assertThat(in.toLabels().toString()).isEqualTo("{b=\"x\\\\y\",c=\"é\"}");
        }
    }

    @Test
    void aValueIsCheckedInEachScrape() {
        series("a{b=\"c\"} 1\n");
        assertThatExceptionOfType(ExpositionSyntaxException.class)
                .isThrownBy(() -> series("a{b=\"c\"} 1x\n"))
                .satisfies(e -> assertThat(e.location()).hasToString("line 1, column 10, byte 9"));
    }

    @Test
    void seriesKeepWhatWasMadeOfThemWhenOthersComeGoOrMove() {
        assertThat(series("a 1\nb 1\nc{d=\"e\"} 1\nf 1\ng 1\n")).containsExactly(1, 2, 3, 4, 5);
        assertThat(series("a 1\nc{d=\"e\"} 1\nf 1\ng 1\n")).containsExactly(1, 3, 4, 5);
        assertThat(series("a 1\nc{d=\"new\"} 1\nc{d=\"e\"} 1\nf 1\nnew 1\ng 1\n"))
                .containsExactly(1, 6, 3, 4, 7, 5);
        assertThat(series("g 1\nf 1\na 1\nc{d=\"e\"} 1\na 2\n")).containsExactly(5, 4, 1, 3, 1);
    }

    static Stream<Arguments> spellings() {
        ReadOptions openMetrics1 = ReadOptions.of(ExpositionFormat.OPENMETRICS_1);
        ReadOptions openMetrics2 = ReadOptions.of(ExpositionFormat.OPENMETRICS_2);
        ReadOptions prometheus = TEXT.withDialect(Dialect.PROMETHEUS);
        return Stream.of(
                Arguments.of(TEXT, "a 1\na{b=\"c\"}2\n\ta{b=\"d\"}\t3\na\t4 \nab 5\n a{ b = \"e\" , } 6\n", 6),
                Arguments.of(TEXT, "a-1\nb 1\na{}-1\n", 2),
                Arguments.of(TEXT, "{\"a.b\",c=\"d\"} 1\n{\"a\\\"b\",c=\"d\"} 1\n{\"a.b\",\"c.d\"=\"\\n\"} 1\n", 3),
                Arguments.of(prometheus, "a{b=\"x\ny\"} 1\nb{c=\"\\q\"} 1\n{\"a\nb\"} 1\n", 3),
                Arguments.of(TEXT, "# TYPE h histogram\nh_bucket{le=\"+Inf\"} 1\nh_sum 1\nh_count 1\nh 1\n", 4),
                Arguments.of(openMetrics1, "# TYPE c counter\nc_total{a=\"b\"} 1 # {t=\"x\"} 1\nd 1 2\n# EOF\n", 2),
                Arguments.of(openMetrics1, "# TYPE g gauge\ng{a=\"b\"} 1 1\ng{a=\"b\"} 1 2\n# EOF\n", 1),
                Arguments.of(openMetrics2, """
                        # TYPE h histogram
                        h {count:1,sum:2,bucket:[+Inf:1]}
                        h{a="b"} {count:0,sum:0,bucket:[+Inf:0]}
                        {"a.b","c.d"="e"} 1 st@5
                        # EOF
                        """, 3),
                Arguments.of(ReadOptions.of(ExpositionFormat.PROTOBUF_TEXT), """
                        name: "a" type: GAUGE
                        metric { label { name: "b" value: "c" } gauge { value: 1 } } metric { gauge { value: 1 } }
                        """, 2));
    }

    @ParameterizedTest
    @MethodSource("spellings")
    void everySpellingIsRecognised(ReadOptions options, String text, int count) {
        List<Integer> first = series(text, options);
        assertThat(Set.copyOf(first)).hasSize(count);
        assertThat(series(text, options)).isEqualTo(first);
        assertThat(series(cache.open(new ByteArrayInputStream(utf8(text)), options)))
                .isEqualTo(first);
        assertThat(described).hasSize(count);
    }

    @Test
    void aCompositeTakenApartHasASeriesForEachSample() {
        ReadOptions options = ReadOptions.of(ExpositionFormat.OPENMETRICS_2);
        String text = "# TYPE h histogram\nh{a=\"b\"} {count:1,sum:2,bucket:[1.0:1,+Inf:1]}\nup 1\n# EOF\n";
        for (int scrape = 0; scrape < 3; scrape++) {
            assertThat(series(cache.open(utf8(text), options).expanded())).containsExactly(1, 2, 3, 4, 5);
        }
        assertThat(described)
                .containsExactlyInAnyOrder(
                        "h_bucket{a=\"b\",le=\"1.0\"}",
                        "h_bucket{a=\"b\",le=\"+Inf\"}",
                        "h_count{a=\"b\"}",
                        "h_sum{a=\"b\"}",
                        "up{}");
    }

    @Test
    void familiesNobodyWantsAreNotRemembered() {
        ReadOptions options = TEXT.withNames(Set.of("a"));
        for (int scrape = 0; scrape < 3; scrape++) {
            assertThat(series("a 1\nb 1\na{c=\"d\"} 1\n", options)).containsExactly(1, 2);
        }
        assertThat(cache.size()).isEqualTo(2);
        assertThat(series("a 1\nb 1\na{c=\"d\"} 1\n", TEXT)).containsExactly(1, 3, 2);
        assertThat(series("a 1\nb 1\na{c=\"d\"} 1\n", options)).containsExactly(1, 2);
    }

    @Test
    void familiesAreBuiltOfRecognisedSeries() throws IOException {
        String text = "# TYPE h histogram\nh_bucket{a=\"b\",le=\"+Inf\"} 1\nh_sum{a=\"b\"} 1\nh_count{a=\"b\"} 1\n";
        series(text);
        try (FamilyReader in = cache.open(utf8(text), TEXT).assembled()) {
            assertThat(in.families()).isEqualTo(Exposition.parse(text).families());
        }
    }

    // ---- Forgetting

    @Test
    void theGoneAreForgottenOnceTheyAreHalfAsManyAsThoseThere() {
        assertThat(series("a 1\nb 1\nc 1\nd 1\n")).containsExactly(1, 2, 3, 4);
        series("a 1\nb 1\nc 1\n");
        assertThat(series("a 1\nb 1\nc 1\nd 1\n")).containsExactly(1, 2, 3, 4);
        series("a 1\nb 1\n");
        assertThat(series("c 1\na 1\nd 1\n")).containsExactly(5, 1, 6);
    }

    @Test
    void aScrapeThatFailsForgetsNothing() {
        series("a 1\nb 1\nc 1\nd 1\n");
        for (int scrape = 0; scrape < 3; scrape++) {
            assertThatExceptionOfType(ExpositionSyntaxException.class).isThrownBy(() -> series("a 1\nc{ 1\n"));
        }
        assertThat(series("a 1\nb 1\nc 1\nd 1\n")).containsExactly(1, 2, 3, 4);
    }

    @Test
    void whatFindsNoRoomIsDescribedAnewUntilOthersAreForgotten() {
        cache = ScrapeCache.of(this::number, 200);
        assertThat(series("a 1\nb 1\nc 1\n")).containsExactly(1, 2, 3);
        assertThat(series("a 1\nb 1\nc 1\n")).containsExactly(1, 2, 4);
        assertThat(series("a 1\nc 1\nd 1\n")).containsExactly(1, 5, 6);
        assertThat(series("a 1\nc 1\nd 1\n")).containsExactly(1, 7, 8);
        assertThat(series("a 1\nc 1\nd 1\n")).containsExactly(1, 7, 9);
        assertThat(cache.size()).isEqualTo(2);
    }

    @Test
    void aTargetWhoseSeriesNeverCameBackIsRememberedSoonOnceTheyDo() {
        for (int scrape = 0; scrape < 20; scrape++) {
            assertThat(series("a" + scrape + " 1\nb" + scrape + " 1\n"))
                    .containsExactly(2 * scrape + 1, 2 * scrape + 2);
        }
        // Described anew in each scrape until the cache tries again.
        int before;
        int scrapes = 0;
        do {
            before = described.size();
            series("a 1\nb 1\n");
            scrapes++;
        } while (described.size() > before);
        assertThat(scrapes).isLessThanOrEqualTo(10);
    }

    /** In a trial only some are remembered; those that come back are among them wherever they stand, and then all are. */
    @ParameterizedTest
    @CsvSource({"500, 0", "500, 1", "500, 100", "20, 5"})
    void aTargetMostOfWhoseSeriesComeBackAtLastIsRememberedSoon(int staying, int changing) {
        for (int scrape = 0; scrape < 30; scrape++) {
            series(scrapeOf("gone" + scrape, staying));
        }
        assertThat(cache.size()).isBetween(Math.min(staying, 64), 200);
        int described;
        int scrapes = 0;
        do {
            int before = this.described.size();
            series(scrapeOf("changed" + scrapes, changing) + scrapeOf("stays", staying));
            described = this.described.size() - before;
            scrapes++;
        } while (described > changing && scrapes < 100);
        assertThat(described).isEqualTo(changing);
        assertThat(scrapes).isLessThanOrEqualTo(20);
        assertThat(cache.size()).isGreaterThanOrEqualTo(staying);
    }

    private static String scrapeOf(String name, int series) {
        return IntStream.range(0, series)
                .mapToObj(i -> name + "{number=\"" + i + "\"} 1\n")
                .collect(Collectors.joining());
    }

    @Test
    void anotherWayOfReadingEmptiesTheCache() {
        assertThat(series("a 1\n")).containsExactly(1);
        assertThat(series("a 1\n", TEXT.withDialect(Dialect.PROMETHEUS))).containsExactly(2);
        assertThat(series("a 1\n")).containsExactly(3);
        assertThat(series("a 1\n", TEXT.withLimits(ReadLimits.defaults().with(Limit.NAME_BYTES, 5))))
                .containsExactly(4);
        assertThat(series("a 1\n# EOF\n", ReadOptions.of(ExpositionFormat.OPENMETRICS_1)))
                .containsExactly(5);
    }

    // ---- Mistakes

    @Test
    void thereIsASeriesOnlyWhereTheReaderIsAtOne() throws IOException {
        assertThatIllegalStateException().isThrownBy(cache::series);
        try (ExpositionReader in = cache.open(utf8("# TYPE a gauge\na 1\n"), TEXT)) {
            assertThatIllegalStateException().isThrownBy(cache::series);
            in.next();
            assertThatIllegalStateException().isThrownBy(cache::series);
            in.next();
            assertThat(cache.series()).isEqualTo(1);
            assertThat(cache.series()).isEqualTo(1);
            in.next();
            assertThatIllegalStateException().isThrownBy(cache::series);
        }
    }

    @Test
    void aBoundIsNotNegative() {
        assertThat(cache.maxBytes()).isEqualTo(512L << 20);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScrapeCache.of(this::number, -1))
                .withMessage("maxBytes must not be negative, got -1");
    }

    @Test
    @SuppressWarnings("NullAway") // that is the mistake
    void whatIsMadeOfASeriesIsNotNull() throws IOException {
        ScrapeCache<String> none = ScrapeCache.of(in -> null);
        try (ExpositionReader in = none.open(utf8("a 1\n"), TEXT)) {
            in.next();
            assertThatNullPointerException().isThrownBy(none::series);
        }
    }
}

package dev.exposit.conformance.conversion;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.conformance.conversion.Features.Feature;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Loss;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.ExpositionSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * Converts an example of each {@linkplain Features feature} from every format into every other, holds the reports to what is
 * read back, and holds {@code docs/conversions.md} to what is found; with {@code -Dexposit.update=true} it writes the page.
 */
class ConversionsDocTest {
    private static final Path PAGE = Path.of(System.getProperty("exposit.root", ".."), "docs", "conversions.md");

    /** In the order of the page; the compact form is held to be like the other text form. */
    private static final Map<ExpositionFormat, String> FORMATS = formats();

    private static final Set<ExpositionFormat> PROMETHEUS_TEXTS =
            Set.of(ExpositionFormat.PROMETHEUS_TEXT_0_0_4, ExpositionFormat.PROMETHEUS_TEXT);

    /** What Prometheus text writes though it cannot have it, and reports nothing; and how a reader refuses it. */
    private static final Map<String, ErrorCode> KNOWN_INVALID = Map.of(
            "histogram `x` beside gauge `x_sum`", ErrorCode.DUPLICATE_SERIES,
            "label with an empty value beside none", ErrorCode.DUPLICATE_SERIES,
            "series that stands twice", ErrorCode.DUPLICATE_SERIES);

    private static final String WHOLE = "yes";
    private static final String INVALID = "*invalid*";

    private static Map<ExpositionFormat, String> formats() {
        Map<ExpositionFormat, String> formats = new LinkedHashMap<>();
        formats.put(ExpositionFormat.PROMETHEUS_TEXT_0_0_4, "Prometheus 0.0.4");
        formats.put(ExpositionFormat.PROMETHEUS_TEXT, "Prometheus 1.0.0");
        formats.put(ExpositionFormat.OPENMETRICS_1, "OpenMetrics 1.0");
        formats.put(ExpositionFormat.OPENMETRICS_2, "OpenMetrics 2.0");
        formats.put(ExpositionFormat.PROTOBUF, "protobuf");
        formats.put(ExpositionFormat.PROTOBUF_TEXT, "protobuf as text");
        formats.put(ExpositionFormat.OPENMETRICS_PROTOBUF, "OpenMetrics protobuf");
        formats.put(ExpositionFormat.JSON, "JSON");
        return formats;
    }

    /** What is known of a feature: what each format makes of it, and each pair. */
    private record Row(Feature feature, Map<ExpositionFormat, Cell> cells) {}

    /**
     * What a format makes of a feature.
     *
     * @param text what the page says
     * @param whole whether the format has it just as it was
     * @param onward what conversion makes of it from there, for each format
     */
    private record Cell(String text, boolean whole, Map<ExpositionFormat, String> onward) {
        boolean keeps(ExpositionFormat target) {
            return whole && onward.getOrDefault(target, INVALID).equals(WHOLE);
        }
    }

    @Test
    void reportsAreTrueAndThePageIsNotStale() throws Exception {
        List<Row> rows = new ArrayList<>();
        for (Feature feature : Features.all()) {
            rows.add(row(feature));
        }
        String text = page(rows);
        if (Boolean.getBoolean("exposit.update")) {
            Files.writeString(PAGE, text);
        }
        assertThat(Files.readString(PAGE))
                .as("docs/conversions.md; write it with -Dexposit.update=true")
                .isEqualTo(text);
    }

    /** The two text forms of Prometheus protobuf hold the same and are converted to the same. */
    @Test
    void compactTextIsAsGoodAsText() throws Exception {
        for (Feature feature : Features.all()) {
            Trip text = Trip.of(feature.set(), ExpositionFormat.PROTOBUF_TEXT);
            Trip compact = Trip.of(feature.set(), ExpositionFormat.PROTOBUF_COMPACT);
            assertThat(compact.after()).as(feature.title()).isEqualTo(text.after());
            assertThat(compact.losses()).as(feature.title()).isEqualTo(text.losses());
            Trip back = compact.to(ExpositionFormat.PROTOBUF_TEXT);
            assertThat(back.bytes()).as(feature.title()).isEqualTo(text.bytes());
            assertThat(text.to(ExpositionFormat.PROTOBUF_COMPACT).bytes())
                    .as(feature.title())
                    .isEqualTo(compact.bytes());
        }
    }

    private static Row row(Feature feature) throws IOException {
        Map<ExpositionFormat, Trip> trips = new LinkedHashMap<>();
        Map<ExpositionFormat, Cell> cells = new LinkedHashMap<>();
        for (ExpositionFormat format : FORMATS.keySet()) {
            if (isKnownInvalid(feature, format)) {
                requireInvalid(feature, () -> Trip.of(feature.set(), format));
            } else {
                trips.put(format, Trip.of(feature.set(), format));
            }
        }
        for (ExpositionFormat source : FORMATS.keySet()) {
            Trip trip = trips.get(source);
            if (trip == null) {
                cells.put(source, new Cell(INVALID, false, Map.of()));
                continue;
            }
            trip.requireTrueReport(feature.title());
            Map<ExpositionFormat, String> onward = new LinkedHashMap<>();
            for (ExpositionFormat target : FORMATS.keySet()) {
                if (trip.isWhole() && isKnownInvalid(feature, target)) {
                    requireInvalid(feature, () -> trip.to(target));
                    onward.put(target, INVALID);
                    continue;
                }
                Trip further = trip.to(target);
                further.requireTrueReport(feature.title() + ", from " + source.id());
                onward.put(target, text(further));
                if (trip.isWhole()) {
                    assertThat(further.kinds())
                            .as(feature.title() + ", from " + source.id() + " to " + target.id()
                                    + ": what the target cannot carry, wherever it comes from")
                            .isEqualTo(trips.get(target).kinds());
                }
            }
            cells.put(source, new Cell(text(trip), trip.isWhole(), onward));
        }
        return new Row(feature, cells);
    }

    private static boolean isKnownInvalid(Feature feature, ExpositionFormat target) {
        return PROMETHEUS_TEXTS.contains(target) && KNOWN_INVALID.containsKey(feature.title());
    }

    private static void requireInvalid(Feature feature, ThrowingCallable writing) {
        assertThatThrownBy(writing)
                .isInstanceOfSatisfying(
                        ExpositionSyntaxException.class,
                        e -> assertThat(e.code()).isEqualTo(KNOWN_INVALID.get(feature.title())));
    }

    private static String text(Trip trip) {
        if (!trip.losses().isEmpty()) {
            return trip.kinds().stream().map(ConversionsDocTest::word).collect(joining(", "));
        }
        return trip.isWhole() ? WHOLE : "`x_created`";
    }

    private static String word(Loss.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    // ---- The page

    private static String page(List<Row> rows) {
        return """
                # Conversions

                What a conversion keeps of what an exposition may have, unless options say otherwise. Generated by a test, which
                converts an example of each line from every format into every other, reads each result with the reader and the
                reference parser, and holds the conversion's report to the difference: nothing changes without being reported, and
                nothing is reported that did not change.

                ## What each format has

                "yes": what is read is what was written. Else the kinds of `Loss` in the report, which says more in words.
                `x_created`: start timestamps are written as a gauge of that name, where the format has no other place for them.

                From whichever format that has all of a feature it is converted, the target's column tells what is lost. The two text
                forms of Prometheus protobuf are alike.
                """ + holdings(rows) + """

                *invalid*: what is written is refused by readers that follow the specification, and not reported. A series stands
                twice, since `x_sum` is a sample of the histogram `x` in Prometheus text, and a label without value is as good as none;
                to know would take memory for every series, which this writer does not spend.

                "name" for a reserved label in OpenMetrics 2.0 is a warning: the name is written as it is.

                ## From one to the other

                How many of the features that the format at the left has all of are kept by conversion into the one above.

                """ + pairs(rows) + """

                ## What changes again

                What a format cannot have as it is it may have in another form, an info as a gauge for example. Converted from there it
                mostly keeps that form. These are the cases in which it changes once more, with what is in the second report.

                """ + changes(rows);
    }

    private static String holdings(List<Row> rows) {
        StringBuilder out = new StringBuilder();
        String group = "";
        for (Row row : rows) {
            if (!row.feature().group().equals(group)) {
                group = row.feature().group();
                out.append("\n### ").append(group).append("\n\n").append(header(""));
            }
            String cells = row.cells().values().stream().map(Cell::text).collect(joining(" | "));
            out.append(line(row.feature().title(), cells));
        }
        return out.toString();
    }

    private static String pairs(List<Row> rows) {
        StringBuilder out = new StringBuilder(header("from"));
        FORMATS.forEach((source, title) -> {
            long all =
                    rows.stream().filter(row -> row.cells().get(source).whole()).count();
            String kept = FORMATS.keySet().stream()
                    .map(target -> rows.stream()
                            .filter(row -> row.cells().get(source).keeps(target))
                            .count())
                    .map(count -> count == all ? "all " + all : count + " of " + all)
                    .collect(joining(" | "));
            out.append(line(title, kept));
        });
        return out.toString();
    }

    /** What changes twice, formats that agree in one row. */
    private static String changes(List<Row> rows) {
        Map<List<String>, Set<String>> sources = new LinkedHashMap<>();
        for (Row row : rows) {
            row.cells().forEach((source, cell) -> {
                Map<String, Set<String>> targets = new LinkedHashMap<>();
                cell.onward().forEach((target, text) -> {
                    if (!cell.whole() && !text.equals(WHOLE)) {
                        targets.computeIfAbsent(text, key -> new LinkedHashSet<>())
                                .add(FORMATS.get(target));
                    }
                });
                targets.forEach((text, into) -> sources.computeIfAbsent(
                                List.of(row.feature().title(), String.join(", ", into), text),
                                key -> new LinkedHashSet<>())
                        .add(FORMATS.get(source)));
            });
        }
        StringBuilder out = new StringBuilder("| | from | into | |\n| --- | --- | --- | --- |\n");
        sources.forEach((change, from) -> out.append(
                line(change.get(0), String.join(", ", from) + " | " + change.get(1) + " | " + change.get(2))));
        return out.toString();
    }

    private static String header(String first) {
        return line(first, String.join(" | ", FORMATS.values())) + "| --- |" + " --- |".repeat(FORMATS.size()) + "\n";
    }

    private static String line(String first, String cells) {
        return "| " + first + " | " + cells + " |\n";
    }
}

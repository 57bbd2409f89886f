package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.grammar.ReferenceParser;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Loss;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricDiff;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Outline;
import dev.exposit.model.Point;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Generated sets, written and read: {@code read(write(m)) = m} minus exactly what the report names, and what was read is
 * written as the same bytes. The first seed is the system property {@code exposit.seed}, the number of sets a twentieth of
 * {@code exposit.cases}.
 */
class RoundTripTest {
    private static final long SEED = Long.getLong("exposit.seed", 0L);
    private static final int SETS = Integer.getInteger("exposit.cases", 20_000) / 20;

    /** Read by our reader, and by the reference parser as the same. */
    private static MetricSet read(Written written) {
        MetricSet read = Exposition.parse(written.bytes(), ReadOptions.of(written.format()));
        assertThat(MetricDiff.between(read, ReferenceParser.parse(written.bytes(), written.format()))
                        .differences())
                .as(written.text())
                .isEmpty();
        return read;
    }

    /** A set written as one, or family by family, or in pieces. */
    private static Written written(WriteOptions options, MetricSet set, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Written.of(options, set);
            case 1 -> Written.inTurn(options, set.families().toArray(MetricFamily[]::new));
            default ->
                Written.parts(
                        options.toBuilder().outline(Outline.of(set)).build(),
                        set.stream()
                                .flatMap(family ->
                                        random.nextBoolean() || family.metrics().isEmpty()
                                                ? Stream.of(FamilyPart.whole(family))
                                                : Arrays.stream(Written.piecesOf(family)))
                                .toArray(FamilyPart[]::new));
        };
    }

    /** A text with the sets that it comes from, for messages. */
    private static String about(long seed, Written written) {
        return "exposit.seed=" + seed + " of\n" + written.shown() + "\nreported\n" + written.report();
    }

    // ---- What is written is valid, and read it is written as the same bytes

    @Test
    void openMetrics2IsValid() {
        for (long seed = SEED; seed < SEED + SETS; seed++) {
            WriteOptions options = WriteOptions.builder(ExpositionFormat.OPENMETRICS_2)
                    .startTimestamps(seed % 3 == 0 ? StartTimestamps.CREATED : StartTimestamps.BY_FORMAT)
                    .escaping(seed % 5 == 0 ? EscapingScheme.UNDERSCORES : EscapingScheme.ALLOW_UTF_8)
                    .build();
            MetricSet set = new MetricSetGenerator(seed, seed % 2 == 0).next();
            Written written = written(options, set, new Random(seed));

            byte[] bytes = written.bytes();
            assertThatCode(() -> ReferenceParser.parse(bytes, ExpositionFormat.OPENMETRICS_2))
                    .as(about(seed, written))
                    .doesNotThrowAnyException();
            assertThat(ReferenceParser.brokenRules(bytes, ExpositionFormat.OPENMETRICS_2))
                    .as(about(seed, written))
                    // Escaping makes such names of those that begin with another character.
                    .allMatch(rule -> rule.contains("begin with an underscore")
                            && options.escaping() == EscapingScheme.UNDERSCORES);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ExpositionFormat.class,
            names = {"OPENMETRICS_2", "OPENMETRICS_1", "PROMETHEUS_TEXT", "PROTOBUF", "OPENMETRICS_PROTOBUF"})
    void whatWasReadIsWrittenAsTheSameBytes(ExpositionFormat format) {
        WriteOptions options = WriteOptions.of(format);
        int compared = 0;
        for (long seed = SEED; seed < SEED + SETS; seed++) {
            MetricSet set = new MetricSetGenerator(seed, seed % 2 == 0).next();
            Written written = written(options, set, new Random(seed));
            if (format == ExpositionFormat.PROMETHEUS_TEXT) {
                if (isRefused(written)) {
                    continue;
                }
                // A start timestamp comes back as the number of a gauge, and from then on is spelled as one.
                written = Written.of(options, read(written));
            }
            compared++;
            Written again = Written.of(options, read(written));

            assertThat(again.text()).as(about(seed, written)).isEqualTo(written.text());
            if (format == ExpositionFormat.OPENMETRICS_2) {
                assertThat(again.losses()).as(about(seed, written)).isEmpty();
            }
        }
        assertThat(compared).isGreaterThan(SETS / 4);
    }

    @Test
    void startsWrittenAsGaugesAreGaugesFromThenOn() {
        WriteOptions options = WriteOptions.builder(ExpositionFormat.OPENMETRICS_2)
                .startTimestamps(StartTimestamps.CREATED)
                .build();
        for (long seed = SEED; seed < SEED + SETS; seed++) {
            MetricSet set = new MetricSetGenerator(seed, seed % 2 == 0).next();
            Written first = written(options, set, new Random(seed));
            // Written as seconds, a start timestamp comes back as the number of a gauge, and is spelled as one.
            Written second = Written.of(options, read(first));

            Written third = Written.of(options, read(second));

            assertThat(second.losses()).as(about(seed, first)).isEmpty();
            assertThat(third.losses()).as(about(seed, second)).isEmpty();
            assertThat(third.text()).as(about(seed, second)).isEqualTo(second.text());
        }
    }

    /** Prometheus text is written as it came: series may stand twice, and raw samples under another family's name. */
    private static boolean isRefused(Written written) {
        try {
            read(written);
            return false;
        } catch (ExpositionSyntaxException e) {
            assertThat(e.code()).as(written.text()).isIn(ErrorCode.DUPLICATE_SERIES, ErrorCode.FAMILY_REOPENED);
            return true;
        }
    }

    @Test
    void theSameFamiliesGiveTheSameBytes() {
        for (long seed = SEED; seed < SEED + 200; seed++) {
            MetricSet set = new MetricSetGenerator(seed, true).next();
            for (ExpositionFormat format : List.of(ExpositionFormat.OPENMETRICS_1, ExpositionFormat.OPENMETRICS_2)) {
                WriteOptions options = WriteOptions.of(format);

                assertThat(Written.of(options, set)).isEqualTo(Written.of(options, set));
            }
        }
    }

    // ---- What was lost is what the report names

    @ParameterizedTest
    @CsvSource({
        "OPENMETRICS_2, BY_FORMAT",
        "OPENMETRICS_2, CREATED",
        "OPENMETRICS_2, OMIT",
        "OPENMETRICS_1, BY_FORMAT",
        "OPENMETRICS_1, OMIT",
        "PROMETHEUS_TEXT, BY_FORMAT",
        "PROMETHEUS_TEXT, OMIT",
        "PROTOBUF, BY_FORMAT",
        "PROTOBUF, CREATED",
        "PROTOBUF, OMIT",
        "OPENMETRICS_PROTOBUF, BY_FORMAT",
        "OPENMETRICS_PROTOBUF, OMIT"
    })
    void nothingIsLostButWhatTheReportNames(ExpositionFormat format, StartTimestamps form) {
        for (long seed = SEED; seed < SEED + SETS; seed++) {
            MetricSet all = new MetricSetGenerator(seed, false).next();
            boolean flat = format == ExpositionFormat.PROMETHEUS_TEXT;
            MetricSet set = flat || format == ExpositionFormat.PROTOBUF ? newest(all) : all;
            WriteOptions options = WriteOptions.builder(format)
                    .startTimestamps(form)
                    .heldBytes(seed % 5 == 0 ? 300 : WriteOptions.DEFAULT_HELD_BYTES)
                    .build();
            Written written = written(options, set, new Random(seed));
            MetricSet back = flat ? FlatText.read(written.text()) : read(written);
            new Comparison(seed, set, written, back).check();
        }
    }

    /** Native histograms as classic ones: as if they had been such when they came to the writer. */
    @ParameterizedTest
    @EnumSource(
            value = ExpositionFormat.class,
            names = {"OPENMETRICS_2", "OPENMETRICS_1", "PROMETHEUS_TEXT", "PROTOBUF", "OPENMETRICS_PROTOBUF"})
    void classicBucketsOnRequestAreThoseOfTheModel(ExpositionFormat format) {
        WriteOptions asTheyCome = WriteOptions.of(format);
        WriteOptions asClassic = asTheyCome.toBuilder()
                .nativeHistograms(NativeHistograms.CLASSIC)
                .build();
        long changed = 0;
        for (long seed = SEED; seed < SEED + SETS; seed++) {
            MetricSet set = new MetricSetGenerator(seed, seed % 2 == 0).next();
            Written expected = Written.of(asTheyCome, classic(set));

            Written written = Written.of(asClassic, set);

            assertThat(written.text()).as(about(seed, written)).isEqualTo(expected.text());
            assertThat(otherLosses(written)).as(about(seed, written)).isEqualTo(otherLosses(expected));
            changed += written.count(Loss.Kind.NATIVE_BUCKETS);
        }
        assertThat(changed).isGreaterThan(SETS / 10);
    }

    /** Those that are not of native buckets; how many samples a metric has that is left out depends on the form. */
    private static List<String> otherLosses(Written written) {
        return written.report().losses().stream()
                .filter(loss -> loss.kind() != Loss.Kind.NATIVE_BUCKETS)
                .map(loss -> loss.kind() + " " + loss.family() + ": " + loss.detail())
                .toList();
    }

    private static MetricSet classic(MetricSet set) {
        return MetricSet.of(set.stream()
                .map(family -> new MetricFamily(
                        family.metadata(),
                        family.metrics().stream()
                                .map(metric -> new Metric(
                                        metric.labels(),
                                        metric.points().stream()
                                                .map(point -> point.withValue(classic(point.value())))
                                                .toList()))
                                .toList()))
                .toList());
    }

    private static Value classic(Value value) {
        if (!(value instanceof HistogramValue histogram)) {
            return value;
        }
        boolean wanting = histogram.buckets().isEmpty()
                && histogram.nativeBuckets() != null
                && histogram.nativeBuckets().defect().isPresent();
        return wanting
                ? new HistogramValue(histogram.count(), histogram.sum(), List.of(), null)
                : histogram.toClassic().histogram();
    }

    /** Native buckets whose counts are of the other kind. */
    private static String recounted(String nativeBuckets) {
        return nativeBuckets.contains(", float")
                ? nativeBuckets.replaceFirst(", float", "")
                : nativeBuckets.replaceFirst("native\\(([^,)]*(, zero threshold=[^,)]*)?)", "native($1, float");
    }

    /** An exemplar of a bucket, as one of the whole point. */
    private static String moved(String exemplar) {
        return exemplar.replaceFirst(": bucket \\S+ ", ": ");
    }

    /** In protobuf, time 0 is none. */
    private static Point notAtZero(Point point) {
        return Timestamp.ofSeconds(0).equals(point.timestamp()) ? point.at(Timestamp.ofSeconds(1)) : point;
    }

    /** A set with the newest points only, as Prometheus text has them. */
    private static MetricSet newest(MetricSet set) {
        return MetricSet.of(set.stream()
                .map(family -> new MetricFamily(
                        family.metadata(),
                        family.metrics().stream()
                                .map(metric -> new Metric(metric.labels(), notAtZero(metric.point())))
                                .toList()))
                .toList());
    }

    /** A set, and what became of it. */
    private static final class Comparison {
        private final MetricSet before;
        private final Written written;
        private final MetricSet after;
        private final String about;

        Comparison(long seed, MetricSet before, Written written, MetricSet after) {
            this.before = before;
            this.written = written;
            this.after = after;
            this.about = "exposit.seed=" + seed + " of\n" + before + "\nwritten\n" + written.shown() + "\nreported\n"
                    + String.join("\n", written.losses());
        }

        void check() {
            checkContents();
            checkMetadata(Loss.Kind.TYPE, MetricFamily::type, MetricType.UNKNOWN);
            checkMetadata(Loss.Kind.UNIT, MetricFamily::unit, "");
            checkMetadata(Loss.Kind.HELP, MetricFamily::help, "");
            assertThat(count(Loss.Kind.NAME) + count(Loss.Kind.TIMESTAMP))
                    .as("changed where nothing had to be, %s", about)
                    .isZero();
        }

        private long count(Loss.Kind kind) {
            return written.count(kind);
        }

        private void checkContents() {
            List<String> samples = new ArrayList<>();
            List<String> exemplars = new ArrayList<>();
            List<String> nativeBuckets = new ArrayList<>();
            for (Account.Entry entry : Account.of(after, Outline.of(before))) {
                samples.addAll(entry.samples());
                exemplars.addAll(entry.exemplars());
                nativeBuckets.addAll(entry.nativeBuckets());
            }
            List<String> lost = new ArrayList<>();
            Tally lostExemplars = new Tally();
            Tally lostNativeBuckets = new Tally();
            for (Account.Entry entry : Account.of(before, Outline.of(before))) {
                List<String> missing = missing(entry.samples(), samples);
                lost.addAll(missing);
                // Of two with the same series it cannot be told from here which of them was left out.
                boolean leftOut = !missing.isEmpty() || entry.samples().isEmpty();
                lostExemplars.add(missing(entry.exemplars(), exemplars), leftOut);
                lostNativeBuckets.add(missing(entry.nativeBuckets(), nativeBuckets), leftOut);
            }
            assertThat(samples).as("samples invented, %s", about).isEmpty();
            missing(
                    lostNativeBuckets.texts.stream()
                            .map(RoundTripTest::recounted)
                            .toList(),
                    nativeBuckets);
            assertThat(nativeBuckets).as("native buckets invented, %s", about).isEmpty();
            missing(lostExemplars.texts.stream().map(RoundTripTest::moved).toList(), exemplars);
            assertThat(exemplars).as("exemplars invented, %s", about).isEmpty();
            assertThat(count(Loss.Kind.SAMPLE) + count(Loss.Kind.POINT) + startsLeftOut())
                    .as("samples lost: %s, %s", lost, about)
                    .isEqualTo(lost.size());
            lostExemplars.check(Loss.Kind.EXEMPLAR);
            lostNativeBuckets.check(Loss.Kind.NATIVE_BUCKETS);
        }

        /** Takes what is there from a list; answers what is not. */
        private static List<String> missing(List<String> wanted, List<String> there) {
            List<String> missing = new ArrayList<>();
            for (String one : wanted) {
                if (!there.remove(one)) {
                    missing.add(one);
                }
            }
            return missing;
        }

        /** Start timestamps that stand elsewhere are not missing. */
        private long startsLeftOut() {
            return written.report().losses().stream()
                    .filter(loss -> loss.kind() == Loss.Kind.START_TIMESTAMP)
                    .filter(loss -> loss.detail().startsWith("start timestamp left out"))
                    .mapToLong(Loss::count)
                    .sum();
        }

        /** What was lost of what belongs to samples. With its sample it may go without a word of its own. */
        private final class Tally {
            private final List<String> texts = new ArrayList<>();
            private int withTheirSample;

            void add(List<String> missing, boolean leftOut) {
                texts.addAll(missing);
                withTheirSample += leftOut ? missing.size() : 0;
            }

            void check(Loss.Kind kind) {
                assertThat(count(kind))
                        .as("%s lost: %s, %s", kind, texts, about)
                        .isBetween((long) texts.size() - withTheirSample, (long) texts.size());
            }
        }

        private void checkMetadata(Loss.Kind kind, Function<MetricFamily, Object> what, Object none) {
            for (MetricFamily family : before) {
                MetricFamily same = after.family(family.name()).orElse(null);
                Object now = same == null ? none : what.apply(same);
                boolean lost = !now.equals(what.apply(family));
                boolean reported = isReported(kind, family, "");
                // What stands under its name, if anything, is a part of it or another family.
                boolean gone = isReported(Loss.Kind.TYPE, family, "taken apart")
                        || isReported(Loss.Kind.TYPE, family, "left out")
                        || isReported(Loss.Kind.START_TIMESTAMP, family, "written as _created")
                        || isReported(Loss.Kind.SAMPLE, family, " belongs to ")
                        || isReported(Loss.Kind.SAMPLE, family, " is taken by ");
                assertThat(reported && !lost && !gone)
                        .as("%s of %s reported without reason, %s", kind, family.name(), about)
                        .isFalse();
                assertThat(lost && !reported && !gone)
                        .as("%s of %s lost, %s", kind, family.name(), about)
                        .isFalse();
            }
        }

        private boolean isReported(Loss.Kind kind, MetricFamily family, String how) {
            return written.report().losses().stream()
                    .anyMatch(loss -> loss.kind() == kind
                            && loss.family().equals(family.name())
                            && loss.detail().contains(how));
        }
    }
}

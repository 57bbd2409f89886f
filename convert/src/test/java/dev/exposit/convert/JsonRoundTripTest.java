package dev.exposit.convert;

import static dev.exposit.convert.Bytes.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.SummaryValue;
import dev.exposit.parser.ReadOptions;
import dev.exposit.writer.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code parse(write(m)) = m} for every set that the model can hold; the first seed is {@code exposit.seed}. */
class JsonRoundTripTest {
    private static final long SEED = Long.getLong("exposit.seed", 0L);
    private static final int SETS = 5000;
    private static final WriteOptions OPTIONS = WriteOptions.of(ExpositionFormat.JSON);

    private static String written(MetricSet set, JsonForm form) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(Json.write(set, out, OPTIONS, form).isEmpty()).isTrue();
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What {@code equals} does not look at: how numbers in labels are spelled, and the order of labels. */
    private static List<String> spellings(MetricSet set) {
        List<String> spellings = new ArrayList<>();
        for (MetricFamily family : set) {
            for (Metric metric : family.metrics()) {
                spellings.add(metric.labels().toString());
                metric.points().forEach(point -> {
                    if (point.value() instanceof HistogramValue histogram) {
                        histogram
                                .buckets()
                                .forEach(
                                        bucket -> spellings.add("" + bucket.le().spelling()));
                    } else if (point.value() instanceof SummaryValue summary) {
                        summary.quantiles()
                                .forEach(quantile ->
                                        spellings.add("" + quantile.quantile().spelling()));
                    }
                });
            }
        }
        return spellings;
    }

    @ParameterizedTest
    @EnumSource(JsonForm.class)
    void everySetComesBack(JsonForm form) throws IOException {
        for (long seed = SEED; seed < SEED + SETS; seed++) {
            MetricSet set = new JsonModels(seed).next();
            String json = written(set, form);

            MetricSet back = Json.parse(json);

            assertThat(back).as("exposit.seed=%s of %s", seed, json).isEqualTo(set);
            assertThat(spellings(back)).as("exposit.seed=%s of %s", seed, json).isEqualTo(spellings(set));
            assertThat(written(back, form)).as("exposit.seed=%s", seed).isEqualTo(json);
        }
    }

    @Test
    void piecesMakeTheSameText() throws IOException {
        for (long seed = SEED; seed < SEED + 500; seed++) {
            MetricSet set = new JsonModels(seed).next();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (FamilyTarget writer = Json.writer(out, OPTIONS, JsonForm.LINES)) {
                for (MetricFamily family : set) {
                    for (FamilyPart part : pieces(family)) {
                        writer.write(part);
                    }
                }
            }
            String lines = out.toString(StandardCharsets.UTF_8);
            assertThat(lines).isEqualTo(written(set, JsonForm.LINES));
            assertThat(Json.parse(new Drops(lines), ReadOptions.defaults())).isEqualTo(set);
        }
    }

    private static List<FamilyPart> pieces(MetricFamily family) {
        List<FamilyPart> pieces = new ArrayList<>();
        pieces.add(new FamilyPart(new MetricFamily(family.metadata(), List.of()), true, false));
        for (Metric metric : family.metrics()) {
            pieces.add(new FamilyPart(new MetricFamily(family.metadata(), List.of(metric)), false, false));
        }
        pieces.add(new FamilyPart(new MetricFamily(family.metadata(), List.of()), false, true));
        return pieces;
    }

    /** A byte at a time. */
    private static final class Drops extends ByteArrayInputStream {
        Drops(String text) {
            super(utf8(text));
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1));
        }
    }

    @Test
    void largeFamilyComesInParts() throws IOException {
        MetricFamily.Builder builder = MetricFamily.builder("a", MetricType.GAUGE);
        for (int i = 0; i < 50_000; i++) {
            builder.add(i, "l", "v" + i);
        }
        MetricSet set = MetricSet.of(
                builder.build(), MetricFamily.builder("b", MetricType.GAUGE).build());
        InputStream in = new ByteArrayInputStream(utf8(Json.toString(set)));

        List<FamilyPart> parts = new ArrayList<>();
        try (FamilySource source = Json.open(in, ReadOptions.defaults())) {
            Stream.generate(() -> next(source)).takeWhile(part -> part != null).forEach(parts::add);
        }

        assertThat(parts).hasSizeGreaterThan(3);
        assertThat(parts.get(0).first()).isTrue();
        assertThat(parts.stream().filter(FamilyPart::first)).hasSize(2);
        assertThat(parts.stream().filter(FamilyPart::last)).hasSize(2);
        assertThat(parts.stream()
                        .mapToInt(part -> part.family().metrics().size())
                        .sum())
                .isEqualTo(50_000);
        assertThat(Json.parse(Json.toString(set))).isEqualTo(set);
    }

    private static FamilyPart next(FamilySource source) {
        try {
            return source.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

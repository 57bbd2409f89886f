package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Location;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.Problem;
import dev.exposit.model.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classic histograms as native ones with custom bounds. */
class CustomBucketsReaderTest {
    private static ExpositionReader open(String text, ExpositionFormat format) {
        ReadOptions options = ReadOptions.of(format).withRecovery(Recovery.SKIP_LINE);
        return ExpositionReader.open(text.getBytes(StandardCharsets.UTF_8), options)
                .withCustomBuckets();
    }

    private static List<String> events(ExpositionReader in) {
        List<String> events = new ArrayList<>();
        while (in.next() != Event.END) {
            events.add(EventDump.event(in));
        }
        return events;
    }

    @Test
    void samplesBecomeOneComposite() {
        ExpositionReader in = open("""
                # TYPE h histogram
                h_bucket{a="b",le="1"} 1 # {t="x"} 0.5
                h_bucket{a="b",le="2.50"} 1
                h_bucket{a="b",le="+Inf"} 3 # {t="y"} 9
                h_sum{a="b"} 4.5
                h_count{a="b"} 3
                h_created{a="b"} 1.5
                # TYPE g gauge
                g 1
                # EOF
                """, ExpositionFormat.OPENMETRICS_1);
        assertThat(in.next()).isEqualTo(Event.TYPE);
        assertThat(in.next()).isEqualTo(Event.COMPOSITE);
        assertThat(in.event()).isEqualTo(Event.COMPOSITE);
        assertThat(in.location()).isEqualTo(new Location(2, 1, 19));
        assertThat(in.familyName().toString()).isEqualTo("h");
        assertThat(in.sampleName().toString()).isEqualTo("h");
        assertThat(in.exposedFamilyName()).isEqualTo("h");
        assertThat(in.familyOrdinal()).isZero();
        assertThat(in.labelCount()).isEqualTo(1);
        assertThat(in.labelName(0).toString()).isEqualTo("a");
        assertThat(in.labelValue(0).toString()).isEqualTo("b");
        assertThat(in.toLabels()).isEqualTo(Labels.of("a", "b"));
        assertThat(in.hasTimestamp()).isFalse();
        assertThat(in.startTimestamp()).isEqualTo(new Timestamp(1, 500_000_000));
        assertThat(in.exemplars()).extracting(exemplar -> exemplar.value()).containsExactly(0.5, 9.0);
        Composite composite = in.composite();
        assertThat(composite.bucketCount()).isZero();
        assertThat(composite.hasNativeBuckets()).isTrue();
        HistogramValue value = (HistogramValue) composite.toValue();
        assertThat(value.count()).isEqualTo(3);
        assertThat(value.sum()).isEqualTo(4.5);
        NativeBuckets buckets = Objects.requireNonNull(value.nativeBuckets());
        assertThat(buckets.schema()).isEqualTo(NativeBuckets.CUSTOM_BUCKETS);
        assertThat(buckets.customBounds()).containsExactly(1.0, 2.5);
        assertThat(buckets.total()).isEqualTo(3);
        assertThatThrownBy(in::value).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(in::valueText).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(in::text).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(in::timestampText).isInstanceOf(IllegalStateException.class);
        assertThat(in.problem("X", Problem.Severity.WARNING, null, "a", "b").location())
                .isEqualTo(new Location(2, 1, 19));
        assertThat(in.next()).isEqualTo(Event.TYPE);
        assertThat(in.familyName().toString()).isEqualTo("g");
        assertThat(in.next()).isEqualTo(Event.SAMPLE);
        assertThat(in.value()).isEqualTo(1);
        assertThat(in.next()).isEqualTo(Event.END);
        assertThat(in.next()).isEqualTo(Event.END);
    }

    @Test
    void eachMetricAndEachTimeIsOneOfItsOwn() {
        assertThat(events(open("""
                        # TYPE h histogram
                        h_bucket{le="+Inf"} 1 5
                        h_count 1 5
                        h_count 2 6
                        h_bucket{le="+Inf"} 2 6
                        h_bucket{a="b",le="+Inf"} 3
                        h_bucket{a="c",le="+Inf"} 4
                        """, ExpositionFormat.PROMETHEUS_TEXT)))
                .hasSize(5)
                .allSatisfy(event -> assertThat(event).doesNotContain("_bucket"))
                .satisfies(all -> assertThat(all.get(1)).contains("count=1.0").endsWith("@0.005"))
                .satisfies(all -> assertThat(all.get(2)).contains("count=2.0").endsWith("@0.006"))
                .satisfies(all -> assertThat(all.get(3)).startsWith("h{a=\"b\"}"))
                .satisfies(all -> assertThat(all.get(4)).startsWith("h{a=\"c\"}"));
    }

    @Test
    void whatMakesNoSenseKeepsItsClassicBuckets() {
        List<String> events = events(open("""
                # TYPE h histogram
                h_bucket{le="1.0"} 3
                h_bucket{le="+Inf"} 2
                """, ExpositionFormat.PROMETHEUS_TEXT));
        assertThat(events).hasSize(2).last().asString().contains("1.0", "+Inf").doesNotContain("schema");
    }

    @Test
    void samplesThatAreNoPartsStayAsTheyAre() {
        assertThat(events(open("""
                        # TYPE h histogram
                        h 1
                        h_bucket 2
                        h_bucket{le="x"} 3
                        # TYPE s summary
                        s_count 4
                        """, ExpositionFormat.PROMETHEUS_TEXT)))
                .containsExactly(
                        "TYPE h histogram",
                        "h{} 1.0",
                        "h_bucket{} 2.0 of h",
                        "h_bucket{le=\"x\"} 3.0 of h",
                        "TYPE s summary",
                        "s_count{} 4.0 of s");
    }

    @Test
    void compositesGetCustomBoundsUnlessTheyHaveNativeBuckets() {
        ExpositionReader in = open("""
                # TYPE h histogram
                h{a="b"} {count:3,sum:4,bucket:[1:1,+Inf:3]}
                h{a="c"} {count:1,sum:1,schema:0,zero_threshold:0,zero_count:1,bucket:[+Inf:1]}
                # TYPE s summary
                s {count:1,sum:1,quantile:[]}
                # EOF
                """, ExpositionFormat.OPENMETRICS_2);
        in.next();
        in.next();
        assertThat(((HistogramValue) in.composite().toValue()).nativeBuckets())
                .extracting(NativeBuckets::customBounds)
                .isEqualTo(List.of(1.0));
        in.next();
        HistogramValue both = (HistogramValue) in.composite().toValue();
        assertThat(both.buckets()).hasSize(1);
        assertThat(Objects.requireNonNull(both.nativeBuckets()).schema()).isZero();
        in.next();
        assertThat(in.next()).isEqualTo(Event.COMPOSITE);
        assertThat(in.composite().kind()).isEqualTo(Composite.Kind.SUMMARY);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void familiesHaveThemToo(boolean merging) {
        ExpositionReader in = open("""
                # TYPE h histogram
                h_bucket{le="1"} 1 # {t="x"} 0.5
                h_bucket{le="+Inf"} 3
                h_count 3
                h_sum 4
                # EOF
                """, ExpositionFormat.OPENMETRICS_1);
        FamilyReader families = merging ? FamilyReader.merging(in) : in.assembled();
        MetricFamily family = Objects.requireNonNull(families.next()).family();
        Metric metric = family.metrics().get(0);
        assertThat(((HistogramValue) metric.value()).nativeBuckets())
                .extracting(NativeBuckets::schema)
                .isEqualTo(NativeBuckets.CUSTOM_BUCKETS);
        assertThat(metric.point().exemplars()).hasSize(1);
    }

    @Test
    void takenApartTheyAreClassicAgain() {
        String text = "# TYPE h histogram\nh {count:3,sum:4,bucket:[1:1,+Inf:3]}\n# EOF\n";
        assertThat(events(open(text, ExpositionFormat.OPENMETRICS_2).expanded()))
                .containsExactly(
                        "TYPE h histogram",
                        "h_count{} 3.0 of h",
                        "h_sum{} 4.0 of h",
                        "h_bucket{le=\"1.0\"} 1.0 of h",
                        "h_bucket{le=\"+Inf\"} 3.0 of h");
    }
}

package dev.exposit.conformance.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.exposit.conformance.server.Stored.Bucket;
import dev.exposit.conformance.server.Stored.Exemplar;
import dev.exposit.conformance.server.Stored.Histogram;
import dev.exposit.conformance.server.Stored.Sample;
import dev.exposit.conformance.server.StoredRules.Form;
import dev.exposit.conformance.server.Target.Answer;
import dev.exposit.format.ContentNegotiation;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.format.NegotiatedFormat;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.MetricSet;
import dev.exposit.model.Timestamp;
import dev.exposit.writer.ExpositionWriter;
import dev.exposit.writer.WriteOptions;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A Prometheus server scrapes what we write, and its HTTP API shows what it stored: all that was sent. */
class PrometheusScrapeTest {
    /** Recent, since the server refuses samples that are an hour old. */
    private static final Timestamp NOW = Timestamp.ofMillis(System.currentTimeMillis() - 5_000);

    private static final double PRECISION = 1e-9;

    private static final Map<String, Target.Page> PAGES = new LinkedHashMap<>();
    private static final Map<String, MetricSet> SETS = new LinkedHashMap<>();
    private static final Map<String, NegotiatedFormat> NEGOTIATED = new ConcurrentHashMap<>();

    static {
        MetricSet allTypes = Exposures.allTypes(NOW);
        fixed("protobuf", ExpositionFormat.PROTOBUF, allTypes);
        fixed("openmetrics", ExpositionFormat.OPENMETRICS_1, allTypes);
        fixed("text", ExpositionFormat.PROMETHEUS_TEXT_0_0_4, allTypes);
        fixed("native", ExpositionFormat.PROTOBUF, Exposures.natives(NOW));
        fixed("apart", ExpositionFormat.PROTOBUF, Exposures.apart());
        fixed("gauge-openmetrics", ExpositionFormat.OPENMETRICS_1, Exposures.gaugeHistogram());
        fixed("gauge-text", ExpositionFormat.PROMETHEUS_TEXT_0_0_4, Exposures.gaugeHistogram());
        fixed("gauge-protobuf", ExpositionFormat.PROTOBUF, Exposures.gaugeHistogram());
        fixed("misread", ExpositionFormat.PROTOBUF, Exposures.misread());
        negotiated("any", ContentNegotiation.standard(), allTypes);
        negotiated(
                "no-protobuf",
                ContentNegotiation.offering(List.of(
                        ExpositionFormat.PROMETHEUS_TEXT_0_0_4,
                        ExpositionFormat.OPENMETRICS_2,
                        ExpositionFormat.OPENMETRICS_1)),
                allTypes);
        negotiated("old-text", ContentNegotiation.offering(List.of(ExpositionFormat.PROMETHEUS_TEXT_0_0_4)), allTypes);
        negotiated("new-text", ContentNegotiation.offering(List.of(ExpositionFormat.PROMETHEUS_TEXT)), allTypes);
    }

    private static Target target;
    private static PrometheusServer server;

    private static void fixed(String page, ExpositionFormat format, MetricSet set) {
        SETS.put(page, set);
        byte[] body = ExpositionWriter.toBytes(set, format);
        PAGES.put(page, accept -> new Answer(format.contentType().toString(), body));
    }

    private static void negotiated(String page, ContentNegotiation negotiation, MetricSet set) {
        SETS.put(page, set);
        PAGES.put(page, accept -> {
            NegotiatedFormat format = negotiation.answer(accept);
            NEGOTIATED.put(page, format);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            ExpositionWriter.write(
                    set,
                    body,
                    WriteOptions.builder(format.format())
                            .escaping(format.escaping())
                            .build());
            return new Answer(format.contentType().toString(), body.toByteArray());
        });
    }

    @BeforeAll
    static void scrape() throws Exception {
        target = new Target(PAGES);
        server = PrometheusServer.scraping(target);
        server.awaitScrapes(PAGES.size());
    }

    @AfterAll
    static void stop() throws Exception {
        if (server != null) {
            server.close();
        }
        if (target != null) {
            target.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"protobuf", "native", "apart", "any"})
    void storesProtobuf(String page) throws Exception {
        assertStored(page, Form.PROTOBUF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"openmetrics", "gauge-openmetrics", "no-protobuf"})
    void storesOpenMetrics(String page) throws Exception {
        assertStored(page, Form.OPENMETRICS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "gauge-text", "old-text", "new-text"})
    void storesText(String page) throws Exception {
        assertStored(page, Form.TEXT);
    }

    @Test
    void negotiationFindsWhatTheServerReads() {
        assertThat(NEGOTIATED.get("any").contentType())
                .hasToString(ExpositionFormat.PROTOBUF.contentType() + "; escaping=underscores");
        assertThat(NEGOTIATED.get("no-protobuf").contentType())
                .hasToString(ExpositionFormat.OPENMETRICS_1.contentType() + "; escaping=underscores");
        assertThat(NEGOTIATED.get("old-text").contentType())
                .hasToString(ExpositionFormat.PROMETHEUS_TEXT_0_0_4.contentType() + "; escaping=underscores");
        assertThat(NEGOTIATED.get("new-text").contentType())
                .hasToString(ExpositionFormat.PROMETHEUS_TEXT.contentType() + "; escaping=underscores");
        assertThat(NEGOTIATED.values()).allMatch(NegotiatedFormat::acceptable);
    }

    /** At the ends of native buckets every interpolation is the same. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 2, 4, 8, 16})
    void quantilesOfNativeHistogramsAreThoseOfTheServer(double rank) throws Exception {
        HistogramValue histogram = Exposures.whole(Exposures.quantiles(), 30);
        assertThat(quantile(rank / 16, "native", "shapes{shape=\"quantiles\",$}"))
                .isCloseTo(histogram.quantile(rank / 16), within(PRECISION));
    }

    @Test
    void fractionsOfNativeHistogramsAreThoseOfTheServer() throws Exception {
        HistogramValue histogram = Exposures.whole(Exposures.quantiles(), 30);
        assertThat(new StoredReading(server, "native")
                        .evaluate("histogram_fraction(0.5, 2, shapes{shape=\"quantiles\",$})"))
                .isCloseTo(histogram.fraction(0.5, 2), within(PRECISION));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0, 0.01, 0.125, 0.2, 0.4, 0.5, 0.51, 0.6, 0.75, 0.9, 0.95, 1, 2})
    void quantilesOfClassicHistogramsAreThoseOfTheServer(double part) throws Exception {
        for (String page : List.of("protobuf", "openmetrics", "text")) {
            assertThat(quantile(part, page, "latency_seconds_bucket{m=\"x\",$}"))
                    .isCloseTo(Exposures.classic().quantile(part), withinPercentage(100 * PRECISION));
        }
        assertThat(quantile(part, "native", "below_zero_bucket{$}"))
                .isCloseTo(Exposures.belowZero().quantile(part), withinPercentage(100 * PRECISION));
    }

    private static double quantile(double part, String page, String series) throws Exception {
        return new StoredReading(server, page).evaluate("histogram_quantile(" + part + ", " + series + ")");
    }

    // ---- PrometheusFindings, those that the rules do not show

    /** NO_SUFFIXES. */
    @Test
    void classicGaugeHistogramsHaveNoSuffixes() throws Exception {
        assertThat(values("gauge-protobuf"))
                .isEqualTo(Map.of(
                        "queue_bytes{q=\"a\"}", 4.0,
                        "queue_bytes{le=\"1.0\",q=\"a\"}", 2.0,
                        "queue_bytes{le=\"+Inf\",q=\"a\"}", 4.0));
    }

    /** FRACTIONS, FIRST, FLOATS, COVERED. */
    @Test
    void someHistogramsAreMisread() throws Exception {
        Map<String, Object> expected = new TreeMap<>();
        expected.put("fractions_count{}", 0.0);
        expected.put("fractions_sum{}", 1.0);
        expected.put("fractions_bucket{le=\"1.0\"}", 0.0);
        expected.put("fractions_bucket{le=\"+Inf\"}", 0.0);
        expected.put("first_classic_count{m=\"classic\"}", 4.0);
        expected.put("first_classic_sum{m=\"classic\"}", -6.0);
        expected.put("first_classic_bucket{le=\"-2.5\",m=\"classic\"}", 1.0);
        expected.put("first_classic_bucket{le=\"-1.0\",m=\"classic\"}", 2.0);
        expected.put("first_classic_bucket{le=\"0.0\",m=\"classic\"}", 4.0);
        expected.put("first_classic_bucket{le=\"+Inf\",m=\"classic\"}", 4.0);
        expected.put("first_classic_count{m=\"native\"}", 3.0);
        expected.put("first_classic_sum{m=\"native\"}", 4.0);
        expected.put("first_classic_bucket{le=\"+Inf\",m=\"native\"}", 3.0);
        Bucket one = new Bucket(false, 0.5, 1, true, 3);
        expected.put("first_native{m=\"native\"}", new Histogram(3, 4, List.of(one)));
        expected.put("first_native{m=\"classic\"}", new Histogram(4, -6, List.of()));
        expected.put("floats_count{}", 0.0);
        expected.put("floats_sum{}", 4.0);
        expected.put("floats_bucket{le=\"+Inf\"}", 0.0);
        Bucket zero = new Bucket(true, -3, 3, true, 1);
        Bucket covered = new Bucket(false, 3, 2, true, 1);
        Bucket half = new Bucket(false, 3, 4, true, 1);
        expected.put("covered{}", new Histogram(3, 4, List.of(zero, covered, half)));
        assertThat(values("misread")).isEqualTo(expected);
    }

    private static Map<String, Object> values(String page) throws Exception {
        Map<String, Object> values = new TreeMap<>();
        new StoredReading(server, page).samples().forEach((series, sample) -> values.put(series, sample.value()));
        return values;
    }

    /** LINEAR: half-way in the bucket from 2 to 4. */
    @Test
    void interpolatesNativeBucketsLinearly() throws Exception {
        assertThat(quantile(0.75, "native", "shapes{shape=\"quantiles\",$}")).isEqualTo(3);
        assertThat(Exposures.whole(Exposures.quantiles(), 30).quantile(0.75))
                .isCloseTo(2 * Math.sqrt(2), within(PRECISION));
    }

    /** RANGE. */
    @Test
    void rangesMixHistogramsUp() throws Exception {
        String both = "{__name__=~\"float_shapes|gauge_shapes\",instance=\"native\"}[10m]";
        JsonNode found = server.api("query", "query", both).get("result");
        assertThat(found).hasSize(3);
        assertThat(found.get(2).get("metric").get("__name__").asText()).isEqualTo("gauge_shapes");
        assertThat(found.get(2).get("histograms").get(0).get(1))
                .isEqualTo(found.get(1).get("histograms").get(0).get(1));
    }

    private static void assertStored(String page, Form form) throws Exception {
        StoredRules rules = StoredRules.of(SETS.get(page), form);
        StoredReading stored = new StoredReading(server, page);
        assertThat(differences(rules.samples(), untimed(stored.samples(), rules.samples())))
                .isEmpty();
        assertThat(untimed(stored.exemplars(), rules.exemplars()))
                .containsExactlyInAnyOrderElementsOf(rules.exemplars());
        assertThat(stored.metadata()).containsExactlyInAnyOrderElementsOf(rules.metadata());
    }

    /** In words, for one cannot see them in two long texts. */
    private static List<String> differences(Map<String, Sample> expected, Map<String, Sample> stored) {
        Set<String> all = new TreeSet<>(expected.keySet());
        all.addAll(stored.keySet());
        return all.stream()
                .filter(series -> !Objects.equals(expected.get(series), stored.get(series)))
                .map(series -> series + ": expected " + expected.get(series) + ", stored is " + stored.get(series))
                .toList();
    }

    /** Without the times that nobody sent, which are those of the scrape. */
    private static Map<String, Sample> untimed(Map<String, Sample> stored, Map<String, Sample> expected) {
        Map<String, Sample> untimed = new TreeMap<>();
        stored.forEach((series, sample) -> {
            Sample other = expected.get(series);
            boolean timed = other != null && other.millis() != null;
            untimed.put(series, timed ? sample : new Sample(sample.value(), null));
        });
        return untimed;
    }

    private static List<Exemplar> untimed(List<Exemplar> stored, List<Exemplar> expected) {
        List<Exemplar> untimed = new ArrayList<>();
        for (Exemplar exemplar : stored) {
            Exemplar without = new Exemplar(exemplar.series(), exemplar.labels(), exemplar.value(), null);
            untimed.add(expected.contains(without) ? without : exemplar);
        }
        return untimed;
    }
}

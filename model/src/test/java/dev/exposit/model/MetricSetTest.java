package dev.exposit.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricSetTest {

    private static final MetricFamily REQUESTS = MetricFamily.builder("http_requests_total", MetricType.COUNTER)
            .help("Requests served.")
            .add(1027, "method", "post", "code", "200")
            .add(3, "method", "post", "code", "400")
            .add(5)
            .build();

    private static final MetricFamily UP =
            MetricFamily.builder("up", MetricType.GAUGE).add(1).build();

    private static final MetricFamily LATENCY = MetricFamily.builder("rpc_seconds", MetricType.HISTOGRAM)
            .unit("seconds")
            .help("Say \"how\"\nlong.")
            .add(
                    Point.of(HistogramValue.builder()
                                    .bucket(
                                            0.5,
                                            1,
                                            new Exemplar(Labels.of("trace_id", "x"), 0.25, Timestamp.ofMillis(1500)))
                                    .bucket(1, 2)
                                    .count(2)
                                    .sum(1.25)
                                    .build())
                            .at(Timestamp.ofSeconds(7))
                            .startedAt(Timestamp.ofSeconds(3)),
                    "method",
                    "get")
            .build();

    private static final MetricSet SET = MetricSet.of(UP, REQUESTS, LATENCY);

    @Test
    void findsFamiliesByTheirExposedName() {
        assertThat(SET.family("http_requests_total")).containsSame(REQUESTS);
        assertThat(SET.family("rpc_seconds")).containsSame(LATENCY);
        assertThat(SET.family("http_requests")).isEmpty();
        assertThat(SET.family("rpc_seconds_bucket")).isEmpty();
        assertThat(SET.family("UP")).isEmpty();
        assertThat(SET.family("")).isEmpty();
    }

    @Test
    void findsNumbersByExactlyTheseLabelsInAnyOrder() {
        assertThat(SET.value("http_requests_total", "code", "400", "method", "post"))
                .contains(3.0);
        assertThat(SET.value("http_requests_total", "method", "post", "code", "200"))
                .contains(1027.0);
        assertThat(SET.value("http_requests_total")).contains(5.0);
        assertThat(SET.value("up")).contains(1.0);
        assertThat(SET.value("http_requests_total", "method", "post")).isEmpty();
        assertThat(SET.value("up", "a", "")).isEmpty();
        assertThat(SET.value("down")).isEmpty();
        assertThat(SET.value("rpc_seconds", "method", "get")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> SET.value("up", "method"));
    }

    @Test
    void findsTheFirstOfSeveralMetricsAndTheNewestOfSeveralPoints() {
        Metric first = new Metric(
                Labels.of("a", "b"),
                List.of(Point.of(1).at(Timestamp.ofSeconds(1)), Point.of(2).at(Timestamp.ofSeconds(2))));
        Metric second = new Metric(Labels.of("a", "b"), Point.of(9));
        MetricFamily family = MetricFamily.builder("x", MetricType.GAUGE)
                .add(first)
                .add(second)
                .build();
        assertThat(family.metric("a", "b")).containsSame(first);
        assertThat(family.metric(Labels.of("a", "b"))).containsSame(first);
        assertThat(first.point()).isEqualTo(first.points().get(1));
        assertThat(first.value()).isEqualTo(new NumberValue(2));
        assertThat(MetricSet.of(family).value("x", "a", "b")).contains(2.0);
    }

    @Test
    void refusesAFamilyThatStandsTwice() {
        MetricFamily other = MetricFamily.builder("up", MetricType.COUNTER).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricSet.of(UP, REQUESTS, other))
                .withMessageContaining("\"up\"");
        assertThatIllegalArgumentException().isThrownBy(() -> MetricSet.of(List.of(UP, UP)));
    }

    @Test
    void keepsTheOrderAndComparesIt() {
        assertThat(SET).containsExactly(UP, REQUESTS, LATENCY);
        assertThat(SET.families()).containsExactly(UP, REQUESTS, LATENCY);
        assertThat(SET.stream()).containsExactly(UP, REQUESTS, LATENCY);
        assertThat(SET)
                .isEqualTo(MetricSet.of(List.of(UP, REQUESTS, LATENCY)))
                .hasSameHashCodeAs(MetricSet.of(List.of(UP, REQUESTS, LATENCY)))
                .isNotEqualTo(MetricSet.of(REQUESTS, UP, LATENCY))
                .isNotEqualTo(MetricSet.of(UP, REQUESTS));
        assertThatThrownBy(() -> SET.iterator().remove()).isInstanceOf(UnsupportedOperationException.class);
        assertThat(MetricSet.of()).isEmpty();
    }

    @Test
    void holdsManyFamilies() {
        MetricSet set = MetricSet.of(IntStream.range(0, 10_000)
                .mapToObj(i ->
                        MetricFamily.builder("f" + i, MetricType.GAUGE).add(i).build())
                .toList());
        for (int i = 0; i < 10_000; i++) {
            assertThat(set.value("f" + i)).contains((double) i);
        }
    }

    @Test
    void aFamilyIsBuiltAsItIsSpelledOut() {
        Metadata metadata = new Metadata("http_requests_total", MetricType.COUNTER, "", "Requests served.");
        assertThat(REQUESTS)
                .isEqualTo(new MetricFamily(
                        metadata,
                        List.of(
                                new Metric(Labels.of("code", "200", "method", "post"), Point.of(1027)),
                                new Metric(Labels.of("code", "400", "method", "post"), Point.of(3)),
                                new Metric(Labels.of(), Point.of(5)))));
        assertThat(List.of(REQUESTS.name(), REQUESTS.type(), REQUESTS.unit(), REQUESTS.help()))
                .containsExactly("http_requests_total", MetricType.COUNTER, "", "Requests served.");
        assertThat(LATENCY.metadata())
                .isEqualTo(new Metadata("rpc_seconds", MetricType.HISTOGRAM, "seconds", "Say \"how\"\nlong."));
        assertThat(new Metadata("x", MetricType.INFO)).isEqualTo(new Metadata("x", MetricType.INFO, "", ""));
    }

    @Test
    void aBuilderMayGoOnAfterBuilding() {
        MetricFamily.Builder builder =
                MetricFamily.builder("x", MetricType.INFO).add(new InfoValue(), "version", "1");
        MetricFamily first = builder.build();
        MetricFamily second =
                builder.help("later").add(new InfoValue(), "version", "2").build();
        assertThat(first.metrics()).hasSize(1);
        assertThat(first.help()).isEmpty();
        assertThat(second.metrics()).hasSize(2);
        assertThat(second.help()).isEqualTo("later");
    }

    @Test
    void refusesWhatIsNoFamily() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricFamily.builder("", MetricType.GAUGE).build());
        assertThatNullPointerException()
                .isThrownBy(() -> MetricFamily.builder(null, MetricType.GAUGE).build());
        assertThatNullPointerException()
                .isThrownBy(() -> MetricFamily.builder("x", null).build());
        assertThatNullPointerException()
                .isThrownBy(() ->
                        MetricFamily.builder("x", MetricType.GAUGE).unit(null).build());
        assertThatNullPointerException()
                .isThrownBy(() ->
                        MetricFamily.builder("x", MetricType.GAUGE).help(null).build());
        assertThatNullPointerException().isThrownBy(() -> new MetricFamily(null, List.of()));
        assertThatNullPointerException().isThrownBy(() -> MetricSet.of(UP, null));
        assertThatNullPointerException().isThrownBy(() -> FamilyPart.whole(null));
    }

    @Test
    void printsForPeople() {
        assertThat(SET).hasToString("""
                        up gauge
                          {} 1.0
                        http_requests_total counter "Requests served."
                          {method="post",code="200"} 1027.0
                          {method="post",code="400"} 3.0
                          {} 5.0
                        rpc_seconds histogram in seconds "Say \\"how\\"\\nlong."
                          {method="get"} histogram(count=2.0, sum=1.25, \
                        buckets=[0.5: 1.0 # {trace_id="x"} 0.25 1.5, 1.0: 2.0]) at 7 since 3""");
        assertThat(new Metadata("http.requests", MetricType.COUNTER)).hasToString("\"http.requests\" counter");
        assertThat(new Metadata("job:up:sum", MetricType.UNKNOWN)).hasToString("job:up:sum unknown");
        assertThat(new RawValue("a b", 1)).hasToString("raw \"a b\" 1.0");
        assertThat(new RawValue("h_bucket", 1)).hasToString("raw h_bucket 1.0");
    }

    @Test
    void anOutlineKnowsNamesAndTypesInOrder() {
        Outline outline = Outline.of(SET);
        assertThat(outline.types().keySet()).containsExactly("up", "http_requests_total", "rpc_seconds");
        assertThat(outline.type("rpc_seconds")).isEqualTo(MetricType.HISTOGRAM);
        assertThat(outline.type("rpc_seconds_bucket")).isNull();
        assertThat(Outline.empty().types()).isEmpty();
        assertThat(Outline.of(MetricSet.of())).isEqualTo(Outline.empty());

        Map<String, MetricType> types = new LinkedHashMap<>();
        types.put("rpc_seconds", MetricType.HISTOGRAM);
        types.put("up", MetricType.GAUGE);
        types.put("http_requests_total", MetricType.COUNTER);
        Outline other = Outline.of(types);
        types.clear();
        assertThat(other.types().keySet()).containsExactly("rpc_seconds", "up", "http_requests_total");
        assertThat(other).isEqualTo(outline).hasSameHashCodeAs(outline).isNotEqualTo(Outline.empty());
        assertThatThrownBy(() -> other.types().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aPartIsWholeIfItIsFirstAndLast() {
        assertThat(FamilyPart.whole(UP)).isEqualTo(new FamilyPart(UP, true, true));
        assertThat(FamilyPart.whole(UP).isWhole()).isTrue();
        assertThat(new FamilyPart(UP, true, false).isWhole()).isFalse();
        assertThat(new FamilyPart(UP, false, true).isWhole()).isFalse();
        assertThat(new FamilyPart(UP, false, false).isWhole()).isFalse();
    }

    @Test
    void aSetOfDistinctFamiliesIsOneLikeOthers() {
        List<MetricFamily> families = List.of(
                MetricFamily.builder("a", MetricType.GAUGE).add(1).build(),
                MetricFamily.builder("b", MetricType.GAUGE).add(2).build());
        MetricSet set = MetricSet.ofDistinct(families);
        assertThat(set).isEqualTo(MetricSet.of(families));
        assertThat(set.value("b")).hasValue(2.0);
        assertThat(set.family("c")).isEmpty();
    }

    @Test
    void aNameThatStandsTwiceShowsWhenOneIsLookedFor() {
        MetricFamily family = MetricFamily.builder("a", MetricType.GAUGE).build();
        MetricSet set = MetricSet.ofDistinct(List.of(family, family));
        assertThatThrownBy(() -> set.family("b")).isInstanceOf(IllegalArgumentException.class);
    }
}

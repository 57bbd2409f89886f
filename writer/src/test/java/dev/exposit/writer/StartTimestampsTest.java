package dev.exposit.writer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.Timestamp;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One start timestamp in the model, in each form in each format. */
class StartTimestampsTest {
    private static final Timestamp START = Timestamp.ofMillis(1_500);
    private static final MetricFamily REQUESTS = MetricFamily.builder("requests_total", MetricType.COUNTER)
            .help("H")
            .add(Point.of(1).startedAt(START), "a", "1")
            .add(Point.of(2).startedAt(START).at(Timestamp.ofSeconds(7)), "a", "2")
            .build();
    private static final MetricFamily SENT = MetricFamily.builder("sent_total", MetricType.COUNTER)
            .add(Point.of(1).startedAt(START))
            .build();

    private static Written written(ExpositionFormat format, StartTimestamps form, MetricFamily... families) {
        return Written.of(options(format, form), MetricSet.of(families));
    }

    private static WriteOptions options(ExpositionFormat format, StartTimestamps form) {
        return WriteOptions.builder(format).startTimestamps(form).build();
    }

    @Test
    void onTheLineOfTheirSampleInOpenMetrics2() {
        Written written = written(ExpositionFormat.OPENMETRICS_2, StartTimestamps.BY_FORMAT, REQUESTS);

        assertThat(written.text()).isEqualTo("""
                # TYPE requests_total counter
                # HELP requests_total H
                requests_total{a="1"} 1 st@1.5
                requests_total{a="2"} 2 7 st@1.5
                # EOF
                """);
        assertThat(written.losses()).isEmpty();
    }

    @Test
    void asAGaugeFamilyInOpenMetrics2() {
        Written written = written(ExpositionFormat.OPENMETRICS_2, StartTimestamps.CREATED, REQUESTS);

        assertThat(written.text()).isEqualTo("""
                # TYPE requests_total counter
                # HELP requests_total H
                requests_total{a="1"} 1
                requests_total{a="2"} 2 7
                # TYPE requests_created gauge
                # HELP requests_created H
                requests_created{a="1"} 1.5
                requests_created{a="2"} 1.5 7
                # EOF
                """);
        assertThat(written.losses()).isEmpty();
    }

    @Test
    void asAGaugeFamilyThoseOfStatesetsToo() {
        StateSetValue states = new StateSetValue(List.of(new StateSetValue.State("s", true)));
        Written written = written(
                ExpositionFormat.OPENMETRICS_2,
                StartTimestamps.CREATED,
                MetricFamily.builder("p", MetricType.STATE_SET)
                        .add(Point.of(states).startedAt(START))
                        .build());

        assertThat(written.text()).endsWith("# TYPE p_created gauge\np_created 1.5\n# EOF\n");
        assertThat(written.losses()).isEmpty();
    }

    @Test
    void aGaugeFamilyOfThatNameGoesFirst() {
        Written written = written(
                ExpositionFormat.OPENMETRICS_2,
                StartTimestamps.CREATED,
                REQUESTS,
                MetricFamily.builder("requests_created", MetricType.GAUGE)
                        .add(3)
                        .build());

        assertThat(written.text()).endsWith("# TYPE requests_created gauge\nrequests_created 3\n# EOF\n");
        assertThat(written.losses())
                .containsExactly("START_TIMESTAMP requests_total: start timestamp left out: there is another family"
                        + " requests_created (2 times)");
    }

    @Test
    void whatIsHeldBackIsBounded() {
        WriteOptions options = options(ExpositionFormat.OPENMETRICS_2, StartTimestamps.CREATED).toBuilder()
                .heldBytes(90)
                .build();

        Written written = Written.parts(options, Written.piecesOf(REQUESTS));

        assertThat(written.text())
                .endsWith(
                        "# TYPE requests_created gauge\n# HELP requests_created H\nrequests_created{a=\"1\"} 1.5\n# EOF\n");
        assertThat(written.losses())
                .containsExactly("START_TIMESTAMP requests_total: start timestamp left out: family requests_created"
                        + " does not fit into the 90 bytes left of heldBytes");
    }

    @ParameterizedTest
    @EnumSource(
            value = ExpositionFormat.class,
            names = {"PROMETHEUS_TEXT", "PROMETHEUS_TEXT_0_0_4", "OPENMETRICS_1"})
    void theOlderFormatsHaveOneForm(ExpositionFormat format) {
        assertThat(written(format, StartTimestamps.CREATED, REQUESTS))
                .isEqualTo(written(format, StartTimestamps.BY_FORMAT, REQUESTS));
    }

    @ParameterizedTest
    @EnumSource(
            value = ExpositionFormat.class,
            names = {"PROMETHEUS_TEXT", "OPENMETRICS_1", "OPENMETRICS_2"})
    void leftOutTheyAreReportedButNeverRefused(ExpositionFormat format) {
        WriteOptions strict = options(format, StartTimestamps.OMIT).toBuilder()
                .onLoss(LossPolicy.FAIL)
                .build();

        Written written = Written.of(strict, MetricSet.of(REQUESTS));

        assertThat(written.text()).doesNotContain("1.5").doesNotContain("created");
        assertThat(written.losses())
                .containsExactly("START_TIMESTAMP requests_total: start timestamp left out as asked for (2 times)");
        assertThatThrownBy(() -> Written.of(
                        strict,
                        MetricSet.of(MetricFamily.builder("_", MetricType.INFO)
                                .unit("s")
                                .build())))
                .isInstanceOf(LossRefusedException.class);
    }

    @Test
    void aGaugeThatCameAsOneIsWritten() {
        MetricFamily requests = MetricFamily.builder("requests_total", MetricType.COUNTER)
                .add(1)
                .build();
        MetricFamily created = MetricFamily.builder("requests_created", MetricType.GAUGE)
                .add(1.5)
                .build();

        Written older = written(ExpositionFormat.OPENMETRICS_1, StartTimestamps.OMIT, requests, created, SENT);
        Written newer = written(ExpositionFormat.OPENMETRICS_2, StartTimestamps.OMIT, requests, created);

        assertThat(older.text()).isEqualTo("""
                # TYPE requests counter
                requests_total 1.0
                requests_created 1.5
                # TYPE sent counter
                sent_total 1.0
                # EOF
                """);
        assertThat(newer.text()).contains("# TYPE requests_created gauge\nrequests_created 1.5\n");
        assertThat(newer.losses()).isEmpty();
    }
}

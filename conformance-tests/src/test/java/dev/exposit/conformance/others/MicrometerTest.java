package dev.exposit.conformance.others;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.conformance.others.Finding.Right;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.parser.ErrorCode;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Micrometer's Prometheus registry answers in each of its formats is read to what its meters hold. */
class MicrometerTest {
    private static final Finding HELP = new Finding(
            "A meter without description gets a blank for a help text, which is none in Prometheus text.",
            Right.BOTH,
            "Comments, help text, and type information");
    private static final Finding MAXIMUM = new Finding(
            "The maximum of a timer or summary is a gauge `…_max` beside it; no type has one.", Right.BOTH, "Summary");
    private static final Finding QUANTILES = new Finding(
            "Percentiles of a meter that has a histogram or objectives are not written; no type has both.",
            Right.BOTH,
            "Histogram");
    private static final Finding ACTIVE = new Finding(
            "A long task timer without histogram is a summary, whose count and sum fall when a task ends.",
            Right.SPECIFICATION,
            "Summary");
    private static final Finding STARTS = new Finding(
            "Starts are written in protobuf only, and there for counters only.", Right.BOTH, "metrics.proto");
    private static final Finding GAUGE_HISTOGRAMS = new Finding(
            "Prometheus text has the histogram of a long task timer without count and sum, beside two gauges.",
            Right.OPEN,
            "Histograms and summaries");
    private static final Finding EXEMPLARS = new Finding(
            "With exemplars, counts and quantiles have them as well, which makes OpenMetrics 1.0 malformed.",
            Right.SPECIFICATION,
            "Exemplars");

    static final List<Finding> ALL = List.of(HELP, MAXIMUM, QUANTILES, ACTIVE, STARTS, GAUGE_HISTOGRAMS, EXEMPLARS);

    private static final Labels TRACE = Labels.of("span_id", "00f067aa0ba902b7", "trace_id", "4bf92f3577b34da6");

    /** What it answers by content type. */
    enum Form {
        TEXT("text/plain; version=0.0.4; charset=utf-8", ExpositionFormat.PROMETHEUS_TEXT_0_0_4),
        OPENMETRICS("application/openmetrics-text; version=1.0.0; charset=utf-8", ExpositionFormat.OPENMETRICS_1),
        PROTOBUF(
                "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited",
                ExpositionFormat.PROTOBUF);

        private final String contentType;
        private final ExpositionFormat format;

        Form(String contentType, ExpositionFormat format) {
            this.contentType = contentType;
            this.format = format;
        }
    }

    @ParameterizedTest
    @EnumSource
    void isReadToWhatItsMetersHold(Form form) throws IOException {
        MicrometerMeters meters = new MicrometerMeters(null).addAll();
        Reading reading = read(meters, form);
        assertThat(reading.brokenRules()).isEmpty();
        assertThat(reading.difference(Expectation.of(written(meters.families(), form))))
                .isEmpty();
    }

    /** STARTS, HELP, GAUGE_HISTOGRAMS. */
    private static List<MetricFamily> written(List<MetricFamily> held, Form form) {
        List<MetricFamily> written = new ArrayList<>();
        for (MetricFamily family : held) {
            MetricFamily unstarted = JavaClientModel.points(family, point -> point.startedAt(null));
            if (form == Form.TEXT && family.type() == MetricType.GAUGE_HISTOGRAM) {
                addApart(unstarted, written);
            } else if (form == Form.TEXT) {
                written.add(withHelpStripped(unstarted));
            } else {
                written.add(form == Form.PROTOBUF ? family : unstarted);
            }
        }
        return written;
    }

    private static MetricFamily withHelpStripped(MetricFamily family) {
        MetricFamily.Builder stripped = MetricFamily.builder(family.name(), family.type())
                .help(family.help().stripLeading());
        family.metrics().forEach(stripped::add);
        return stripped.build();
    }

    private static void addApart(MetricFamily family, List<MetricFamily> to) {
        Metric metric = family.metrics().get(0);
        HistogramValue histogram = (HistogramValue) metric.value();
        to.add(MetricFamily.builder(family.name(), MetricType.HISTOGRAM)
                .add(new Metric(metric.labels(), Point.of(new HistogramValue(null, null, histogram.buckets(), null))))
                .build());
        to.add(MetricFamily.builder(family.name() + "_gcount", MetricType.GAUGE)
                .add(new Metric(metric.labels(), Point.of(histogram.count())))
                .build());
        to.add(MetricFamily.builder(family.name() + "_gsum", MetricType.GAUGE)
                .add(new Metric(metric.labels(), Point.of(histogram.sum())))
                .build());
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENMETRICS", "PROTOBUF"})
    void exemplarsOfCountersAreRead(Form form) throws IOException {
        MicrometerMeters meters = new MicrometerMeters(new Traced());
        meters.addCounter();
        Point point = read(meters, form)
                .metrics()
                .family("orders_total")
                .orElseThrow()
                .metrics()
                .get(0)
                .point();
        assertThat(point.exemplars()).singleElement().satisfies(exemplar -> assertIsOf(3.5, exemplar));
    }

    @Test
    void exemplarsOfBucketsAreRead() throws IOException {
        MicrometerMeters meters = new MicrometerMeters(new Traced());
        meters.addGoals().record(Duration.ofMillis(500));
        HistogramValue histogram = (HistogramValue) read(meters, Form.PROTOBUF)
                .metrics()
                .family("slo_seconds")
                .orElseThrow()
                .metrics()
                .get(0)
                .value();
        assertThat(histogram.buckets().get(0).exemplar()).isNull();
        assertIsOf(0.5, histogram.buckets().get(1).exemplar());
        assertThat(histogram.buckets().get(2).exemplar()).isNull();
    }

    /** EXEMPLARS. */
    @Test
    void exemplarsOfCountsAreRefused() throws IOException {
        MicrometerMeters meters = new MicrometerMeters(new Traced());
        meters.addGoals().record(Duration.ofMillis(500));
        assertThat(read(meters, Form.OPENMETRICS).refusal()).isEqualTo(ErrorCode.EXEMPLAR_NOT_ALLOWED);
    }

    /** ACTIVE. */
    @Test
    void countsOfActiveTasksFall() throws IOException {
        MicrometerMeters meters = new MicrometerMeters(null);
        var task = io.micrometer.core.instrument.LongTaskTimer.builder("jobs")
                .register(meters.registry())
                .start();
        String before = meters.registry().scrape(Form.OPENMETRICS.contentType);
        task.stop();
        String after = meters.registry().scrape(Form.OPENMETRICS.contentType);
        assertThat(before).contains("# TYPE jobs_seconds summary\n", "jobs_seconds_count 1\n");
        assertThat(after).contains("# TYPE jobs_seconds summary\n", "jobs_seconds_count 0\n");
    }

    private static void assertIsOf(double value, Exemplar exemplar) {
        assertThat(exemplar.labels()).isEqualTo(TRACE);
        assertThat(exemplar.value()).isEqualTo(value);
        assertThat(exemplar.timestamp()).isNotNull();
    }

    private static Reading read(MicrometerMeters meters, Form form) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        meters.registry().scrape(out, form.contentType);
        return Reading.of(out.toByteArray(), form.format);
    }

    /** As if every event happened in one span. */
    private static final class Traced implements SpanContext {
        @Override
        public String getCurrentTraceId() {
            return "4bf92f3577b34da6";
        }

        @Override
        public String getCurrentSpanId() {
            return "00f067aa0ba902b7";
        }

        @Override
        public boolean isCurrentSpanSampled() {
            return true;
        }

        @Override
        public void markCurrentSpanAsExemplar() {
            // There is no tracer to tell.
        }
    }
}

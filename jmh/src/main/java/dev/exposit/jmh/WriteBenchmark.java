package dev.exposit.jmh;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricSet;
import dev.exposit.writer.ExpositionWriter;
import dev.exposit.writer.SeriesBlocks;
import dev.exposit.writer.WriteOptions;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.config.OpenMetrics2Properties;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetrics2TextFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * From objects to bytes, which a stream counts. The volume is that of the output, which differs a little: the Java client
 * spells some numbers longer.
 */
public class WriteBenchmark extends ComparedBenchmark {
    private static final ExpositionFormatWriter CLIENT_TEXT = PrometheusTextFormatWriter.create();
    private static final ExpositionFormatWriter CLIENT_OPENMETRICS_1 = OpenMetricsTextFormatWriter.create();
    private static final ExpositionFormatWriter CLIENT_OPENMETRICS_2 = OpenMetrics2TextFormatWriter.builder()
            .setOpenMetrics2Properties(OpenMetrics2Properties.builder()
                    .enabled(true)
                    .compositeValues(true)
                    .build())
            .build();
    private static final ExpositionFormatWriter CLIENT_PROTOBUF = new PrometheusProtobufWriter();

    /** The scrape as our model. */
    @State(Scope.Benchmark)
    public static class Model {
        private MetricSet set = MetricSet.of();

        /** Reads the scrape. */
        @Setup
        public void build(ScrapeInput input) {
            set = input.model();
        }
    }

    /** What is remembered of the exposition before. */
    @State(Scope.Benchmark)
    public static class Remembered {
        private final SeriesBlocks blocks = SeriesBlocks.create();
    }

    /** The scrape as the Java client's snapshots. */
    @State(Scope.Benchmark)
    public static class Snapshots {
        private MetricSnapshots all = new MetricSnapshots();

        /** Reads the scrape. */
        @Setup
        public void build(ScrapeInput input) {
            all = JavaClientSnapshots.of(input.model());
        }
    }

    /** The scrape as Micrometer's meters. */
    @State(Scope.Benchmark)
    public static class Meters {
        private PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        /**
         * Reads the scrape.
         *
         * @throws IOException never, of an array
         */
        @Setup
        public void build(ScrapeInput input) throws IOException {
            registry = MicrometerGauges.of(input);
        }
    }

    private static void exposit(Model model, ExpositionFormat format, Target target, Volume volume) throws IOException {
        CountingStream out = target.open();
        ExpositionWriter.write(model.set, out, WriteOptions.of(format));
        volume.add(out.count());
    }

    private static void cached(Model model, ExpositionFormat format, SeriesBlocks blocks, Target target, Volume volume)
            throws IOException {
        CountingStream out = target.open();
        ExpositionWriter.write(
                model.set,
                out,
                WriteOptions.builder(format).seriesBlocks(blocks).build());
        volume.add(out.count());
    }

    private static void javaClient(Snapshots snapshots, ExpositionFormatWriter writer, Target target, Volume volume)
            throws IOException {
        CountingStream out = target.open();
        // Names stay as they are, which is what we do.
        writer.write(out, snapshots.all, EscapingScheme.ALLOW_UTF8);
        volume.add(out.count());
    }

    /** Our writer of Prometheus text. */
    @Benchmark
    public void exposit(Model model, Target target, Volume volume) throws IOException {
        exposit(model, ExpositionFormat.PROMETHEUS_TEXT, target, volume);
    }

    /** Our writer of OpenMetrics 1.0. */
    @Benchmark
    public void expositOpenMetrics1(Model model, Target target, Volume volume) throws IOException {
        exposit(model, ExpositionFormat.OPENMETRICS_1, target, volume);
    }

    /** Our writer of OpenMetrics 2.0. */
    @Benchmark
    public void expositOpenMetrics2(Model model, Target target, Volume volume) throws IOException {
        exposit(model, ExpositionFormat.OPENMETRICS_2, target, volume);
    }

    /** Our writer of delimited protobuf. */
    @Benchmark
    public void expositProtobuf(Model model, Target target, Volume volume) throws IOException {
        exposit(model, ExpositionFormat.PROTOBUF, target, volume);
    }

    /** Our writer of Prometheus text, which knows the series from the exposition before. */
    @Benchmark
    public void cached(Model model, Remembered remembered, Target target, Volume volume) throws IOException {
        cached(model, ExpositionFormat.PROMETHEUS_TEXT, remembered.blocks, target, volume);
    }

    /** Our writer of OpenMetrics 1.0, which knows the series from the exposition before. */
    @Benchmark
    public void cachedOpenMetrics1(Model model, Remembered remembered, Target target, Volume volume)
            throws IOException {
        cached(model, ExpositionFormat.OPENMETRICS_1, remembered.blocks, target, volume);
    }

    /** Our writer of OpenMetrics 2.0, which knows the series from the exposition before. */
    @Benchmark
    public void cachedOpenMetrics2(Model model, Remembered remembered, Target target, Volume volume)
            throws IOException {
        cached(model, ExpositionFormat.OPENMETRICS_2, remembered.blocks, target, volume);
    }

    /** The Java client's writer of Prometheus text. */
    @Benchmark
    public void javaClient(Snapshots snapshots, Target target, Volume volume) throws IOException {
        javaClient(snapshots, CLIENT_TEXT, target, volume);
    }

    /** The Java client's writer of OpenMetrics 1.0. */
    @Benchmark
    public void javaClientOpenMetrics1(Snapshots snapshots, Target target, Volume volume) throws IOException {
        javaClient(snapshots, CLIENT_OPENMETRICS_1, target, volume);
    }

    /** The Java client's writer of OpenMetrics 2.0. */
    @Benchmark
    public void javaClientOpenMetrics2(Snapshots snapshots, Target target, Volume volume) throws IOException {
        javaClient(snapshots, CLIENT_OPENMETRICS_2, target, volume);
    }

    /** The Java client's writer of delimited protobuf. */
    @Benchmark
    public void javaClientProtobuf(Snapshots snapshots, Target target, Volume volume) throws IOException {
        javaClient(snapshots, CLIENT_PROTOBUF, target, volume);
    }

    /** A scrape of a Micrometer registry, in Prometheus text: asks each meter, then writes by the Java client. */
    @Benchmark
    public void micrometer(Meters meters, Target target, Volume volume) throws IOException {
        CountingStream out = target.open();
        meters.registry.scrape(out);
        volume.add(out.count());
    }
}

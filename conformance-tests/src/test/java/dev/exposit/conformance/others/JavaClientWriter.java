package dev.exposit.conformance.others;

import dev.exposit.format.ExpositionFormat;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;

/** The writers of the Java client, each with all settings that it looks at. */
enum JavaClientWriter {
    OPENMETRICS_2(
            ExpositionFormat.OPENMETRICS_2,
            JavaClientSettings.all(),
            JavaClientSettings::openMetrics2,
            JavaClientOpenMetrics2.DIFFERENCES),
    OPENMETRICS_1(
            ExpositionFormat.OPENMETRICS_1,
            JavaClientSettings.ofOlderFormats(),
            settings -> new OpenMetricsTextFormatWriter(settings.createdTimestamps(), settings.exemplarsOnAllTypes()),
            JavaClientOpenMetrics1.DIFFERENCES),
    PROMETHEUS_TEXT(
            ExpositionFormat.PROMETHEUS_TEXT,
            JavaClientSettings.ofOlderFormats(),
            settings -> PrometheusTextFormatWriter.builder()
                    .setIncludeCreatedTimestamps(settings.createdTimestamps())
                    .build(),
            JavaClientPrometheusText.DIFFERENCES),
    /** Has no settings. */
    PROTOBUF(
            ExpositionFormat.PROTOBUF,
            JavaClientSettings.ofOlderFormats().subList(0, 1),
            settings -> new PrometheusProtobufWriter(),
            JavaClientProtobuf.DIFFERENCES);

    private final ExpositionFormat format;
    private final List<JavaClientSettings> settings;
    private final Function<JavaClientSettings, ExpositionFormatWriter> writer;
    private final List<Difference<JavaClientSettings, MetricSnapshot>> differences;

    JavaClientWriter(
            ExpositionFormat format,
            List<JavaClientSettings> settings,
            Function<JavaClientSettings, ExpositionFormatWriter> writer,
            List<Difference<JavaClientSettings, MetricSnapshot>> differences) {
        this.format = format;
        this.settings = settings;
        this.writer = writer;
        this.differences = differences;
    }

    ExpositionFormat format() {
        return format;
    }

    List<JavaClientSettings> settings() {
        return settings;
    }

    /** Where it differs, in the order in which that applies. */
    List<Difference<JavaClientSettings, MetricSnapshot>> differences() {
        return differences;
    }

    /** What it writes with some settings; names stay as they are. */
    byte[] write(JavaClientSettings with, MetricSnapshot... snapshots) {
        return write(writer.apply(with), EscapingScheme.ALLOW_UTF8, snapshots);
    }

    static byte[] write(ExpositionFormatWriter writer, EscapingScheme scheme, MetricSnapshot... snapshots) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            writer.write(out, new MetricSnapshots(snapshots), scheme);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

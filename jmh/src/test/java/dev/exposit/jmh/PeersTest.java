package dev.exposit.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.grammar.generated.prometheus.LabelPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the peers that read keep of the workloads, so that nobody takes leaving out for speed. */
class PeersTest {
    private static Map<String, String> with(Map<String, String> labels, String name, double value) {
        Map<String, String> all = new TreeMap<>(labels);
        all.put(name, Double.toString(value));
        return all;
    }

    private static List<Sample> hawkular(byte[] text) throws IOException {
        List<Sample> samples = new ArrayList<>();
        TextPeers.hawkular(
                text,
                family -> family.getMetrics().forEach(metric -> {
                    String name = metric.getName();
                    Map<String, String> labels = metric.getLabels();
                    if (metric instanceof org.hawkular.agent.prometheus.types.Counter counter) {
                        samples.add(new Sample(name, labels, counter.getValue()));
                    } else if (metric instanceof org.hawkular.agent.prometheus.types.Gauge gauge) {
                        samples.add(new Sample(name, labels, gauge.getValue()));
                    } else if (metric instanceof org.hawkular.agent.prometheus.types.Histogram histogram) {
                        histogram
                                .getBuckets()
                                .forEach(bucket -> samples.add(new Sample(
                                        name + "_bucket", with(labels, "le", bucket.getUpperBound()), (double)
                                                bucket.getCumulativeCount())));
                        addSumAndCount(
                                samples, name, labels, histogram.getSampleSum(), (double) histogram.getSampleCount());
                    } else if (metric instanceof org.hawkular.agent.prometheus.types.Summary summary) {
                        summary.getQuantiles()
                                .forEach(quantile -> samples.add(new Sample(
                                        name, with(labels, "quantile", quantile.getQuantile()), quantile.getValue())));
                        addSumAndCount(
                                samples, name, labels, summary.getSampleSum(), (double) summary.getSampleCount());
                    }
                }));
        return samples;
    }

    private static List<Sample> skyWalking(byte[] text) throws IOException {
        List<Sample> samples = new ArrayList<>();
        TextPeers.skyWalking(
                text,
                family -> family.getMetrics().forEach(metric -> {
                    String name = metric.getName();
                    Map<String, String> labels = metric.getLabels();
                    if (metric
                            instanceof
                            org.apache.skywalking.oap.server.library.util.prometheus.metrics.Histogram histogram) {
                        histogram
                                .getBuckets()
                                .forEach((bound, count) -> samples.add(
                                        new Sample(name + "_bucket", with(labels, "le", bound), (double) count)));
                        addSumAndCount(
                                samples, name, labels, histogram.getSampleSum(), (double) histogram.getSampleCount());
                    } else if (metric
                            instanceof
                            org.apache.skywalking.oap.server.library.util.prometheus.metrics.Summary summary) {
                        summary.getQuantiles()
                                .forEach((quantile, value) ->
                                        samples.add(new Sample(name, with(labels, "quantile", quantile), value)));
                        addSumAndCount(
                                samples, name, labels, summary.getSampleSum(), (double) summary.getSampleCount());
                    } else {
                        samples.add(new Sample(name, labels, metric.value()));
                    }
                }));
        return samples;
    }

    private static List<Sample> generated(byte[] messages) throws IOException {
        List<Sample> samples = new ArrayList<>();
        ProtobufPeer.generated(
                messages,
                family -> family.getMetricList().forEach(metric -> {
                    String name = family.getName();
                    Map<String, String> labels = new HashMap<>();
                    for (LabelPair pair : metric.getLabelList()) {
                        labels.put(pair.getName(), pair.getValue());
                    }
                    switch (family.getType()) {
                        case COUNTER ->
                            samples.add(
                                    new Sample(name, labels, metric.getCounter().getValue()));
                        case GAUGE ->
                            samples.add(
                                    new Sample(name, labels, metric.getGauge().getValue()));
                        case HISTOGRAM -> {
                            var histogram = metric.getHistogram();
                            histogram
                                    .getBucketList()
                                    .forEach(bucket -> samples.add(new Sample(
                                            name + "_bucket", with(labels, "le", bucket.getUpperBound()), (double)
                                                    bucket.getCumulativeCount())));
                            addSumAndCount(samples, name, labels, histogram.getSampleSum(), (double)
                                    histogram.getSampleCount());
                        }
                        case SUMMARY -> {
                            var summary = metric.getSummary();
                            summary.getQuantileList()
                                    .forEach(quantile -> samples.add(new Sample(
                                            name,
                                            with(labels, "quantile", quantile.getQuantile()),
                                            quantile.getValue())));
                            addSumAndCount(
                                    samples, name, labels, summary.getSampleSum(), (double) summary.getSampleCount());
                        }
                        default -> throw new IllegalArgumentException(family.toString());
                    }
                }));
        return samples;
    }

    private static void addSumAndCount(
            List<Sample> samples, String name, Map<String, String> labels, double sum, double count) {
        samples.add(new Sample(name + "_sum", labels, sum));
        samples.add(new Sample(name + "_count", labels, count));
    }

    /** The samples that are missing, after a check that a peer made up nothing where it misses nothing. */
    private static List<Sample> missing(byte[] text, List<Sample> kept) {
        List<Sample> all = Sample.ofText(text);
        assertThat(kept).hasSizeLessThanOrEqualTo(all.size());
        Set<Sample> distinct = new HashSet<>(kept);
        assertThat(distinct).hasSameSizeAs(kept);
        return all.stream().filter(sample -> !distinct.contains(sample)).toList();
    }

    @ParameterizedTest
    @EnumSource
    void hawkularKeepsAllOfTheWorkloads(Workload workload) throws IOException {
        assertThat(missing(workload.text(), hawkular(workload.text()))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = "WIDE", mode = EnumSource.Mode.EXCLUDE)
    void skyWalkingKeepsAllOfTheSmallWorkloads(Workload workload) throws IOException {
        assertThat(missing(workload.text(), skyWalking(workload.text()))).isEmpty();
    }

    /** It puts both what an escape means and the escape into the value. */
    @Test
    void skyWalkingSpoilsEscapes() throws IOException {
        byte[] text = Workload.WIDE.text();
        List<Sample> kept = skyWalking(text);
        assertThat(kept).hasSize(61_061);
        assertThat(missing(text, kept))
                .hasSize(824)
                .allMatch(sample -> sample.labels().get("container").matches("(?s).*[\"\\\\\n].*"));
    }

    @Test
    void bothLoseSamplesWithoutAType() throws IOException {
        byte[] text = """
                # TYPE a gauge
                a 1
                b 2
                # TYPE c gauge
                c 3
                """.getBytes(StandardCharsets.UTF_8);
        assertThat(missing(text, hawkular(text))).containsExactly(new Sample("b", Map.of(), 2));
        assertThat(missing(text, skyWalking(text))).containsExactly(new Sample("b", Map.of(), 2));
    }

    /** Our writer leaves out the bucket that the count is the same as. */
    @ParameterizedTest
    @EnumSource(names = "WIDE", mode = EnumSource.Mode.EXCLUDE)
    void theGeneratedClassesKeepAll(Workload workload) throws IOException {
        assertThat(generated(Inputs.of(workload).as(ExpositionFormat.PROTOBUF)))
                .containsExactlyInAnyOrderElementsOf(Sample.ofText(workload.text()).stream()
                        .filter(sample -> !"Infinity".equals(sample.labels().get("le")))
                        .toList());
    }
}

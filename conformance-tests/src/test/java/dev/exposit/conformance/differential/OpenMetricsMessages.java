package dev.exposit.conformance.differential;

import dev.exposit.grammar.generated.openmetrics.CounterValue;
import dev.exposit.grammar.generated.openmetrics.Exemplar;
import dev.exposit.grammar.generated.openmetrics.GaugeValue;
import dev.exposit.grammar.generated.openmetrics.HistogramValue;
import dev.exposit.grammar.generated.openmetrics.InfoValue;
import dev.exposit.grammar.generated.openmetrics.Label;
import dev.exposit.grammar.generated.openmetrics.Metric;
import dev.exposit.grammar.generated.openmetrics.MetricFamily;
import dev.exposit.grammar.generated.openmetrics.MetricPoint;
import dev.exposit.grammar.generated.openmetrics.MetricSet;
import dev.exposit.grammar.generated.openmetrics.MetricType;
import dev.exposit.grammar.generated.openmetrics.StateSetValue;
import dev.exposit.grammar.generated.openmetrics.SummaryValue;
import dev.exposit.grammar.generated.openmetrics.UnknownValue;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes MetricSets of OpenMetrics protobuf out of a seed, most of them valid, some with their bytes changed. */
final class OpenMetricsMessages extends RandomMessages {
    private static final List<String> NAMES =
            List.of("a", "a_total", "up", "requests_seconds", "x:y", "h", "h_bucket", "_b");
    private static final List<String> LABELS = List.of("l", "m", "code", "le", "quantile", "a", "__name__", "é", "x:y");
    private static final MetricType[] TYPES = {
        MetricType.UNKNOWN,
        MetricType.GAUGE,
        MetricType.COUNTER,
        MetricType.STATE_SET,
        MetricType.INFO,
        MetricType.HISTOGRAM,
        MetricType.GAUGE_HISTOGRAM,
        MetricType.SUMMARY
    };

    private OpenMetricsMessages(SplittableRandom random) {
        super(random);
    }

    /** The exposition of a seed. */
    static byte[] of(long seed) {
        return new OpenMetricsMessages(new SplittableRandom(seed)).exposition();
    }

    private byte[] exposition() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int first = random.nextInt(NAMES.size());
        for (int families = random.nextInt(3); families >= 0; families--) {
            MetricFamily family = family(NAMES.get((first + families) % NAMES.size()));
            byte[] set = set(family);
            out.writeBytes(chance(20) ? changed(set) : set);
            if (chance(5)) {
                out.writeBytes(changed(new byte[0]));
            }
        }
        byte[] whole = out.toByteArray();
        return chance(5) ? Arrays.copyOf(whole, random.nextInt(whole.length + 1)) : whole;
    }

    private static byte[] set(MetricFamily family) {
        return MetricSet.newBuilder().addMetricFamilies(family).build().toByteArray();
    }

    @Override
    byte[] more() {
        return chance(50) ? set(family(pick(NAMES))) : family(pick(NAMES)).toByteArray();
    }

    // ---- Messages

    private MetricFamily family(String name) {
        MetricFamily.Builder family = MetricFamily.newBuilder().setName(chance(99) ? name : pick(VALUES));
        MetricType type = TYPES[random.nextInt(TYPES.length)];
        family.setType(type);
        if (chance(1)) {
            family.setTypeValue(8 + random.nextInt(5));
        }
        if (chance(50)) {
            family.setHelp(pick(VALUES));
        }
        if (name.endsWith("_seconds") ? chance(50) : chance(1)) {
            family.setUnit("seconds");
        }
        for (int metrics = random.nextInt(4); metrics > 0; metrics--) {
            family.addMetrics(metric(type));
        }
        return family.build();
    }

    private Metric metric(MetricType type) {
        Metric.Builder metric = Metric.newBuilder();
        for (int labels = random.nextInt(3); labels > 0; labels--) {
            metric.addLabels(label(labels));
        }
        metric.addLabels(Label.newBuilder().setName("id").setValue(chance(95) ? "" + random.nextInt() : ""));
        int points = chance(60) ? 1 : chance(98) ? 1 + random.nextInt(4) : 0;
        long seconds = random.nextInt();
        for (int i = 0; i < points; i++) {
            MetricPoint.Builder point = point(chance(99) ? type : TYPES[random.nextInt(TYPES.length)]);
            if (points > 1 ? chance(98) : chance(30)) {
                seconds += chance(95) ? 1 + random.nextInt(100) : random.nextInt(3) - 1;
                point.setTimestamp(chance(97) ? timestamp().toBuilder().setSeconds(seconds) : timestamp().toBuilder());
            }
            metric.addMetricPoints(point);
        }
        return metric.build();
    }

    /** A label, mostly of another name than those of other indexes. */
    private Label label(int index) {
        String name = chance(99) ? LABELS.get(chance(96) ? index : random.nextInt(LABELS.size())) : "";
        return Label.newBuilder().setName(name).setValue(pick(VALUES)).build();
    }

    private long integer() {
        return chance(95) ? random.nextInt(200) - 100 : random.nextLong();
    }

    private MetricPoint.Builder point(MetricType type) {
        MetricPoint.Builder point = MetricPoint.newBuilder();
        switch (type) {
            case UNKNOWN -> {
                UnknownValue.Builder value = UnknownValue.newBuilder();
                point.setUnknownValue(
                        chance(1) ? value : chance(70) ? value.setDoubleValue(number()) : value.setIntValue(integer()));
            }
            case GAUGE -> {
                GaugeValue.Builder value = GaugeValue.newBuilder();
                point.setGaugeValue(
                        chance(1) ? value : chance(70) ? value.setDoubleValue(number()) : value.setIntValue(integer()));
            }
            case COUNTER -> point.setCounterValue(counter());
            case STATE_SET -> point.setStateSetValue(stateSet());
            case INFO -> point.setInfoValue(info());
            case SUMMARY -> point.setSummaryValue(summary());
            default -> point.setHistogramValue(histogram());
        }
        return point;
    }

    private CounterValue counter() {
        CounterValue.Builder counter = CounterValue.newBuilder();
        if (chance(99)) {
            counter = chance(70) ? counter.setDoubleValue(number()) : counter.setIntValue(count());
        }
        if (chance(30)) {
            counter.setExemplar(exemplar());
        }
        if (chance(30)) {
            counter.setCreated(timestamp());
        }
        return counter.build();
    }

    private Exemplar exemplar() {
        Exemplar.Builder exemplar = Exemplar.newBuilder().setValue(number());
        for (int labels = random.nextInt(3); labels > 0; labels--) {
            exemplar.addLabel(label(labels));
        }
        if (chance(3)) {
            int length = 124 + random.nextInt(8);
            exemplar.addLabel(Label.newBuilder().setName("z").setValue((chance(50) ? "é" : "e").repeat(length)));
        }
        if (chance(70)) {
            exemplar.setTimestamp(timestamp());
        }
        return exemplar.build();
    }

    private StateSetValue stateSet() {
        StateSetValue.Builder set = StateSetValue.newBuilder();
        List<String> states = List.of("", "on", "off", "日本");
        for (int i = random.nextInt(4); i > 0; i--) {
            set.addStates(StateSetValue.State.newBuilder()
                    .setName(states.get(chance(97) ? i : random.nextInt(4)))
                    .setEnabled(chance(50)));
        }
        return set.build();
    }

    /** Mostly one of few, so that points of a metric have the same now and then. */
    private InfoValue info() {
        InfoValue.Builder info = InfoValue.newBuilder();
        if (chance(80)) {
            info.addInfo(Label.newBuilder().setName("version").setValue(chance(50) ? "1" : chance(50) ? "2" : ""));
        }
        if (chance(5)) {
            info.addInfo(label(1));
        }
        return info.build();
    }

    private HistogramValue histogram() {
        HistogramValue.Builder histogram = HistogramValue.newBuilder();
        if (chance(70)) {
            histogram = chance(70) ? histogram.setDoubleValue(number()) : histogram.setIntValue(integer());
        }
        if (chance(80)) {
            histogram.setCount(count());
        }
        for (double bound : BOUNDS) {
            if (chance(40)) {
                HistogramValue.Bucket.Builder bucket = HistogramValue.Bucket.newBuilder()
                        .setUpperBound(chance(99) ? bound : number())
                        .setCount(count());
                histogram.addBuckets(chance(20) ? bucket.setExemplar(exemplar()) : bucket);
            }
        }
        if (chance(20)) {
            histogram.setCreated(timestamp());
        }
        return histogram.build();
    }

    private SummaryValue summary() {
        SummaryValue.Builder summary = SummaryValue.newBuilder();
        if (chance(70)) {
            summary = chance(70) ? summary.setDoubleValue(number()) : summary.setIntValue(integer());
        }
        if (chance(80)) {
            summary.setCount(count());
        }
        for (double quantile : new double[] {0, 0.5, 0.99}) {
            if (chance(50)) {
                summary.addQuantile(SummaryValue.Quantile.newBuilder()
                        .setQuantile(chance(98) ? quantile : number())
                        .setValue(number()));
            }
        }
        if (chance(20)) {
            summary.setCreated(timestamp());
        }
        return summary.build();
    }
}

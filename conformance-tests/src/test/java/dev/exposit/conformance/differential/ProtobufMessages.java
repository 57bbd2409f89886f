package dev.exposit.conformance.differential;

import com.google.protobuf.CodedOutputStream;
import dev.exposit.grammar.generated.prometheus.Bucket;
import dev.exposit.grammar.generated.prometheus.BucketSpan;
import dev.exposit.grammar.generated.prometheus.Counter;
import dev.exposit.grammar.generated.prometheus.Exemplar;
import dev.exposit.grammar.generated.prometheus.Gauge;
import dev.exposit.grammar.generated.prometheus.Histogram;
import dev.exposit.grammar.generated.prometheus.LabelPair;
import dev.exposit.grammar.generated.prometheus.Metric;
import dev.exposit.grammar.generated.prometheus.MetricFamily;
import dev.exposit.grammar.generated.prometheus.MetricType;
import dev.exposit.grammar.generated.prometheus.Quantile;
import dev.exposit.grammar.generated.prometheus.Summary;
import dev.exposit.grammar.generated.prometheus.Untyped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes delimited expositions out of a seed: messages of the generated classes, most of them valid, some with their bytes
 * changed, and lengths before them that mostly do not lie.
 */
final class ProtobufMessages extends RandomMessages {
    private static final List<String> NAMES = List.of("a", "up", "http_requests_total", "x.y", "ü", "h", "日本", "a b");
    private static final List<String> LABELS = List.of("l", "m", "code", "é", "le", "quantile", "__name__");
    private static final MetricType[] TYPES = {
        MetricType.COUNTER,
        MetricType.GAUGE,
        MetricType.SUMMARY,
        MetricType.UNTYPED,
        MetricType.HISTOGRAM,
        MetricType.GAUGE_HISTOGRAM
    };

    private ProtobufMessages(SplittableRandom random) {
        super(random);
    }

    /** The exposition of a seed. */
    static byte[] of(long seed) {
        return new ProtobufMessages(new SplittableRandom(seed)).exposition();
    }

    /** Up to three families, mostly valid, mostly of different names. */
    static List<MetricFamily> families(SplittableRandom random) {
        ProtobufMessages messages = new ProtobufMessages(random);
        List<MetricFamily> families = new ArrayList<>();
        int first = random.nextInt(NAMES.size());
        for (int more = random.nextInt(3); more >= 0; more--) {
            families.add(messages.family(NAMES.get((first + more) % NAMES.size())));
        }
        return families;
    }

    private byte[] exposition() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int first = random.nextInt(NAMES.size());
        for (int families = random.nextInt(3); families >= 0; families--) {
            byte[] message =
                    family(NAMES.get((first + families) % NAMES.size())).toByteArray();
            if (chance(25)) {
                message = changed(message);
            }
            write(chance(98) ? message.length : random.nextInt(300), out);
            out.writeBytes(message);
        }
        byte[] whole = out.toByteArray();
        return chance(5) ? Arrays.copyOf(whole, random.nextInt(whole.length + 1)) : whole;
    }

    private static void write(int length, ByteArrayOutputStream out) {
        try {
            CodedOutputStream coded = CodedOutputStream.newInstance(out);
            coded.writeUInt32NoTag(length);
            coded.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- Messages

    @Override
    byte[] more() {
        return family(pick(NAMES)).toByteArray();
    }

    private MetricFamily family(String name) {
        MetricFamily.Builder family =
                MetricFamily.newBuilder().setName(chance(99) ? name : chance(50) ? pick(NAMES) : "");
        MetricType type = TYPES[random.nextInt(TYPES.length)];
        family.setType(type);
        if (chance(1)) {
            family.setTypeValue(6 + random.nextInt(5));
        }
        if (chance(50)) {
            family.setHelp(pick(VALUES));
        }
        if (chance(20)) {
            family.setUnit("seconds");
        }
        for (int metrics = random.nextInt(4); metrics > 0; metrics--) {
            family.addMetric(metric(type));
        }
        return family.build();
    }

    private Metric metric(MetricType type) {
        Metric.Builder metric = Metric.newBuilder();
        for (int labels = random.nextInt(3); labels > 0; labels--) {
            metric.addLabel(label(labels));
        }
        metric.addLabel(LabelPair.newBuilder().setName("id").setValue(chance(95) ? "" + random.nextInt() : ""));
        if (chance(20)) {
            metric.setTimestampMs(chance(80) ? random.nextInt() : random.nextLong());
        }
        MetricType of = chance(99) ? type : TYPES[random.nextInt(TYPES.length)];
        switch (of) {
            case COUNTER -> metric.setCounter(counter());
            case GAUGE -> metric.setGauge(Gauge.newBuilder().setValue(number()));
            case SUMMARY -> metric.setSummary(summary());
            case UNTYPED -> metric.setUntyped(Untyped.newBuilder().setValue(number()));
            default -> metric.setHistogram(histogram());
        }
        return metric.build();
    }

    /** A label, mostly of another name than those of other indexes. */
    private LabelPair label(int index) {
        String name = chance(99) ? LABELS.get(chance(95) ? index : random.nextInt(LABELS.size())) : "";
        return LabelPair.newBuilder().setName(name).setValue(pick(VALUES)).build();
    }

    private Counter counter() {
        Counter.Builder counter = Counter.newBuilder().setValue(number());
        if (chance(30)) {
            counter.setExemplar(exemplar());
        }
        if (chance(30)) {
            counter.setStartTimestamp(timestamp());
        }
        return counter.build();
    }

    private Exemplar exemplar() {
        Exemplar.Builder exemplar = Exemplar.newBuilder().setValue(number());
        for (int labels = random.nextInt(3); labels > 0; labels--) {
            exemplar.addLabel(label(labels));
        }
        if (chance(70)) {
            exemplar.setTimestamp(timestamp());
        }
        return exemplar.build();
    }

    private Summary summary() {
        Summary.Builder summary = Summary.newBuilder().setSampleCount(count()).setSampleSum(number());
        for (double quantile : new double[] {0, 0.5, 0.99}) {
            if (chance(50)) {
                summary.addQuantile(Quantile.newBuilder()
                        .setQuantile(chance(98) ? quantile : number())
                        .setValue(number()));
            }
        }
        if (chance(20)) {
            summary.setStartTimestamp(timestamp());
        }
        return summary.build();
    }

    private Histogram histogram() {
        Histogram.Builder histogram =
                Histogram.newBuilder().setSampleCount(count()).setSampleSum(number());
        if (chance(60)) {
            for (double bound : BOUNDS) {
                if (chance(40)) {
                    histogram.addBucket(bucket(bound));
                }
            }
        }
        if (chance(50)) {
            natives(histogram);
        }
        if (chance(20)) {
            histogram.setStartTimestamp(timestamp());
        }
        if (chance(20)) {
            histogram.addExemplars(exemplar());
        }
        return histogram.build();
    }

    private Bucket bucket(double bound) {
        Bucket.Builder bucket =
                Bucket.newBuilder().setUpperBound(chance(99) ? bound : number()).setCumulativeCount(count());
        if (chance(10)) {
            bucket.setCumulativeCountFloat(number());
        }
        if (chance(20)) {
            bucket.setExemplar(exemplar());
        }
        return bucket.build();
    }

    private void natives(Histogram.Builder histogram) {
        boolean floats = chance(30);
        histogram.setSchema(chance(97) ? random.nextInt(13) - 4 : random.nextInt(40) - 20);
        histogram.setZeroThreshold(chance(95) ? 0x1p-128 : number());
        if (floats) {
            histogram.setZeroCountFloat(number()).setSampleCountFloat(number());
        } else {
            histogram.setZeroCount(count());
        }
        for (int spans = random.nextInt(3); spans > 0; spans--) {
            int length = random.nextInt(3);
            int offset = histogram.getPositiveSpanCount() == 0
                    ? random.nextInt(9) - 4
                    : random.nextInt(9) - (chance(2) ? 4 : 0);
            histogram.addPositiveSpan(BucketSpan.newBuilder()
                    .setOffset(Math.max(offset, histogram.getPositiveSpanCount() == 0 ? -4 : chance(98) ? 0 : -4))
                    .setLength(length));
            for (int i = 0; i < length; i++) {
                addPositive(histogram, floats);
            }
        }
        if (chance(30)) {
            histogram.addNegativeSpan(
                    BucketSpan.newBuilder().setOffset(random.nextInt()).setLength(1));
            if (floats) {
                histogram.addNegativeCount(number());
            } else {
                histogram.addNegativeDelta(random.nextInt(5));
            }
        }
        if (chance(2)) {
            addPositive(histogram, chance(50));
        }
    }

    private void addPositive(Histogram.Builder histogram, boolean floats) {
        if (floats) {
            histogram.addPositiveCount(number());
        } else {
            histogram.addPositiveDelta(random.nextInt(50) - (chance(5) ? 25 : 0));
        }
    }
}

package dev.exposit.conformance.differential;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
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
final class ProtobufMessages {
    private static final List<String> NAMES = List.of("a", "up", "http_requests_total", "x.y", "ü", "h", "日本", "a b");
    private static final List<String> LABELS = List.of("l", "m", "code", "é", "le", "quantile", "__name__");
    private static final List<String> VALUES =
            List.of("", "", "1", "x", "/", "\n", "\"", "\u0000", "ü", "日本", "\ud83d\ude00");
    private static final double[] NUMBERS = {
        0,
        -0.0,
        1,
        2,
        17,
        0.5,
        -1,
        1e300,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE
    };
    private static final double[] BOUNDS = {-1, 0, 0.5, 1, 2.5, 10, Double.POSITIVE_INFINITY};
    private static final MetricType[] TYPES = {
        MetricType.COUNTER,
        MetricType.GAUGE,
        MetricType.SUMMARY,
        MetricType.UNTYPED,
        MetricType.HISTOGRAM,
        MetricType.GAUGE_HISTOGRAM
    };

    private final SplittableRandom random;

    private ProtobufMessages(SplittableRandom random) {
        this.random = random;
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

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    // ---- Bytes

    private byte[] changed(byte[] message) {
        byte[] bytes = message;
        for (int times = 1 + random.nextInt(2); times > 0; times--) {
            int at = random.nextInt(bytes.length + 1);
            bytes = switch (random.nextInt(6)) {
                case 0 -> replaced(bytes, at, Math.min(1, bytes.length - at), (byte) random.nextInt(256));
                case 1 -> replaced(bytes, at, 0, (byte) random.nextInt(256));
                case 2 -> replaced(bytes, at, Math.min(random.nextInt(4), bytes.length - at));
                // Messages and fields that come again are merged.
                case 3 -> replaced(bytes, bytes.length, 0, family(pick(NAMES)).toByteArray());
                case 4 -> replaced(bytes, at, 0, unknown());
                default -> {
                    int to = Math.min(bytes.length, at + 1 + random.nextInt(20));
                    yield replaced(bytes, random.nextInt(bytes.length + 1), 0, Arrays.copyOfRange(bytes, at, to));
                }
            };
        }
        return bytes;
    }

    private static byte[] replaced(byte[] bytes, int at, int removed, byte... put) {
        byte[] result = new byte[bytes.length - removed + put.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(put, 0, result, at, put.length);
        System.arraycopy(bytes, at + removed, result, at + put.length, bytes.length - at - removed);
        return result;
    }

    private byte[] unknown() {
        UnknownFieldSet.Field.Builder field = UnknownFieldSet.Field.newBuilder();
        switch (random.nextInt(5)) {
            case 0 -> field.addVarint(random.nextLong());
            case 1 -> field.addFixed32(random.nextInt());
            case 2 -> field.addFixed64(random.nextLong());
            case 3 -> field.addLengthDelimited(ByteString.copyFromUtf8(pick(VALUES)));
            default ->
                field.addGroup(UnknownFieldSet.newBuilder()
                        .addField(
                                3,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build());
        }
        return UnknownFieldSet.newBuilder()
                .addField(1 + random.nextInt(20), field.build())
                .build()
                .toByteArray();
    }

    // ---- Messages

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

    private double number() {
        return chance(80) ? NUMBERS[random.nextInt(NUMBERS.length)] : Double.longBitsToDouble(random.nextLong());
    }

    private long count() {
        return chance(95) ? random.nextInt(100) : random.nextLong();
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

    private Timestamp timestamp() {
        Timestamp.Builder timestamp =
                Timestamp.newBuilder().setSeconds(random.nextInt()).setNanos(random.nextInt(1_000_000_000));
        if (chance(2)) {
            timestamp.setSeconds(random.nextLong()).setNanos(random.nextInt());
        }
        return timestamp.build();
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

package dev.exposit.grammar;

import dev.exposit.grammar.generated.prometheus.Bucket;
import dev.exposit.grammar.generated.prometheus.BucketSpan;
import dev.exposit.grammar.generated.prometheus.Histogram;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NativeBuckets.Side;
import dev.exposit.model.NativeBuckets.Span;
import dev.exposit.model.Point;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The model of an {@code io.prometheus.client.Histogram}: classic buckets, native buckets or both. */
final class PrometheusProtobufHistogram {
    private static final int LOWEST_SCHEMA = -4;
    private static final int HIGHEST_SCHEMA = 8;
    /** The mark of an empty native histogram, which says nothing else. */
    private static final Span NO_OP = new Span(0, 0);

    private PrometheusProtobufHistogram() {}

    static Point point(Histogram message, Labels labels) {
        ProtobufParts.requireNoLabel(labels, "le");
        double count = overridden(message.getSampleCount(), message.getSampleCountFloat());
        HistogramValue value = new HistogramValue(
                count, message.getSampleSum(), classicBuckets(message, count), nativeBuckets(message));
        return new Point(
                value,
                null,
                message.hasStartTimestamp() ? ProtobufParts.timestamp(message.getStartTimestamp()) : null,
                ProtobufParts.each(message.getExemplarsList(), PrometheusProtobufFamily::exemplar));
    }

    /** The count that an integer and a float field of the same name give together. */
    private static double overridden(long integer, double floating) {
        return floating > 0 ? floating : ProtobufParts.unsigned(integer);
    }

    // ---- Classic buckets

    /** All buckets, with the +Inf bucket that may be left out; none if the histogram is a native one only. */
    private static List<HistogramValue.Bucket> classicBuckets(Histogram message, double count) {
        List<HistogramValue.Bucket> buckets = new ArrayList<>();
        for (Bucket bucket : message.getBucketList()) {
            buckets.add(bucket(bucket));
        }
        LabelNumber infinity = LabelNumber.of(Double.POSITIVE_INFINITY);
        boolean isClassic = !buckets.isEmpty() || !isNative(message);
        if (isClassic && buckets.stream().noneMatch(bucket -> bucket.le().equals(infinity))) {
            buckets.add(new HistogramValue.Bucket(infinity, count, null));
        }
        ProtobufParts.requireDistinct("upper bound", buckets, HistogramValue.Bucket::le);
        return buckets;
    }

    private static HistogramValue.Bucket bucket(Bucket message) {
        return new HistogramValue.Bucket(
                ProtobufParts.bound(message.getUpperBound()),
                overridden(message.getCumulativeCount(), message.getCumulativeCountFloat()),
                message.hasExemplar() ? PrometheusProtobufFamily.exemplar(message.getExemplar()) : null);
    }

    // ---- Native buckets

    private static boolean isNative(Histogram message) {
        return message.getPositiveSpanCount() > 0
                || message.getNegativeSpanCount() > 0
                || message.getZeroThreshold() > 0
                || message.getZeroCount() != 0
                || message.getZeroCountFloat() > 0;
    }

    private static boolean countsInFloats(Histogram message) {
        return message.getSampleCountFloat() > 0
                || message.getZeroCountFloat() > 0
                || message.getPositiveCountCount() > 0
                || message.getNegativeCountCount() > 0;
    }

    private static @Nullable NativeBuckets nativeBuckets(Histogram message) {
        boolean floats = countsInFloats(message);
        // Of a classic histogram too, where it refuses counts that no span places.
        Side positive = side(
                message.getPositiveSpanList(), message.getPositiveDeltaList(), message.getPositiveCountList(), floats);
        Side negative = side(
                message.getNegativeSpanList(), message.getNegativeDeltaList(), message.getNegativeCountList(), floats);
        if (!isNative(message)) {
            return null;
        }
        if (message.getSchema() < LOWEST_SCHEMA || message.getSchema() > HIGHEST_SCHEMA) {
            throw new InvalidMessageException("a schema that is not -4 to 8: " + message.getSchema());
        }
        if (!(message.getZeroThreshold() >= 0)) {
            throw new InvalidMessageException("a zero threshold below 0: " + message.getZeroThreshold());
        }
        return new NativeBuckets(
                message.getSchema(),
                message.getZeroThreshold(),
                overridden(message.getZeroCount(), message.getZeroCountFloat()),
                positive,
                negative,
                List.of(),
                floats);
    }

    private static Side side(List<BucketSpan> messages, List<Long> deltas, List<Double> floatCounts, boolean floats) {
        if (floats && !deltas.isEmpty()) {
            throw new InvalidMessageException("a native histogram that counts both in integers and in floats");
        }
        List<Double> counts = floats ? floatCounts : absolute(deltas);
        requireLengths(messages, counts.size());
        List<Span> spans = new ArrayList<>();
        for (BucketSpan message : messages) {
            if (!spans.isEmpty() && message.getOffset() < 0) {
                throw new InvalidMessageException("a span that begins inside the one before");
            }
            spans.add(new Span(message.getOffset(), message.getLength()));
        }
        return spans.equals(List.of(NO_OP)) ? Side.none() : new Side(spans, counts);
    }

    private static void requireLengths(List<BucketSpan> spans, int counts) {
        long length = 0;
        for (BucketSpan span : spans) {
            length += Integer.toUnsignedLong(span.getLength());
        }
        if (length != counts) {
            throw new InvalidMessageException("spans of " + length + " buckets with " + counts + " counts");
        }
    }

    /** Counts from deltas, each the difference from the count before it, the first from 0. */
    private static List<Double> absolute(List<Long> deltas) {
        List<Double> counts = new ArrayList<>();
        long count = 0;
        for (long delta : deltas) {
            long next = count + delta;
            // Both below 2^63: a sum beyond it comes out negative, as a count below 0 does.
            if (next < 0) {
                throw new InvalidMessageException("a bucket whose count is below 0 or does not fit 63 bits");
            }
            count = next;
            counts.add((double) count);
        }
        return counts;
    }
}

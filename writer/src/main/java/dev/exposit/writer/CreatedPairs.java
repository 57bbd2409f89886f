package dev.exposit.writer;

import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.Timestamp;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes one of a family {@code x} and the gauge {@code x_created} beside it, as Prometheus text has them where
 * OpenMetrics has the start timestamps of {@code x}. Whichever of the two comes first waits for the other.
 */
final class CreatedPairs {
    private static final int BYTES_PER_METRIC = 160;
    private static final int BYTES_PER_SAMPLE = 64;
    private static final int BYTES_PER_STRING = 56;

    private final Map<String, MetricFamily> waiting = new LinkedHashMap<>();
    private final long limit;
    private long held;

    /** Holds so many bytes of waiting families at most, estimated. */
    CreatedPairs(long limit) {
        this.limit = limit;
    }

    /** Lets a family wait; answers false if that would take too much memory. */
    boolean hold(MetricFamily family) {
        long bytes = estimate(family);
        if (held + bytes > limit) {
            return false;
        }
        held += bytes;
        waiting.put(family.name(), family);
        return true;
    }

    /** How many bytes may still be held. */
    long free() {
        return limit - held;
    }

    /** Takes out the waiting family of that exposed name, or null. */
    @Nullable
    MetricFamily take(String name) {
        MetricFamily family = waiting.remove(name);
        if (family != null) {
            held -= estimate(family);
        }
        return family;
    }

    /** Takes out all that still wait, in the order in which they came. */
    List<MetricFamily> takeAll() {
        List<MetricFamily> all = new ArrayList<>(waiting.values());
        waiting.clear();
        held = 0;
        return all;
    }

    private static long estimate(MetricFamily family) {
        long bytes = 0;
        for (Metric metric : family.metrics()) {
            bytes += BYTES_PER_METRIC;
            for (int i = 0; i < metric.labels().size(); i++) {
                bytes += 2L * BYTES_PER_STRING;
                bytes += metric.labels().name(i).length()
                        + (long) metric.labels().value(i).length();
            }
            for (Point point : metric.points()) {
                bytes += (long) BYTES_PER_SAMPLE
                        * (PointSamples.count(point) + point.exemplars().size());
            }
        }
        return bytes;
    }

    /**
     * The family with the gauge's values as start timestamps, or null if they do not match: each metric of one has its
     * partner in the other, both have one point of the same time, and each value is a time to the nanosecond.
     */
    static @Nullable MetricFamily join(MetricFamily family, MetricFamily gauge) {
        if (family.metrics().isEmpty()
                || family.metrics().size() != gauge.metrics().size()) {
            return null;
        }
        Map<Labels, Point> starts = new HashMap<>();
        for (Metric metric : gauge.metrics()) {
            if (!isPlain(metric) || starts.put(metric.labels(), metric.point()) != null) {
                return null;
            }
        }
        List<Metric> joined = new ArrayList<>(family.metrics().size());
        for (Metric metric : family.metrics()) {
            Point start = starts.remove(metric.labels());
            Point point = start == null ? null : join(metric, start);
            if (point == null) {
                return null;
            }
            joined.add(new Metric(metric.labels(), point));
        }
        return new MetricFamily(family.metadata(), joined);
    }

    private static boolean isPlain(Metric metric) {
        Point point = metric.point();
        return metric.points().size() == 1
                && point.startTimestamp() == null
                && point.exemplars().isEmpty();
    }

    private static @Nullable Point join(Metric metric, Point start) {
        Point point = metric.point();
        boolean free = metric.points().size() == 1 && point.startTimestamp() == null;
        boolean together = free && Objects.equals(point.timestamp(), start.timestamp());
        if (!together || !(start.value() instanceof NumberValue number)) {
            return null;
        }
        Timestamp time = exactTime(number.value());
        return time == null ? null : point.startedAt(time);
    }

    /** The time whose decimal text is the number's, or null if there is none. */
    static @Nullable Timestamp exactTime(double value) {
        boolean negativeZero = value == 0 && 1 / value < 0;
        if (Double.isNaN(value) || Double.isInfinite(value) || negativeZero) {
            return null;
        }
        byte[] digits = new byte[NumberWriter.MAX_BYTES];
        int end = NumberWriter.writeDouble(value, digits, 0);
        try {
            return Timestamp.ofSeconds(new BigDecimal(new String(digits, 0, end, StandardCharsets.US_ASCII)));
        } catch (ArithmeticException e) {
            return null; // has digits past the nanosecond, or too many before the point
        }
    }
}

package dev.exposit.parser;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.HistogramValue.Bucket;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.NumberValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.SummaryValue.Quantile;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the values of metrics that are read at once: numbers, classic histograms and summaries, without exemplars. Those of a
 * family mostly have the same bounds or quantiles, which they share.
 *
 * <p>All methods read a message that ends at {@code to}, and answer null if something about it is not usual.
 */
final class WholeValues {
    private static final int FIRST_DOUBLE = (1 << 3) | MetricParts.FIXED64;
    private static final int SECOND_DOUBLE = (2 << 3) | MetricParts.FIXED64;
    private static final int FIRST_INTEGER = (1 << 3) | MetricParts.VARINT;
    private static final int SECOND_INTEGER = (2 << 3) | MetricParts.VARINT;
    private static final int PART = (3 << 3) | MetricParts.BYTES;

    private static final LabelNumber INFINITY = LabelNumber.of(Double.POSITIVE_INFINITY);

    /** Beyond it a second is none of the schema's, or the nanoseconds are no part of one. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final long LAST_NANO = 999_999_999;

    private final PlainWire wire;

    /** The bounds met last, by their positions. */
    private LabelNumber[] known = {};

    private Bucket[] buckets = new Bucket[16];
    private Quantile[] quantiles = new Quantile[16];
    private int size;
    private double lastBound;
    private long count;
    private double sum;

    // The part read last.
    private double bound;
    private double number;

    private @Nullable Timestamp start;

    WholeValues(PlainWire wire) {
        this.wire = wire;
    }

    /** When what was read last began to count, or null if it does not say. */
    @Nullable
    Timestamp start() {
        return start;
    }

    /** A gauge, a counter or a number of unknown type; only a counter may say when it began, in field 3. */
    @Nullable
    Value number(boolean isCounter, int to) {
        start = null;
        double value = 0;
        while (wire.at < to) {
            int tag = wire.b[wire.at++];
            if (tag == FIRST_DOUBLE && wire.hasNumber(to)) {
                value = wire.number();
            } else if (tag != PART || !isCounter || !start(to)) {
                return null;
            }
        }
        return new NumberValue(value);
    }

    @Nullable
    Value histogram(int to) {
        final int startTag = (15 << 3) | MetricParts.BYTES;
        begin();
        while (wire.at < to) {
            int tag = wire.b[wire.at++];
            if (tag == PART) {
                if (!bucket(wire.end(to))) {
                    return null;
                }
                add(new Bucket(shared(), number, null));
            } else if (!total(tag, startTag, to)) {
                return null;
            }
        }
        // The bucket of all events may be left out.
        if (size == 0 || lastBound != Double.POSITIVE_INFINITY) {
            add(new Bucket(INFINITY, (double) count, null));
        }
        return new HistogramValue((double) count, sum, List.of(Arrays.copyOf(buckets, size)), null);
    }

    @Nullable
    Value summary(int to) {
        final int startTag = (4 << 3) | MetricParts.BYTES;
        begin();
        while (wire.at < to) {
            int tag = wire.b[wire.at++];
            if (tag == PART) {
                if (!quantile(wire.end(to))) {
                    return null;
                }
                if (size == quantiles.length) {
                    quantiles = Arrays.copyOf(quantiles, 2 * size);
                }
                LabelNumber which = shared();
                quantiles[size++] = new Quantile(which, number);
            } else if (!total(tag, startTag, to)) {
                return null;
            }
        }
        return new SummaryValue((double) count, sum, List.of(Arrays.copyOf(quantiles, size)));
    }

    // ---- Parts

    private void begin() {
        start = null;
        size = 0;
        lastBound = Double.NaN;
        count = 0;
        sum = 0;
    }

    /** Reads what histograms and summaries have in common: count, sum, and when they began; false if it is not usual. */
    private boolean total(int tag, int startTag, int to) {
        if (tag == FIRST_INTEGER) {
            count = wire.integer(to);
            return count != PlainWire.ODD;
        }
        if (tag == SECOND_DOUBLE && wire.hasNumber(to)) {
            sum = wire.number();
            return true;
        }
        return tag == startTag && start(to);
    }

    private void add(Bucket bucket) {
        if (size == buckets.length) {
            buckets = Arrays.copyOf(buckets, 2 * size);
        }
        buckets[size++] = bucket;
    }

    private boolean bucket(int to) {
        if (to == PlainWire.ODD) {
            return false;
        }
        int few = wire.shortInteger(FIRST_INTEGER, SECOND_DOUBLE, to);
        if (few != PlainWire.ODD) {
            number = few;
            bound = wire.number();
            return isNextBound();
        }
        bound = 0;
        number = 0;
        while (wire.at < to) {
            int tag = wire.b[wire.at++];
            if (tag == FIRST_INTEGER) {
                long longer = wire.integer(to);
                if (longer == PlainWire.ODD) {
                    return false;
                }
                number = (double) longer;
            } else if (tag == SECOND_DOUBLE && wire.hasNumber(to)) {
                bound = wire.number();
            } else {
                return false;
            }
        }
        return isNextBound();
    }

    private boolean quantile(int to) {
        if (to == PlainWire.ODD) {
            return false;
        }
        bound = 0;
        number = 0;
        while (wire.at < to) {
            int tag = wire.b[wire.at++];
            if (tag == FIRST_DOUBLE && wire.hasNumber(to)) {
                bound = wire.number();
            } else if (tag == SECOND_DOUBLE && wire.hasNumber(to)) {
                number = wire.number();
            } else {
                return false;
            }
        }
        return isNextBound();
    }

    /** Whether the bound is greater than all before: only then it is seen at once that none stands twice. */
    private boolean isNextBound() {
        boolean isNext = size == 0 ? !Double.isNaN(bound) : lastBound < bound;
        lastBound = bound;
        return isNext;
    }

    /** The bound of the part that is to be added. */
    private LabelNumber shared() {
        if (size >= known.length) {
            known = Arrays.copyOf(known, Math.max(16, 2 * known.length));
        }
        LabelNumber last = known[size];
        if (last == null || Double.doubleToRawLongBits(last.value()) != Double.doubleToRawLongBits(bound)) {
            last = LabelNumber.of(bound);
            known[size] = last;
        }
        return last;
    }

    /** Reads when the value began to count; false if something about it is not usual. */
    private boolean start(int to) {
        int end = wire.end(to);
        if (end == PlainWire.ODD || start != null) {
            return false;
        }
        long seconds = 0;
        long nanos = 0;
        while (wire.at < end) {
            switch (wire.b[wire.at++]) {
                case FIRST_INTEGER -> seconds = wire.integer(end);
                case SECOND_INTEGER -> nanos = wire.integer(end);
                default -> {
                    return false;
                }
            }
            if (seconds < 0 || nanos < 0) {
                return false;
            }
        }
        if (seconds > LAST_SECOND || nanos > LAST_NANO) {
            return false;
        }
        start = new Timestamp(seconds, (int) nanos);
        return true;
    }
}

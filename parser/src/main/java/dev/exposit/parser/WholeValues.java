package dev.exposit.parser;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.NumberValue;
import dev.exposit.model.PlainBuckets;
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

    /** Beyond it a second is none of the schema's, or the nanoseconds are no part of one. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final long LAST_NANO = 999_999_999;

    private static final LabelNumber[] NONE = {};
    /** Some NaN. */
    private static final long NO_NUMBER = -1;

    private final PlainWire wire;

    /** The bounds or quantiles met last, by their positions. */
    private LabelNumber[] known = new LabelNumber[16];
    /** The bits of those, or of no number. */
    private long[] knownBits = new long[16];
    /** The bounds of the histogram before, unless others were met since. */
    private LabelNumber[] bounds = NONE;

    private double[] counts = new double[16];
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
        Arrays.fill(knownBits, NO_NUMBER);
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
        while (usualBuckets(to) < to) {
            int tag = wire.b[wire.at++];
            if (tag == PART) {
                if (!bucket(wire.end(to))) {
                    return null;
                }
                addBucket();
            } else if (!total(tag, startTag, to)) {
                return null;
            }
        }
        // The bucket of all events may be left out.
        if (size == 0 || lastBound != Double.POSITIVE_INFINITY) {
            bound = Double.POSITIVE_INFINITY;
            number = (double) count;
            addBucket();
        }
        if (bounds.length != size) {
            bounds = Arrays.copyOf(known, size);
        }
        return new HistogramValue((double) count, sum, new PlainBuckets(bounds, Arrays.copyOf(counts, size)), null);
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

    /**
     * Reads buckets one behind the other as long as each is all but a count of at most four bytes and a bound, as nearly all are;
     * answers where it is then.
     */
    private int usualBuckets(int to) {
        byte[] b = wire.b;
        int at = wire.at;
        int i = size;
        double last = lastBound;
        while (i < counts.length && to - at > 2 && b[at] == PART) {
            int end = at + 2 + b[at + 1];
            int few = end <= to ? PlainWire.bucketCount(b, at + 2, end) : PlainWire.ODD;
            if (few == PlainWire.ODD) {
                break;
            }
            long boundBits = EightBytes.get(b, end - Double.BYTES);
            double next = Double.longBitsToDouble(boundBits);
            if (!rises(i, last, next)) {
                break;
            }
            if (boundBits != knownBits[i]) {
                learn(i, next);
            }
            counts[i++] = few;
            last = next;
            at = end;
        }
        wire.at = at;
        size = i;
        lastBound = last;
        return at;
    }

    private void addBucket() {
        shared();
        // As long as those that are known.
        if (counts.length < known.length) {
            counts = Arrays.copyOf(counts, known.length);
        }
        counts[size++] = number;
    }

    private boolean bucket(int to) {
        if (to == PlainWire.ODD) {
            return false;
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

    private boolean isNextBound() {
        boolean isNext = rises(size, lastBound, bound);
        lastBound = bound;
        return isNext;
    }

    /** Whether a bound is greater than all those before: only then it is seen at once that none stands twice. */
    private static boolean rises(int before, double last, double next) {
        return before == 0 ? !Double.isNaN(next) : last < next;
    }

    /** The bound of the part that is to be added. */
    private LabelNumber shared() {
        if (size == known.length) {
            known = Arrays.copyOf(known, 2 * size);
            knownBits = Arrays.copyOf(knownBits, 2 * size);
            Arrays.fill(knownBits, size, 2 * size, NO_NUMBER);
        }
        if (knownBits[size] != Double.doubleToRawLongBits(bound)) {
            learn(size, bound);
        }
        return known[size];
    }

    private void learn(int position, double number) {
        known[position] = LabelNumber.of(number);
        knownBits[position] = Double.doubleToRawLongBits(number);
        bounds = NONE;
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

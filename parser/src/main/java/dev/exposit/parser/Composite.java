package dev.exposit.parser;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A histogram, a summary or, in OpenMetrics protobuf, a stateset in one piece: what a {@link Event#COMPOSITE} holds. It is the reader's own and filled anew for
 * each such event, so it is valid until the reader's next call of {@link ExpositionReader#next()}; {@link #toValue()}
 * makes a copy that lasts. Not safe for use by several threads.
 *
 * <p>Specification: OpenMetrics 2.0, "CompositeValues".
 */
public final class Composite {
    /** What a composite is. */
    public enum Kind {
        /** A distribution of events that happened. */
        HISTOGRAM,
        /** A distribution as it is now, whose counts may fall. */
        GAUGE_HISTOGRAM,
        /** A distribution as count, sum and quantiles. */
        SUMMARY,
        /** A set of named booleans; only OpenMetrics protobuf has it in one piece. */
        STATE_SET
    }

    /** A part of a composite, as it is spelled. */
    public enum Part {
        /** The number behind {@code count:} or {@code gcount:}. */
        COUNT,
        /** The number behind {@code sum:} or {@code gsum:}. */
        SUM,
        /** The bound of a classic bucket, or which quantile it is. */
        BOUND,
        /** The count of a classic bucket, or the value of a quantile. */
        VALUE,
        /** The number behind {@code schema:}. */
        SCHEMA,
        /** The number behind {@code zero_threshold:}. */
        ZERO_THRESHOLD,
        /** The number behind {@code zero_count:}. */
        ZERO_COUNT,
        /** A span of native buckets below zero: its offset, a colon and its length. */
        NEGATIVE_SPAN,
        /** The count of a native bucket below zero. */
        NEGATIVE_BUCKET,
        /** A span of native buckets above zero. */
        POSITIVE_SPAN,
        /** The count of a native bucket above zero. */
        POSITIVE_BUCKET
    }

    private final StringCache strings;

    private Kind kind = Kind.HISTOGRAM;
    private boolean hasCount;
    private double count;
    private boolean hasSum;
    private double sum;

    // Classic buckets or quantiles, and where their bounds are spelled; or states, and where their names lie.
    private double[] bounds = {};
    private double[] values = {};
    private int[] places = {};
    private int size;

    /** The exemplar of each bucket, as its index in the table that may have been emptied since, or -1. */
    private int[] exemplarIndexes = {};

    private final ExemplarTable bucketExemplars = new ExemplarTable();

    private boolean isNative;
    /** Whether counts are floats; in text that shows by the counts themselves. */
    private boolean isFloat;
    /** Whether the classic buckets are to be seen as native ones with custom bounds. */
    private boolean isCustom;

    private int schema;
    private double zeroThreshold;
    private double zeroCount;
    private final Side negative = new Side();
    private final Side positive = new Side();

    private byte[] b = {};
    private byte[] copies = {};
    /** Where in {@link #b} the whole is spelled, behind its brace; -1 if it is not. */
    private int start = -1;

    private ByteView.Lease lease = new ByteView.Lease();

    /** The native buckets on one side of zero. */
    static final class Side {
        /** Offsets and lengths in turn. */
        private int[] spans = {};

        private int spanEnd;
        private double[] counts = {};
        private int size;
        private long length;

        void addSpan(int offset, int spanLength) {
            if (spanEnd == spans.length) {
                spans = Arrays.copyOf(spans, Math.max(8, 2 * spanEnd));
            }
            spans[spanEnd++] = offset;
            spans[spanEnd++] = spanLength;
            length += Integer.toUnsignedLong(spanLength);
        }

        void addCount(double bucketCount) {
            if (size == counts.length) {
                counts = Arrays.copyOf(counts, Math.max(16, 2 * size));
            }
            counts[size++] = bucketCount;
        }

        /** How many buckets the spans name. */
        long length() {
            return length;
        }

        /** Whether there are no spans. */
        boolean isEmpty() {
            return spanEnd == 0;
        }

        /** Whether the only span has offset and length 0. */
        boolean isNoOp() {
            return spanEnd == 2 && spans[0] == 0 && spans[1] == 0;
        }

        /** Takes the spans of one and the counts of another. */
        void set(Side spansOf, Side countsOf) {
            clear();
            for (int i = 0; i < spansOf.spanEnd; i += 2) {
                addSpan(spansOf.spans[i], spansOf.spans[i + 1]);
            }
            for (int i = 0; i < countsOf.size; i++) {
                addCount(countsOf.counts[i]);
            }
        }

        /** How many counts there are. */
        int size() {
            return size;
        }

        void clear() {
            spanEnd = 0;
            size = 0;
            length = 0;
        }

        private boolean isWhole() {
            for (int i = 0; i < size; i++) {
                if (!Composite.isWhole(counts[i])) {
                    return false;
                }
            }
            return true;
        }

        private NativeBuckets.Side toSide() {
            if (spanEnd == 0) {
                return NativeBuckets.Side.none();
            }
            List<NativeBuckets.Span> all = new ArrayList<>(spanEnd / 2);
            for (int i = 0; i < spanEnd; i += 2) {
                all.add(new NativeBuckets.Span(spans[i], spans[i + 1]));
            }
            List<Double> each = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                each.add(counts[i]);
            }
            return new NativeBuckets.Side(all, each);
        }
    }

    Composite(StringCache strings) {
        this.strings = strings;
    }

    // ---- What readers fill in

    /** Begins a composite that is not spelled in one piece. */
    void begin(Kind whichKind, byte[] text) {
        begin(whichKind, text, -1);
    }

    /** Begins a composite that is spelled in {@code text}, behind the brace before {@code from}. */
    void begin(Kind whichKind, byte[] text, int from) {
        kind = whichKind;
        b = text;
        start = from;
        size = 0;
        hasCount = false;
        hasSum = false;
        bucketExemplars.clear();
        isNative = false;
        isFloat = false;
        isCustom = false;
        negative.clear();
        positive.clear();
    }

    void setKind(Kind whichKind) {
        kind = whichKind;
    }

    void setCount(double totalCount) {
        hasCount = true;
        count = totalCount;
    }

    void setSum(double totalSum) {
        hasSum = true;
        sum = totalSum;
    }

    /**
     * Makes the classic buckets native ones with custom bounds, if they make sense and there are no others.
     *
     * @return whether it did
     */
    boolean makeCustom() {
        isCustom = !isNative
                && isHistogram()
                && toValue() instanceof HistogramValue histogram
                && !histogram.buckets().isEmpty()
                && histogram.classicDefect().isEmpty();
        return isCustom;
    }

    private boolean isHistogram() {
        return kind == Kind.HISTOGRAM || kind == Kind.GAUGE_HISTOGRAM;
    }

    /**
     * Adds a classic bucket or a quantile whose bound is spelled at {@code [from, to)}, or not if that is no stretch; or a state
     * whose name lies there, with the value 0 or 1.
     */
    void add(double bound, double value, int from, int to) {
        if (size == bounds.length) {
            int room = Math.max(16, 2 * size);
            bounds = Arrays.copyOf(bounds, room);
            values = Arrays.copyOf(values, room);
            places = Arrays.copyOf(places, 2 * room);
            exemplarIndexes = Arrays.copyOf(exemplarIndexes, room);
        }
        bounds[size] = bound;
        values[size] = value;
        places[2 * size] = from;
        places[2 * size + 1] = to;
        exemplarIndexes[size] = -1;
        size++;
    }

    /** Adds a classic bucket whose bound is spelled somewhere else, of which a copy is kept. */
    void add(double bound, double value, ByteView spelling) {
        int from = size == 0 ? 0 : places[2 * size - 1];
        int to = from + spelling.length();
        if (to > copies.length) {
            copies = Arrays.copyOf(copies, Math.max(to, 2 * copies.length));
        }
        spelling.copyTo(copies, from);
        b = copies;
        add(bound, value, from, to);
    }

    ExemplarTable bucketExemplars() {
        return bucketExemplars;
    }

    /** Gives the exemplar added last to the bucket added last. */
    void giveExemplarToLastBucket() {
        exemplarIndexes[size - 1] = bucketExemplars.size() - 1;
    }

    /** Adds the bucket of all events, if there is none. */
    void addInfinity(double total) {
        // It mostly is the last.
        for (int i = size - 1; i >= 0; i--) {
            if (bounds[i] == Double.POSITIVE_INFINITY) {
                return;
            }
        }
        add(Double.POSITIVE_INFINITY, total, 0, -1);
    }

    /** Whether each bound is greater than the one before, as nearly always: then none is NaN, and none stands twice. */
    boolean hasRisingBounds() {
        boolean rising = size == 0 || !Double.isNaN(bounds[0]);
        for (int i = 1; i < size; i++) {
            rising &= bounds[i - 1] < bounds[i];
        }
        return rising;
    }

    /** Whether a bound is NaN. */
    boolean hasBoundNaN() {
        for (int i = 0; i < size; i++) {
            if (Double.isNaN(bounds[i])) {
                return true;
            }
        }
        return false;
    }

    /** A bound that stands twice, or NaN if there is none. */
    double repeatedBound() {
        Set<Double> known = new HashSet<>();
        for (int i = 0; i < size; i++) {
            if (!known.add(bounds[i])) {
                return bounds[i];
            }
        }
        return Double.NaN;
    }

    /** The name of a state that stands twice, or null if there is none. */
    @Nullable
    String repeatedState() {
        Set<String> known = new HashSet<>();
        for (int i = 0; i < stateCount(); i++) {
            if (!known.add(state(i))) {
                return state(i);
            }
        }
        return null;
    }

    /** Sets what a native histogram has, whose counts are floats if that is said. */
    void setNative(int nativeSchema, double threshold, double zeros, boolean floats) {
        setNative(nativeSchema, threshold, zeros);
        isFloat = floats;
    }

    /** Sets what a native histogram has, whose counts are integers if they are whole. */
    void setNative(int nativeSchema, double threshold, double zeros) {
        isNative = true;
        schema = nativeSchema;
        zeroThreshold = threshold;
        zeroCount = zeros;
    }

    /** Ties the views that are handed out from here on to those of the event. */
    Composite leased(ByteView.Lease ofEvent) {
        lease = ofEvent;
        return this;
    }

    Side negative() {
        return negative;
    }

    Side positive() {
        return positive;
    }

    // ---- What users ask for

    /** What it is. */
    public Kind kind() {
        return kind;
    }

    /** Whether it says how many events there were; always, but for one gathered from samples or in OpenMetrics protobuf. */
    public boolean hasCount() {
        return hasCount;
    }

    /** How many events there were; NaN if that is not given. */
    public double count() {
        return hasCount ? count : Double.NaN;
    }

    /** Whether it says what the events' values add up to; always, but for one gathered from samples or in OpenMetrics protobuf. */
    public boolean hasSum() {
        return hasSum;
    }

    /** The sum of the events' values; NaN if that is not given. */
    public double sum() {
        return hasSum ? sum : Double.NaN;
    }

    /** How many classic buckets a histogram has; 0 for others. */
    public int bucketCount() {
        return isHistogram() && !isCustom ? size : 0;
    }

    /**
     * The upper bound of a classic bucket, inclusive; the last one's is +Inf, but in OpenMetrics protobuf it may be missing.
     *
     * @param index in wire order, from 0
     */
    public double upperBound(int index) {
        return bounds[require(index, bucketCount())];
    }

    /**
     * How many events were at most as large as a classic bucket's upper bound.
     *
     * @param index in wire order, from 0
     */
    public double cumulativeCount(int index) {
        return values[require(index, bucketCount())];
    }

    /**
     * The exemplar of a classic bucket, a copy that lasts, or null if it has none. In OpenMetrics 2.0 exemplars stand behind the
     * whole value, see {@link ExpositionReader#exemplars()}.
     *
     * @param index in wire order, from 0
     */
    public @Nullable Exemplar bucketExemplar(int index) {
        return exemplar(require(index, bucketCount()));
    }

    /** How many quantiles a summary has; 0 for others. */
    public int quantileCount() {
        return kind == Kind.SUMMARY ? size : 0;
    }

    /**
     * Which quantile it is, mostly 0 to 1.
     *
     * @param index in wire order, from 0
     */
    public double quantile(int index) {
        return bounds[require(index, quantileCount())];
    }

    /**
     * The value of a quantile.
     *
     * @param index in wire order, from 0
     */
    public double quantileValue(int index) {
        return values[require(index, quantileCount())];
    }

    /** How many states a stateset has; 0 for others. */
    public int stateCount() {
        return kind == Kind.STATE_SET ? size : 0;
    }

    /**
     * The name of a state, valid as long as the composite is.
     *
     * @param index in wire order, from 0
     */
    public ByteView stateName(int index) {
        int at = 2 * require(index, stateCount());
        return new ByteView(lease).set(b, places[at], places[at + 1]);
    }

    /**
     * Whether a state is on.
     *
     * @param index in wire order, from 0
     */
    public boolean isEnabled(int index) {
        return values[require(index, stateCount())] != 0;
    }

    private static int require(int index, int length) {
        if (index < 0 || index >= length) {
            throw new IndexOutOfBoundsException(index);
        }
        return index;
    }

    /** Whether a histogram has native buckets. */
    public boolean hasNativeBuckets() {
        return isNative || isCustom;
    }

    /** The native buckets, a copy that lasts, or null if there are none. */
    public @Nullable NativeBuckets nativeBuckets() {
        if (isCustom) {
            return classic().toCustomBuckets().nativeBuckets();
        }
        if (!isNative) {
            return null;
        }
        boolean whole = isWhole(count) && isWhole(zeroCount) && negative.isWhole() && positive.isWhole();
        return new NativeBuckets(
                schema, zeroThreshold, zeroCount, positive.toSide(), negative.toSide(), List.of(), isFloat || !whole);
    }

    private static boolean isWhole(double number) {
        return number == Math.rint(number) && !Double.isInfinite(number);
    }

    /**
     * A part as it is spelled, to tell where something is wrong. It is looked for anew each time.
     *
     * @param part what kind of part
     * @param index which of them, in wire order from 0; 0 for a part that stands once
     * @throws IllegalArgumentException if there is no such part
     * @throws IllegalStateException if the composite is not spelled in one piece, as in all formats but OpenMetrics 2.0
     */
    public ByteView text(Part part, int index) {
        if (start < 0) {
            throw new IllegalStateException("the composite has no spelling");
        }
        return CompositeParts.find(part, index, b, start, new ByteView(lease));
    }

    /** Everything, a copy that lasts: a {@link HistogramValue}, a {@link SummaryValue} or a {@link StateSetValue}. */
    public Value toValue() {
        if (kind == Kind.STATE_SET) {
            List<StateSetValue.State> states = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                states.add(new StateSetValue.State(state(i), isEnabled(i)));
            }
            return new StateSetValue(states);
        }
        if (kind == Kind.SUMMARY) {
            List<SummaryValue.Quantile> quantiles = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                quantiles.add(new SummaryValue.Quantile(bound(i), values[i]));
            }
            return new SummaryValue(given(hasCount, count), given(hasSum, sum), quantiles);
        }
        return isCustom ? classic().toCustomBuckets() : classic();
    }

    private String state(int index) {
        return strings.get(b, places[2 * index], places[2 * index + 1]);
    }

    private static @Nullable Double given(boolean present, double number) {
        return present ? (Double) number : null;
    }

    /** The histogram with its buckets as they were read. */
    private HistogramValue classic() {
        List<HistogramValue.Bucket> buckets = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            buckets.add(new HistogramValue.Bucket(bound(i), values[i], exemplar(i)));
        }
        return new HistogramValue(
                given(hasCount, count), given(hasSum, sum), buckets, isCustom ? null : nativeBuckets());
    }

    private @Nullable Exemplar exemplar(int index) {
        return exemplarIndexes[index] < 0 || exemplarIndexes[index] >= bucketExemplars.size()
                ? null
                : bucketExemplars.get(exemplarIndexes[index], strings);
    }

    private LabelNumber bound(int index) {
        int from = places[2 * index];
        int to = places[2 * index + 1];
        return to < from ? LabelNumber.of(bounds[index]) : new LabelNumber(bounds[index], strings.get(b, from, to));
    }
}

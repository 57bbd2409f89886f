package dev.exposit.parser;

import dev.exposit.model.SampleRole;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Goes through the samples that a composite stands for, as Prometheus stores it in classic series: count, sum, then the
 * buckets or quantiles; of a stateset, the states. Native buckets have no such series; a histogram that has but those has a bucket {@code +Inf}, as all
 * have. Each sample's name and labels are made behind those of the composite in the scratch buffer of its {@link LabelTable}.
 */
final class Expansion {
    private static final byte[] COUNT = ascii(SampleRole.COUNT.suffix());
    private static final byte[] SUM = ascii(SampleRole.SUM.suffix());
    private static final byte[] BUCKET = ascii(SampleRole.BUCKET.suffix());
    private static final byte[] NONE = {};
    private static final byte[] LE = ascii("le");
    private static final byte[] QUANTILE = ascii("quantile");

    private static final int BOUNDS_REMEMBERED = 1024;

    private final LabelTable labels;
    private final Composite composite;
    private final Map<Double, byte[]> spellings = new HashMap<>();
    private final ByteView name = new ByteView(new ByteView.Lease());

    private boolean going;
    /** The next sample: 0 the count, 1 the sum, from 2 on buckets or quantiles. */
    private int step;

    private int parts;
    private int familyFrom;
    private int familyTo;
    private int labelCount;
    private int scratchMark;

    // The sample at hand.
    private int nameFrom;
    private int nameTo;
    private double value;
    private double above;
    private double upTo;

    Expansion(LabelTable labels, Composite composite) {
        this.labels = labels;
        this.composite = composite;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Begins with the composite at hand, whose name lies at a place of the label table. */
    void begin(int from, int to, byte[] b) {
        going = true;
        step = composite.kind() == Composite.Kind.STATE_SET ? 2 : 0;
        familyFrom = from;
        familyTo = to;
        labels.place(name, from, to, b);
        labelCount = labels.size();
        scratchMark = labels.scratchMark();
        int buckets = composite.bucketCount();
        boolean infinite = buckets > 0 && composite.upperBound(buckets - 1) == Double.POSITIVE_INFINITY;
        parts = switch (composite.kind()) {
            case SUMMARY -> composite.quantileCount();
            case STATE_SET -> composite.stateCount();
            // Where no count is given, nobody knows how many events the bucket has.
            case HISTOGRAM, GAUGE_HISTOGRAM -> infinite || !composite.hasCount() ? buckets : buckets + 1;
        };
    }

    /** Moves to the next sample; false if there was none. */
    boolean next(byte[] b) {
        if (step == 0 && !composite.hasCount()) {
            step = 1;
        }
        if (step == 1 && !composite.hasSum()) {
            step = 2;
        }
        going = going && step < 2 + parts;
        if (going) {
            labels.truncate(labelCount, scratchMark);
            switch (step) {
                case 0 -> sample(COUNT, composite.count());
                case 1 -> sample(SUM, composite.sum());
                default -> part(step - 2, b);
            }
            step++;
        }
        return going;
    }

    private void sample(byte[] suffix, double number) {
        nameFrom = labels.scratchMark();
        labels.append(name);
        labels.append(suffix);
        nameTo = labels.scratchMark();
        value = number;
        // No exemplars.
        above = 0;
        upTo = 0;
    }

    private void part(int index, byte[] b) {
        if (composite.kind() == Composite.Kind.STATE_SET) {
            sample(NONE, composite.isEnabled(index) ? 1 : 0);
            ByteView state = composite.stateName(index);
            labels.add(b, 0, familyFrom, familyTo, state.from(), state.to());
            return;
        }
        if (composite.kind() == Composite.Kind.SUMMARY) {
            sample(NONE, composite.quantileValue(index));
            labels.put(QUANTILE, spelling(composite.quantile(index)), b);
            return;
        }
        boolean given = index < composite.bucketCount();
        sample(BUCKET, given ? composite.cumulativeCount(index) : composite.count());
        double bound = given ? composite.upperBound(index) : Double.POSITIVE_INFINITY;
        labels.put(LE, spelling(bound), b);
        above = index == 0 ? Double.NEGATIVE_INFINITY : composite.upperBound(index - 1);
        upTo = bound;
    }

    private byte[] spelling(double bound) {
        if (spellings.size() >= BOUNDS_REMEMBERED) {
            spellings.clear();
        }
        return spellings.computeIfAbsent(bound, number -> ascii(BoundSpelling.of(number)));
    }

    int nameFrom() {
        return nameFrom;
    }

    int nameTo() {
        return nameTo;
    }

    double value() {
        return value;
    }

    /** The bucket that the sample at hand is, or -1 if it is none, or one that was added. */
    int bucket() {
        int index = step - 3;
        return composite.kind() != Composite.Kind.SUMMARY && index >= 0 && index < composite.bucketCount() ? index : -1;
    }

    /** Whether samples of a composite are being gone through. */
    boolean isGoing() {
        return going;
    }

    /** Whether an exemplar of the composite belongs to the sample at hand: to the bucket that its value is in. */
    boolean hasExemplar(double exemplarValue) {
        boolean first = above == Double.NEGATIVE_INFINITY;
        return upTo > above
                && ((exemplarValue <= upTo && (first || exemplarValue > above))
                        || (Double.isNaN(exemplarValue) && upTo == Double.POSITIVE_INFINITY));
    }
}

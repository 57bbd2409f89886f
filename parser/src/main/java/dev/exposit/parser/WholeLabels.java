package dev.exposit.parser;

import dev.exposit.model.Labels;
import dev.exposit.parser.ReadLimits.Limit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes the label sets of metrics that are read at once. First a set is compared with the {@link LabelRows row} of the same number
 * of a family before, byte by byte: the labels that they begin with alike are taken from there. Of the others, neighbours have
 * mostly the same names and some of the same values: names are compared with the {@link LabelShape} of the set before, values
 * with those in the same place. What is the same is neither checked nor hashed again.
 */
final class WholeLabels {
    /** Places of a label: where its name begins and ends, then its value. */
    static final int INTS = 4;

    private static final byte LABEL = (1 << 3) | MetricParts.BYTES;
    private static final byte NAME = (1 << 3) | MetricParts.BYTES;
    private static final byte VALUE = (2 << 3) | MetricParts.BYTES;

    /** More names than that are not compared each with each. */
    private static final int MOST = 32;

    private static final int SHAPES = 64;

    private final PlainWire wire;
    private final StringCache strings;
    private final int longestName;
    private final int longestValue;
    private final int most;

    /** Shapes met before, by a hash of their names. */
    private final @Nullable LabelShape[] shapes = new @Nullable LabelShape[SHAPES];

    private LabelShape shape = LabelShape.NONE;
    /** The shape of the set read last, which may be that of a row. */
    private LabelShape shapeOfLast = LabelShape.NONE;

    private final LabelRows rows = new LabelRows();

    private int[] places = new int[MOST * INTS];
    /** The places of the set before, in the same message. */
    private int[] before = new int[MOST * INTS];
    /** How many values of the set before may be the same. */
    private int comparable;

    /** The hashes of the values of the set before, combined with those of their names. */
    private long[] hashes = new long[MOST];

    private long fingerprint;

    WholeLabels(PlainWire wire, StringCache strings, ReadLimits limits) {
        this.wire = wire;
        this.strings = strings;
        this.longestName = limits.intValue(Limit.NAME_BYTES);
        this.longestValue = limits.intValue(Limit.LABEL_VALUE_BYTES);
        this.most = Math.min(MOST, limits.intValue(Limit.LABELS_PER_SERIES));
    }

    /** Begins another message: the places in the one before may be others' by now. */
    void begin() {
        comparable = 0;
        rows.begin();
    }

    /** The shape of the set read last. */
    LabelShape shape() {
        return shapeOfLast;
    }

    /** A hash of the set read last, as {@link LabelSets#fingerprint()}. */
    long fingerprint() {
        return fingerprint;
    }

    /** Reads the labels that a metric begins with, which ends at {@code to}; null if something about them is not usual. */
    @Nullable
    Labels read(int to) {
        int from = wire.at;
        if (from == to || wire.b[from] != LABEL) {
            fingerprint = 0;
            shapeOfLast = LabelShape.NONE;
            return Labels.of();
        }
        int sameTo = from + rows.same(wire.b, from, to);
        return rows.isWhole(sameTo - from) && (sameTo == to || wire.b[sameTo] != LABEL)
                ? readRow(sameTo)
                : readLabels(from, sameTo, to);
    }

    /** Takes the whole row at hand, whose bytes stand before {@code end}. */
    private Labels readRow(int end) {
        wire.at = end;
        comparable = 0;
        fingerprint = rows.fingerprint();
        shapeOfLast = rows.shape();
        Labels set = rows.set();
        rows.next();
        return set;
    }

    private @Nullable Labels readLabels(int from, int sameTo, int to) {
        int count = findPlaces(to);
        if (count == PlainWire.ODD || !enterShape(count)) {
            return null;
        }
        int alike = 0;
        while (alike < count && places[INTS * alike + 3] <= sameTo) {
            alike++;
        }
        fingerprint = 0;
        if (alike > 0) {
            rows.copy(alike, shape.values, hashes);
            for (int i = 0; i < alike; i++) {
                fingerprint += hashes[i];
            }
        }
        for (int i = alike; i < count; i++) {
            if (!value(i)) {
                return null;
            }
        }
        comparable = count;
        int[] other = before;
        before = places;
        places = other;
        shapeOfLast = shape;
        Labels set = shape.alike.withValues(shape.values);
        rows.next(alike, set, shape, fingerprint, hashes, wire.b, from, wire.at);
        return set;
    }

    /** Finds the parts of all labels; answers how many labels there are. */
    private int findPlaces(int to) {
        int count = findShort(to);
        byte[] b = wire.b;
        int[] found = places;
        for (int slot = count * INTS; wire.at < to && b[wire.at] == LABEL; slot += INTS) {
            wire.at++;
            int end = wire.end(to);
            if (end == PlainWire.ODD || count == most || end == wire.at || b[wire.at++] != NAME) {
                return PlainWire.ODD;
            }
            int nameTo = wire.end(end);
            if (nameTo == PlainWire.ODD) {
                return PlainWire.ODD;
            }
            found[slot] = wire.at;
            found[slot + 1] = nameTo;
            wire.at = nameTo;
            if (nameTo < end && (b[wire.at++] != VALUE || wire.end(end) != end)) {
                return PlainWire.ODD;
            }
            found[slot + 2] = wire.at;
            found[slot + 3] = end;
            wire.at = end;
            count++;
        }
        return count;
    }

    /** Finds the parts of the labels up to one whose lengths do not take a byte each, which may be the usual as well. */
    private int findShort(int to) {
        byte[] b = wire.b;
        int[] found = places;
        int at = wire.at;
        int count = 0;
        while (to - at > 4 && b[at] == LABEL && b[at + 2] == NAME) {
            int end = at + 2 + b[at + 1];
            int nameTo = at + 4 + b[at + 3];
            int valueFrom = nameTo + 2;
            if (end > to
                    || nameTo < at + 4
                    || valueFrom > end
                    || b[nameTo] != VALUE
                    || valueFrom + b[nameTo + 1] != end
                    || count == most) {
                break;
            }
            int slot = count * INTS;
            found[slot] = at + 4;
            found[slot + 1] = nameTo;
            found[slot + 2] = valueFrom;
            found[slot + 3] = end;
            count++;
            at = end;
        }
        wire.at = at;
        return count;
    }

    /** Makes the shape of the labels found the one at hand; false if they have none. */
    private boolean enterShape(int count) {
        byte[] b = wire.b;
        if (shape.is(b, places, count)) {
            return true;
        }
        comparable = 0;
        long hash = count;
        for (int i = 0; i < count; i++) {
            hash = TextHash.ofLabel(hash, TextHash.of(b, places[INTS * i], places[INTS * i + 1]));
        }
        int slot = (int) hash & (SHAPES - 1);
        LabelShape known = shapes[slot];
        if (known == null || !known.is(b, places, count)) {
            if (!areNames(count)) {
                return false;
            }
            known = LabelShape.of(b, places, count, strings);
            shapes[slot] = known;
        }
        shape = known;
        return true;
    }

    /** Whether the names found are names, and differ. */
    private boolean areNames(int count) {
        byte[] b = wire.b;
        for (int i = 0; i < count; i++) {
            int from = places[INTS * i];
            int to = places[INTS * i + 1];
            if (from == to || to - from > longestName || !Utf8.isValid(b, from, to)) {
                return false;
            }
            for (int j = 0; j < i; j++) {
                if (Arrays.equals(b, from, to, b, places[INTS * j], places[INTS * j + 1])) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Makes a value a string, if it is not there yet; false if it is too long or no UTF-8. */
    private boolean value(int index) {
        byte[] b = wire.b;
        int slot = INTS * index;
        int from = places[slot + 2];
        int to = places[slot + 3];
        int length = to - from;
        boolean same = index < comparable
                && before[slot + 3] - before[slot + 2] == length
                && EightBytes.same(b, before[slot + 2], b, from, length);
        if (!same) {
            if (length > longestValue) {
                return false;
            }
            long hash = TextHash.of(b, from, to);
            String text = strings.getValid(b, from, to, hash);
            if (text == null) {
                return false;
            }
            shape.values[index] = text;
            // A label without a value is as good as none.
            hashes[index] = length == 0 ? 0 : TextHash.ofLabel(shape.hash(index), hash);
        }
        fingerprint += hashes[index];
        return true;
    }
}

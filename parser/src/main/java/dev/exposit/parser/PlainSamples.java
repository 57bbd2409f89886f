package dev.exposit.parser;

import dev.exposit.model.PlainMetrics;
import dev.exposit.model.Timestamp;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the samples of a family that are whole metrics as the text of their labels, without an object for any of them;
 * {@link PlainMetrics} says how the text is spelled. Mostly that is how it stands in the exposition, and it is copied at once.
 *
 * <p>Whether a series stands twice is told by a hash of 64 bits that does not depend on the labels' order. One that was there
 * before need not be the same series: then the sample is not taken, and whoever asked has to find out by looking. So a chance
 * collision costs time, never a series, and {@link TextHash} lets nobody make many.
 */
final class PlainSamples {
    private static final int FIRST_SLOTS = 64;

    private final StringCache strings;

    private int size;
    /** The labels of all samples, with room for eight bytes behind the last. */
    private byte[] bytes = new byte[1 << 12];
    /** Where the labels of each sample end. */
    private int[] ends = new int[16];

    private String[][] names = new String[16][];
    private boolean[] escaped = new boolean[16];
    private double[] values = new double[16];
    /** Empty as long as no sample has one. */
    private @Nullable Timestamp[] times = {};
    /** For each label of each sample where its value ends. */
    private int[] valueEnds = new int[128];

    private int labelCount;

    // The label names of the sample before, and their hashes.
    private String[] lastNames = {};
    private long[] nameHashes = {};

    /** The hashes of the series, by open addressing; 0 is a free slot. */
    private long[] slots = new long[FIRST_SLOTS];

    PlainSamples(StringCache strings) {
        this.strings = strings;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Forgets all samples. */
    void clear() {
        if (slots.length > FIRST_SLOTS && 16L * size < slots.length) {
            slots = new long[FIRST_SLOTS];
        } else {
            Arrays.fill(slots, 0);
        }
        Arrays.fill(names, 0, size, null);
        size = 0;
        labelCount = 0;
        lastNames = new String[0];
        times = new Timestamp[0];
    }

    /** The samples so far. */
    PlainMetrics toMetrics() {
        return new PlainMetrics(
                Arrays.copyOf(bytes, begin()),
                Arrays.copyOf(ends, size),
                Arrays.copyOf(names, size),
                Arrays.copyOf(valueEnds, labelCount),
                Arrays.copyOf(escaped, size),
                Arrays.copyOf(values, size),
                times.length == 0 ? times : Arrays.copyOf(times, size));
    }

    /**
     * Adds a sample; false, and no more may be added, if a label's name needs quotes or its series may have stood before.
     *
     * @param labels its labels, which lie in {@code b}; no line feed may stand in one as it is
     */
    boolean add(LabelTable labels, byte[] b, double value, @Nullable Timestamp time) {
        boolean spelled = labels.isPlain();
        makeRoom(labels.size(), spelled ? labels.length() : labels.mostBytes());
        int end = spelled ? copy(labels, b) : spell(labels);
        if (end < 0) {
            return false;
        }
        if (!hasLastNames(labels)) {
            takeNames(labels);
        }
        if (!isNew(hash(labels.size()))) {
            return false;
        }
        ends[size] = end;
        names[size] = lastNames;
        escaped[size] = !spelled;
        values[size] = value;
        if (time != null || times.length > 0) {
            times = times.length < values.length ? Arrays.copyOf(times, values.length) : times;
            times[size] = time;
        }
        size++;
        labelCount += labels.size();
        return true;
    }

    /** Where the labels of the next sample begin. */
    private int begin() {
        return size == 0 ? 0 : ends[size - 1];
    }

    private void makeRoom(int labels, long length) {
        if (size == ends.length) {
            ends = Arrays.copyOf(ends, 2 * size);
            names = Arrays.copyOf(names, 2 * size);
            escaped = Arrays.copyOf(escaped, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        if (valueEnds.length - labelCount < labels) {
            valueEnds = Arrays.copyOf(valueEnds, 2 * (labelCount + labels));
        }
        long needed = begin() + length + Long.BYTES;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.max(needed, 2L * bytes.length)));
        }
    }

    /** Copies labels that are spelled as they should; answers where they end. */
    private int copy(LabelTable labels, byte[] b) {
        int to = begin();
        int length = labels.length();
        if (length > 0) {
            int from = labels.name(0).from();
            System.arraycopy(b, from, bytes, to, length);
            for (int i = 0; i < labels.size(); i++) {
                valueEnds[labelCount + i] = labels.value(i).to() - from + to;
            }
        }
        return to + length;
    }

    /** Spells labels as they should be; answers where they end, or -1 if a name is quoted. */
    private int spell(LabelTable labels) {
        int at = begin();
        for (int i = 0; i < labels.size(); i++) {
            if (!labels.isBareName(i)) {
                return -1;
            }
            if (i > 0) {
                bytes[at++] = ',';
            }
            ByteView name = labels.name(i);
            name.copyTo(bytes, at);
            at += name.length();
            bytes[at++] = '=';
            bytes[at++] = '"';
            at = escape(labels.value(i), at);
            valueEnds[labelCount + i] = at;
            bytes[at++] = '"';
        }
        return at;
    }

    private int escape(ByteView value, int begin) {
        int at = begin;
        for (int i = 0; i < value.length(); i++) {
            byte c = value.byteAt(i);
            if (c == '\\' || c == '"' || c == '\n') {
                bytes[at++] = '\\';
            }
            bytes[at++] = c == '\n' ? (byte) 'n' : c;
        }
        return at;
    }

    // ---- Names

    /** Where a label of the sample to be added has its name. */
    private int nameBegin(int label) {
        return label == 0 ? begin() : valueEnds[labelCount + label - 1] + 2;
    }

    /** Whether the sample to be added has the label names of the one before. */
    private boolean hasLastNames(LabelTable labels) {
        int count = labels.size();
        if (count != lastNames.length || size == 0) {
            return false;
        }
        int before = size == 1 ? 0 : ends[size - 2];
        for (int i = 0; i < count; i++) {
            int length = lastNames[i].length();
            if (length != labels.name(i).length() || !EightBytes.same(bytes, nameBegin(i), bytes, before, length)) {
                return false;
            }
            before = valueEnds[labelCount - count + i] + 2;
        }
        return true;
    }

    private void takeNames(LabelTable labels) {
        lastNames = new String[labels.size()];
        nameHashes = new long[labels.size()];
        for (int i = 0; i < lastNames.length; i++) {
            int from = nameBegin(i);
            int to = from + labels.name(i).length();
            lastNames[i] = strings.get(bytes, from, to);
            nameHashes[i] = TextHash.of(bytes, from, to);
        }
    }

    // ---- Series

    /** The hash of the series to be added: a sum, so that order does not matter, of labels that are not empty. */
    private long hash(int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            int from = nameBegin(i) + lastNames[i].length() + 2;
            int to = valueEnds[labelCount + i];
            if (to > from) {
                sum += TextHash.ofLabel(nameHashes[i], TextHash.of(bytes, from, to));
            }
        }
        return sum == 0 ? 1 : sum;
    }

    /** Adds the hash of one more sample; false if it was there before. */
    private boolean isNew(long hash) {
        if (2 * size >= slots.length) {
            long[] known = slots;
            slots = new long[2 * known.length];
            for (long other : known) {
                if (other != 0) {
                    slots[slot(other)] = other;
                }
            }
        }
        int slot = slot(hash);
        boolean free = slots[slot] == 0;
        slots[slot] = hash;
        return free;
    }

    /** Where a hash stands, or the free slot where it would; the number of slots is a power of two. */
    private int slot(long hash) {
        int mask = slots.length - 1;
        int slot = (int) hash & mask;
        while (slots[slot] != 0 && slots[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}

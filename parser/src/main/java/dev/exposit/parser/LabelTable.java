package dev.exposit.parser;

import dev.exposit.model.Labels;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Where the labels of one sample lie: in the reader's buffer, or in a scratch buffer if their escapes had to be
 * resolved. Reused from line to line.
 */
final class LabelTable {
    /** Up to here names are compared each with each, beyond by hash: linear time for any number of labels. */
    private static final int FEW = 32;

    private static final int INTS_PER_LABEL = 4;

    /** For each label nameFrom, nameTo, valueFrom, valueTo; a place in the scratch buffer has its bits flipped. */
    private int[] places = new int[16 * INTS_PER_LABEL];

    /** Where each label begins in the buffer. */
    private int[] starts = new int[16];

    private int size;
    /** How many places hold a label of this line or an earlier one, whose name still lies there if it is in the buffer. */
    private int remembered;
    /** How many labels from the first on have names that were found to differ, and have them still. */
    private int distinct;

    private byte[] scratch = {};
    private int scratchEnd;
    private ByteView[] views = {};

    void clear() {
        size = 0;
        scratchEnd = 0;
    }

    /** Forgets the names of earlier lines, since the buffer was moved. */
    void forget() {
        remembered = 0;
        distinct = 0;
    }

    int size() {
        return size;
    }

    /**
     * The index behind the label name at {@code i}, if it is the bare name that the next label had on an earlier line,
     * and {@code ="} follows on both; else -1.
     */
    int sameName(byte[] b, int i) {
        if (size >= remembered) {
            return -1;
        }
        int from = places[size * INTS_PER_LABEL];
        int length = places[size * INTS_PER_LABEL + 1] - from;
        // A quoted name begins behind its label's start.
        return from == starts[size]
                        && EightBytes.same(b, from, b, i, length + 2)
                        && b[i + length] == '='
                        && b[i + length + 1] == '"'
                ? i + length
                : -1;
    }

    /**
     * Reads labels, the first of which begins at {@code i}, as long as each is spelled {@code name="plain text"}, as all but a
     * few labels of an exposition are, and within the limits. Most have the name of the label in their place on an earlier
     * line: it is compared, not looked at. {@link #clear()} must have been called; {@link #size()} tells how many there
     * were, and {@link #duplicateName} whether all names differ.
     *
     * @return the index behind the last label, or {@code i} if there was none
     */
    int readPlain(byte[] b, int i, int longestName, int longestValue, int most) {
        int[] known = places;
        int count = 0;
        int end = i;
        int at = i;
        while (count < most) {
            int slot = count * INTS_PER_LABEL;
            int nameTo = -1;
            if (count < remembered) {
                int from = known[slot];
                int length = known[slot + 1] - from;
                // A quoted name begins behind its label's start.
                if (from == starts[count]
                        && EightBytes.same(b, from, b, at, length + 2)
                        && b[at + length] == '='
                        && b[at + length + 1] == '"') {
                    nameTo = at + length;
                }
            }
            if (nameTo < 0) {
                nameTo = otherPlainName(b, at, count, longestName);
                known = places;
                if (nameTo < 0) {
                    break;
                }
            }
            int valueFrom = nameTo + 2;
            int valueTo = EightBytes.plainEnd(b, valueFrom);
            if (b[valueTo] != '"' || valueTo - valueFrom > longestValue) {
                break;
            }
            starts[count] = at;
            known[slot] = at;
            known[slot + 1] = nameTo;
            known[slot + 2] = valueFrom;
            known[slot + 3] = valueTo;
            count++;
            end = valueTo + 1;
            if (b[end] != ',') {
                break;
            }
            at = end + 1;
        }
        size = count;
        remembered = Math.max(remembered, count);
        return end;
    }

    /**
     * The index behind the bare name at {@code i}, if {@code ="} follows on it, and makes room for its label; else -1. Names
     * that begin with two underscores, of which some are reserved, are left to the grammar.
     */
    private int otherPlainName(byte[] b, int i, int index, int longest) {
        int end = i;
        if (ByteClass.is(ByteClass.LABEL_NAME_START, b[i]) && (b[i] != '_' || b[i + 1] != '_')) {
            do {
                end++;
            } while (ByteClass.is(ByteClass.LABEL_NAME, b[end]));
        }
        if (end == i || end - i > longest || b[end] != '=' || b[end + 1] != '"') {
            return -1;
        }
        if (index == starts.length) {
            grow();
        }
        distinct = Math.min(distinct, index);
        return end;
    }

    /** Adds a label whose name {@link #sameName} has found. */
    void addSameName(int nameFrom, int nameTo, int valueFrom, int valueTo) {
        addLikelyName(nameFrom, nameFrom, nameTo, valueFrom, valueTo);
    }

    /** Whether the name at {@code [from, to)} is the one that the next label had before. */
    boolean isLikelyName(byte[] b, int from, int to) {
        int at = size * INTS_PER_LABEL;
        return size < remembered
                && places[at] >= 0
                && places[at + 1] - places[at] == to - from
                && EightBytes.same(b, places[at], b, from, to - from);
    }

    /** Adds a label whose name is the one that the label at its place had before: it need not be told apart from the others again. */
    void addLikelyName(int start, int nameFrom, int nameTo, int valueFrom, int valueTo) {
        int stillDistinct = distinct;
        add(start, nameFrom, nameTo, valueFrom, valueTo);
        distinct = stillDistinct;
    }

    /** How many labels from the first on have names that {@link #duplicateName} has found to differ; there may be fewer labels by now. */
    int distinct() {
        return distinct;
    }

    /** Adds a label that begins at {@code start}, whose parts lie where {@link #unescape} or the buffer has them. */
    void add(int start, int nameFrom, int nameTo, int valueFrom, int valueTo) {
        int at = size * INTS_PER_LABEL;
        if (at == places.length) {
            grow();
        }
        starts[size] = start;
        places[at] = nameFrom;
        places[at + 1] = nameTo;
        places[at + 2] = valueFrom;
        places[at + 3] = valueTo;
        distinct = Math.min(distinct, size);
        size++;
        remembered = Math.max(remembered, size);
    }

    private void grow() {
        places = Arrays.copyOf(places, 2 * places.length);
        starts = Arrays.copyOf(starts, 2 * starts.length);
    }

    /**
     * Resolves the escapes {@code \n}, {@code \\} and {@code \"} of a text into the scratch buffer; other backslashes
     * stay. The text then is {@code [mark, scratchMark())} with flipped bits.
     */
    void unescape(byte[] b, int from, int to) {
        reserve(to - from);
        scratchEnd = Escapes.resolve(b, from, to, true, scratch, scratchEnd);
    }

    /** Where the next unescaped text will begin, as a place for {@link #add}. */
    int scratchMark() {
        return ~scratchEnd;
    }

    /** Goes back to a number of labels and a scratch mark from before. */
    void truncate(int toSize, int toMark) {
        size = toSize;
        scratchEnd = ~toMark;
    }

    /** Copies a text into the scratch buffer, behind what is there. */
    void append(byte[] text) {
        reserve(text.length);
        System.arraycopy(text, 0, scratch, scratchEnd, text.length);
        scratchEnd += text.length;
    }

    /** Copies a text, which may lie there itself, into the scratch buffer, behind what is there. */
    void append(ByteView text) {
        reserve(text.length());
        text.copyTo(scratch, scratchEnd);
        scratchEnd += text.length();
    }

    /** Sets the value of the label of that name, which is added if there is none. */
    void put(byte[] name, byte[] value, byte[] b) {
        int nameFrom = scratchMark();
        append(name);
        int nameTo = scratchMark();
        append(value);
        add(0, nameFrom, nameTo, nameTo, scratchMark());
        for (int i = 0; i < size - 1; i++) {
            if (sameName(i * INTS_PER_LABEL, (size - 1) * INTS_PER_LABEL, b)) {
                size--;
                places[i * INTS_PER_LABEL + 2] = nameTo;
                places[i * INTS_PER_LABEL + 3] = scratchMark();
            }
        }
    }

    private void reserve(int bytes) {
        if (scratch.length - scratchEnd < bytes) {
            scratch = Arrays.copyOf(scratch, Math.max(2 * scratch.length, scratchEnd + bytes));
        }
    }

    ByteView name(int index, byte[] b, ByteView.Lease lease) {
        return view(2 * index, b, lease);
    }

    /** Points a view, for a look, at the name of a label. */
    ByteView name(int index, byte[] b, ByteView look) {
        return place(look, index * INTS_PER_LABEL, b);
    }

    /** Points a view, for a look, at the value of a label. */
    ByteView value(int index, byte[] b, ByteView look) {
        return place(look, index * INTS_PER_LABEL + 2, b);
    }

    ByteView value(int index, byte[] b, ByteView.Lease lease) {
        return view(2 * index + 1, b, lease);
    }

    private ByteView view(int part, byte[] b, ByteView.Lease lease) {
        if (part >= views.length) {
            addViews(part, lease);
        }
        return place(views[part], 2 * part, b);
    }

    private void addViews(int part, ByteView.Lease lease) {
        int known = views.length;
        views = Arrays.copyOf(views, Math.max(part + 1, 2 * known));
        for (int i = known; i < views.length; i++) {
            views[i] = new ByteView(lease);
        }
    }

    /** Points a view at a text of the buffer or, if its place has its bits flipped, of the scratch buffer. */
    ByteView place(ByteView view, int from, int to, byte[] b) {
        return from < 0 ? view.set(scratch, ~from, ~to) : view.set(b, from, to);
    }

    private ByteView place(ByteView view, int at, byte[] b) {
        return place(view, places[at], places[at + 1], b);
    }

    /** Forgets the views, since they were handed out and must not be found valid again. */
    void dropViews() {
        views = new ByteView[0];
    }

    /** The position of the label of that name, or -1. */
    int indexOf(byte[] name, byte[] b) {
        for (int i = 0; i < size; i++) {
            int from = places[i * INTS_PER_LABEL];
            int to = places[i * INTS_PER_LABEL + 1];
            byte[] text = from < 0 ? scratch : b;
            if (Arrays.equals(text, from < 0 ? ~from : from, from < 0 ? ~to : to, name, 0, name.length)) {
                return i;
            }
        }
        return -1;
    }

    /** The position of a label whose name stood before, or -1. */
    int duplicateName(byte[] b) {
        if (size <= distinct) {
            return -1;
        }
        if (size > FEW) {
            return duplicateAmongMany(b);
        }
        for (int i = distinct; i < size; i++) {
            for (int j = 0; j < i; j++) {
                if (sameName(i * INTS_PER_LABEL, j * INTS_PER_LABEL, b)) {
                    return i;
                }
            }
            distinct = i + 1;
        }
        return -1;
    }

    private int duplicateAmongMany(byte[] b) {
        Set<String> names = new HashSet<>();
        ByteView view = new ByteView(new ByteView.Lease());
        for (int i = 0; i < size; i++) {
            if (!names.add(place(view, i * INTS_PER_LABEL, b).toString())) {
                return i;
            }
        }
        distinct = size;
        return -1;
    }

    private boolean sameName(int p, int q, byte[] b) {
        int pFrom = places[p];
        int qFrom = places[q];
        // Lengths first: flipped bits turn the order of from and to around.
        if (Math.abs(places[p + 1] - pFrom) != Math.abs(places[q + 1] - qFrom)) {
            return false;
        }
        byte[] pBytes = pFrom < 0 ? scratch : b;
        byte[] qBytes = qFrom < 0 ? scratch : b;
        int pAt = pFrom < 0 ? ~pFrom : pFrom;
        int qAt = qFrom < 0 ? ~qFrom : qFrom;
        int length = Math.abs(places[p + 1] - pFrom);
        return Arrays.equals(pBytes, pAt, pAt + length, qBytes, qAt, qAt + length);
    }

    /** Where in the buffer a label begins. */
    int start(int index) {
        return starts[index];
    }

    /** Whether a label's name lies in the buffer, without quotes. */
    boolean isBareName(int index) {
        return places[index * INTS_PER_LABEL] == starts[index];
    }

    /** Whether the labels lie in the buffer as {@code a="b",c="d"}: without blanks, quoted names or escapes. */
    boolean isPlain() {
        for (int i = 0, at = 0; i < size; i++, at += INTS_PER_LABEL) {
            boolean follows = i == 0 || starts[i] == places[at - 1] + 2;
            // A distance of two leaves room for nothing else; places in the scratch buffer are below zero.
            if (!follows || places[at] != starts[i] || places[at + 2] != places[at + 1] + 2) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes labels that {@linkplain #isPlain() lie so} take. */
    int length() {
        return size == 0 ? 0 : to(2 * size - 1) + 1 - from(0);
    }

    /** How many bytes the labels take at most when they are spelled so. */
    long mostBytes() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += to(2 * i) - from(2 * i) + 2L * (to(2 * i + 1) - from(2 * i + 1)) + 4;
        }
        return sum;
    }

    /** How many characters all names and values have together. */
    int characters(byte[] b) {
        int sum = 0;
        for (int i = 0; i < size * INTS_PER_LABEL; i += 2) {
            boolean scratched = places[i] < 0;
            sum += scratched
                    ? Utf8.characters(scratch, ~places[i], ~places[i + 1])
                    : Utf8.characters(b, places[i], places[i + 1]);
        }
        return sum;
    }

    // ---- Parts: the names and values in turn

    /** The array that a part lies in. */
    byte[] bytesOf(int part, byte[] b) {
        return places[2 * part] < 0 ? scratch : b;
    }

    /** Where a part begins in its array. */
    int from(int part) {
        int from = places[2 * part];
        return from < 0 ? ~from : from;
    }

    /** Where a part ends in its array. */
    int to(int part) {
        int to = places[2 * part + 1];
        return to < 0 ? ~to : to;
    }

    /** How many bytes all names have together. */
    int nameBytes() {
        int sum = 0;
        for (int i = 0; i < size; i++) {
            sum += to(2 * i) - from(2 * i);
        }
        return sum;
    }

    Labels toLabels(byte[] b, StringCache strings) {
        String[] pairs = new String[2 * size];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = strings.get(bytesOf(i, b), from(i), to(i));
        }
        return Labels.of(pairs);
    }
}

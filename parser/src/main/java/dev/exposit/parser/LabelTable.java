package dev.exposit.parser;

import dev.exposit.model.Labels;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The labels of one sample: views of where their names and values lie, which is the reader's buffer, or a scratch buffer if
 * their escapes had to be resolved. Reused from line to line.
 *
 * <p>What is to be added lies at places: indexes of the reader's buffer, or of the scratch buffer with their bits flipped.
 */
final class LabelTable {
    /** Up to here names are compared each with each, beyond by hash: linear time for any number of labels. */
    private static final int FEW = 32;

    private static final int FIRST_ROOM = 4;

    /** The tags of a label's name and value in a protobuf message. */
    private static final byte NAME = (1 << 3) | WireCursor.BYTES;

    private static final byte VALUE = (2 << 3) | WireCursor.BYTES;

    private static final byte[] NONE = {};

    private ByteView.Lease lease = new ByteView.Lease();

    /** The names and values in turn, of this line and, behind them, of earlier ones. */
    private ByteView[] parts = {};
    /** What all parts lie in, those not in use included; {@link #NONE} if they do not lie in one array. */
    private byte[] partsIn = NONE;

    /** Where each label begins in the buffer; with its bits flipped if its name does not lie there. */
    private int[] starts = {};

    private int size;
    /** How many labels are of this line or an earlier one, whose names still lie there if they are in the buffer. */
    private int remembered;
    /** How many labels from the first on have names that were found to differ, and have them still. */
    private int distinct;

    private byte[] scratch = {};
    private int scratchEnd;

    LabelTable() {
        makeRoom(FIRST_ROOM);
    }

    private void makeRoom(int labels) {
        int from = parts.length;
        starts = Arrays.copyOf(starts, labels);
        parts = Arrays.copyOf(parts, 2 * labels);
        for (int i = from; i < parts.length; i++) {
            parts[i] = new ByteView(lease).set(partsIn, 0, 0);
        }
    }

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

    /** Ends the views that were handed out. */
    void endLease() {
        ByteView.Lease next = new ByteView.Lease();
        for (int i = 0; i < parts.length; i++) {
            parts[i] = new ByteView(next).set(parts[i].array(), parts[i].from(), parts[i].to());
        }
        lease.ended = true;
        lease = next;
    }

    // ---- Reading

    /**
     * The index behind the label name at {@code i}, if it is the bare name that the next label had on an earlier line,
     * and {@code ="} follows on both; else -1.
     */
    int sameName(byte[] b, int i) {
        if (size >= remembered) {
            return -1;
        }
        ByteView name = parts[2 * size];
        int from = name.from();
        int length = name.to() - from;
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
        enter(b);
        ByteView[] known = parts;
        int count = 0;
        int end = i;
        int at = i;
        while (count < most) {
            int nameTo = -1;
            if (count < remembered) {
                ByteView name = known[2 * count];
                int from = name.from();
                int length = name.to() - from;
                // A quoted name begins behind its label's start.
                if (from == starts[count]
                        && EightBytes.same(b, from, b, at, length + 2)
                        && b[at + length] == '='
                        && b[at + length + 1] == '"') {
                    nameTo = at + length;
                }
            }
            if (nameTo < 0) {
                nameTo = otherPlainName(b, at, longestName);
                if (nameTo < 0) {
                    break;
                }
                enterOtherName(count);
                known = parts;
            }
            int valueFrom = nameTo + 2;
            int valueTo = EightBytes.plainEnd(b, valueFrom);
            if (b[valueTo] != '"' || valueTo - valueFrom > longestValue) {
                break;
            }
            starts[count] = at;
            known[2 * count].move(at, nameTo);
            known[2 * count + 1].move(valueFrom, valueTo);
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
     * Reads the labels that a protobuf message at {@code [from, to)} begins with, as far as they are what writers write: one field
     * behind the other, each shorter than 128 bytes, so that it has a byte for its length, first the name, then the value; and
     * within the limits. {@link #clear()} must have been called.
     *
     * @param tag the field's
     * @return where something else begins, which may be a label written in another way
     */
    int readFields(byte[] b, byte tag, int from, int to, int longestName, int longestValue, int most) {
        enter(b);
        ByteView[] known = parts;
        int count = 0;
        int at = from;
        while (to - at > 4 && b[at] == tag && count < most) {
            int start = at + 2;
            int end = start + b[at + 1];
            int nameFrom = start + 2;
            int nameTo = nameFrom + b[start + 1];
            if (end > to || nameTo < nameFrom || nameTo + 2 > end || b[start] != NAME || b[nameTo] != VALUE) {
                break;
            }
            int length = nameTo - nameFrom;
            int valueFrom = nameTo + 2;
            if (valueFrom + b[nameTo + 1] != end || end - valueFrom > longestValue || length > longestName) {
                break;
            }
            if (count >= remembered || !isName(known[2 * count], b, nameFrom, length)) {
                enterOtherName(count);
                known = parts;
            }
            starts[count] = start;
            known[2 * count].move(nameFrom, nameTo);
            known[2 * count + 1].move(valueFrom, end);
            count++;
            at = end;
        }
        size = count;
        remembered = Math.max(remembered, count);
        // Tags and lengths are ASCII too: one look at all is cheaper than one at each text.
        if (EightBytes.asciiEnd(b, from, at) == at || isUtf8()) {
            return at;
        }
        clear();
        return from;
    }

    /** Has all parts lie in an array, wherever there; names that did not are forgotten. */
    private void enter(byte[] b) {
        if (partsIn == b) {
            return;
        }
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].array() != b) {
                parts[i].set(b, 0, 0);
                remembered = Math.min(remembered, (i + 1) / 2);
            }
        }
        distinct = Math.min(distinct, remembered);
        partsIn = b;
    }

    private static boolean isName(ByteView known, byte[] b, int from, int length) {
        return known.to() - known.from() == length && EightBytes.same(b, known.from(), b, from, length);
    }

    private boolean isUtf8() {
        for (int i = 0; i < 2 * size; i++) {
            if (!Utf8.isValid(parts[i].array(), parts[i].from(), parts[i].to())) {
                return false;
            }
        }
        return true;
    }

    /**
     * The index behind the bare name at {@code i}, if {@code ="} follows on it; else -1. Names that begin with two underscores, of
     * which some are reserved, are left to the grammar.
     */
    private static int otherPlainName(byte[] b, int i, int longest) {
        int end = i;
        if (ByteClass.is(ByteClass.LABEL_NAME_START, b[i]) && (b[i] != '_' || b[i + 1] != '_')) {
            do {
                end++;
            } while (ByteClass.is(ByteClass.LABEL_NAME, b[end]));
        }
        return end == i || end - i > longest || b[end] != '=' || b[end + 1] != '"' ? -1 : end;
    }

    /** Makes room for a label whose name is not the one that the label at its place had before. */
    private void enterOtherName(int index) {
        if (index == starts.length) {
            makeRoom(2 * index);
        }
        distinct = Math.min(distinct, index);
    }

    // ---- Adding

    /** Adds a label whose name {@link #sameName} has found: it need not be told apart from the others again. */
    void addSameName(byte[] b, int nameFrom, int nameTo, int valueFrom, int valueTo) {
        int stillDistinct = distinct;
        add(b, nameFrom, nameFrom, nameTo, valueFrom, valueTo);
        distinct = stillDistinct;
    }

    /** How many labels from the first on have names that {@link #duplicateName} has found to differ; there may be fewer labels by now. */
    int distinct() {
        return distinct;
    }

    /** Adds a label that begins at {@code start}, whose parts lie where {@link #unescape} or the buffer has them. */
    void add(byte[] b, int start, int nameFrom, int nameTo, int valueFrom, int valueTo) {
        enterOtherName(size);
        if (partsIn != b || nameFrom < 0 || valueFrom < 0) {
            partsIn = NONE;
        }
        starts[size] = nameFrom < 0 ? ~start : start;
        place(parts[2 * size], nameFrom, nameTo, b);
        place(parts[2 * size + 1], valueFrom, valueTo, b);
        size++;
        remembered = Math.max(remembered, size);
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
        int index = indexOf(name);
        int nameFrom = scratchMark();
        append(name);
        int nameTo = scratchMark();
        append(value);
        if (index < 0) {
            add(b, 0, nameFrom, nameTo, nameTo, scratchMark());
        } else {
            partsIn = NONE;
            place(parts[2 * index + 1], nameTo, scratchMark(), b);
        }
    }

    private void reserve(int bytes) {
        if (scratch.length - scratchEnd < bytes) {
            // Views of the array before still show what they did.
            scratch = Arrays.copyOf(scratch, Math.max(2 * scratch.length, scratchEnd + bytes));
        }
    }

    // ---- What there is

    /** The name of a label, valid as long as the event is. */
    ByteView name(int index) {
        return parts[2 * index];
    }

    /** The value of a label, valid as long as the event is. */
    ByteView value(int index) {
        return parts[2 * index + 1];
    }

    /** Points a view at a text of the buffer or, if its place has its bits flipped, of the scratch buffer. */
    ByteView place(ByteView view, int from, int to, byte[] b) {
        return from < 0 ? view.set(scratch, ~from, ~to) : view.set(b, from, to);
    }

    /** The position of the label of that name, or -1. */
    int indexOf(byte[] name) {
        for (int i = 0; i < size; i++) {
            if (name(i).length() == name.length && name(i).startsWith(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The position of a label whose name stood before, or -1. */
    int duplicateName() {
        if (size <= distinct) {
            return -1;
        }
        if (size > FEW) {
            return duplicateAmongMany();
        }
        for (int i = distinct; i < size; i++) {
            for (int j = 0; j < i; j++) {
                if (name(i).contentEquals(name(j))) {
                    return i;
                }
            }
            distinct = i + 1;
        }
        return -1;
    }

    private int duplicateAmongMany() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < size; i++) {
            if (!names.add(name(i).toString())) {
                return i;
            }
        }
        distinct = size;
        return -1;
    }

    /** Where in the buffer a label begins. */
    int start(int index) {
        return starts[index] < 0 ? ~starts[index] : starts[index];
    }

    /** Whether a label's name lies in the buffer, without quotes. */
    boolean isBareName(int index) {
        return name(index).from() == starts[index];
    }

    /** Whether the labels lie in the buffer as {@code a="b",c="d"}: without blanks, quoted names or escapes. */
    boolean isPlain() {
        if (scratchEnd > 0) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            boolean follows = i == 0 || starts[i] == value(i - 1).to() + 2;
            // A distance of two leaves room for nothing else.
            if (!follows || !isBareName(i) || value(i).from() != name(i).to() + 2) {
                return false;
            }
        }
        return true;
    }

    /** How many bytes labels that {@linkplain #isPlain() lie so} take. */
    int length() {
        return size == 0 ? 0 : value(size - 1).to() + 1 - name(0).from();
    }

    /** How many bytes the labels take at most when they are spelled so. */
    long mostBytes() {
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += name(i).length() + 2L * value(i).length() + 4;
        }
        return sum;
    }

    /** How many characters all names and values have together. */
    int characters() {
        int sum = 0;
        for (int i = 0; i < 2 * size; i++) {
            sum += Utf8.characters(parts[i].array(), parts[i].from(), parts[i].to());
        }
        return sum;
    }

    /** How many bytes all names have together. */
    int nameBytes() {
        int sum = 0;
        for (int i = 0; i < size; i++) {
            sum += name(i).length();
        }
        return sum;
    }

    Labels toLabels(StringCache strings) {
        String[] pairs = new String[2 * size];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = strings.get(parts[i].array(), parts[i].from(), parts[i].to());
        }
        return Labels.of(pairs);
    }
}

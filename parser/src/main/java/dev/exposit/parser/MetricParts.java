package dev.exposit.parser;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.exposit.parser.ReadLimits.Limit;
import java.io.IOException;

/**
 * What the metrics of both protobuf schemas are made of: labels, exemplars, times and bounds. As in all of protobuf a field
 * that comes again overrides, a message that comes again is merged into what was there, and what the schema does not have is
 * passed over; so little is judged before the end of what it is part of.
 */
abstract class MetricParts {
    static final int VARINT = WireFormat.WIRETYPE_VARINT;
    static final int FIXED64 = WireFormat.WIRETYPE_FIXED64;
    static final int BYTES = WireFormat.WIRETYPE_LENGTH_DELIMITED;

    /**
     * How a bound or quantile is spelled where that is not its number's own way: {@code 1.0}. A field of our own, which the
     * writer writes; the schemas have none for it, and others pass over it.
     */
    static final int SPELLING = (50_001 << 3) | BYTES;

    private static final int LONGEST_SPELLING = 64;

    /** The tags of a label's name and value. */
    private static final byte PLAIN_NAME = (1 << 3) | BYTES;

    private static final byte PLAIN_VALUE = (2 << 3) | BYTES;

    private static final byte FIRST_NUMBER = (1 << 3) | FIXED64;
    private static final byte SECOND_NUMBER = (2 << 3) | FIXED64;
    /** How many bytes those take together. */
    private static final int TWO_NUMBERS = 2 * (1 + Double.BYTES);

    static final byte[] LE = {'l', 'e'};
    static final byte[] QUANTILE = {'q', 'u', 'a', 'n', 't', 'i', 'l', 'e'};

    final MessageReader reader;

    /** Walks through the message at hand. */
    CodedInputStream in = CodedInputStream.newInstance(new byte[0]);

    /** The index of its first byte. */
    int base;

    private final NumberReader numbers = new NumberReader();
    /** The spelling of a bound, with an end that is no number's. */
    private final byte[] spelled = new byte[LONGEST_SPELLING + 1];

    private final ByteView look = new ByteView(new ByteView.Lease());

    MetricParts(MessageReader reader) {
        this.reader = reader;
    }

    /** Makes the message at {@code [from, to)} the one at hand. */
    final void enter(int from, int to) {
        in = CodedInputStream.newInstance(reader.b, from, to - from);
        base = from;
    }

    /** Begins the message of a field; its end is the stream's until {@link CodedInputStream#popLimit}. */
    final int begin() throws IOException {
        return in.pushLimit(in.readRawVarint32());
    }

    /** Where reading is. */
    final int position() {
        return base + in.getTotalBytesRead();
    }

    // ---- Labels

    /** Reads a label, which has its name in field 1 and its value in field 2; {@link #checkLabels} is to follow. */
    final void label(LabelTable table) throws IOException {
        int limit = begin();
        int at = position();
        int nameFrom = at;
        int nameTo = at;
        int valueFrom = at;
        int valueTo = at;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case (1 << 3) | BYTES -> {
                    nameTo = reader.text(in, base);
                    nameFrom = reader.textFrom;
                }
                case (2 << 3) | BYTES -> {
                    valueTo = reader.text(in, base);
                    valueFrom = reader.textFrom;
                }
                default -> MessageReader.skip(in, tag);
            }
        }
        in.popLimit(limit);
        reader.addLabel(table, at, nameFrom, nameTo, valueFrom, valueTo);
    }

    /**
     * Reads the labels that a message at {@code [from, to)} begins with, as far as they are what writers write: one field
     * behind the other, each shorter than 128 bytes, so that it has a byte for its length, first the name, then the value.
     *
     * @param tag the field's
     * @return where something else begins, which may be a label written in another way
     */
    final int plainLabels(byte tag, int from, int to) {
        byte[] b = reader.b;
        LabelTable table = reader.labels;
        int at = from;
        while (to - at > 4 && b[at] == tag && b[at + 2] == PLAIN_NAME) {
            int end = at + 2 + b[at + 1];
            int nameFrom = at + 4;
            int nameTo = nameFrom + b[at + 3];
            if (end > to || nameTo < nameFrom || nameTo + 2 > end || b[nameTo] != PLAIN_VALUE) {
                break;
            }
            int valueFrom = nameTo + 2;
            boolean known = table.isLikelyName(b, nameFrom, nameTo);
            if (valueFrom + b[nameTo + 1] != end
                    || (!known && EightBytes.asciiEnd(b, nameFrom, nameTo) < nameTo)
                    || !Utf8.isValid(b, valueFrom, end)) {
                break;
            }
            reader.refuseLabel(table, nameTo - nameFrom, end - valueFrom);
            if (known) {
                table.addLikelyName(at + 2, nameFrom, nameTo, valueFrom, end);
            } else {
                table.add(at + 2, nameFrom, nameTo, valueFrom, end);
            }
            at = end;
        }
        return at;
    }

    /** Refuses label names that are none, and one that stands twice. */
    final void checkLabels(LabelTable table) {
        // Those that are known to differ were looked at on that occasion.
        for (int i = table.distinct(); i < table.size(); i++) {
            ByteView name = table.name(i, reader.b, look);
            if (name.isEmpty()) {
                throw reader.error(ErrorCode.EMPTY_NAME, table.start(i), "a label's name", "none");
            }
            checkLabelName(name, table.start(i));
        }
        int duplicate = table.duplicateName(reader.b);
        if (duplicate >= 0) {
            throw reader.error(
                    ErrorCode.DUPLICATE_LABEL_NAME,
                    table.start(duplicate),
                    "each label name once",
                    LineScanner.quote(reader.name(table, duplicate).toString()) + " a second time");
        }
    }

    /** Refuses a label name that the format does not allow. */
    void checkLabelName(ByteView name, int at) {}

    /** Refuses the label that tells the parts of a value apart where they are samples. */
    final void refuseLabel(byte[] name) {
        int index = reader.labels.indexOf(name, reader.b);
        if (index >= 0) {
            throw reader.error(
                    ErrorCode.DUPLICATE_LABEL_NAME,
                    reader.labels.start(index),
                    "no label that the parts of the value have",
                    LineScanner.quote(reader.name(reader.labels, index).toString()));
        }
    }

    // ---- Exemplars

    /** Refuses an exemplar of these labels, which begin at an index, if the format does not allow it. */
    void checkExemplar(LabelTable labels, int at) {}

    /** Refuses an exemplar that is longer than the limit. */
    final void checkExemplarLength(int bytes) {
        reader.refuseLonger(
                bytes,
                reader.options.limits().intValue(Limit.EXEMPLAR_BYTES),
                Limit.EXEMPLAR_BYTES,
                "an exemplar is too long");
    }

    // ---- Numbers

    /** Reads the two numbers, in fields 1 and 2, that a quantile is. */
    final void quantile() throws IOException {
        byte[] b = reader.b;
        int at = position();
        // As nearly all are: both, and nothing else.
        if (in.getBytesUntilLimit() > TWO_NUMBERS
                && b[at] == TWO_NUMBERS
                && b[at + 1] == FIRST_NUMBER
                && b[at + 2 + Double.BYTES] == SECOND_NUMBER) {
            double which = Double.longBitsToDouble(EightBytes.get(b, at + 2));
            double its = Double.longBitsToDouble(EightBytes.get(b, at + 3 + Double.BYTES));
            reader.composite.add(which, its, 0, -1);
            in.skipRawBytes(1 + TWO_NUMBERS);
            return;
        }
        int limit = begin();
        double which = 0;
        double its = 0;
        int spelledFrom = 0;
        int spelledTo = -1;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case (1 << 3) | FIXED64 -> which = in.readDouble();
                case (2 << 3) | FIXED64 -> its = in.readDouble();
                case SPELLING -> {
                    spelledTo = spelling();
                    spelledFrom = reader.textFrom;
                }
                default -> MessageReader.skip(in, tag);
            }
        }
        in.popLimit(limit);
        addSpelled(which, its, spelledFrom, spelledTo);
    }

    /** Reads how a bound or quantile is spelled; answers where that ends, and {@link MessageReader#textFrom} where it begins. */
    final int spelling() throws IOException {
        return reader.text(in, base);
    }

    /** Adds a bucket or quantile; a spelling is taken for it if it spells the number. */
    final void addSpelled(double bound, double value, int from, int to) {
        boolean spells = spells(from, to, bound);
        reader.composite.add(bound, value, spells ? from : 0, spells ? to : -1);
    }

    private boolean spells(int from, int to, double bound) {
        int length = to - from;
        if (length <= 0 || length > LONGEST_SPELLING) {
            return false;
        }
        System.arraycopy(reader.b, from, spelled, 0, length);
        spelled[length] = '\n';
        return numbers.read(spelled, 0) == length && Double.compare(numbers.value(), bound) == 0;
    }

    /** Refuses bounds and quantiles that are NaN or stand twice. */
    final void checkBounds() {
        double repeated = reader.composite.repeatedBound();
        if (!Double.isNaN(repeated)) {
            throw reader.error(
                    ErrorCode.INVALID_BOUND, base, "each bound or quantile once", repeated + " a second time");
        }
        if (reader.composite.hasBoundNaN()) {
            throw reader.error(ErrorCode.INVALID_BOUND, base, "bounds and quantiles that are numbers", "NaN");
        }
    }

    /** The nearest double to a uint64; takes note if it is not the same. */
    final double unsigned(long bits) {
        double nearest = bits >= 0 ? (double) bits : Double.parseDouble(Long.toUnsignedString(bits));
        reader.reportLostDigits(bits, nearest);
        return nearest;
    }

    /** The nearest double to an int64; takes note if it is not the same. */
    final double signed(long integer) {
        reader.reportLostDigits(integer);
        return (double) integer;
    }

    // ---- Problems

    /** An error of the message at hand as a whole. */
    final RuntimeException error(ErrorCode code, String expected, String got) {
        return reader.error(code, base, expected, got);
    }

    /** What is left is no message of the schema. */
    final RuntimeException malformed(String what, IOException e) {
        return reader.error(ErrorCode.MALFORMED_MESSAGE, position(), what, String.valueOf(e.getMessage()));
    }
}

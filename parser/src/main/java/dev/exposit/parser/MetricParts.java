package dev.exposit.parser;

import dev.exposit.parser.ReadLimits.Limit;

/**
 * What the metrics of both protobuf schemas are made of: labels, exemplars, times and bounds. As in all of protobuf a field
 * that comes again overrides, a message that comes again is merged into what was there, and what the schema does not have is
 * passed over; so little is judged before the end of what it is part of.
 */
abstract class MetricParts {
    static final int VARINT = WireCursor.VARINT;
    static final int FIXED64 = WireCursor.FIXED64;
    static final int BYTES = WireCursor.BYTES;

    /**
     * How a bound or quantile is spelled where that is not its number's own way: {@code 1.0}. A field of our own, which the
     * writer writes; the schemas have none for it, and others pass over it.
     */
    static final int SPELLING = (50_001 << 3) | BYTES;

    private static final int LONGEST_SPELLING = 64;

    private static final byte FIRST_NUMBER = (1 << 3) | FIXED64;
    private static final byte SECOND_NUMBER = (2 << 3) | FIXED64;
    /** How many bytes those take together. */
    private static final int TWO_NUMBERS = 2 * (1 + Double.BYTES);

    static final byte[] LE = {'l', 'e'};
    static final byte[] QUANTILE = {'q', 'u', 'a', 'n', 't', 'i', 'l', 'e'};

    final MessageReader reader;

    /** Walks through the message at hand. */
    final WireCursor in;

    /** The index of its first byte. */
    int base;

    private final NumberReader numbers = new NumberReader();
    /** The spelling of a bound, with an end that is no number's. */
    private final byte[] spelled = new byte[LONGEST_SPELLING + 1];

    MetricParts(MessageReader reader) {
        this.reader = reader;
        this.in = new WireCursor(reader);
    }

    /** Makes the message at {@code [from, to)} the one at hand. */
    final void enter(int from, int to) {
        in.enter(from, to);
        base = from;
    }

    // ---- Labels

    /** Reads a label, which has its name in field 1 and its value in field 2; {@link #checkLabels} is to follow. */
    final void label(LabelTable table) {
        int limit = in.begin();
        int at = in.at;
        int nameFrom = at;
        int nameTo = at;
        int valueFrom = at;
        int valueTo = at;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case (1 << 3) | BYTES -> {
                    nameTo = reader.text(in);
                    nameFrom = reader.textFrom;
                }
                case (2 << 3) | BYTES -> {
                    valueTo = reader.text(in);
                    valueFrom = reader.textFrom;
                }
                default -> in.skip(tag);
            }
        }
        in.leave(limit);
        reader.addLabel(table, at, nameFrom, nameTo, valueFrom, valueTo);
    }

    /** Refuses label names that are none, and one that stands twice. */
    final void checkLabels(LabelTable table) {
        // Those that are known to differ were looked at on that occasion.
        for (int i = table.distinct(); i < table.size(); i++) {
            ByteView name = table.name(i);
            if (name.isEmpty()) {
                throw reader.error(ErrorCode.EMPTY_NAME, table.start(i), "a label's name", "none");
            }
            checkLabelName(name, table.start(i));
        }
        int duplicate = table.duplicateName();
        if (duplicate >= 0) {
            throw reader.error(
                    ErrorCode.DUPLICATE_LABEL_NAME,
                    table.start(duplicate),
                    "each label name once",
                    LineScanner.quote(table.name(duplicate).toString()) + " a second time");
        }
    }

    /** Refuses a label name that the format does not allow. */
    void checkLabelName(ByteView name, int at) {}

    /** Refuses the label that tells the parts of a value apart where they are samples. */
    final void refuseLabel(byte[] name) {
        int index = reader.labels.indexOf(name);
        if (index >= 0) {
            throw reader.error(
                    ErrorCode.DUPLICATE_LABEL_NAME,
                    reader.labels.start(index),
                    "no label that the parts of the value have",
                    LineScanner.quote(reader.labels.name(index).toString()));
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
    final void quantile() {
        byte[] b = reader.b;
        int at = in.at;
        // As nearly all are: both, and nothing else.
        if (in.end() - at > TWO_NUMBERS
                && b[at] == TWO_NUMBERS
                && b[at + 1] == FIRST_NUMBER
                && b[at + 2 + Double.BYTES] == SECOND_NUMBER) {
            double which = Double.longBitsToDouble(EightBytes.get(b, at + 2));
            double its = Double.longBitsToDouble(EightBytes.get(b, at + 3 + Double.BYTES));
            reader.composite.add(which, its, 0, -1);
            in.at = at + 1 + TWO_NUMBERS;
            return;
        }
        int limit = in.begin();
        double which = 0;
        double its = 0;
        int spelledFrom = 0;
        int spelledTo = -1;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case (1 << 3) | FIXED64 -> which = in.float64();
                case (2 << 3) | FIXED64 -> its = in.float64();
                case SPELLING -> {
                    spelledTo = spelling();
                    spelledFrom = reader.textFrom;
                }
                default -> in.skip(tag);
            }
        }
        in.leave(limit);
        addSpelled(which, its, spelledFrom, spelledTo);
    }

    /** Reads how a bound or quantile is spelled; answers where that ends, and {@link MessageReader#textFrom} where it begins. */
    final int spelling() {
        return reader.text(in);
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
        if (reader.composite.hasRisingBounds()) {
            return;
        }
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
}

package dev.exposit.parser;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.exposit.model.MetricType;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.ReadLimits.Limit;
import java.io.IOException;

/**
 * Reads one {@code io.prometheus.client.Metric} into the parts of a reader's event. As in all of protobuf a field that comes
 * again overrides, a message that comes again is merged into what was there, and what the schema does not have is passed
 * over; so nothing is judged before the metric's end.
 */
final class MetricMessage {
    private static final int VARINT = WireFormat.WIRETYPE_VARINT;
    private static final int FIXED64 = WireFormat.WIRETYPE_FIXED64;
    private static final int BYTES = WireFormat.WIRETYPE_LENGTH_DELIMITED;

    /**
     * How a bound or quantile is spelled where that is not its number's own way: {@code 1.0}. A field of our own, which the writer
     * writes; the schema has none for it, and others pass over it.
     */
    static final int SPELLING = (50_001 << 3) | BYTES;

    private static final int LONGEST_SPELLING = 64;

    private static final byte[] LE = {'l', 'e'};
    private static final byte[] QUANTILE = {'q', 'u', 'a', 'n', 't', 'i', 'l', 'e'};

    private final ProtobufReader reader;
    private final HistogramMessage histogram;
    final ExemplarMessage exemplar;

    // The metric at hand.
    private CodedInputStream in = CodedInputStream.newInstance(new byte[0]);
    private int base;
    private MetricType type = MetricType.UNKNOWN;
    private boolean hasValue;
    private boolean hasOtherValue;
    private double number;
    private long timestampMs;
    private boolean hasExemplar;
    final TimestampMessage start = new TimestampMessage();

    private final NumberReader numbers = new NumberReader();
    /** The spelling of a bound, with an end that is no number's. */
    private final byte[] spelled = new byte[LONGEST_SPELLING + 1];

    // A summary's.
    private long count;
    private double sum;

    MetricMessage(ProtobufReader reader) {
        this.reader = reader;
        this.exemplar = new ExemplarMessage(this);
        this.histogram = new HistogramMessage(this);
    }

    ProtobufReader reader() {
        return reader;
    }

    CodedInputStream in() {
        return in;
    }

    /** Reads the message at {@code [from, to)}. */
    Event read(int from, int to, MetricType familyType) {
        in = CodedInputStream.newInstance(reader.b, from, to - from);
        base = from;
        type = familyType;
        hasValue = false;
        hasOtherValue = false;
        number = 0;
        timestampMs = 0;
        hasExemplar = false;
        start.clear();
        count = 0;
        sum = 0;
        reader.labels.clear();
        reader.clearOptionalParts();
        histogram.clear();
        try {
            readFields();
        } catch (IOException e) {
            throw reader.error(
                    ErrorCode.MALFORMED_MESSAGE,
                    base + in.getTotalBytesRead(),
                    "a metric of the schema",
                    String.valueOf(e.getMessage()));
        }
        return finish();
    }

    private void readFields() throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case (1 << 3) | BYTES -> label(reader.labels);
                case (2 << 3) | BYTES -> value(MetricType.GAUGE);
                case (3 << 3) | BYTES -> value(MetricType.COUNTER);
                case (4 << 3) | BYTES -> value(MetricType.SUMMARY);
                case (5 << 3) | BYTES -> value(MetricType.UNKNOWN);
                case (6 << 3) | VARINT -> timestampMs = in.readInt64();
                case (7 << 3) | BYTES -> value(MetricType.HISTOGRAM);
                default -> MessageReader.skip(in, tag);
            }
        }
    }

    /** Reads the field that has the value in families of a type; of other types it only matters that it is there. */
    private void value(MetricType ofType) throws IOException {
        boolean expected = ofType == type || (ofType == MetricType.HISTOGRAM && type == MetricType.GAUGE_HISTOGRAM);
        int limit = begin();
        if (!expected) {
            hasOtherValue = true;
            in.skipRawBytes(in.getBytesUntilLimit());
        } else {
            hasValue = true;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (ofType) {
                    case COUNTER -> counterField(tag);
                    case SUMMARY -> summaryField(tag);
                    case HISTOGRAM -> histogram.field(tag);
                    default -> numberField(tag);
                }
            }
        }
        in.popLimit(limit);
    }

    private void numberField(int tag) throws IOException {
        if (tag == ((1 << 3) | FIXED64)) {
            number = in.readDouble();
        } else {
            MessageReader.skip(in, tag);
        }
    }

    private void counterField(int tag) throws IOException {
        switch (tag) {
            case (2 << 3) | BYTES -> {
                if (!hasExemplar) {
                    hasExemplar = true;
                    exemplar.begin(reader.exemplars.begin());
                }
                exemplar.read();
            }
            case (3 << 3) | BYTES -> start.read(this);
            default -> numberField(tag);
        }
    }

    private void summaryField(int tag) throws IOException {
        switch (tag) {
            case (1 << 3) | VARINT -> count = in.readUInt64();
            case (2 << 3) | FIXED64 -> sum = in.readDouble();
            case (3 << 3) | BYTES -> quantile();
            case (4 << 3) | BYTES -> start.read(this);
            default -> MessageReader.skip(in, tag);
        }
    }

    private void quantile() throws IOException {
        int limit = begin();
        double which = 0;
        double its = 0;
        int spelledTo = -1;
        int spelledFrom = 0;
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

    /** Adds a bucket or quantile; a spelling is taken for it if it spells the number. */
    void addSpelled(double bound, double value, int from, int to) {
        boolean spells = spells(from, to, bound);
        reader.composite.add(bound, value, spells ? from : 0, spells ? to : -1);
    }

    private boolean spells(int from, int to, double bound) {
        int length = to - from;
        if (length <= 0 || length >= spelled.length) {
            return false;
        }
        System.arraycopy(reader.b, from, spelled, 0, length);
        spelled[length] = '\n';
        return numbers.read(spelled, 0) == length && Double.compare(numbers.value(), bound) == 0;
    }

    /** Reads how a bound or quantile is spelled; answers where that ends, and {@link ProtobufReader#textFrom} where it begins. */
    int spelling() throws IOException {
        return reader.text(in, base);
    }

    /** Begins the message of a field; its end is the stream's until {@link CodedInputStream#popLimit}. */
    int begin() throws IOException {
        return in.pushLimit(in.readRawVarint32());
    }

    /** Where reading is. */
    int position() {
        return base + in.getTotalBytesRead();
    }

    /** Reads a LabelPair. */
    void label(LabelTable table) throws IOException {
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
        if (nameFrom == nameTo) {
            throw reader.error(ErrorCode.EMPTY_NAME, at, "a label's name", "none");
        }
        reader.addLabel(table, at, nameFrom, nameTo, valueFrom, valueTo);
    }

    // ---- What it comes to

    private Event finish() {
        if (!hasValue || hasOtherValue) {
            throw reader.error(
                    ErrorCode.UNEXPECTED_SAMPLE,
                    base,
                    "a value of type " + type.keyword() + " and no other",
                    hasOtherValue ? "a value of another type" : "none");
        }
        checkLabels(reader.labels);
        if (timestampMs != 0) {
            Timestamp time = Timestamp.ofMillis(timestampMs);
            reader.setTimestamp(time.seconds(), time.nanos(), 0, -1);
        }
        if (start.isThere()) {
            start.check(this);
            reader.setStartTimestamp(start.seconds(), start.nanos(), 0, -1);
        }
        switch (type) {
            case SUMMARY -> {
                refuseLabel(QUANTILE);
                reader.composite.setKind(Composite.Kind.SUMMARY);
                reader.composite.setCount(unsigned(count));
                reader.composite.setSum(sum);
                checkBounds();
                return Event.COMPOSITE;
            }
            case HISTOGRAM, GAUGE_HISTOGRAM -> {
                refuseLabel(LE);
                histogram.finish(type == MetricType.GAUGE_HISTOGRAM);
                checkBounds();
                return Event.COMPOSITE;
            }
            default -> {
                reader.setValue(number, 0, -1);
                if (hasExemplar) {
                    exemplar.addTo(reader.exemplars);
                }
                return Event.SAMPLE;
            }
        }
    }

    /** Refuses a label name that stands twice. */
    void checkLabels(LabelTable table) {
        int duplicate = table.duplicateName(reader.b);
        if (duplicate >= 0) {
            throw reader.error(
                    ErrorCode.DUPLICATE_LABEL_NAME,
                    table.start(duplicate),
                    "each label name once",
                    LineScanner.quote(reader.name(table, duplicate).toString()) + " a second time");
        }
    }

    /** Refuses the label that tells the parts of a value apart where they are samples. */
    private void refuseLabel(byte[] name) {
        int index = reader.labels.indexOf(name, reader.b);
        if (index >= 0) {
            throw reader.error(
                    ErrorCode.DUPLICATE_LABEL_NAME,
                    reader.labels.start(index),
                    "no label that the parts of the value have",
                    LineScanner.quote(reader.name(reader.labels, index).toString()));
        }
    }

    private void checkBounds() {
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
    double unsigned(long bits) {
        double nearest = bits >= 0 ? (double) bits : Double.parseDouble(Long.toUnsignedString(bits));
        reader.reportLostDigits(bits, nearest);
        return nearest;
    }

    RuntimeException error(ErrorCode code, String expected, String got) {
        return reader.error(code, base, expected, got);
    }

    /** Refuses an exemplar that is longer than the limit. */
    void checkExemplarLength(int bytes) {
        reader.refuseLonger(
                bytes,
                reader.options.limits().intValue(Limit.EXEMPLAR_BYTES),
                Limit.EXEMPLAR_BYTES,
                "an exemplar is too long");
    }
}

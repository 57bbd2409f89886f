package dev.exposit.parser;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Location;
import dev.exposit.model.MetricType;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads delimited {@code io.prometheus.client.MetricFamily} messages, by the schema in force ("Prometheus Protobuf Format" of
 * the Prometheus exposition formats, {@code metrics.proto} of Prometheus). One message, a metric family, is in memory at a
 * time; what is in a metric, {@link MetricMessage} reads.
 *
 * <p>Fields may come in any order, and do: the unit stands behind the metrics. So a message is gone through twice, first
 * for what is said of the family, which is little, then metric by metric:
 *
 * <pre>
 * at                 is
 * start              varint: the length of the message
 * in the message     1 name, 2 help, 3 type, 5 unit: kept; 4 metric: passed over, later read; others: passed over
 * </pre>
 */
final class ProtobufReader extends EventReader {
    private static final int NAME = 1;
    private static final int HELP = 2;
    private static final int TYPE = 3;
    private static final int METRIC = 4;
    private static final int UNIT = 5;

    private static final int LONGEST_VARINT = 10;

    private final LineBuffer buffer;
    private final MetricMessage metric = new MetricMessage(this);

    // The message at hand.
    private int messageFrom;
    private int messageTo;
    private int nameFrom;
    private int nameTo;
    private int helpFrom;
    private int helpTo;
    private int unitFrom;
    private int unitTo;
    private int typeNumber;
    /** What is said of the family and was not handed out yet: 0 help, 1 type, 2 unit, 3 nothing. */
    private int metadataStep = 3;
    /** Walks through the message's metrics; null before the first message. */
    private @Nullable CodedInputStream metrics;

    private int eventFrom;
    private int eventTo;
    /** Whether it is not known where the next message begins. */
    private boolean isLost;

    ProtobufReader(LineBuffer buffer, ReadOptions options) {
        super(options);
        this.buffer = buffer;
        this.b = buffer.bytes;
        this.messageFrom = buffer.start;
        this.messageTo = buffer.start;
    }

    @Override
    public ExpositionFormat format() {
        return ExpositionFormat.PROTOBUF;
    }

    @Override
    FamilyAssembly assembly(String wireName) {
        return new PointFamily(this, wireName);
    }

    /** Each metric has one value. */
    @Override
    boolean hasSeveralPoints() {
        return false;
    }

    @Override
    int eventBytes() {
        return eventTo - eventFrom;
    }

    // ---- Messages

    @Override
    public Event next() {
        assert endLease();
        if (event == Event.END || isExpandedFurther()) {
            return event;
        }
        while (true) {
            try {
                Event found = nextInMessage();
                if (found == null) {
                    found = nextMessage() ? null : Event.END;
                }
                if (found != null) {
                    log.endLine();
                    enter(found);
                    return event;
                }
            } catch (SkipLine skip) {
                log.endLine();
                log.note(skip.problem);
                if (options.recovery() == Recovery.SKIP_FAMILY) {
                    family.leaveOut();
                    leaveMessage();
                }
                if (isLost) {
                    enter(Event.END);
                    return event;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void leaveMessage() {
        metadataStep = 3;
        metrics = null;
    }

    /** Makes the next message the one at hand, if there is one. */
    private boolean nextMessage() throws IOException {
        leaveMessage();
        int from = messageTo;
        int available = ensure(from, LONGEST_VARINT);
        from = messageTo;
        eventFrom = from;
        eventTo = from;
        if (available == 0) {
            return false;
        }
        int at = from;
        long length = 0;
        for (int shift = 0; ; shift += 7) {
            if (at - from == Math.min(available, LONGEST_VARINT)) {
                throw endReading(from, "a varint, the length of a message", "one that does not end");
            }
            length |= (long) (b[at] & 0x7F) << shift;
            if (b[at++] >= 0) {
                break;
            }
        }
        long most = options.limits().get(ReadLimits.Limit.MESSAGE_BYTES);
        if (length < 0 || length > most) {
            // A length that lies is no reason to wait for so many bytes.
            if (length < 0 || !buffer.mayHold(at, length)) {
                throw endReading(
                        from, "a message within the exposition", "one of " + Long.toUnsignedString(length) + " bytes");
            }
            throw new ReadLimitException(
                    ReadLimits.Limit.MESSAGE_BYTES, options.limits(), "a metric family's message is too long");
        }
        int head = at - from;
        long left = ensure(from, head + (int) length) - (long) head;
        from = messageTo;
        if (left < length) {
            throw endReading(from, "a message of " + length + " bytes", left + " bytes");
        }
        messageFrom = from + head;
        messageTo = messageFrom + (int) length;
        try {
            readFamily();
        } catch (IOException e) {
            throw malformed(messageFrom, e);
        }
        return true;
    }

    /** Makes sure of so many bytes from an index on, which becomes {@link #messageTo}; answers how many there are. */
    private int ensure(int from, int wanted) throws IOException {
        int there = buffer.fillBytes(from, wanted);
        b = buffer.bytes;
        messageTo = buffer.start;
        return there;
    }

    /** An error behind which nobody knows where a message begins. */
    private RuntimeException endReading(int at, String expected, String got) {
        isLost = true;
        return error(ErrorCode.MALFORMED_MESSAGE, at, expected, got);
    }

    // ---- The family

    private void readFamily() throws IOException {
        nameFrom = nameTo = helpFrom = helpTo = unitFrom = unitTo = messageFrom;
        typeNumber = 0;
        CodedInputStream in = CodedInputStream.newInstance(b, messageFrom, messageTo - messageFrom);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case (NAME << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
                    nameTo = text(in, messageFrom);
                    nameFrom = textFrom;
                }
                case (HELP << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
                    helpTo = text(in, messageFrom);
                    helpFrom = textFrom;
                }
                case (UNIT << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
                    unitTo = text(in, messageFrom);
                    unitFrom = textFrom;
                }
                case (TYPE << 3) | WireFormat.WIRETYPE_VARINT -> typeNumber = in.readEnum();
                default -> skip(in, tag);
            }
        }
        if (nameFrom == nameTo) {
            throw error(ErrorCode.EMPTY_NAME, messageFrom, "a metric family's name", "none");
        }
        beginFamily(nameFrom, nameTo);
        MetricType type = type(typeNumber);
        if (type == null) {
            family.leaveOut();
            throw error(ErrorCode.UNKNOWN_TYPE, messageFrom, "a type of the schema, 0 to 5", "" + typeNumber);
        }
        family.setType(type);
        metrics = CodedInputStream.newInstance(b, messageFrom, messageTo - messageFrom);
        metadataStep = isUnwanted() ? 3 : 0;
        if (isUnwanted()) {
            leaveMessage();
        }
    }

    private static @Nullable MetricType type(int number) {
        return switch (number) {
            case 0 -> MetricType.COUNTER;
            case 1 -> MetricType.GAUGE;
            case 2 -> MetricType.SUMMARY;
            case 3 -> MetricType.UNKNOWN;
            case 4 -> MetricType.HISTOGRAM;
            case 5 -> MetricType.GAUGE_HISTOGRAM;
            default -> null;
        };
    }

    /** Passes over a field that the schema does not have, or that is not looked at now. */
    static void skip(CodedInputStream in, int tag) throws IOException {
        if (!in.skipField(tag)) {
            throw new IOException("the end of a group that did not begin");
        }
    }

    /** Where the text read last begins. */
    int textFrom;

    /**
     * Reads the string of a field, which must be UTF-8.
     *
     * @param base the index of the stream's first byte
     * @return the index behind it
     */
    int text(CodedInputStream in, int base) throws IOException {
        int length = in.readRawVarint32();
        textFrom = base + in.getTotalBytesRead();
        in.skipRawBytes(length);
        int to = textFrom + length;
        if (!Utf8.isValid(b, textFrom, to)) {
            throw error(ErrorCode.INVALID_UTF8, textFrom, "UTF-8", "other bytes");
        }
        return to;
    }

    // ---- What is in a message

    private @Nullable Event nextInMessage() {
        while (metadataStep < 3) {
            eventFrom = messageFrom;
            eventTo = messageFrom;
            switch (metadataStep++) {
                case 0 -> {
                    if (helpFrom < helpTo) {
                        setText(b, helpFrom, helpTo);
                        return Event.HELP;
                    }
                }
                case 1 -> {
                    return Event.TYPE;
                }
                default -> {
                    if (unitFrom < unitTo) {
                        setText(b, unitFrom, unitTo);
                        return Event.UNIT;
                    }
                }
            }
        }
        return nextMetric();
    }

    private @Nullable Event nextMetric() {
        CodedInputStream in = metrics;
        if (in == null) {
            return null;
        }
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag != ((METRIC << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
                    skip(in, tag);
                    continue;
                }
                int length = in.readRawVarint32();
                eventFrom = messageFrom + in.getTotalBytesRead();
                eventTo = eventFrom + length;
                // Passed over before it is read, so that reading goes on behind it whatever is in it.
                in.skipRawBytes(length);
                setSampleName(nameFrom, nameTo);
                return metric.read(eventFrom, eventTo, family.type());
            }
            return null;
        } catch (IOException e) {
            leaveMessage();
            throw malformed(messageFrom, e);
        }
    }

    // ---- Problems

    private RuntimeException malformed(int at, IOException e) {
        return error(ErrorCode.MALFORMED_MESSAGE, at, "a message of the schema", String.valueOf(e.getMessage()));
    }

    /** An error in the bytes at an index: it ends reading, or the reader goes on with the next metric. */
    RuntimeException error(ErrorCode code, int at, String expected, String got) {
        Problem problem = problem(code.name(), Severity.ERROR, at, expected, got);
        return options.recovery() == Recovery.THROW
                ? new ExpositionSyntaxException(code, problem)
                : new SkipLine(problem);
    }

    private Problem problem(String code, Severity severity, int at, String expected, String got) {
        String excerpt = nameTo > nameFrom ? Excerpt.printable(b, nameFrom, Math.min(nameTo, nameFrom + 80)) : "";
        return new Problem(code, severity, new Location(1, 1, buffer.base + at), expected, got, excerpt, 0);
    }

    @Override
    void finding(ErrorCode code, String expected, String got) {
        log.violation(code, problem(code.name(), log.severity(code), eventFrom, expected, got));
        log.endLine();
    }

    @Override
    void oddity(ErrorCode code, String expected, String got) {
        log.violation(code, problem(code.name(), Severity.WARNING, eventFrom, expected, got));
        log.endLine();
    }

    // ---- What callers see

    /** An exposition without lines has but its first; the offset tells the place. */
    @Override
    public Location location() {
        return new Location(1, 1, buffer.base + eventFrom);
    }

    @Override
    public Problem problem(String code, Severity severity, @Nullable ByteView at, String expected, String got) {
        return problem(code, severity, at != null && at.array() == b ? at.from() : eventFrom, expected, got);
    }

    @Override
    public void close() throws IOException {
        buffer.close();
    }
}

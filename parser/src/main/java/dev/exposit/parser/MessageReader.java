package dev.exposit.parser;

import dev.exposit.model.Location;
import dev.exposit.model.MetricType;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the readers of protobuf share: they take one metric family's message after the other from a {@link MessageSource} and
 * make events of what is in it. One message is in memory at a time.
 *
 * <p>Fields may come in any order, and do: the unit may stand behind the metrics. So a message is gone through twice, first
 * for what is said of the family, which is little, then metric by metric:
 *
 * <pre>
 * in the message     name, help, type, unit: kept; metric: passed over, later read; others: passed over
 * </pre>
 */
abstract sealed class MessageReader extends EventReader permits ProtobufReader, OpenMetricsProtobufReader {
    /**
     * The fields of a metric family's message; its name is field 1.
     *
     * @param types what the values of the type mean, from 0 on
     */
    record FamilySchema(int help, int type, int unit, int metric, List<MetricType> types) {}

    private static final int NAME = (1 << 3) | WireCursor.BYTES;

    private final MessageSource source;
    private final WireCursor fields = new WireCursor(this);
    private final int helpTag;
    private final int typeTag;
    private final int unitTag;
    private final int metricTag;
    private final List<MetricType> types;

    /** What messages call the family at hand. */
    int nameFrom;

    int nameTo;

    // The message at hand.
    private int messageFrom;
    private int messageTo;
    private int helpFrom;
    private int helpTo;
    private int unitFrom;
    private int unitTo;
    private int typeNumber;
    /** What is said of the family and was not handed out yet: 0 help, 1 type, 2 unit, 3 nothing. */
    private int metadataStep = 3;
    /** Where in the message reading goes on for metrics; its end before the first message and behind each. */
    private int metricsAt;
    /** Whether the family in force is that of the message at hand. */
    private boolean isBegun;

    /** Takes the messages that can be read at once; null if all are to become events. */
    @Nullable
    WholeMessages whole;

    /** The bytes of the event at hand. */
    int eventFrom;

    int eventTo;

    /** Where the text read last begins. */
    int textFrom;

    MessageReader(MessageSource source, FamilySchema schema, ReadOptions options) {
        super(options);
        this.source = source;
        this.b = source.bytes;
        this.helpTag = (schema.help << 3) | WireCursor.BYTES;
        this.typeTag = (schema.type << 3) | WireCursor.VARINT;
        this.unitTag = (schema.unit << 3) | WireCursor.BYTES;
        this.metricTag = (schema.metric << 3) | WireCursor.BYTES;
        this.types = schema.types;
    }

    @Override
    final FamilyAssembly assembly(String wireName) {
        return new PointFamily(this, wireName);
    }

    // ---- What is in a metric

    /** Refuses a family's name that the format does not allow; none at all is refused already. */
    void checkFamilyName(int from, int to) {}

    /** Begins the metric at {@code [from, to)}; its first event, or null if there is none. */
    abstract @Nullable Event firstOfMetric(int from, int to);

    /** The next event of the metric at hand, or null if there is none. */
    @Nullable
    Event nextOfMetric() {
        return null;
    }

    /** Nothing more is wanted of the metric at hand, if there is one. */
    void leaveMetric() {}

    // ---- Messages

    @Override
    public final Event next() {
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
                    // What could not be read before its name is no family of anybody's, least of all the one before.
                    if (isBegun) {
                        family.leaveOut();
                    }
                    leaveMessage();
                }
                if (source.isLost()) {
                    enter(Event.END);
                    return event;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Makes the next message the one at hand, if there is one. */
    private boolean nextMessage() throws IOException {
        leaveMessage();
        isBegun = false;
        nameFrom = nameTo = 0;
        boolean found = source.next(this);
        b = source.bytes;
        if (source.moved) {
            labels.forget();
            source.moved = false;
        }
        eventFrom = source.from;
        eventTo = source.from;
        if (found) {
            WholeMessages families = whole;
            if (families != null && families.take(b, source.from, source.to)) {
                return true;
            }
            nameFrom = nameTo = source.from;
            readFamily(source.from, source.to);
        }
        return found;
    }

    /** Nothing more is wanted of the message at hand. */
    private void leaveMessage() {
        metadataStep = 3;
        metricsAt = messageTo;
        leaveMetric();
    }

    // ---- The family

    /** Begins the family of the message at hand. */
    private void readFamily(int from, int to) {
        messageFrom = from;
        messageTo = to;
        metricsAt = to;
        helpFrom = helpTo = unitFrom = unitTo = messageFrom;
        typeNumber = 0;
        int firstMetric = messageTo;
        int fieldFrom = messageFrom;
        fields.enter(messageFrom, messageTo);
        for (int tag = fields.tag(); tag != 0; tag = fields.tag()) {
            if (tag == metricTag) {
                firstMetric = Math.min(firstMetric, fieldFrom);
                fields.at = fields.stretch();
            } else if (tag == NAME) {
                nameTo = text(fields);
                nameFrom = textFrom;
            } else if (tag == helpTag) {
                helpTo = text(fields);
                helpFrom = textFrom;
            } else if (tag == unitTag) {
                unitTo = text(fields);
                unitFrom = textFrom;
            } else if (tag == typeTag) {
                typeNumber = (int) fields.varint();
            } else {
                fields.skip(tag);
            }
            fieldFrom = fields.at;
        }
        if (nameFrom == nameTo) {
            throw error(ErrorCode.EMPTY_NAME, messageFrom, "a metric family's name", "none");
        }
        checkFamilyName(nameFrom, nameTo);
        beginFamily(nameFrom, nameTo);
        isBegun = true;
        if (typeNumber < 0 || typeNumber >= types.size()) {
            family.leaveOut();
            throw error(
                    ErrorCode.UNKNOWN_TYPE,
                    messageFrom,
                    "a type of the schema, 0 to " + (types.size() - 1),
                    "" + typeNumber);
        }
        family.setType(types.get(typeNumber));
        metricsAt = firstMetric;
        metadataStep = 0;
        if (isUnwanted()) {
            leaveMessage();
        }
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
                        checkUnit(unitFrom, unitTo);
                        setText(b, unitFrom, unitTo);
                        return Event.UNIT;
                    }
                }
            }
        }
        Event further = nextOfMetric();
        return further == null ? nextMetric() : further;
    }

    /** Called for a unit that is not empty. */
    void checkUnit(int from, int to) {}

    private @Nullable Event nextMetric() {
        while (metricsAt < messageTo) {
            fields.enter(metricsAt, messageTo);
            // Behind a field that is malformed nobody knows where the next begins.
            metricsAt = messageTo;
            int tag = fields.tag();
            if (tag != metricTag) {
                fields.skip(tag);
                metricsAt = fields.at;
                continue;
            }
            // Passed over before it is read, so that reading goes on behind it whatever is in it.
            eventTo = fields.stretch();
            eventFrom = fields.at;
            metricsAt = eventTo;
            Event first = firstOfMetric(eventFrom, eventTo);
            if (first != null) {
                return first;
            }
        }
        return null;
    }

    @Override
    int eventBytes() {
        return eventTo - eventFrom;
    }

    /** Reads the string of a field, which must be UTF-8; answers where it ends, and {@link #textFrom} where it begins. */
    int text(WireCursor in) {
        int to = in.stretch();
        textFrom = in.at;
        in.at = to;
        if (!Utf8.isValid(b, textFrom, to)) {
            throw error(ErrorCode.INVALID_UTF8, textFrom, "UTF-8", "other bytes");
        }
        return to;
    }

    // ---- Problems

    /** An error in the bytes at an index: it ends reading, or the reader goes on with the next metric. */
    RuntimeException error(ErrorCode code, int at, String expected, String got) {
        return error(code, source.location(at), expected, got);
    }

    /** An error at a place: it ends reading, or the reader goes on with the next metric. */
    RuntimeException error(ErrorCode code, Location at, String expected, String got) {
        return error(code, problem(code.name(), Severity.ERROR, at, expected, got));
    }

    /** What ends reading, or has the reader go on, by a problem that is an error. */
    RuntimeException error(ErrorCode code, Problem problem) {
        return options.recovery() == Recovery.THROW
                ? new ExpositionSyntaxException(code, problem)
                : new SkipLine(problem);
    }

    private Problem problem(String code, Severity severity, Location at, String expected, String got) {
        String excerpt = nameTo > nameFrom ? Excerpt.printable(b, nameFrom, Math.min(nameTo, nameFrom + 80)) : "";
        return new Problem(code, severity, at, expected, got, excerpt, 0);
    }

    /** Takes note of a rule that the bytes at an index break but that leaves them a meaning. */
    final void violation(ErrorCode code, int at, String expected, String got) {
        log.violation(code, problem(code.name(), log.severity(code), source.location(at), expected, got));
    }

    @Override
    void finding(ErrorCode code, String expected, String got) {
        log.violation(code, problem(code.name(), log.severity(code), location(), expected, got));
        log.endLine();
    }

    @Override
    void oddity(ErrorCode code, String expected, String got) {
        log.violation(code, problem(code.name(), Severity.WARNING, location(), expected, got));
        log.endLine();
    }

    // ---- What callers see

    @Override
    public Location location() {
        return source.location(eventFrom);
    }

    @Override
    public Problem problem(String code, Severity severity, @Nullable ByteView at, String expected, String got) {
        int place = at != null && at.array() == b ? at.from() : eventFrom;
        return problem(code, severity, source.location(place), expected, got);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}

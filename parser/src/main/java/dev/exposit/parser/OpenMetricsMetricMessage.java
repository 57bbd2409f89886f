package dev.exposit.parser;

import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@code openmetrics.Metric}: its labels, then its points, one after the other, into the parts of a reader's event.
 * The value of a point is the member of a oneof that comes last.
 */
final class OpenMetricsMetricMessage extends MetricParts {
    private static final int LABELS = (1 << 3) | BYTES;
    private static final int METRIC_POINTS = (2 << 3) | BYTES;

    private static final int LONGEST_EXEMPLAR = 128;

    // The members of a point's value, by the numbers of their fields.
    private static final int UNKNOWN_VALUE = 1;
    private static final int GAUGE_VALUE = 2;
    private static final int COUNTER_VALUE = 3;
    private static final int HISTOGRAM_VALUE = 4;
    private static final int STATE_SET_VALUE = 5;
    private static final int INFO_VALUE = 6;
    private static final int SUMMARY_VALUE = 7;
    private static final int NONE = 0;

    private static final byte[] TOTAL = SampleRole.TOTAL.suffix().getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INFO = SampleRole.INFO.suffix().getBytes(StandardCharsets.US_ASCII);

    private final ExemplarMessage exemplar = new ExemplarMessage(this, 3, 1, 2);

    // The metric at hand.
    private MetricType type = MetricType.UNKNOWN;
    private int labelBytes;
    private int labelCount;
    private int labelMark;
    private int nameFrom;
    private int nameTo;
    /** Walks through its points. */
    private final WireCursor points;
    /** Whether a point of it was an event. */
    private boolean hasEvent;
    /** Whether one was before that of the point at hand. */
    private boolean continued;

    // The point at hand.
    private int member;
    private final TimestampMessage timestamp = new TimestampMessage();
    private final TimestampMessage created = new TimestampMessage();
    private final OneofNumber number = new OneofNumber(this);
    private long count;
    private boolean hasExemplar;

    OpenMetricsMetricMessage(OpenMetricsProtobufReader reader) {
        super(reader);
        this.points = new WireCursor(reader);
    }

    /** Whether the point at hand is of the same metric as the one shown before. */
    boolean isContinued() {
        return continued;
    }

    /** How many bytes of the metric at hand are no points. */
    int labelBytes() {
        return labelBytes;
    }

    /** Nothing more is wanted of the metric at hand. */
    void leave() {
        points.at = points.end();
    }

    // ---- The metric

    /** Begins the message at {@code [from, to)}. */
    void begin(int from, int to, MetricType familyType) {
        leave();
        hasEvent = false;
        type = familyType;
        labelBytes = to - from;
        reader.labels.clear();
        enter(from, to);
        boolean hasPoints = false;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case LABELS -> label(reader.labels);
                case METRIC_POINTS -> {
                    hasPoints = true;
                    int pointTo = in.stretch();
                    labelBytes -= pointTo - in.at;
                    in.at = pointTo;
                }
                default -> in.skip(tag);
            }
        }
        checkLabels(reader.labels);
        refusePartLabel();
        if (!hasPoints) {
            throw error(ErrorCode.MISSING_VALUE, "a metric with a point", "none");
        }
        placeSampleName();
        labelCount = reader.labels.size();
        labelMark = reader.labels.scratchMark();
        points.enter(from, to);
    }

    private void refusePartLabel() {
        switch (type) {
            case HISTOGRAM, GAUGE_HISTOGRAM -> refuseLabel(LE);
            case SUMMARY -> refuseLabel(QUANTILE);
            case STATE_SET -> refuseLabel(reader.family.wireName().getBytes(StandardCharsets.UTF_8));
            case COUNTER, GAUGE, INFO, UNKNOWN -> {}
        }
    }

    /** Makes the sample's name of the family's, which it is but for a suffix. */
    private void placeSampleName() {
        nameFrom = reader.nameFrom;
        nameTo = reader.nameTo;
        if (type == MetricType.COUNTER || type == MetricType.INFO) {
            ByteView name = reader.place(nameFrom, nameTo);
            nameFrom = reader.labels.scratchMark();
            reader.labels.append(name);
            reader.labels.append(type == MetricType.COUNTER ? TOTAL : INFO);
            nameTo = reader.labels.scratchMark();
        }
    }

    /** The event of the next point, or null if there is none. */
    @Nullable
    Event next() {
        for (int tag = points.tag(); tag != 0; tag = points.tag()) {
            if (tag != METRIC_POINTS) {
                points.skip(tag);
                continue;
            }
            int to = points.stretch();
            int from = points.at;
            // Passed over before it is read, so that reading goes on behind it whatever is in it.
            points.at = to;
            reader.eventFrom = from;
            reader.eventTo = to;
            Event event = point(from, to);
            continued = hasEvent;
            hasEvent = true;
            return event;
        }
        return null;
    }

    // ---- The point

    private Event point(int from, int to) {
        enter(from, to);
        reader.setSampleName(nameFrom, nameTo);
        reader.clearOptionalParts();
        timestamp.clear();
        clearValue(NONE);
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == ((8 << 3) | BYTES)) {
                timestamp.read(this);
            } else if (WireCursor.type(tag) == BYTES && WireCursor.field(tag) <= SUMMARY_VALUE) {
                value(WireCursor.field(tag));
            } else {
                in.skip(tag);
            }
        }
        return finish();
    }

    /** Forgets all that another member of the value said. */
    private void clearValue(int newMember) {
        member = newMember;
        reader.labels.truncate(labelCount, labelMark);
        reader.exemplars.clear();
        reader.composite.begin(Composite.Kind.HISTOGRAM, reader.b);
        created.clear();
        number.clear();
        count = 0;
        hasExemplar = false;
    }

    private void value(int which) {
        if (which != member) {
            clearValue(which);
        }
        int limit = in.begin();
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (member) {
                case UNKNOWN_VALUE, GAUGE_VALUE -> number.signed(tag);
                case COUNTER_VALUE -> counterField(tag);
                case STATE_SET_VALUE -> stateSetField(tag);
                case INFO_VALUE -> infoField(tag);
                default -> distributionField(tag);
            }
        }
        in.leave(limit);
    }

    private void counterField(int tag) {
        switch (tag) {
            case (3 << 3) | BYTES -> created.read(this);
            case (4 << 3) | BYTES -> {
                if (!hasExemplar) {
                    hasExemplar = true;
                    exemplar.begin(reader.exemplars.begin());
                }
                exemplar.read();
            }
            default -> number.unsigned(tag);
        }
    }

    /** Reads a field of a histogram or summary, which differ in what field 5 is. */
    private void distributionField(int tag) {
        switch (tag) {
            case (3 << 3) | VARINT -> count = in.varint();
            case (4 << 3) | BYTES -> created.read(this);
            case (5 << 3) | BYTES -> {
                if (member == HISTOGRAM_VALUE) {
                    bucket();
                } else {
                    quantile();
                }
            }
            default -> number.signed(tag);
        }
    }

    private void bucket() {
        int limit = in.begin();
        long cumulative = 0;
        double bound = 0;
        ExemplarTable exemplars = reader.composite.bucketExemplars();
        boolean exemplary = false;
        int spelledFrom = 0;
        int spelledTo = -1;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            switch (tag) {
                case (1 << 3) | VARINT -> cumulative = in.varint();
                case (2 << 3) | FIXED64 -> bound = in.float64();
                case (3 << 3) | BYTES -> {
                    if (!exemplary) {
                        exemplary = true;
                        exemplar.begin(exemplars.begin());
                    }
                    exemplar.read();
                }
                case SPELLING -> {
                    spelledTo = spelling();
                    spelledFrom = reader.textFrom;
                }
                default -> in.skip(tag);
            }
        }
        in.leave(limit);
        addSpelled(bound, unsigned(cumulative), spelledFrom, spelledTo);
        if (exemplary && addExemplar(exemplars)) {
            reader.composite.giveExemplarToLastBucket();
        }
    }

    private void stateSetField(int tag) {
        if (tag != ((1 << 3) | BYTES)) {
            in.skip(tag);
            return;
        }
        int limit = in.begin();
        boolean enabled = false;
        int nameAt = in.at;
        int nameEnd = nameAt;
        for (int stateTag = in.tag(); stateTag != 0; stateTag = in.tag()) {
            switch (stateTag) {
                case (1 << 3) | VARINT -> enabled = in.varint() != 0;
                case (2 << 3) | BYTES -> {
                    nameEnd = reader.text(in);
                    nameAt = reader.textFrom;
                }
                default -> in.skip(stateTag);
            }
        }
        in.leave(limit);
        reader.composite.add(0, enabled ? 1 : 0, nameAt, nameEnd);
    }

    private void infoField(int tag) {
        if (tag == ((1 << 3) | BYTES)) {
            label(reader.labels);
        } else {
            in.skip(tag);
        }
    }

    // ---- What it comes to

    private Event finish() {
        int expected = member(type);
        if (member != expected) {
            throw error(
                    member == NONE ? ErrorCode.MISSING_VALUE : ErrorCode.UNEXPECTED_SAMPLE,
                    "a value of type " + type.keyword(),
                    member == NONE ? "none" : "a value of another type");
        }
        if (timestamp.isThere()) {
            timestamp.check(this);
            reader.setTimestamp(timestamp.seconds(), timestamp.nanos(), 0, -1);
        }
        if (created.isThere()) {
            created.check(this);
            reader.setStartTimestamp(created.seconds(), created.nanos(), 0, -1);
        }
        return switch (type) {
            case COUNTER, GAUGE, UNKNOWN -> {
                if (!number.isThere()) {
                    throw error(ErrorCode.MISSING_VALUE, "a number", "none");
                }
                reader.setValue(number.value(), 0, -1);
                if (hasExemplar) {
                    addExemplar(reader.exemplars);
                }
                yield Event.SAMPLE;
            }
            case INFO -> {
                checkLabels(reader.labels);
                reader.setValue(1, 0, -1);
                yield Event.SAMPLE;
            }
            case STATE_SET -> {
                reader.composite.setKind(Composite.Kind.STATE_SET);
                String repeated = reader.composite.repeatedState();
                if (repeated != null) {
                    throw error(ErrorCode.DUPLICATE_SERIES, "each state once", LineScanner.quote(repeated) + " again");
                }
                yield Event.COMPOSITE;
            }
            case HISTOGRAM -> distribution(Composite.Kind.HISTOGRAM);
            case GAUGE_HISTOGRAM -> distribution(Composite.Kind.GAUGE_HISTOGRAM);
            case SUMMARY -> distribution(Composite.Kind.SUMMARY);
        };
    }

    private static int member(MetricType type) {
        return switch (type) {
            case UNKNOWN -> UNKNOWN_VALUE;
            case GAUGE -> GAUGE_VALUE;
            case COUNTER -> COUNTER_VALUE;
            case STATE_SET -> STATE_SET_VALUE;
            case INFO -> INFO_VALUE;
            case HISTOGRAM, GAUGE_HISTOGRAM -> HISTOGRAM_VALUE;
            case SUMMARY -> SUMMARY_VALUE;
        };
    }

    /** The schema cannot tell 0 events from no count. Who gives a sum counts; who does not, and has 0, does not. */
    private Event distribution(Composite.Kind kind) {
        Composite composite = reader.composite;
        composite.setKind(kind);
        if (count != 0 || number.isThere()) {
            composite.setCount(unsigned(count));
        }
        if (number.isThere()) {
            composite.setSum(number.value());
        }
        checkBounds();
        return Event.COMPOSITE;
    }

    /** Adds the exemplar that was read; one that breaks a rule is left out alone, if reading goes on at all. */
    private boolean addExemplar(ExemplarTable table) {
        try {
            exemplar.addTo(table);
            return true;
        } catch (SkipLine skip) {
            reader.log.tolerate(skip.problem);
            return false;
        }
    }

    @Override
    void checkLabelName(ByteView name, int at) {
        for (int i = name.from(); i < name.from() + name.length(); i++) {
            if (!ByteClass.is(i == name.from() ? ByteClass.LABEL_NAME_START : ByteClass.LABEL_NAME, name.array()[i])) {
                throw reader.error(
                        ErrorCode.INVALID_LABEL_NAME,
                        at,
                        "a label name of letters, digits and '_'",
                        LineScanner.quote(name.toString()));
            }
        }
    }

    @Override
    void checkExemplar(LabelTable labels, int at) {
        int characters = labels.characters();
        if (characters > LONGEST_EXEMPLAR) {
            throw reader.error(
                    ErrorCode.EXEMPLAR_TOO_LONG,
                    at,
                    "at most " + LONGEST_EXEMPLAR + " characters in an exemplar's labels",
                    characters + " of them");
        }
    }
}

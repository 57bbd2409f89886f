package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import dev.exposit.model.Location;
import dev.exposit.model.Loss;
import dev.exposit.model.LossReport;
import dev.exposit.model.MetricType;
import dev.exposit.model.Problem;
import dev.exposit.model.SampleRole;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.ReadLimits.Limit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the readers of the text formats share: the walk from line to line, the family that a line belongs to, what
 * happens after an error, and the views of what was read. A format's own grammar stands in its reader, which reads one
 * line at a time.
 */
abstract sealed class TextReader extends LineScanner implements ExpositionReader
        permits PrometheusTextReader, OpenMetricsReader {
    private final LossReport.Collector losses = new LossReport.Collector();
    final StringCache strings = new StringCache();

    // Limits that are asked for in each line.
    private final int nameBytes;
    private final int labelValueBytes;
    private final int labelsPerSeries;
    private final long mostSamples;
    private long samples;

    private Event event = Event.COMMENT;
    private Views views = new Views();

    final FamilyInForce family;
    /** Types of the families met before by wire name, kept by whoever builds families; a bare cursor keeps none. */
    Map<String, MetricType> typesBefore = Map.of();

    // What the event at hand is made of.
    private byte[] textBytes = {};
    private int textFrom;
    private int textTo;
    private byte[] unescaped = {};
    private int nameFrom;
    private int nameTo;
    final LabelTable labels = new LabelTable();
    final ExemplarTable exemplars = new ExemplarTable();
    final Composite composite = new Composite(strings);
    private double value;
    private int valueFrom;
    private int valueTo;
    private boolean hasTimestamp;
    private long timestampSeconds;
    private int timestampNanos;
    private int timestampFrom;
    private int timestampTo;
    private boolean hasStartTimestamp;
    private long startSeconds;
    private int startNanos;
    private int startFrom;
    private int startTo;

    private @Nullable Expansion expansion;

    /** What one event hands out, with the lease that ends when the reader goes on. */
    private static final class Views {
        final ByteView.Lease lease = new ByteView.Lease();
        final ByteView sampleName = new ByteView(lease);
        final ByteView familyName = new ByteView(lease);
        final ByteView text = new ByteView(lease);
        final ByteView valueText = new ByteView(lease);
        final ByteView timestampText = new ByteView(lease);
        final ByteView startTimestampText = new ByteView(lease);
    }

    TextReader(LineBuffer buffer, ReadOptions options) {
        super(buffer, options);
        this.nameBytes = options.limits().intValue(Limit.NAME_BYTES);
        this.labelValueBytes = options.limits().intValue(Limit.LABEL_VALUE_BYTES);
        this.labelsPerSeries = options.limits().intValue(Limit.LABELS_PER_SERIES);
        this.mostSamples = options.limits().get(Limit.SAMPLES);
        this.family = new FamilyInForce(this, options.names());
    }

    /**
     * Reads the line that begins at {@link #next} and moves {@code next} behind it.
     *
     * @return what the line is, or null if it is to be passed over
     */
    abstract @Nullable Event readLine();

    /**
     * Checks what can only be seen at the end.
     *
     * @param at the index of the end
     */
    abstract void readEnd(int at);

    // ---- Lines

    @Override
    public final Event next() {
        assert endLease();
        if (event == Event.END || isExpandedFurther()) {
            return event;
        }
        while (true) {
            if (next == buffer.limit && !fill()) {
                end();
                event = Event.END;
                return event;
            }
            lineStart = next;
            line += 1 + innerLineFeeds;
            innerLineFeeds = 0;
            Event found = readLineOrSkip();
            if (found != null) {
                event = found;
                if ((found == Event.SAMPLE || found == Event.COMPOSITE) && ++samples > mostSamples) {
                    throw new ReadLimitException(
                            Limit.SAMPLES, options.limits(), "the exposition has too many samples");
                }
                beginExpansion();
                return event;
            }
        }
    }

    private void beginExpansion() {
        Expansion expanding = expansion;
        if (expanding != null && event == Event.COMPOSITE) {
            expanding.begin(nameFrom, nameTo, b);
            isExpandedFurther();
        }
    }

    /** Moves to the next sample of the composite that is being taken apart; false if there is none. */
    private boolean isExpandedFurther() {
        Expansion expanding = expansion;
        if (expanding == null || !expanding.next(b)) {
            return false;
        }
        event = Event.SAMPLE;
        nameFrom = expanding.nameFrom();
        nameTo = expanding.nameTo();
        value = expanding.value();
        return true;
    }

    private void end() {
        if (buffer.isUnterminated()) {
            // The last line feed is ours: the exposition ends before it, on the line read last.
            readEnd(next - 1);
        } else {
            lineStart = next;
            line += 1 + innerLineFeeds;
            innerLineFeeds = 0;
            readEnd(next);
        }
        log.endLine();
    }

    private @Nullable Event readLineOrSkip() {
        while (true) {
            try {
                if (line == 1) {
                    skipByteOrderMark();
                }
                hasTimestamp = false;
                hasStartTimestamp = false;
                exemplars.clear();
                Event found = readLine();
                refuseLongLine();
                if (next == buffer.limit && buffer.isUnterminated()) {
                    readUnterminated();
                }
                log.endLine();
                return found;
            } catch (SkipLine skip) {
                skipLine(skip.problem);
                return null;
            } catch (NeedMoreInput more) {
                log.forgetLine();
                innerLineFeeds = 0;
                fillBehindLine();
            }
        }
    }

    private void refuseLongLine() {
        if (next - lineStart > options.limits().get(Limit.LINE_BYTES)) {
            throw buffer.lineTooLong();
        }
    }

    private void skipLine(Problem problem) {
        log.endLine();
        log.note(problem);
        innerLineFeeds = 0;
        next = lineEnd(lineStart) + 1;
        refuseLongLine();
        if (options.recovery() == Recovery.SKIP_FAMILY) {
            family.leaveOut();
        }
    }

    /** Called behind a last line without line feed. */
    void readUnterminated() {}

    private boolean fill() {
        try {
            boolean more = buffer.fill(next);
            b = buffer.bytes;
            next = buffer.start;
            return more;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gets more of a line that is to be read again from its start. */
    private void fillBehindLine() {
        if (buffer.limit - lineStart > options.limits().get(Limit.LINE_BYTES)) {
            throw buffer.lineTooLong();
        }
        try {
            // Twice as much each time, so that reading from the line's start again stays cheap.
            int wanted = 2 * (buffer.limit - lineStart);
            do {
                exhausted = !buffer.fill(lineStart);
                lineStart = buffer.start;
            } while (!exhausted && buffer.limit - lineStart < wanted);
            b = buffer.bytes;
            next = lineStart;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void skipByteOrderMark() {
        if (b[next] == (byte) 0xEF && b[next + 1] == (byte) 0xBB && b[next + 2] == (byte) 0xBF) {
            violation(ErrorCode.BYTE_ORDER_MARK, next, "no byte order mark", "U+FEFF");
            next += 3;
        }
    }

    /** Passes over the rest of a line whose family nobody wants. */
    final @Nullable Event skipUnread(int i) {
        next = lineEnd(i) + 1;
        return null;
    }

    /** Takes note of the text of a metadata line or comment. */
    final void setText(int from, int to) {
        textBytes = b;
        textFrom = from;
        textTo = to;
    }

    /** Takes note of the text of a metadata line, its escapes resolved; {@code quotes} are escaped in some formats. */
    final void setUnescapedText(int from, int to, boolean quotes) {
        if (unescaped.length < to - from) {
            unescaped = new byte[Math.max(to - from, 2 * unescaped.length)];
        }
        textBytes = unescaped;
        textFrom = 0;
        textTo = Escapes.resolve(b, from, to, quotes, unescaped, 0);
    }

    /** Reads the sample's value. */
    final int value(int i) {
        int end = number(i);
        value = numbers.value();
        valueFrom = i;
        valueTo = end;
        reportLostDigits(value, i, end);
        return end;
    }

    @Override
    final void reportLostDigits(double value, int from, int to) {
        // Below 2^53 every integer is a double; the check of larger ones can take its time.
        if (Math.abs(value) < 0x1p53 || Double.isInfinite(value) || Double.isNaN(value)) {
            return;
        }
        for (int i = from; i < to; i++) {
            if (b[i] == '.' || b[i] == 'e' || b[i] == 'E') {
                return;
            }
        }
        String text = text(from, to);
        // A double of n digits has no more than 309; a longer integer is out of range or begins with zeros.
        if (to - from > 400 || new BigDecimal(text).compareTo(new BigDecimal(value)) != 0) {
            losses.add(Loss.Kind.DIGITS, exposedFamilyName(), "integer " + crop(text) + " read as " + value);
        }
    }

    /** Takes note of the sample's timestamp, spelled at {@code [from, to)}. */
    final void setTimestamp(long seconds, int nanos, int from, int to) {
        hasTimestamp = true;
        timestampFrom = from;
        timestampTo = to;
        timestampSeconds = seconds;
        timestampNanos = nanos;
    }

    /** Takes note of something of the family at hand that could not be kept. */
    final void lose(Loss.Kind kind, String detail) {
        losses.add(kind, exposedFamilyName(), detail);
    }

    /** Takes note of digits that a timestamp could not hold. */
    final void reportLostDigits(String what, String text, Timestamp read) {
        losses.add(Loss.Kind.DIGITS, exposedFamilyName(), what + ' ' + crop(text) + " read as " + read);
    }

    /** Takes note of when the sample began to count, spelled at {@code [from, to)}. */
    final void setStartTimestamp(long seconds, int nanos, int from, int to) {
        hasStartTimestamp = true;
        startFrom = from;
        startTo = to;
        startSeconds = seconds;
        startNanos = nanos;
    }

    /** Refuses a label name that stands twice, and a set that is too large. */
    final void checkLabels(LabelTable table) {
        int duplicate = table.duplicateName(b);
        if (duplicate >= 0) {
            throw error(
                    ErrorCode.DUPLICATE_LABEL_NAME,
                    table.start(duplicate),
                    "each label name once",
                    quote(table.name(duplicate, b, views.lease).toString()) + " a second time");
        }
    }

    /** Refuses a label named {@code __name__}: the scraper keeps the metric name there. */
    final void refuseReserved(int from, int to, int at) {
        if (place(from, to).contentEquals("__name__")) {
            throw error(ErrorCode.RESERVED_LABEL_NAME, at, "another label name", "'__name__'");
        }
    }

    /** Whether no problem of this kind was met in the line before; one is told of, since there may be very many. */
    final boolean isFirstInLine(ErrorCode code) {
        return !log.isOfLine(code);
    }

    /** What is wrong where no equals sign follows a label name: mostly a character that a bare name must not have. */
    final RuntimeException missingEquals(int at) {
        byte c = b[at];
        return endsToken(c) || ByteClass.is(ByteClass.BLANK, b[at - 1]) || c == ',' || c == '}' || c == '"'
                ? error(ErrorCode.MISSING_EQUALS, at, "'=' behind the label name", got(at))
                : error(ErrorCode.INVALID_LABEL_NAME, at, "'=' or a character of a bare label name", got(at));
    }

    private void refuseLonger(int length, int most, Limit limit, String what) {
        if (length > most) {
            throw new ReadLimitException(limit, options.limits(), what);
        }
    }

    /** Adds a label whose name, bare or quoted, begins at {@code at}, with the quoted text read last as its value. */
    final void addLabel(LabelTable table, int at, int nameFrom, int nameTo) {
        if (table.size() == labelsPerSeries) {
            throw new ReadLimitException(Limit.LABELS_PER_SERIES, options.limits(), "a series has too many labels");
        }
        // Places in the scratch buffer have their bits flipped, and so run backwards.
        refuseLonger(Math.abs(nameTo - nameFrom), nameBytes, Limit.NAME_BYTES, "a label name is too long");
        int valueLength = Math.abs(quotedTo - quotedFrom);
        refuseLonger(valueLength, labelValueBytes, Limit.LABEL_VALUE_BYTES, "a label value is too long");
        table.add(at, nameFrom, nameTo, quotedFrom, quotedTo);
    }

    // ---- The family in force

    /** Makes the family of the name at {@code [from, to)}, a place, the one in force, if it is not yet. */
    final void enterFamily(int from, int to) {
        refuseLonger(Math.abs(to - from), nameBytes, Limit.NAME_BYTES, "a metric name is too long");
        family.enter(place(from, to));
    }

    /** Makes the family of a sample of the name at {@code [from, to)}, a place, the one in force. */
    final void enterFamilyOfSample(int from, int to) {
        nameFrom = from;
        nameTo = to;
        refuseLonger(Math.abs(to - from), nameBytes, Limit.NAME_BYTES, "a metric name is too long");
        family.enterBySample(place(from, to));
    }

    /** Refuses more families than may be kept; those who keep their names ask, with how many they have. */
    final void refuseFamilies(int kept) {
        if (kept > options.limits().get(Limit.FAMILIES)) {
            throw new ReadLimitException(Limit.FAMILIES, options.limits(), "the exposition has too many families");
        }
    }

    /** Whether the format is strict about what samples of a family there are. */
    final boolean isOpenMetrics() {
        return format() == ExpositionFormat.OPENMETRICS_1 || format() == ExpositionFormat.OPENMETRICS_2;
    }

    /** A family to be built of what is read. */
    FamilyAssembly assembly(String wireName) {
        return new SampleFamily(this, wireName);
    }

    /** A family's exposed name by its name on the wire. */
    abstract String exposedName(String wireName, MetricType type);

    /** The samples that the format knows for a type. */
    abstract List<SampleRole> roles(MetricType type);

    /**
     * The wire name of the family of a sample whose line alone says that it begins one: a known family whose samples
     * come back, as a histogram does with {@code x_count}, else the sample's own name.
     *
     * @param known the types of the families met before, by wire name
     */
    final String familyOfSample(String name, Map<String, MetricType> known) {
        if (known.containsKey(name)) {
            return name;
        }
        for (SampleRole role : SampleRole.values()) {
            int stem = name.length() - role.suffix().length();
            if (stem > 0 && stem < name.length() && name.endsWith(role.suffix())) {
                MetricType type = known.get(name.substring(0, stem));
                if (type != null && roles(type).contains(role)) {
                    return name.substring(0, stem);
                }
            }
        }
        return name;
    }

    /** The type of the sample's family: as was just stated, or as it was where the family stood before. */
    final MetricType typeOfSample() {
        MetricType stated = type();
        if (stated != MetricType.UNKNOWN || typesBefore.isEmpty()) {
            return stated;
        }
        String name = familyOfSample(place(nameFrom, nameTo).toString(), typesBefore);
        return typesBefore.getOrDefault(name, MetricType.UNKNOWN);
    }

    final boolean sampleNameEndsWith(SampleRole role) {
        return place(nameFrom, nameTo).endsWith(role.suffix());
    }

    /** Whether the family in force is to be passed over: nobody wants it, or it is broken and to be left out. */
    final boolean isUnwanted() {
        return family.isUnwanted();
    }

    /** Whether lines of unwanted families need not even be looked at. */
    final boolean mayLeaveUnread() {
        return !allowsLineFeedInside();
    }

    /**
     * Takes note of a metadata line of the family in force.
     *
     * @return whether it is the first of its kind; a further one changes nothing
     */
    final boolean enterMetadata(Event kind) {
        boolean first = family.addMetadata(kind);
        if (!first) {
            violation(
                    ErrorCode.DUPLICATE_METADATA,
                    lineStart,
                    "one " + kind + " for each family",
                    "a second for " + quote(family.wireName()));
        } else if (family.hasSamples()) {
            violation(
                    ErrorCode.METADATA_AFTER_SAMPLES,
                    lineStart,
                    kind + " before the first sample of its family",
                    kind + " of " + quote(family.wireName()) + " after one");
        }
        return first;
    }

    /** A view of a place for a look, not to be handed out. */
    private ByteView place(int from, int to) {
        return labels.place(look, from, to, b);
    }

    private final ByteView look = new ByteView(new ByteView.Lease());

    // ---- What callers see

    /** Ends the views of the event before; runs only where assertions are switched on. */
    private boolean endLease() {
        views.lease.ended = true;
        views = new Views();
        labels.dropViews();
        exemplars.dropViews();
        return true;
    }

    private void require(boolean fits, String what) {
        if (!fits) {
            throw new IllegalStateException(what + " is not part of " + event);
        }
    }

    @Override
    public final Event event() {
        return event;
    }

    @Override
    public final Location location() {
        return new Location(Math.max(line, 1), 1, buffer.base + lineStart);
    }

    @Override
    public final ByteView familyName() {
        require(event != Event.COMMENT && event != Event.END, "a family name");
        return family.view(views.familyName);
    }

    @Override
    public final String exposedFamilyName() {
        return family.exposedName();
    }

    @Override
    public final long familyOrdinal() {
        return family.ordinal();
    }

    @Override
    public final MetricType type() {
        return family.type();
    }

    @Override
    public final ByteView text() {
        require(event == Event.HELP || event == Event.UNIT || event == Event.COMMENT, "a text");
        return views.text.set(textBytes, textFrom, textTo);
    }

    @Override
    public final ByteView sampleName() {
        requireSeries("a sample name");
        return labels.place(views.sampleName, nameFrom, nameTo, b);
    }

    private boolean isSeries() {
        return event == Event.SAMPLE || event == Event.COMPOSITE;
    }

    private void requireSeries(String what) {
        require(isSeries(), what);
    }

    @Override
    public final int labelCount() {
        requireSeries("a label");
        return labels.size();
    }

    @Override
    public final ByteView labelName(int index) {
        requireSeries("a label");
        return labels.name(Objects.checkIndex(index, labels.size()), b, views.lease);
    }

    @Override
    public final ByteView labelValue(int index) {
        requireSeries("a label");
        return labels.value(Objects.checkIndex(index, labels.size()), b, views.lease);
    }

    @Override
    public final Labels toLabels() {
        requireSeries("a label");
        return labels.toLabels(b, strings);
    }

    @Override
    public final double value() {
        require(event == Event.SAMPLE, "a value");
        return value;
    }

    @Override
    public final ByteView valueText() {
        require(event == Event.SAMPLE && !isExpanding(), "a value's spelling");
        return views.valueText.set(b, valueFrom, valueTo);
    }

    @Override
    public final Composite composite() {
        require(event == Event.COMPOSITE, "a composite value");
        return composite.leased(views.lease);
    }

    @Override
    public final boolean hasTimestamp() {
        return isSeries() && hasTimestamp;
    }

    @Override
    public final @Nullable Timestamp timestamp() {
        return hasTimestamp() ? new Timestamp(timestampSeconds, timestampNanos) : null;
    }

    @Override
    public final ByteView timestampText() {
        require(hasTimestamp(), "a timestamp");
        return views.timestampText.set(b, timestampFrom, timestampTo);
    }

    @Override
    public final boolean hasStartTimestamp() {
        return isSeries() && hasStartTimestamp;
    }

    @Override
    public final @Nullable Timestamp startTimestamp() {
        return hasStartTimestamp() ? new Timestamp(startSeconds, startNanos) : null;
    }

    @Override
    public final ByteView startTimestampText() {
        require(hasStartTimestamp(), "a start timestamp");
        return views.startTimestampText.set(b, startFrom, startTo);
    }

    @Override
    public final boolean hasExemplar() {
        return isSeries() && (isExpanding() ? !exemplars().isEmpty() : exemplars.size() > 0);
    }

    @Override
    public final @Nullable Exemplar exemplar() {
        if (!hasExemplar()) {
            return null;
        }
        return isExpanding() ? exemplars().get(0) : exemplars.get(0, b, strings);
    }

    @Override
    public final List<Exemplar> exemplars() {
        if (!isSeries()) {
            return List.of();
        }
        Expansion expanding = expansion;
        if (expanding == null || !expanding.isGoing()) {
            return exemplars.toList(b, strings);
        }
        List<Exemplar> own = new ArrayList<>();
        for (int i = 0; i < exemplars.size(); i++) {
            if (expanding.hasExemplar(exemplars.value(i))) {
                own.add(exemplars.get(i, b, strings));
            }
        }
        return own;
    }

    private boolean isExpanding() {
        Expansion expanding = expansion;
        return expanding != null && expanding.isGoing();
    }

    @Override
    public final Problem problem(
            String code, Problem.Severity severity, @Nullable ByteView at, String expected, String got) {
        // What had escapes lies in another array, where its place on the line is not known.
        int index = lineStart;
        if (at != null && at.array() == b) {
            index = Math.max(lineStart, at.from());
        }
        return problem(code, severity, index, expected, got);
    }

    @Override
    public final List<Problem> problems() {
        return log.problems();
    }

    @Override
    public final long problemCount() {
        return log.count();
    }

    @Override
    public final LossReport losses() {
        return losses.report();
    }

    @Override
    public final ExpositionReader expanded() {
        expansion = new Expansion(labels, composite);
        return this;
    }

    /** Undoes {@link #expanded()}. */
    final void keepComposites() {
        expansion = null;
    }

    @Override
    public final FamilyReader assembled() {
        return new FamilyReader(this, false);
    }

    @Override
    public final void close() throws IOException {
        buffer.close();
    }
}

package dev.exposit.parser;

import dev.exposit.model.Location;
import dev.exposit.model.Loss;
import dev.exposit.model.Problem;
import dev.exposit.parser.ReadLimits.Limit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the readers of the text formats share: the walk from line to line, and what happens after an error. A format's own
 * grammar stands in its reader, which reads one line at a time.
 */
abstract sealed class TextReader extends LineScanner permits PrometheusTextReader, OpenMetricsReader {
    private final long lineBytes;
    private byte[] unescaped = {};
    private @Nullable SeriesMemory memory;
    /** The name of the series that was recognised last, and which family was entered by it. */
    private int knownName;

    private long knownFamily;
    /** The index behind the name and the labels that {@link #isUsualSample} has read; -1 if it has not. */
    private int seriesEnd = -1;

    /** Whether the exposition has said that it ends. */
    boolean ended;

    TextReader(LineBuffer buffer, ReadOptions options) {
        super(buffer, options);
        lineBytes = options.limits().get(Limit.LINE_BYTES);
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

    /**
     * Reads the name and the labels of a sample.
     *
     * @return the index behind them, or -1 if the rest of the line need not be read
     */
    abstract int nameAndLabels(int i);

    // ---- Series known from earlier scrapes

    /** Recognises series from here on, and remembers those that are new. */
    final void recogniseBy(SeriesMemory series) {
        memory = series;
    }

    /** Reads the name and the labels of a sample, unless that is done; answers as {@link #nameAndLabels}. */
    final int series(int i) {
        int end = seriesEnd;
        if (end < 0) {
            end = nameAndLabels(i);
            if (end >= 0) {
                remember(i, end);
            }
            return end;
        }
        boolean isBare = b[lineStart] != '{';
        return isBare && isUnwanted() && mayLeaveUnread() ? -1 : end;
    }

    /**
     * The index behind the series that the line begins with, if it is the one expected here; else -1. The same bytes have the
     * same name and labels, and were checked before; only their family may be another one now.
     */
    private int recognised() {
        SeriesMemory remembered = memory;
        if (remembered == null) {
            return -1;
        }
        int expected = remembered.recognise(b, lineStart, buffer.limit);
        if (expected == SeriesMemory.NONE) {
            return -1;
        }
        known = expected;
        labelsUnread = true;
        enterFamilyOf(expected, remembered);
        return lineStart + remembered.length(expected) - 1;
    }

    private void enterFamilyOf(int series, SeriesMemory remembered) {
        int nameFrom = lineStart + remembered.nameFrom(series);
        int nameTo = lineStart + remembered.nameTo(series);
        int name = remembered.name(series);
        if (name == knownName && family.ordinal() == knownFamily) {
            setSampleName(nameFrom, nameTo);
            family.enterBySample();
        } else {
            enterFamilyOfSample(nameFrom, nameTo);
            knownName = name;
            knownFamily = family.ordinal();
        }
    }

    /** Remembers the series that ends before {@code end}, if its bytes say all there is to it and a blank follows. */
    private void remember(int i, int end) {
        SeriesMemory remembered = memory;
        if (remembered != null
                && i == lineStart
                && b[end] == ' '
                && sampleNameFrom() >= i
                && innerLineFeeds == 0
                && log.isCleanLine()) {
            known = remembered.find(b, i, end + 1, sampleNameFrom() - i, sampleNameTo() - i);
        }
    }

    @Override
    final void readLabels() {
        nameAndLabels(lineStart);
    }

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
            clearOptionalParts();
            Event found = b[next] != '#' && !ended && isUsualSample() ? Event.SAMPLE : readLineOrSkip();
            if (found != null) {
                enter(found);
                return event;
            }
        }
    }

    /**
     * Reads the line at hand if it is a sample that is spelled as nearly all are, which all formats have in common:
     * {@code name{label="plain text"} number}, or if its series is recognised. Else it answers false, and the format's own
     * grammar is to read the line; it can go on at {@link #seriesEnd} then.
     *
     * <p>A method apart from the grammar, and before it: a compiler that inlines what is called most would else run out of
     * room in the grammar's many rare cases.
     */
    private boolean isUsualSample() {
        int at = recognised();
        if (at < 0) {
            at = usualSeries(lineStart);
        }
        seriesEnd = at;
        if (at < 0 || family.isUnwanted() || b[at] != ' ') {
            return false;
        }
        int end = valueLikeBefore(at + 1);
        if (end < 0) {
            end = usualValue(at + 1);
        }
        if (end < 0) {
            return false;
        }
        next = end + 1;
        return true;
    }

    /** Whether the line is no longer than it may be, and not the last of what is in sight, which may be without line feed. */
    private boolean mayEndAt(int lineFeed) {
        return lineFeed - lineStart < lineBytes && lineFeed + 1 < buffer.limit;
    }

    /** Takes the value that a series recognised had in the scrape before, if it is spelled likewise; answers as {@link #usualValue}. */
    private int valueLikeBefore(int i) {
        SeriesMemory remembered = memory;
        if (remembered == null || known == SeriesMemory.NONE || !remembered.isSameValue()) {
            return -1;
        }
        int end = i + remembered.valueBytes(known) - 1;
        if (!mayEndAt(end)) {
            return -1;
        }
        setValue(remembered.value(known), i, end);
        return end;
    }

    /** Reads a value behind which the line ends; answers the index behind it, or -1 if that is not what stands there. */
    private int usualValue(int i) {
        int end = numbers.read(b, i);
        if (end < 0 || b[end] != '\n' || numbers.overflow() || !mayEndAt(end)) {
            return -1;
        }
        double value = numbers.value();
        setValue(value, i, end);
        reportLostDigits(value, i, end);
        SeriesMemory remembered = memory;
        // Of what may have lost digits, each scrape is to tell anew.
        if (remembered != null && known != SeriesMemory.NONE && !mayHaveLostDigits(value)) {
            remembered.setValue(known, b, i, end, value);
        }
        return end;
    }

    /** Reads a bare name and plain labels; answers the index behind them, or -1 if that is not what stands there. */
    private int usualSeries(int i) {
        int nameEnd = usualName(i);
        if (nameEnd < 0 || family.isUnwanted()) {
            return -1;
        }
        setSampleName(i, nameEnd);
        labels.clear();
        int end = nameEnd;
        if (b[nameEnd] == '{') {
            end = plainLabels(labels, nameEnd + 1);
            if (b[end] != '}' || labels.duplicateName() >= 0) {
                return -1;
            }
            end++;
        } else if (b[nameEnd] != ' ' || b[nameEnd + 1] <= ' ' || b[nameEnd + 1] == '{') {
            // Some formats let blanks stand before the labels as well.
            return -1;
        }
        remember(i, end);
        return end;
    }

    /** Reads a bare name and enters its family; answers the index behind it, or -1 if it is not usual. */
    private int usualName(int i) {
        int end = family.endOfLikelyName(b, i);
        if (end >= 0) {
            family.enterBySample();
            return end;
        }
        end = family.enterByLikelySample(b, i);
        if (end < 0) {
            return otherUsualName(i);
        }
        refuseLongName(end - i);
        return end;
    }

    private int otherUsualName(int i) {
        if (!ByteClass.is(ByteClass.METRIC_NAME_START, b[i])) {
            return -1;
        }
        int end = bareMetricName(i);
        if (b[end] != '{' && b[end] != ' ') {
            return -1;
        }
        refuseLongName(end - i);
        family.enterByBareSample(place(i, end));
        return end;
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
                clearOptionalParts();
                seriesEnd = -1;
                fillBehindLine();
            }
        }
    }

    private void refuseLongLine() {
        if (next - lineStart > lineBytes) {
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
            family.keepNames();
            boolean more = buffer.fill(next);
            labels.forget();
            b = buffer.bytes;
            next = buffer.start;
            return more;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gets more of a line that is to be read again from its start. */
    private void fillBehindLine() {
        if (buffer.limit - lineStart > lineBytes) {
            throw buffer.lineTooLong();
        }
        try {
            // Twice as much each time, so that reading from the line's start again stays cheap.
            int wanted = 2 * (buffer.limit - lineStart);
            family.keepNames();
            do {
                exhausted = !buffer.fill(lineStart);
                lineStart = buffer.start;
                labels.forget();
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

    /** Takes note of the text of a metadata line, its escapes resolved; {@code quotes} are escaped in some formats. */
    final void setUnescapedText(int from, int to, boolean quotes) {
        if (unescaped.length < to - from) {
            unescaped = new byte[Math.max(to - from, 2 * unescaped.length)];
        }
        setText(unescaped, 0, Escapes.resolve(b, from, to, quotes, unescaped, 0));
    }

    /** Reads the bare name in a metadata line and enters its family. */
    final int bareFamilyName(int i) {
        int likely = family.endOfLikelyName(b, i);
        int end = likely >= 0 ? likely : bareMetricName(i);
        refuseLongName(end - i);
        family.enterByBareName(b, i, end);
        return end;
    }

    /** Reads a sample's bare name and enters its family. */
    final int bareSampleName(int i) {
        int end = bareMetricName(i);
        setSampleName(i, end);
        refuseLongName(end - i);
        family.enterByBareSample(place(i, end));
        return end;
    }

    /** Reads the sample's value. */
    final int value(int i) {
        int end = number(i);
        setValue(numbers.value(), i, end);
        reportLostDigits(numbers.value(), i, end);
        return end;
    }

    @Override
    final void reportLostDigits(double value, int from, int to) {
        if (mayHaveLostDigits(value)) {
            reportLostDigitsOfLarge(value, from, to);
        }
    }

    private static boolean mayHaveLostDigits(double value) {
        // Below 2^53 every integer is a double.
        return Math.abs(value) >= 0x1p53 && !Double.isInfinite(value);
    }

    private void reportLostDigitsOfLarge(double value, int from, int to) {
        for (int i = from; i < to; i++) {
            if (b[i] == '.' || b[i] == 'e' || b[i] == 'E') {
                return;
            }
        }
        String text = text(from, to);
        // A double of n digits has no more than 309; a longer integer is out of range or begins with zeros.
        if (to - from > 400 || new BigDecimal(text).compareTo(new BigDecimal(value)) != 0) {
            lose(Loss.Kind.DIGITS, "integer " + crop(text) + " read as " + value);
        }
    }

    /** Refuses a label name that stands twice, and a set that is too large. */
    final void checkLabels(LabelTable table) {
        int duplicate = table.duplicateName();
        if (duplicate >= 0) {
            throw error(
                    ErrorCode.DUPLICATE_LABEL_NAME,
                    table.start(duplicate),
                    "each label name once",
                    quote(table.name(duplicate).toString()) + " a second time");
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

    /** Adds a label whose name, bare or quoted, begins at {@code at}, with the quoted text read last as its value. */
    final void addLabel(LabelTable table, int at, int nameFrom, int nameTo) {
        addLabel(table, at, nameFrom, nameTo, quotedFrom, quotedTo);
    }

    /** Adds a label whose name was {@link LabelTable#sameName}, with the quoted text read last as its value. */
    final void addLabelOfSameName(LabelTable table, int nameFrom, int nameTo) {
        refuseLabel(table, nameTo - nameFrom, Math.abs(quotedTo - quotedFrom));
        table.addSameName(b, nameFrom, nameTo, quotedFrom, quotedTo);
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

    // ---- What callers see

    @Override
    public final Location location() {
        return new Location(Math.max(line, 1), 1, buffer.base + lineStart);
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
    public final void close() throws IOException {
        buffer.close();
    }
}

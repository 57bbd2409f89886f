package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads Prometheus text, 0.0.4 and 1.0.0 ("Exposition formats", sections "Line format" to "Grouping and sorting").
 * Blanks and tabs may stand before, between and behind all tokens. Each method is named after the production that it
 * reads:
 *
 * <pre>
 * line at        first byte        is
 * start          line feed         an empty line, passed over
 *                #                 comment: HELP name text | TYPE name type | anything
 *                {                 sample whose quoted name is the first of its labels
 *                letter _ :        sample: metric_name [ "{" labels "}" ] value [ timestamp ]
 * labels         letter _          label_pair: label_name "=" '"' escaped_string '"'
 *                "                 quoted_metric_name, or a label_pair whose name is quoted
 *                ,                 next label_pair; one may stand behind the last
 *                }                 end of labels
 * behind value   sign digit        timestamp, milliseconds
 *                #                 an exemplar, which this format has not
 *                line feed         end of sample
 * </pre>
 */
final class PrometheusTextReader extends TextReader {
    private static final List<SampleRole> HISTOGRAM = List.of(SampleRole.BUCKET, SampleRole.SUM, SampleRole.COUNT);
    private static final List<SampleRole> SUMMARY = List.of(SampleRole.SUM, SampleRole.COUNT);

    private static final TypeKeywords TYPES = TypeKeywords.ofPrometheusText();

    private final ExpositionFormat format;
    private final boolean prometheus;

    PrometheusTextReader(LineBuffer buffer, ExpositionFormat format, ReadOptions options) {
        super(buffer, options);
        this.format = format;
        this.prometheus = options.dialect() == Dialect.PROMETHEUS;
    }

    @Override
    public ExpositionFormat format() {
        return format;
    }

    @Override
    @Nullable
    Event readLine() {
        int i = skipBlanks(next);
        if (isEndOfLine(i)) {
            next = endOfLine(i);
            return null;
        }
        return b[i] == '#' ? comment(i) : sample(i);
    }

    @Override
    void readUnterminated() {
        int end = next - 1;
        if (options.lastLineFeedOptional()) {
            warning(ErrorCode.MISSING_FINAL_NEWLINE, end, "a line feed behind the last line", got(end));
        } else {
            violation(ErrorCode.MISSING_FINAL_NEWLINE, end, "a line feed behind the last line", got(end));
        }
    }

    @Override
    void readEnd(int at) {}

    @Override
    List<SampleRole> roles(MetricType type) {
        return switch (type) {
            case HISTOGRAM -> HISTOGRAM;
            case SUMMARY -> SUMMARY;
            default -> List.of();
        };
    }

    // ---- Comments

    private @Nullable Event comment(int i) {
        int at = skipBlanks(i + 1);
        // The scraper knows metadata only where a blank follows the hash sign.
        boolean mayBeMetadata = !prometheus || at > i + 1;
        if (mayBeMetadata) {
            boolean help = isKeyword(at, 'H', 'E', 'L', 'P');
            if (help || isKeyword(at, 'T', 'Y', 'P', 'E')) {
                int nameEnd = metadataName(skipBlanks(at + 4));
                return help ? help(nameEnd) : type(nameEnd);
            }
        }
        int end = prometheus ? lineEnd(at) : textEnd(at);
        boolean crlf = !prometheus && isCarriageReturn(end - 1);
        setText(b, at, crlf ? end - 1 : end);
        next = crlf ? endOfLine(end - 1) : end + 1;
        return Event.COMMENT;
    }

    /** The index of the first line feed from {@code i} on; what stands before it must be UTF-8. */
    private int textEnd(int i) {
        int end = i;
        while (b[end] != '\n') {
            end = b[end] < 0 ? utf8(end) : EightBytes.plainEnd(b, end + 1);
        }
        return end;
    }

    private boolean isKeyword(int i, char first, char second, char third, char fourth) {
        return b[i] == first
                && b[i + 1] == second
                && b[i + 2] == third
                && b[i + 3] == fourth
                && (ByteClass.is(ByteClass.BLANK, b[i + 4]) || (!prometheus && isEndOfLine(i + 4)));
    }

    private @Nullable Event help(int nameEnd) {
        if (isUnwanted() && mayLeaveUnread()) {
            return skipUnread(nameEnd);
        }
        int from = skipBlanks(nameEnd);
        int at = from;
        boolean escaped = false;
        while (b[at] != '\n') {
            byte c = b[at];
            if (c == '\\') {
                escaped = true;
                byte following = b[at + 1];
                if (following != 'n' && following != '\\') {
                    if (isFirstInLine(ErrorCode.INVALID_ESCAPE)) {
                        warning(ErrorCode.INVALID_ESCAPE, at, "'\\\\' or '\\n'", "'\\' and " + got(at + 1));
                    }
                    at++;
                } else {
                    at += 2;
                }
            } else {
                at = c < 0 ? utf8(at) : EightBytes.plainEnd(b, at + 1);
            }
        }
        next = at + 1;
        int to = at;
        if (!prometheus && isCarriageReturn(to - 1)) {
            to--;
            endOfLine(to);
        }
        if (!enterMetadata(Event.HELP) || isUnwanted()) {
            return null;
        }
        if (escaped) {
            setUnescapedText(from, to, false);
        } else {
            setText(b, from, to);
        }
        return Event.HELP;
    }

    private @Nullable Event type(int nameEnd) {
        int from = skipBlanks(nameEnd);
        int to = from;
        while (!endsToken(b[to])) {
            to++;
        }
        MetricType found = TYPES.find(b, from, to);
        if (found == null) {
            throw error(
                    ErrorCode.UNKNOWN_TYPE,
                    from,
                    "'counter', 'gauge', 'histogram', 'summary' or 'untyped'",
                    token(from));
        }
        int end = skipBlanks(to);
        next = endOfLine(end);
        warnOfBlanks(nameEnd, from, 1);
        warnOfBlanks(to, end, 0);
        boolean wasUnwanted = isUnwanted();
        if (!enterMetadata(Event.TYPE)) {
            return null;
        }
        family.setType(found);
        return wasUnwanted ? null : Event.TYPE;
    }

    /** Reads the name, bare or quoted, in a HELP or TYPE line and enters its family. */
    private int metadataName(int i) {
        int end;
        labels.clear();
        if (b[i] == '"') {
            end = quotedName(i);
            enterFamily(quotedFrom, quotedTo);
        } else {
            end = bareFamilyName(i);
        }
        if (!ByteClass.is(ByteClass.BLANK, b[end]) && !isEndOfLine(end)) {
            throw error(ErrorCode.INVALID_METRIC_NAME, end, "a blank behind the metric name", got(end));
        }
        return end;
    }

    /** Reads a quoted name, which must not be empty. */
    private int quotedName(int i) {
        if (format == ExpositionFormat.PROMETHEUS_TEXT_0_0_4 && !prometheus) {
            violation(ErrorCode.QUOTED_NAME_NOT_ALLOWED, i, "a bare name, as version 0.0.4 has it", "a quoted one");
        }
        int end = quoted(i, labels);
        if (quotedFrom == quotedTo) {
            throw error(ErrorCode.EMPTY_NAME, i, "a name in the quotes", "nothing");
        }
        return end;
    }

    /** Warns of more blanks than Prometheus 2.42 takes in such a place, though it skips them elsewhere. */
    private void warnOfBlanks(int from, int to, int taken) {
        if (prometheus && to - from > taken && ByteClass.is(ByteClass.BLANK, b[from])) {
            warning(
                    ErrorCode.INVALID_SPACING,
                    from + taken,
                    taken == 0 ? "no blank, which Prometheus refuses here" : "one blank; Prometheus refuses more here",
                    got(from + taken));
        }
    }

    // ---- Samples

    private @Nullable Event sample(int i) {
        int at = series(i);
        if (at < 0) {
            return skipUnread(i);
        }
        at = value(skipBlanks(at));
        if (b[at] == '\n') {
            next = at + 1;
            return isUnwanted() ? null : Event.SAMPLE;
        }
        at = skipBlanks(at);
        if (!isEndOfLine(at) && b[at] != '#') {
            at = skipBlanks(timestamp(at));
        }
        if (b[at] == '#') {
            violation(ErrorCode.EXEMPLAR_NOT_ALLOWED, at, "the end of the line; this format has no exemplars", got(at));
            at = lineEnd(at);
        }
        next = endOfLine(at);
        return isUnwanted() ? null : Event.SAMPLE;
    }

    @Override
    int nameAndLabels(int i) {
        if (b[i] == '{') {
            return labels(i + 1, true);
        }
        int nameEnd = bareSampleName(i);
        if (isUnwanted() && mayLeaveUnread()) {
            return -1;
        }
        warnOfBlanks(lineStart, i, 0);
        int at = skipBlanks(nameEnd);
        if (b[at] == '{') {
            return labels(at + 1, false);
        }
        labels.clear();
        checkNameEnds(nameEnd, at);
        return nameEnd;
    }

    /** Tells a name with a wrong character in it from a name without a value. */
    private void checkNameEnds(int nameEnd, int at) {
        boolean signed = b[at] == '+' || b[at] == '-';
        // A sign may stand right behind the name, as in "a-1"; the name "a-b" is what somebody meant more often.
        boolean number = signed && numbers.read(b, at) > 0;
        if (at == nameEnd && !number && !isEndOfLine(at)) {
            throw error(
                    ErrorCode.INVALID_METRIC_NAME, at, "'{', a blank or a character of a bare metric name", got(at));
        }
    }

    /**
     * Reads labels behind their opening brace.
     *
     * @param named whether the first of them is to be the quoted metric name
     */
    private int labels(int i, boolean named) {
        labels.clear();
        boolean nameMissing = named;
        int at = skipBlanks(i);
        if (!named) {
            int behindLike = plainLabels(labels, at);
            if (behindLike > at) {
                at = behindLabel(behindLike);
            }
        }
        while (b[at] != '}') {
            at = behindLabel(nameMissing ? quotedMetricName(at) : labelPair(at));
            nameMissing = false;
        }
        if (nameMissing) {
            throw error(ErrorCode.INVALID_METRIC_NAME, at, "a quoted metric name", got(at));
        }
        checkLabels(labels);
        return at + 1;
    }

    /** The index of the next label or the closing brace. */
    private int behindLabel(int i) {
        int at = skipBlanks(i);
        if (b[at] == ',') {
            return skipBlanks(at + 1);
        }
        if (b[at] != '}') {
            throw error(ErrorCode.UNTERMINATED_LABELS, at, "',' or '}'", got(at));
        }
        return at;
    }

    private int quotedMetricName(int i) {
        if (b[i] != '"') {
            throw error(ErrorCode.INVALID_METRIC_NAME, i, "a quoted metric name", got(i));
        }
        int end = quotedName(i);
        int behind = skipBlanks(end);
        if (b[behind] == '=') {
            throw error(ErrorCode.INVALID_METRIC_NAME, behind, "',' or '}' behind the metric name", got(behind));
        }
        enterFamilyOfSample(quotedFrom, quotedTo);
        return end;
    }

    private int labelPair(int i) {
        int sameName = labels.sameName(b, i);
        if (sameName >= 0) {
            int end = quoted(sameName + 1, labels);
            addLabelOfSameName(labels, i, sameName);
            return end;
        }
        int nameFrom = i;
        int nameTo;
        int at;
        if (b[i] == '"') {
            at = quotedName(i);
            nameFrom = quotedFrom;
            nameTo = quotedTo;
        } else {
            at = bareLabelName(i);
            nameTo = at;
        }
        if (prometheus) {
            refuseReserved(nameFrom, nameTo, i);
        }
        at = skipBlanks(at);
        if (b[at] != '=') {
            throw missingEquals(at);
        }
        at = skipBlanks(at + 1);
        if (b[at] != '"') {
            throw error(ErrorCode.UNQUOTED_LABEL_VALUE, at, "'\"' before the label value", got(at));
        }
        at = quoted(at, labels);
        addLabel(labels, i, nameFrom, nameTo);
        return at;
    }

    @Override
    void unknownEscape(int i) {
        if (isFirstInLine(ErrorCode.INVALID_ESCAPE)) {
            violation(ErrorCode.INVALID_ESCAPE, i, "'\\\\', '\\n' or '\\\"'", "'\\' and " + got(i + 1));
        }
    }

    @Override
    boolean allowsLineFeedInside() {
        return prometheus;
    }

    /** Reads milliseconds since the epoch, as Go's {@code ParseInt} takes them. */
    private int timestamp(int i) {
        boolean negative = b[i] == '-';
        int at = negative || b[i] == '+' ? i + 1 : i;
        int digits = at;
        // Counted below zero, where there is room for one more.
        long millis = 0;
        boolean overflow = false;
        while (b[at] >= '0' && b[at] <= '9') {
            int digit = b[at++] - '0';
            overflow |= millis < (Long.MIN_VALUE + digit) / 10;
            millis = 10 * millis - digit;
        }
        if (at == digits || !endsToken(b[at]) || (prometheus && digits > i)) {
            throw error(ErrorCode.INVALID_TIMESTAMP, i, "a timestamp in whole milliseconds", token(i));
        }
        if (overflow || (!negative && millis == Long.MIN_VALUE)) {
            throw error(ErrorCode.TIMESTAMP_OUT_OF_RANGE, i, "a timestamp of 64 bits", token(i));
        }
        millis = negative ? millis : -millis;
        setTimestamp(Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * 1_000_000, i, at);
        return at;
    }
}

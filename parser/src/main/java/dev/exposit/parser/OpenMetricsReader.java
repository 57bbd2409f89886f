package dev.exposit.parser;

import dev.exposit.model.MetricType;
import dev.exposit.model.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * What OpenMetrics 1.0 and 2.0 have in common ("ABNF", "Overall Structure", "MetricFamily metadata" of both): lines of
 * metadata, names, labels, and timestamps in seconds. One blank, never a tab, stands between tokens. Each method is named
 * after the production that it reads:
 *
 * <pre>
 * line at        bytes             is
 * start          # SP TYPE HELP UNIT SP   metric-descriptor
 *                # SP EOF          the end; nothing may follow but a line feed
 *                letter _ : {      sample: metricname [labels], then as the version has it
 * labels         letter _ "        label: label-name "=" '"' escaped-string '"'
 *                ,                 next label
 *                }                 end of labels
 * </pre>
 */
abstract sealed class OpenMetricsReader extends TextReader permits OpenMetrics1Reader, OpenMetrics2Reader {
    private static final TypeKeywords TYPES = TypeKeywords.ofOpenMetrics();

    final boolean prometheus;

    /** The timestamp that was read last. */
    long seconds;

    int nanos;

    OpenMetricsReader(LineBuffer buffer, ReadOptions options) {
        super(buffer, options);
        this.prometheus = options.dialect() == Dialect.PROMETHEUS;
    }

    /** Reads a sample line. */
    abstract @Nullable Event sample(int i);

    /** Called for each quoted name. */
    abstract void checkQuotedName(int i);

    /** Called for a unit that is not empty. */
    abstract void checkUnit(String unit, int i);

    @Override
    @Nullable
    Event readLine() {
        int i = next;
        if (ended) {
            violation(ErrorCode.DATA_AFTER_EOF, i, "nothing behind '# EOF'", got(i));
            return skipUnread(i);
        }
        if (isEndOfLine(i)) {
            violation(ErrorCode.BLANK_LINE, i, "metadata, a sample or '# EOF'", "an empty line");
            next = endOfLine(i);
            return null;
        }
        return b[i] == '#' ? metricDescriptor(i) : sample(i);
    }

    @Override
    void readEnd(int at) {
        if (!ended) {
            violation(ErrorCode.MISSING_EOF, at, "'# EOF' as the last line", "the end of the exposition");
        }
    }

    // ---- Metadata

    private @Nullable Event metricDescriptor(int i) {
        if (b[i + 1] == ' ') {
            if (isKeyword(i + 2, 'T', 'Y', 'P', 'E')) {
                return type(i + 6);
            }
            if (isKeyword(i + 2, 'H', 'E', 'L', 'P')) {
                return help(i + 6);
            }
            if (isKeyword(i + 2, 'U', 'N', 'I', 'T')) {
                return unit(i + 6);
            }
            if (b[i + 2] == 'E' && b[i + 3] == 'O' && b[i + 4] == 'F' && isEndOfLine(i + 5)) {
                next = endOfLine(i + 5);
                ended = true;
                if (next == buffer.limit && buffer.isUnterminated() && !options.lastLineFeedOptional()) {
                    warning(ErrorCode.MISSING_FINAL_NEWLINE, i + 5, "a line feed behind '# EOF'", got(i + 5));
                }
                return null;
            }
        }
        violation(ErrorCode.COMMENT_NOT_ALLOWED, i, "'# TYPE', '# UNIT', '# HELP' or '# EOF'", "another comment");
        return skipUnread(i);
    }

    private boolean isKeyword(int i, char first, char second, char third, char fourth) {
        return b[i] == first && b[i + 1] == second && b[i + 2] == third && b[i + 3] == fourth && endsToken(b[i + 4]);
    }

    private @Nullable Event type(int i) {
        int from = metadataName(i);
        int to = restOfLine(from);
        MetricType found = TYPES.find(b, from, to);
        if (found == null) {
            throw error(ErrorCode.UNKNOWN_TYPE, from, "a type of OpenMetrics, such as 'counter'", token(from));
        }
        next = endOfLine(to);
        // Whoever was told of the family's help must hear that it turned out to be another one.
        boolean wasUnwanted = isUnwanted();
        if (!enterMetadata(Event.TYPE)) {
            return null;
        }
        family.setType(found);
        return wasUnwanted ? null : Event.TYPE;
    }

    private @Nullable Event unit(int i) {
        int from = metadataName(i);
        if (isUnwanted()) {
            return skipUnread(from);
        }
        int to = from;
        while (ByteClass.is(ByteClass.METRIC_NAME, b[to])) {
            to++;
        }
        next = endOfLine(to);
        String unit = text(from, to);
        if (!unit.isEmpty()) {
            checkUnit(unit, from);
        }
        if (!enterMetadata(Event.UNIT)) {
            return null;
        }
        setText(b, from, to);
        return Event.UNIT;
    }

    private @Nullable Event help(int i) {
        int from = metadataName(i);
        if (isUnwanted()) {
            return skipUnread(from);
        }
        boolean escaped = false;
        int at = from;
        while (b[at] != '\n') {
            byte c = b[at];
            if (c == '\\') {
                escaped = true;
                byte following = b[at + 1];
                if (following == '\\' || following == '"' || following == 'n') {
                    at += 2;
                } else if (isEndOfLine(at + 1)) {
                    violation(ErrorCode.INVALID_ESCAPE, at, "'\\\\' at the end of the line", "'\\' alone");
                    at++;
                } else {
                    unknownEscape(at);
                    at++;
                }
            } else if (c == '"') {
                if (isFirstInLine(ErrorCode.INVALID_ESCAPE)) {
                    warning(ErrorCode.INVALID_ESCAPE, at, "'\\' before '\"'", "'\"' alone");
                }
                at++;
            } else {
                at = c < 0 ? utf8(at) : EightBytes.plainEnd(b, at + 1);
            }
        }
        if (at > from && isCarriageReturn(at - 1)) {
            at--;
        }
        next = endOfLine(at);
        if (!enterMetadata(Event.HELP)) {
            return null;
        }
        if (escaped) {
            setUnescapedText(from, at, true);
        } else {
            setText(b, from, at);
        }
        return Event.HELP;
    }

    /** Reads a name between blanks in a metadata line and enters its family. */
    private int metadataName(int i) {
        int from = blank(i, "a metric name");
        int end;
        labels.clear();
        if (b[from] == '"') {
            end = quotedName(from, labels);
            enterFamily(quotedFrom, quotedTo);
        } else {
            end = bareFamilyName(from);
        }
        if (b[end] != ' ' && !isEndOfLine(end)) {
            throw error(ErrorCode.INVALID_METRIC_NAME, end, "a blank behind the metric name", got(end));
        }
        return blank(end, "the metadata");
    }

    /** Reads one blank before something. */
    final int blank(int i, String what) {
        if (b[i] != ' ') {
            throw error(ErrorCode.INVALID_SPACING, i, "a blank before " + what, got(i));
        }
        return i + 1;
    }

    final int restOfLine(int i) {
        int end = i;
        while (b[end] != '\n' && !isCarriageReturn(end)) {
            end++;
        }
        return end;
    }

    private int quotedName(int i, LabelTable table) {
        checkQuotedName(i);
        int end = quoted(i, table);
        if (quotedFrom == quotedTo) {
            throw error(ErrorCode.EMPTY_NAME, i, "a name in the quotes", "nothing");
        }
        return end;
    }

    // ---- Samples

    @Override
    final int nameAndLabels(int i) {
        if (b[i] == '{') {
            return seriesLabels(i + 1, true);
        }
        int nameEnd = bareSampleName(i);
        if (isUnwanted()) {
            return -1;
        }
        if (b[nameEnd] == '{') {
            return seriesLabels(nameEnd + 1, false);
        }
        labels.clear();
        if (!endsToken(b[nameEnd])) {
            throw error(ErrorCode.INVALID_METRIC_NAME, nameEnd, "'{', a blank or a character of a name", got(nameEnd));
        }
        return nameEnd;
    }

    /** Reads one blank that neither a further blank, a tab nor the end of the line follows. */
    final int onlyBlank(int i, String what) {
        int at = blank(i, what);
        if (endsToken(b[at])) {
            throw error(ErrorCode.INVALID_SPACING, at, what, got(at));
        }
        return at;
    }

    private int seriesLabels(int i, boolean named) {
        int end = labels(i, labels, named);
        checkLabels(labels);
        return end;
    }

    /**
     * Reads labels behind their opening brace; {@link #checkLabels} is to follow.
     *
     * @param named whether the first of them is to be the quoted metric name
     */
    final int labels(int i, LabelTable table, boolean named) {
        table.clear();
        if (b[i] == '}') {
            if (named) {
                throw error(ErrorCode.INVALID_METRIC_NAME, i, "a quoted metric name", got(i));
            }
            return i + 1;
        }
        int at = named ? quotedMetricName(i) : plainLabels(table, i);
        if (at == i) {
            at = label(i, table);
        }
        while (b[at] != '}') {
            if (b[at] != ',') {
                throw error(ErrorCode.UNTERMINATED_LABELS, at, "',' or '}'", got(at));
            }
            at++;
            if (prometheus && b[at] == '}') {
                // The scraper lets a comma stand behind the last label.
                break;
            }
            at = label(at, table);
        }
        return at + 1;
    }

    private int quotedMetricName(int i) {
        if (b[i] != '"') {
            throw error(ErrorCode.INVALID_METRIC_NAME, i, "a metric name", got(i));
        }
        int end = quotedName(i, labels);
        enterFamilyOfSample(quotedFrom, quotedTo);
        return end;
    }

    private int label(int i, LabelTable table) {
        int sameName = table.sameName(b, i);
        if (sameName >= 0) {
            int end = quoted(sameName + 1, table);
            addLabelOfSameName(table, i, sameName);
            return end;
        }
        int nameFrom = i;
        int nameTo;
        int at;
        if (b[i] == '"') {
            at = quotedName(i, table);
            nameFrom = quotedFrom;
            nameTo = quotedTo;
        } else {
            at = bareLabelName(i);
            nameTo = at;
        }
        if (prometheus) {
            refuseReserved(nameFrom, nameTo, i);
        }
        if (b[at] != '=') {
            throw missingEquals(at);
        }
        if (b[at + 1] != '"') {
            throw error(ErrorCode.UNQUOTED_LABEL_VALUE, at + 1, "'\"' before the label value", got(at + 1));
        }
        at = quoted(at + 1, table);
        addLabel(table, i, nameFrom, nameTo);
        return at;
    }

    /** The grammar lets a backslash stand before any character, where it stays as it is; it is advised against. */
    @Override
    void unknownEscape(int i) {
        if (isFirstInLine(ErrorCode.INVALID_ESCAPE)) {
            warning(ErrorCode.INVALID_ESCAPE, i, "'\\\\', '\\n' or '\\\"'", "'\\' and " + got(i + 1));
        }
    }

    // ---- Timestamps

    /** Reads seconds since the epoch, a realnumber, into {@link #seconds} and {@link #nanos}. */
    final int timestamp(int i) {
        int at = i;
        long whole = 0;
        while (b[at] >= '0' && b[at] <= '9') {
            whole = 10 * whole + (b[at++] - '0');
        }
        // At most 18 digits fit 64 bits for sure. Signs, exponents and longer numbers are rare.
        boolean plain = at > i && at - i <= 18;
        int fraction = 0;
        boolean exact = true;
        if (plain && b[at] == '.') {
            at++;
            int scale = 100_000_000;
            while (b[at] >= '0' && b[at] <= '9') {
                int digit = b[at++] - '0';
                fraction += digit * scale;
                exact &= scale > 0 || digit == 0;
                scale /= 10;
            }
        }
        if (!plain || !endsToken(b[at])) {
            return decimalTimestamp(i);
        }
        setTime(new Timestamp(whole, fraction), exact, i, at);
        return at;
    }

    private void setTime(Timestamp read, boolean exact, int from, int to) {
        seconds = read.seconds();
        nanos = read.nanos();
        if (!exact) {
            reportLostDigits("timestamp", text(from, to), read);
        }
    }

    /** Reads the text of a time, a number that is neither an infinity nor NaN. */
    final int realNumber(int i) {
        int end = numbers.read(b, i);
        if (end < 0 || !endsToken(b[end]) || !isRealNumber(i)) {
            throw error(ErrorCode.INVALID_TIMESTAMP, i, "a timestamp in seconds", token(i));
        }
        return end;
    }

    private int decimalTimestamp(int i) {
        int end = realNumber(i);
        String text = text(i, end);
        DecimalSeconds read = numbers.overflow() ? null : DecimalSeconds.of(text, numbers.value());
        if (read == null) {
            String expected = text.length() > DecimalSeconds.LONGEST
                    ? "a timestamp of at most " + DecimalSeconds.LONGEST + " characters"
                    : "a timestamp of 64 bits of seconds";
            throw error(ErrorCode.TIMESTAMP_OUT_OF_RANGE, i, expected, token(i));
        }
        setTime(read.time(), read.exact(), i, end);
        return end;
    }

    /** Whether the number is no infinity and no NaN. */
    private boolean isRealNumber(int i) {
        int at = b[i] == '-' || b[i] == '+' ? i + 1 : i;
        return b[at] == '.' || (b[at] >= '0' && b[at] <= '9');
    }
}

package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;
import java.util.Arrays;

/**
 * Tells OpenMetrics from Prometheus text by what only OpenMetrics has, if the first 64 KiB show any of it: the line
 * {@code # EOF}, a unit, a type that Prometheus text lacks, or, where the end is not in sight, a counter {@code x} whose
 * samples are named {@code x_total}. What shows nothing of it is read as Prometheus text, which most exporters answer. What
 * begins as a protobuf message does, delimited or a MetricSet of OpenMetrics, is one, and so is what begins with the name of one in
 * protobuf's text format: if that is all of its line, over several lines, else one message a line.
 *
 * <p>Of OpenMetrics it is version 2.0 if a value is composite, a sample has a start timestamp, or the samples of a counter or an
 * info have its own name; else 1.0.
 */
final class FormatSniffer {
    /** As many bytes as the length of a message takes, below 2^35. */
    private static final int LONGEST_LENGTH = 4;
    /** The tag of a MetricSet's field. */
    private static final byte METRIC_FAMILY = (1 << 3) | 2;
    /** The tags of a MetricFamily's fields; the name's is the same in OpenMetrics protobuf. */
    private static final byte NAME = (1 << 3) | 2;

    private static final byte HELP = (2 << 3) | 2;
    private static final byte TYPE = 3 << 3;
    private static final byte METRIC = (4 << 3) | 2;
    private static final byte UNIT = (5 << 3) | 2;

    private final byte[] b;
    private final boolean whole;

    // The name of the counter or info whose samples may come next.
    private int nameFrom;
    private int nameTo;
    private boolean isCounter;

    private boolean openMetrics;
    private boolean ownName;

    private FormatSniffer(byte[] b, boolean whole) {
        this.b = b;
        this.whole = whole;
    }

    /**
     * The format of the text of which {@code [from, to)} is in sight.
     *
     * @param whole whether that is all of it
     */
    static ExpositionFormat recognise(byte[] b, int from, int to, boolean whole) {
        // A MetricSet whose first family has ten bytes looks like a delimited message too, but not the other way round.
        if (isMetricSet(b, from, to)) {
            return ExpositionFormat.OPENMETRICS_PROTOBUF;
        }
        if (isMessage(b, from, to)) {
            return ExpositionFormat.PROTOBUF;
        }
        int name = endOfMessageName(b, from, to);
        if (name >= 0) {
            int next = skipBlanks(b, name, to);
            boolean line = next == to || b[next] == '\n';
            return line ? ExpositionFormat.PROTOBUF_TEXT : ExpositionFormat.PROTOBUF_COMPACT;
        }
        return new FormatSniffer(b, whole).recognise(from, to);
    }

    /**
     * Whether a delimited MetricFamily begins here: its length, then the name as its first field, which no text begins with.
     */
    private static boolean isMessage(byte[] b, int from, int to) {
        int at = from;
        while (at < to && at - from < LONGEST_LENGTH && b[at] < 0) {
            at++;
        }
        if (to - at < 4 || b[at + 1] != NAME || b[at + 2] <= 0) {
            return false;
        }
        int name = at + 3;
        int nameTo = Math.min(to, name + b[at + 2]);
        for (int i = name; i < nameTo; i++) {
            if (b[i] >= 0 && b[i] <= ' ') {
                return false;
            }
        }
        return nameTo == to || isTagOfLaterField(b[nameTo]);
    }

    /**
     * Whether a MetricSet begins here: the tag of its first metric family, the length, then the name as its first field, behind
     * which a field or the next family begins. Text that begins so has a blank line first, then one or two characters in a line
     * of their own.
     */
    private static boolean isMetricSet(byte[] b, int from, int to) {
        if (from == to || b[from] != METRIC_FAMILY) {
            return false;
        }
        int at = from + 1;
        int length = 0;
        while (at < to && at - from <= LONGEST_LENGTH && b[at] < 0) {
            length |= (b[at] & 0x7F) << (7 * (at - from - 1));
            at++;
        }
        if (to - at < 4 || b[at + 1] != NAME || b[at + 2] <= 0) {
            return false;
        }
        length |= b[at] << (7 * (at - from - 1));
        int name = at + 3;
        int nameEnd = name + b[at + 2];
        int familyEnd = at + 1 + length;
        if (familyEnd < nameEnd) {
            return false;
        }
        for (int i = name; i < Math.min(to, nameEnd); i++) {
            if (!ByteClass.is(i == name ? ByteClass.METRIC_NAME_START : ByteClass.METRIC_NAME, b[i])) {
                return false;
            }
        }
        return nameEnd >= to
                || (familyEnd == nameEnd ? b[nameEnd] == METRIC_FAMILY : isTagOfFieldBehindName(b[nameEnd]));
    }

    /** By the numbers that the fields have in OpenMetrics protobuf: type, unit, help, metrics. */
    private static boolean isTagOfFieldBehindName(byte tag) {
        return tag == 2 << 3 || tag == ((3 << 3) | 2) || tag == ((4 << 3) | 2) || tag == ((5 << 3) | 2);
    }

    private static boolean isTagOfLaterField(byte tag) {
        return tag == HELP || tag == TYPE || tag == METRIC || tag == UNIT;
    }

    /**
     * Where the first field ends of a MetricFamily in protobuf's text format, its quoted name, or -1 if none begins here, behind
     * comments. To Prometheus text the word {@code name:} is a name too, but no quote follows one.
     */
    private static int endOfMessageName(byte[] b, int from, int to) {
        int at = from;
        while (at < to && (b[at] == '#' || isBlank(b[at]))) {
            at = b[at] == '#' ? endOfLine(b, at, to) : at + 1;
        }
        if (!startsWith(b, at, to, "name")) {
            return -1;
        }
        int colon = skipBlanks(b, at + "name".length(), to);
        int quote = skipBlanks(b, colon + 1, to);
        if (quote >= to || b[colon] != ':' || (b[quote] != '"' && b[quote] != '\'')) {
            return -1;
        }
        int end = quote + 1;
        while (end < to && b[end] != b[quote] && b[end] != '\n') {
            end += b[end] == '\\' ? 2 : 1;
        }
        return Math.min(end + 1, to);
    }

    private static int endOfLine(byte[] b, int from, int to) {
        int at = from;
        while (at < to && b[at] != '\n') {
            at++;
        }
        return at;
    }

    private static int skipBlanks(byte[] b, int from, int to) {
        int at = from;
        while (at < to && isBlank(b[at]) && b[at] != '\n') {
            at++;
        }
        return at;
    }

    private static boolean isBlank(byte c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private ExpositionFormat recognise(int from, int to) {
        int lineFrom = from;
        for (int i = from; i <= to; i++) {
            if (i < to && b[i] != '\n') {
                continue;
            }
            int lineTo = i > lineFrom && b[i - 1] == '\r' ? i - 1 : i;
            if (lineTo > lineFrom && b[lineFrom] == '#') {
                openMetrics |= isOnlyOpenMetrics(b, lineFrom, lineTo);
                enterType(lineFrom, lineTo);
            } else if (hasPartOfVersion2(lineFrom, lineTo)) {
                return ExpositionFormat.OPENMETRICS_2;
            } else if (!whole && isCounter && isSampleOf("_total", lineFrom, lineTo)) {
                return ExpositionFormat.OPENMETRICS_1;
            } else {
                ownName |= isSampleOf("", lineFrom, lineTo);
            }
            lineFrom = i + 1;
        }
        if (!openMetrics) {
            return ExpositionFormat.PROMETHEUS_TEXT;
        }
        return ownName ? ExpositionFormat.OPENMETRICS_2 : ExpositionFormat.OPENMETRICS_1;
    }

    private void enterType(int from, int to) {
        if (startsWith(b, from, to, "# TYPE ")) {
            isCounter = endsWith(b, from, to, " counter");
            nameFrom = from + "# TYPE ".length();
            // An info named otherwise is none of either version.
            nameTo = isCounter
                    ? to - " counter".length()
                    : endsWith(b, from, to, "_info info") ? to - " info".length() : nameFrom;
        }
    }

    /** Whether a sample line has a composite value or a start timestamp. */
    private boolean hasPartOfVersion2(int from, int to) {
        boolean quoted = false;
        for (int i = from; i < to; i++) {
            if (b[i] == '"') {
                quoted = !quoted;
            } else if (b[i] == '\\') {
                i++;
            } else if (!quoted && b[i] == '#') {
                return false;
            } else if (!quoted
                    && b[i] == ' '
                    && (startsWith(b, i, to, " {count:")
                            || startsWith(b, i, to, " {gcount:")
                            || startsWith(b, i, to, " st@"))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a line is a sample whose name is that of the last type with something behind it. */
    private boolean isSampleOf(String suffix, int from, int to) {
        int length = nameTo - nameFrom;
        int end = from + length + suffix.length();
        return length > 0
                && end < to
                && (b[end] == ' ' || b[end] == '{')
                && Arrays.equals(b, from, from + length, b, nameFrom, nameTo)
                && startsWith(b, from + length, to, suffix);
    }

    private static boolean isOnlyOpenMetrics(byte[] b, int from, int to) {
        boolean eof = to - from == "# EOF".length() && startsWith(b, from, to, "# EOF");
        boolean type = startsWith(b, from, to, "# TYPE ")
                && (endsWith(b, from, to, " unknown")
                        || endsWith(b, from, to, " info")
                        || endsWith(b, from, to, " stateset")
                        || endsWith(b, from, to, " gaugehistogram"));
        return eof || type || startsWith(b, from, to, "# UNIT ");
    }

    private static boolean endsWith(byte[] b, int from, int to, String text) {
        return to - from >= text.length() && startsWith(b, to - text.length(), to, text);
    }

    private static boolean startsWith(byte[] b, int from, int to, String text) {
        if (to - from < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (b[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}

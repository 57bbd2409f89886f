package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;

/**
 * Tells OpenMetrics from Prometheus text by what only OpenMetrics has, if the first 64 KiB show any of it: the line
 * {@code # EOF}, a unit, a type that Prometheus text lacks, or, where the end is not in sight, a counter {@code x} whose
 * samples are named {@code x_total}. What shows nothing of it is read as Prometheus text, which most exporters answer.
 */
final class FormatSniffer {
    private FormatSniffer() {}

    /**
     * The format of the text of which {@code [from, to)} is in sight.
     *
     * @param whole whether that is all of it
     */
    static ExpositionFormat recognise(byte[] b, int from, int to, boolean whole) {
        int lineFrom = from;
        // The name of the counter whose samples may come next.
        int counterFrom = 0;
        int counterTo = 0;
        for (int i = from; i <= to; i++) {
            if (i < to && b[i] != '\n') {
                continue;
            }
            int lineTo = i > lineFrom && b[i - 1] == '\r' ? i - 1 : i;
            boolean total = !whole && isTotalOf(b, lineFrom, lineTo, counterFrom, counterTo);
            if (total || isOnlyOpenMetrics(b, lineFrom, lineTo)) {
                return ExpositionFormat.OPENMETRICS_1;
            }
            if (startsWith(b, lineFrom, lineTo, "# TYPE ")) {
                boolean counter = endsWith(b, lineFrom, lineTo, " counter");
                counterFrom = lineFrom + "# TYPE ".length();
                counterTo = counter ? lineTo - " counter".length() : counterFrom;
            }
            lineFrom = i + 1;
        }
        return ExpositionFormat.PROMETHEUS_TEXT;
    }

    private static boolean isOnlyOpenMetrics(byte[] b, int from, int to) {
        if (from == to || b[from] != '#') {
            return false;
        }
        boolean eof = to - from == "# EOF".length() && startsWith(b, from, to, "# EOF");
        boolean type = startsWith(b, from, to, "# TYPE ")
                && (endsWith(b, from, to, " unknown")
                        || endsWith(b, from, to, " info")
                        || endsWith(b, from, to, " stateset")
                        || endsWith(b, from, to, " gaugehistogram"));
        return eof || type || startsWith(b, from, to, "# UNIT ");
    }

    private static boolean isTotalOf(byte[] b, int from, int to, int counterFrom, int counterTo) {
        int length = counterTo - counterFrom;
        int end = from + length + "_total".length();
        if (length <= 0 || end >= to || (b[end] != ' ' && b[end] != '{')) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (b[from + i] != b[counterFrom + i]) {
                return false;
            }
        }
        return startsWith(b, from + length, to, "_total");
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

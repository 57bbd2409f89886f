package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.parser.ReadLimits.Limit;
import org.jspecify.annotations.Nullable;

/**
 * Reads OpenMetrics text 2.0.0-rc; what it shares with 1.0 stands in {@link OpenMetricsReader}, composite values in
 * {@link CompositeScanner}. Each method is named after the production that it reads:
 *
 * <pre>
 * line at        bytes             is
 * start          letter _ : {      sample: metricname-and-labels SP value [SP timestamp] [SP start-timestamp] *exemplar
 * value          {                 composite-value
 *                sign digit .      number
 * behind value   SP sign digit .   timestamp, seconds
 *                SP s t @          start-timestamp
 *                SP # SP {         exemplar: labels SP number SP timestamp; any number of them
 *                line feed         end of sample
 * </pre>
 */
final class OpenMetrics2Reader extends OpenMetricsReader {
    private final CompositeScanner composites = new CompositeScanner(this, composite);

    OpenMetrics2Reader(LineBuffer buffer, ReadOptions options) {
        super(buffer, options);
    }

    @Override
    public ExpositionFormat format() {
        return ExpositionFormat.OPENMETRICS_2;
    }

    @Override
    FamilyAssembly assembly(String wireName) {
        return new PointFamily(this, wireName);
    }

    @Override
    void checkQuotedName(int i) {}

    @Override
    void checkUnit(String unit, int i) {}

    @Override
    @Nullable
    Event sample(int i) {
        int at = series(i);
        if (at < 0) {
            return skipUnread(i);
        }
        if (isEndOfLine(at)) {
            throw error(ErrorCode.MISSING_VALUE, at, "a value", got(at));
        }
        int from = onlyBlank(at, "the value");
        boolean isComposite = b[from] == '{';
        at = isComposite ? compositeValue(from) : value(from);
        if (b[at] == ' ' && b[at + 1] != '#' && b[at + 1] != 's') {
            from = onlyBlank(at, "a timestamp, a start timestamp or an exemplar");
            at = timestamp(from);
            setTimestamp(seconds, nanos, from, at);
        }
        if (b[at] == ' ' && b[at + 1] == 's') {
            at = startTimestamp(at + 1);
        }
        if (b[at] == ' ' && b[at + 1] != '#') {
            int behind = onlyBlank(at, "an exemplar");
            throw error(ErrorCode.TRAILING_CHARACTERS, behind, "the end of the line or an exemplar", got(behind));
        } else if (b[at] == '\t') {
            throw error(ErrorCode.INVALID_SPACING, at, "the end of the line", got(at));
        }
        next = endOfLine(exemplars(at));
        return isUnwanted() ? null : isComposite ? Event.COMPOSITE : Event.SAMPLE;
    }

    private int compositeValue(int i) {
        int end = composites.compositeValue(i + 1);
        if (!endsToken(b[end])) {
            throw error(ErrorCode.INVALID_SPACING, end, "a blank or the end of the line", got(end));
        }
        return end;
    }

    private int startTimestamp(int i) {
        if (b[i + 1] != 't' || b[i + 2] != '@') {
            throw error(ErrorCode.INVALID_TIMESTAMP, i, "'st@' and a start timestamp", token(i));
        }
        int at = timestamp(i + 3);
        setStartTimestamp(seconds, nanos, i + 3, at);
        return at;
    }

    // ---- Exemplars

    /**
     * Reads the exemplars of a sample. "If an exemplar is malformed or invalid, it should be dropped or ignored, allowing
     * the valid metric data to be ingested" ("Failure Modes"): what is no exemplar is dropped up to the end of the line,
     * since nobody can tell where the next one begins; one that contradicts itself is dropped alone. Either is reported and
     * ends nothing.
     */
    private int exemplars(int i) {
        int at = i;
        while (b[at] == ' ') {
            int end = exemplarOrNone(at);
            if (end < 0) {
                return textUpToEndOfLine(at);
            }
            at = end;
        }
        return at;
    }

    /** Reads an exemplar; answers -1 if it is none. */
    private int exemplarOrNone(int i) {
        beginTolerance();
        try {
            return exemplar(i);
        } catch (SkipLine skip) {
            log.tolerate(skip.problem);
            return -1;
        } finally {
            endTolerance();
        }
    }

    private int exemplar(int i) {
        int at = blank(i, "an exemplar");
        if (b[at] != '#') {
            throw error(ErrorCode.TRAILING_CHARACTERS, at, "'#' and an exemplar", got(at));
        }
        at = blank(at + 1, "an exemplar's labels");
        if (b[at] != '{') {
            throw error(ErrorCode.UNTERMINATED_LABELS, at, "'{' before an exemplar's labels", got(at));
        }
        LabelTable table = exemplars.begin();
        int valueAt = onlyBlank(labels(at + 1, table, false), "an exemplar's value");
        at = numbers.read(b, valueAt);
        if (at < 0 || !endsToken(b[at])) {
            throw error(ErrorCode.INVALID_VALUE, valueAt, "a number", token(valueAt));
        }
        double value = numbers.value();
        boolean overflow = numbers.overflow();
        int timeAt = onlyBlank(at, "an exemplar's timestamp");
        at = realNumber(timeAt);
        if (!isEndOfLine(at) && !(b[at] == ' ' && b[at + 1] == '#')) {
            throw error(ErrorCode.TRAILING_CHARACTERS, at, "the end of the line or an exemplar", got(at));
        }
        if (at - i > options.limits().get(Limit.EXEMPLAR_BYTES)) {
            throw new ReadLimitException(Limit.EXEMPLAR_BYTES, options.limits(), "an exemplar is too long");
        }
        try {
            checkLabels(table);
            if (overflow) {
                number(valueAt);
            }
            timestamp(timeAt);
        } catch (SkipLine skip) {
            log.tolerate(skip.problem);
            return at;
        }
        reportLostDigits(value, valueAt, timeAt - 1);
        exemplars.add(value, seconds, nanos);
        return at;
    }

    /** Passes over text that nobody understands, which must be text all the same. */
    private int textUpToEndOfLine(int i) {
        int at = i;
        while (!isEndOfLine(at)) {
            at = b[at] < 0 ? utf8(at) : at + 1;
        }
        return at;
    }
}

package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import dev.exposit.parser.ReadLimits.Limit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads OpenMetrics text 1.0.0; what it shares with 2.0 stands in {@link OpenMetricsReader}. Each method is named after the
 * production that it reads:
 *
 * <pre>
 * line at        bytes             is
 * start          letter _ :        sample: metricname [labels] SP number [SP timestamp] [exemplar]
 * behind number  SP sign digit .   timestamp, seconds
 *                SP # SP {         exemplar: labels SP number [SP timestamp]
 *                line feed         end of sample
 * </pre>
 */
final class OpenMetrics1Reader extends OpenMetricsReader {
    private static final int LONGEST_EXEMPLAR = 128;

    OpenMetrics1Reader(LineBuffer buffer, ReadOptions options) {
        super(buffer, options);
    }

    @Override
    public ExpositionFormat format() {
        return ExpositionFormat.OPENMETRICS_1;
    }

    @Override
    String exposedName(String wireName, MetricType type) {
        return wireName + type.exposedSuffix();
    }

    @Override
    List<SampleRole> roles(MetricType type) {
        return type.roles();
    }

    // ---- Samples

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
        at = value(onlyBlank(at, "the value"));
        if (b[at] == ' ' && b[at + 1] != '#') {
            int from = onlyBlank(at, "a timestamp or an exemplar");
            at = timestamp(from);
            setTimestamp(seconds, nanos, from, at);
        }
        if (b[at] == ' ') {
            at = exemplarOrSkip(at);
        } else if (b[at] == '\t') {
            throw error(ErrorCode.INVALID_SPACING, at, "the end of the line", got(at));
        }
        next = endOfLine(at);
        return isUnwanted() ? null : Event.SAMPLE;
    }

    /** Prometheus takes quoted names although the format has none. */
    @Override
    void checkQuotedName(int i) {
        if (!prometheus) {
            violation(ErrorCode.QUOTED_NAME_NOT_ALLOWED, i, "a bare name", "a quoted one");
        }
    }

    @Override
    void checkUnit(String unit, int i) {
        if (!family.wireName().endsWith('_' + unit)) {
            violation(
                    ErrorCode.UNIT_MISMATCH,
                    i,
                    "a unit that ends the name of its family",
                    quote(unit) + " for " + quote(family.wireName()));
        }
    }

    // ---- Exemplars

    /** Reads an exemplar; a malformed one is left out alone where lines may be skipped. */
    private int exemplarOrSkip(int i) {
        if (b[i + 1] != '#') {
            throw error(ErrorCode.TRAILING_CHARACTERS, i, "the end of the line or an exemplar", got(i + 1));
        }
        try {
            return exemplar(i);
        } catch (SkipLine skip) {
            log.violation(ErrorCode.EXEMPLAR_NOT_ALLOWED, skip.problem);
            return restOfLine(i);
        }
    }

    private int exemplar(int i) {
        int at = blank(i + 2, "an exemplar's labels");
        if (b[at] != '{') {
            throw error(ErrorCode.UNTERMINATED_LABELS, at, "'{' before an exemplar's labels", got(at));
        }
        LabelTable exemplarLabels = exemplars.begin();
        at = labels(at + 1, exemplarLabels, false);
        checkLabels(exemplarLabels);
        int valueFrom = onlyBlank(at, "an exemplar's value");
        at = number(valueFrom);
        double value = numbers.value();
        reportLostDigits(value, valueFrom, at);
        boolean timed = b[at] == ' ';
        if (timed) {
            at = timestamp(onlyBlank(at, "an exemplar's timestamp"));
        }
        if (!isEndOfLine(at)) {
            throw error(ErrorCode.TRAILING_CHARACTERS, at, "the end of the line", got(at));
        }
        if (at - i > options.limits().get(Limit.EXEMPLAR_BYTES)) {
            throw new ReadLimitException(Limit.EXEMPLAR_BYTES, options.limits(), "an exemplar is too long");
        }
        int characters = exemplarLabels.characters();
        if (characters > LONGEST_EXEMPLAR) {
            violation(
                    ErrorCode.EXEMPLAR_TOO_LONG,
                    i + 1,
                    "at most 128 characters in an exemplar's labels",
                    characters + " of them");
            return at;
        }
        if (!mayHaveExemplar()) {
            violation(
                    ErrorCode.EXEMPLAR_NOT_ALLOWED,
                    i + 1,
                    "exemplars only at buckets and at totals of counters",
                    "one at a sample of a " + type().keyword());
            return at;
        }
        if (timed) {
            exemplars.add(value, seconds, nanos);
        } else {
            exemplars.add(value);
        }
        return at;
    }

    private boolean mayHaveExemplar() {
        if (prometheus) {
            // The scraper goes by the name alone.
            return sampleNameEndsWith(SampleRole.TOTAL) || sampleNameEndsWith(SampleRole.BUCKET);
        }
        return switch (typeOfSample()) {
            case COUNTER -> sampleNameEndsWith(SampleRole.TOTAL);
            case HISTOGRAM, GAUGE_HISTOGRAM -> sampleNameEndsWith(SampleRole.BUCKET);
            default -> false;
        };
    }
}

package dev.exposit.convert;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.HistogramValue.Bucket;
import dev.exposit.model.InfoValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.StateSetValue.State;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.SummaryValue.Quantile;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import dev.exposit.parser.ErrorCode;
import dev.exposit.writer.NumberText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in JSON of one point, key by key. */
final class JsonPoint {
    /**
     * A number that stands as a key, with its value.
     *
     * @param key the key
     * @param number the number that it is
     * @param value what belongs to it
     */
    record Entry(String key, double number, double value) {}

    @Nullable
    JsonKind kind;

    @Nullable
    String rawSample;

    @Nullable
    Double value;

    @Nullable
    Double count;

    @Nullable
    Double sum;

    @Nullable
    List<Entry> quantiles;

    @Nullable
    List<Quantile> quantileList;

    @Nullable
    List<Entry> buckets;

    @Nullable
    List<Bucket> bucketList;

    @Nullable
    List<ShownBucket> shownBuckets;

    @Nullable
    NativeBuckets nativeBuckets;

    @Nullable
    List<State> states;

    /** Whether the numbers that stand as keys are spelled as these, unless said otherwise. */
    boolean isSpelled;

    final Map<String, @Nullable String> spellings = new HashMap<>();
    final Map<String, Exemplar> bucketExemplars = new HashMap<>();
    List<Exemplar> exemplars = List.of();

    @Nullable
    Timestamp millis;

    @Nullable
    Timestamp timestamp;

    @Nullable
    Timestamp start;

    // ---- The point

    Point resolve(String family, MetricType type, JsonMetric metric, JsonLog log) {
        Timestamp exact = timestamp;
        if (exact != null && millis != null && !isSame(exact, millis)) {
            throw log.error(
                    ErrorCode.INVALID_TIMESTAMP, metric.spot(), "timestamp_ms and timestamp to agree", "two times");
        }
        return new Point(value(family, type, metric, log), exact == null ? millis : exact, start, exemplars);
    }

    private static boolean isSame(Timestamp exact, Timestamp millis) {
        try {
            return Timestamp.ofMillis(exact.toMillis()).equals(millis);
        } catch (ArithmeticException e) {
            return false;
        }
    }

    private Value value(String family, MetricType type, JsonMetric metric, JsonLog log) {
        String sample = rawSample;
        if (sample != null) {
            return new RawValue(sample, requireValue(metric, log));
        }
        JsonKind as = kind == null ? JsonKind.of(type) : kind;
        Double alone = value;
        if (kind == null && alone != null && hasNothingOf(as)) {
            // prom2json writes gauge histograms so.
            log.warn(
                    ErrorCode.UNEXPECTED_SAMPLE,
                    metric.spot(),
                    "what belongs to a " + type.keyword(),
                    "a value, which is kept as a raw sample");
            return new RawValue(family, alone);
        }
        return switch (as) {
            case NUMBER -> new NumberValue(requireValue(metric, log));
            case HISTOGRAM -> histogram(metric, log);
            case SUMMARY -> new SummaryValue(count, sum, quantiles());
            case INFO -> info(metric, log);
            case STATES -> new StateSetValue(states == null ? List.of() : states);
        };
    }

    private boolean hasNothingOf(JsonKind as) {
        boolean totals = count != null || sum != null;
        return switch (as) {
            case NUMBER, INFO -> false;
            case HISTOGRAM ->
                !totals && buckets == null && bucketList == null && shownBuckets == null && nativeBuckets == null;
            case SUMMARY -> !totals && quantiles == null && quantileList == null;
            case STATES -> states == null;
        };
    }

    private double requireValue(JsonMetric metric, JsonLog log) {
        Double there = value;
        if (there == null) {
            throw log.error(ErrorCode.MISSING_VALUE, metric.spot(), "a value", "none");
        }
        return there;
    }

    private Value info(JsonMetric metric, JsonLog log) {
        if (value != null && value != 1) {
            throw log.error(ErrorCode.INVALID_STATE, metric.spot(), "an info's value of 1", NumberText.of(value));
        }
        return new InfoValue();
    }

    // ---- Histograms and summaries

    private Value histogram(JsonMetric metric, JsonLog log) {
        NativeBuckets natives = nativeBuckets;
        List<ShownBucket> shown = shownBuckets;
        if (natives == null && shown != null) {
            try {
                natives = ShownBucket.toNative(shown);
            } catch (IllegalArgumentException e) {
                throw log.error(
                        ErrorCode.INVALID_BUCKETS,
                        metric.spot(),
                        "the buckets of a native histogram",
                        String.valueOf(e.getMessage()));
            }
        }
        return new HistogramValue(count, sum, classicBuckets(), natives);
    }

    private List<Bucket> classicBuckets() {
        List<Bucket> list = bucketList;
        if (list != null || buckets == null) {
            return list == null ? List.of() : list;
        }
        List<Bucket> resolved = new ArrayList<>();
        for (Entry entry : buckets) {
            resolved.add(new Bucket(labelNumber(entry), entry.value(), bucketExemplars.get(entry.key())));
        }
        return resolved;
    }

    private List<Quantile> quantiles() {
        List<Quantile> list = quantileList;
        if (list != null || quantiles == null) {
            return list == null ? List.of() : list;
        }
        List<Quantile> resolved = new ArrayList<>();
        for (Entry entry : quantiles) {
            resolved.add(new Quantile(labelNumber(entry), entry.value()));
        }
        return resolved;
    }

    /** The number with the spelling that is said of it; a key that nobody prints so is a spelling by itself. */
    private LabelNumber labelNumber(Entry entry) {
        String key = entry.key();
        if (spellings.containsKey(key)) {
            return new LabelNumber(entry.number(), spellings.get(key));
        }
        boolean spelled = isSpelled || !key.equals(NumberText.of(entry.number()));
        return new LabelNumber(entry.number(), spelled ? key : null);
    }
}

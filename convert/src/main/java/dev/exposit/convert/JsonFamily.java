package dev.exposit.convert;

import dev.exposit.convert.JsonInput.Spot;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.RawValue;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.SeriesSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A family as far as it is read. Keys come in any order; metrics that come before the family's name and type wait for them.
 */
final class JsonFamily {
    /** From this estimated size on, in bytes, metrics are let go before the family's end. */
    private static final long PART_BYTES = 4L << 20;
    /** What a metric takes besides twice its bytes, as for text. */
    private static final int METRIC_BYTES = 300;

    private final Spot spot;
    private final JsonLog log;
    /** Whether a metric that cannot be read takes its family with it. */
    private final boolean skipsFamily;

    private @Nullable String name;
    private @Nullable MetricType type;
    private String unit = "";
    private String help = "";
    private List<Metric> metrics = new ArrayList<>();
    private final List<JsonMetric> waiting = new ArrayList<>();
    private final SeriesSet series = new SeriesSet();
    private long size;
    /** Whether no part was let go yet. */
    private boolean first = true;

    JsonFamily(Spot spot, JsonLog log, boolean skipsFamily) {
        this.spot = spot;
        this.log = log;
        this.skipsFamily = skipsFamily;
    }

    Spot spot() {
        return spot;
    }

    @Nullable
    String name() {
        return name;
    }

    /** Estimated memory in bytes of the metrics held. */
    long size() {
        return size;
    }

    boolean isLarge() {
        return size > PART_BYTES && waiting.isEmpty();
    }

    // ---- What is said of the family

    void setName(String name) {
        this.name = name;
    }

    void setType(String text, JsonTokens json) {
        String word = text.replace("_", "").toLowerCase(Locale.ROOT);
        MetricType found = MetricType.byKeyword(word).orElse(word.equals("untyped") ? MetricType.UNKNOWN : null);
        if (found == null) {
            throw log.error(
                    ErrorCode.UNKNOWN_TYPE,
                    json.spot(),
                    "COUNTER, GAUGE, HISTOGRAM, GAUGE_HISTOGRAM, SUMMARY, INFO, STATESET or UNTYPED",
                    JsonTokens.quoted(text));
        }
        type = found;
    }

    void setHelp(String text, JsonTokens json) {
        if (isInTime("help", json)) {
            help = text;
        }
    }

    void setUnit(String text, JsonTokens json) {
        if (isInTime("unit", json)) {
            unit = text;
        }
    }

    /** Where metrics are on their way already, what stands behind them comes too late. */
    private boolean isInTime(String what, JsonTokens json) {
        if (!first) {
            log.finding(
                    ErrorCode.METADATA_AFTER_SAMPLES,
                    json.spot(),
                    "the " + what + " of a family this large before its metrics",
                    "it behind them");
        }
        return first;
    }

    // ---- Metrics

    void add(JsonMetric metric) throws IOException {
        size += METRIC_BYTES + 2L * metric.bytes();
        if (name != null && type != null && waiting.isEmpty()) {
            resolve(metric);
        } else {
            metric.keepSpot();
            waiting.add(metric);
        }
    }

    private void resolve(JsonMetric metric) {
        Metric resolved = metric.resolve(Objects.requireNonNull(name), type == null ? MetricType.UNKNOWN : type);
        metrics.add(resolved);
        // A raw sample is mostly one because its series stands twice.
        if (!(resolved.value() instanceof RawValue) && !series.add("", resolved.labels())) {
            log.warn(ErrorCode.DUPLICATE_SERIES, metric.spot(), "each series once", "a series a second time");
        }
    }

    /** Makes metrics of what waited for the name and the type. */
    void resolve() {
        for (JsonMetric metric : waiting) {
            try {
                resolve(metric);
            } catch (JsonLog.Skip skip) {
                if (skipsFamily) {
                    throw skip;
                }
            }
        }
        waiting.clear();
    }

    /** Takes over the metrics of a family of the same name that stood elsewhere. */
    void addAll(JsonFamily other) {
        metrics.addAll(other.metrics);
    }

    // ---- Results

    /** Lets the metrics go that are there. */
    FamilyPart release() {
        FamilyPart part = new FamilyPart(new MetricFamily(metadata(), metrics), first, false);
        metrics = new ArrayList<>();
        size = 0;
        first = false;
        return part;
    }

    /** The rest. */
    FamilyPart finish() {
        return new FamilyPart(new MetricFamily(metadata(), metrics), first, true);
    }

    /** Nothing, or the end of what is out already. */
    @Nullable
    FamilyPart leaveOut() {
        return first ? null : new FamilyPart(new MetricFamily(metadata(), List.of()), false, true);
    }

    private Metadata metadata() {
        return new Metadata(Objects.requireNonNull(name), type == null ? MetricType.UNKNOWN : type, unit, help);
    }
}

package dev.exposit.graphite;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import dev.exposit.writer.NumberText;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the families of one source apart into samples and hands each, with its path, to an encoder, or counts why not. For
 * one push. Not safe for use by several threads.
 */
final class SampleWalk {
    /** The latest second that all transports can say. */
    private static final long LAST_SECOND = 0xFFFF_FFFFL;

    private static final String BUCKET_LABEL = "le";
    private static final String QUANTILE_LABEL = "quantile";
    private static final int KEPT_NUMBERS = 1024;

    private final GraphiteValues values;
    private final PathEncoder paths;
    private final SeriesTable series;
    private final Collisions collisions;
    private final BatchEncoder out;
    private final BridgeStatistics statistics;
    private final long pushSecond;

    private final PathBuffer path = new PathBuffer();
    /** Bounds and quantiles that came without a spelling. They are few, and the same in every histogram of a family. */
    private final Map<Double, String> spellings = new HashMap<>();

    private String family = "";
    private String countName = "";
    private String sumName = "";
    private String bucketName = "";
    private String createdName = "";
    private MetricType type = MetricType.UNKNOWN;
    /** Whether the numbers at hand only rise. */
    private boolean rising;
    /** Tells metrics of one push apart. */
    private long metricNumber;

    private long second;
    private long samples;

    /**
     * A walk over the families of one source.
     *
     * @param source tells the source from the push's others
     * @param pushSecond the time of the push in seconds since the epoch
     */
    SampleWalk(
            GraphiteValues values,
            Collisions collisions,
            SeriesTable series,
            BridgeStatistics statistics,
            BatchEncoder out,
            PathEncoder paths,
            int source,
            long pushSecond) {
        this.values = values;
        this.collisions = collisions;
        this.paths = paths;
        this.series = series;
        this.out = out;
        this.statistics = statistics;
        this.pushSecond = pushSecond;
        this.metricNumber = (long) source << 40;
    }

    /** Hands over all samples of a family. */
    void walk(MetricFamily walked) throws IOException {
        family = walked.name();
        type = walked.type();
        boolean gauge = type == MetricType.GAUGE_HISTOGRAM;
        rising = type == MetricType.COUNTER || type == MetricType.HISTOGRAM || type == MetricType.SUMMARY;
        countName = family + (gauge ? SampleRole.GCOUNT : SampleRole.COUNT).suffix();
        sumName = family + (gauge ? SampleRole.GSUM : SampleRole.SUM).suffix();
        bucketName = family + SampleRole.BUCKET.suffix();
        createdName = createdName(family, type);
        samples = 0;
        for (Metric metric : walked.metrics()) {
            metricNumber++;
            paths.metric(metric.labels());
            for (Point point : metric.points()) {
                walk(point);
            }
        }
        statistics.samples.add(samples);
    }

    /** The name under which start timestamps of a family stand: without a counter's {@code _total}. */
    static String createdName(String family, MetricType type) {
        String suffix = type.exposedSuffix();
        boolean suffixed = type == MetricType.COUNTER && family.endsWith(suffix) && family.length() > suffix.length();
        return (suffixed ? family.substring(0, family.length() - suffix.length()) : family)
                + SampleRole.CREATED.suffix();
    }

    private void walk(Point point) throws IOException {
        Timestamp timestamp = point.timestamp();
        second = timestamp != null && values.times() == GraphiteValues.Times.SAMPLE ? timestamp.seconds() : pushSecond;
        Value value = point.value();
        if (value instanceof NumberValue number) {
            sample(family, number.value(), rising);
        } else if (value instanceof HistogramValue histogram) {
            histogram(histogram);
        } else if (value instanceof SummaryValue summary) {
            for (SummaryValue.Quantile quantile : summary.quantiles()) {
                sample(family, QUANTILE_LABEL, text(quantile.quantile()), quantile.value(), false);
            }
            totals(summary.count(), summary.sum());
        } else if (value instanceof StateSetValue states) {
            for (StateSetValue.State state : states.states()) {
                sample(family, family, state.name(), state.enabled() ? 1 : 0, false);
            }
        } else if (value instanceof InfoValue) {
            sample(family, 1, false);
        } else if (value instanceof RawValue raw) {
            sample(raw.sampleName(), raw.value(), false);
        }
        Timestamp start = point.startTimestamp();
        if (start != null && values.startTimestamps() == GraphiteValues.StartTimestamps.SEND) {
            sample(createdName, start.toSeconds(), false);
        }
    }

    private void histogram(HistogramValue histogram) throws IOException {
        switch (values.histograms()) {
            case BUCKETS -> {
                for (HistogramValue.Bucket bucket : classic(histogram).buckets()) {
                    sample(bucketName, BUCKET_LABEL, text(bucket.le()), bucket.cumulativeCount(), rising);
                }
                totals(histogram.count(), histogram.sum());
            }
            case QUANTILES -> {
                for (double quantile : values.quantiles()) {
                    sample(family, QUANTILE_LABEL, text(quantile), histogram.quantile(quantile), false);
                }
                totals(presentCount(histogram), histogram.sum());
            }
            case TOTALS -> {
                totals(presentCount(histogram), histogram.sum());
                sample(family + "_avg", histogram.average(), false);
            }
        }
    }

    private static HistogramValue classic(HistogramValue histogram) {
        return histogram.nativeBuckets() == null
                ? histogram
                : histogram.toClassic().histogram();
    }

    /** The count, or what stands for it where there are no buckets to show it. */
    private static @Nullable Double presentCount(HistogramValue histogram) {
        double count = histogram.eventCount();
        return histogram.count() == null && Double.isNaN(count) ? null : Double.valueOf(count);
    }

    private void totals(@Nullable Double count, @Nullable Double sum) throws IOException {
        if (count != null) {
            sample(countName, count, rising);
        }
        if (sum != null) {
            sample(sumName, sum, rising);
        }
    }

    private String text(LabelNumber number) {
        String spelling = number.spelling();
        return spelling != null ? spelling : text(number.value());
    }

    private String text(double number) {
        String spelling = spellings.get(number);
        if (spelling == null) {
            spelling = NumberText.of(number);
            if (spellings.size() < KEPT_NUMBERS) {
                spellings.put(number, spelling);
            }
        }
        return spelling;
    }

    private void sample(String name, double value, boolean rises) throws IOException {
        sample(name, null, null, value, rises);
    }

    private void sample(String name, @Nullable String label, @Nullable String labelValue, double value, boolean rises)
            throws IOException {
        samples++;
        DropReason dropped = send(name, label, labelValue, value, rises);
        if (dropped != null) {
            statistics.drop(dropped, 1);
        }
    }

    /** Hands a sample over; answers why not. */
    private @Nullable DropReason send(
            String name, @Nullable String label, @Nullable String labelValue, double value, boolean rises)
            throws IOException {
        if (values.leavesOut(value)) {
            return DropReason.NOT_FINITE;
        }
        if (second < 0 || second > LAST_SECOND) {
            return DropReason.TIMESTAMP;
        }
        path.truncate(0);
        DropReason pathless = paths.path(name, label, labelValue, path);
        if (pathless != null) {
            return pathless;
        }
        if (paths.isSanitised()) {
            statistics.sanitised.increment();
        }
        if (!series.take(path, owner(name, labelValue))) {
            statistics.collisions.increment();
            if (collisions == Collisions.DROP) {
                return DropReason.COLLISION;
            }
        }
        double number = values.number(value);
        if (rises && values.counters() == GraphiteValues.Counters.DELTA) {
            double before = series.replaceValue(number);
            if (Double.isNaN(before)) {
                return DropReason.FIRST_DELTA;
            }
            // What fell has begun anew, from 0.
            number = number >= before ? number - before : number;
        }
        return out.add(path, number, second) ? null : DropReason.TOO_LONG;
    }

    /** Tells a series from all others of the push; the same for all points of a metric. */
    private long owner(String name, @Nullable String labelValue) {
        return metricNumber * 0x9E3779B97F4A7C15L
                + (((long) name.hashCode() << Integer.SIZE) ^ (labelValue == null ? 0 : labelValue.hashCode()));
    }
}

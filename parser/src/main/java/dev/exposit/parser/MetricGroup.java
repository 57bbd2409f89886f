package dev.exposit.parser;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The samples of one metric, gathered until the metric is complete. */
final class MetricGroup {
    final Labels labels;
    /** Estimated memory in bytes. */
    long size;
    /** Set where the samples do not make up one metric: further ones are kept raw as well. */
    boolean takenApart;

    private final MetricType type;
    private final List<Point> points = new ArrayList<>(1);

    // The point being gathered.
    private boolean empty = true;
    private @Nullable Timestamp timestamp;
    private @Nullable Timestamp start;
    private @Nullable Double number;
    private @Nullable Double count;
    private @Nullable Double sum;
    private final List<HistogramValue.Bucket> buckets = new ArrayList<>(0);
    private final List<SummaryValue.Quantile> quantiles = new ArrayList<>(0);
    private final List<StateSetValue.State> states = new ArrayList<>(0);
    private List<Exemplar> exemplars = List.of();
    /** Bounds or states so far; built only once they do not rise, as they mostly do. */
    private @Nullable Set<Object> seen;

    MetricGroup(Labels labels, MetricType type) {
        this.labels = labels;
        this.type = type;
    }

    /** Whether the point being gathered has the timestamp; one without samples takes it. */
    boolean isAt(@Nullable Timestamp time) {
        if (empty) {
            timestamp = time;
            empty = false;
            return true;
        }
        return Objects.equals(timestamp, time);
    }

    /**
     * Begins the next point if its time is later; false if it is not. What is left of a point that has only a start
     * timestamp, see {@link #strayStart}, is to be taken before.
     */
    boolean advanceTo(@Nullable Timestamp time) {
        Timestamp before = timestamp;
        if (before == null || time == null || time.compareTo(before) <= 0) {
            return false;
        }
        beginPoint(time);
        return true;
    }

    /** Begins the next point at that time, whatever the time of the one before. */
    void beginPoint(Timestamp time) {
        if (hasValue()) {
            points.add(point());
        }
        timestamp = time;
        start = null;
        number = null;
        count = null;
        sum = null;
        buckets.clear();
        quantiles.clear();
        states.clear();
        exemplars = List.of();
        seen = null;
    }

    // Each of these answers whether there was no such part before.

    boolean setNumber(double value, @Nullable Exemplar exemplar) {
        if (number != null) {
            return false;
        }
        number = value;
        if (exemplar != null) {
            exemplars = List.of(exemplar);
        }
        return true;
    }

    boolean setCount(double value) {
        boolean first = count == null;
        if (first) {
            count = value;
        }
        return first;
    }

    boolean setSum(double value) {
        boolean first = sum == null;
        if (first) {
            sum = value;
        }
        return first;
    }

    boolean setStart(Timestamp value) {
        boolean first = start == null;
        if (first) {
            start = value;
        }
        return first;
    }

    boolean addBucket(LabelNumber le, double value, @Nullable Exemplar exemplar) {
        boolean first = buckets.isEmpty()
                || (le.value() > buckets.get(buckets.size() - 1).upperBound() && seen == null)
                || isNew(number(le), buckets, bucket -> number(bucket.le()));
        if (first) {
            buckets.add(new HistogramValue.Bucket(le, value, exemplar));
        }
        return first;
    }

    boolean addQuantile(LabelNumber quantile, double value) {
        boolean first = quantiles.isEmpty()
                || (quantile.value()
                                > quantiles.get(quantiles.size() - 1).quantile().value()
                        && seen == null)
                || isNew(number(quantile), quantiles, known -> number(known.quantile()));
        if (first) {
            quantiles.add(new SummaryValue.Quantile(quantile, value));
        }
        return first;
    }

    /** A bound as a key: zeros of both signs are one number. */
    private static Double number(LabelNumber bound) {
        return bound.value() + 0.0;
    }

    boolean addState(String name, boolean enabled) {
        boolean first = isNew(name, states, StateSetValue.State::name);
        if (first) {
            states.add(new StateSetValue.State(name, enabled));
        }
        return first;
    }

    private <T> boolean isNew(Object key, List<T> known, Function<T, Object> keyOf) {
        Set<Object> keys = seen;
        if (keys == null) {
            keys = new HashSet<>();
            for (T part : known) {
                keys.add(keyOf.apply(part));
            }
            seen = keys;
        }
        return keys.add(key);
    }

    /** Whether nothing is missing that most metrics of the type have. */
    boolean isComplete() {
        return switch (type) {
            case HISTOGRAM -> count != null && sum != null && hasInfinity();
            case GAUGE_HISTOGRAM -> hasInfinity();
            case SUMMARY -> count != null && sum != null;
            default -> true;
        };
    }

    private boolean hasInfinity() {
        for (int i = buckets.size() - 1; i >= 0; i--) {
            if (buckets.get(i).upperBound() == Double.POSITIVE_INFINITY) {
                return true;
            }
        }
        return false;
    }

    /** The metric, or null if it had but raw samples. */
    @Nullable
    Metric metric() {
        if (takenApart || empty || !hasValue()) {
            return points.isEmpty() ? null : new Metric(labels, points);
        }
        if (points.isEmpty()) {
            return new Metric(labels, point());
        }
        points.add(point());
        return new Metric(labels, points);
    }

    private boolean hasValue() {
        return switch (type) {
            case COUNTER, GAUGE, UNKNOWN, INFO -> number != null;
            case HISTOGRAM, GAUGE_HISTOGRAM -> count != null || sum != null || !buckets.isEmpty();
            case SUMMARY -> count != null || sum != null || !quantiles.isEmpty();
            case STATE_SET -> !states.isEmpty();
        };
    }

    /** The start timestamp as a raw sample, if it came but nothing that it could be the start of; null if not. */
    @Nullable
    Metric strayStart(String wireName) {
        Timestamp created = start;
        if (created == null || takenApart || hasValue()) {
            return null;
        }
        RawValue value = new RawValue(wireName + SampleRole.CREATED.suffix(), created.toSeconds());
        return new Metric(labels, new Point(value, timestamp, null, List.of()));
    }

    private Point point() {
        return new Point(value(), timestamp, start, exemplars);
    }

    private Value value() {
        return switch (type) {
            case COUNTER, GAUGE, UNKNOWN -> new NumberValue(Objects.requireNonNull(number));
            case INFO -> new InfoValue();
            case HISTOGRAM, GAUGE_HISTOGRAM -> new HistogramValue(count, sum, buckets, null);
            case SUMMARY -> new SummaryValue(count, sum, quantiles);
            case STATE_SET -> new StateSetValue(states);
        };
    }

    /**
     * Turns what was gathered back into raw samples.
     *
     * @param wireName the family's name, which the samples' names begin with
     * @param totalRole what a counter's own sample is in the format: its name has a suffix in OpenMetrics 1.0
     */
    List<Metric> takeApart(String wireName, SampleRole totalRole) {
        List<Metric> raw = new ArrayList<>();
        RawSamples samples = new RawSamples(type, wireName, totalRole);
        Metric whole = metric();
        if (whole != null) {
            for (Point point : whole.points()) {
                samples.takeApart(labels, point, raw);
            }
        }
        Metric stray = strayStart(wireName);
        if (stray != null) {
            raw.add(stray);
        }
        points.clear();
        takenApart = true;
        return raw;
    }
}

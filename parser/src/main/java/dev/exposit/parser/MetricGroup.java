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
        Metric whole = metric();
        if (whole != null) {
            for (Point point : whole.points()) {
                takeApart(point, wireName, totalRole, raw);
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

    private void takeApart(Point point, String wireName, SampleRole totalRole, List<Metric> raw) {
        boolean gauge = type == MetricType.GAUGE_HISTOGRAM;
        Value value = point.value();
        if (value instanceof NumberValue single) {
            SampleRole role = type == MetricType.COUNTER ? totalRole : SampleRole.VALUE;
            raw.add(raw(labels, wireName + role.suffix(), single.value(), point, point.exemplars()));
        } else if (value instanceof InfoValue) {
            raw.add(raw(labels, wireName + SampleRole.INFO.suffix(), 1, point, List.of()));
        } else if (value instanceof HistogramValue histogram) {
            for (HistogramValue.Bucket bucket : histogram.buckets()) {
                Labels all = labels.with("le", bucket.le().toString());
                Exemplar exemplar = bucket.exemplar();
                List<Exemplar> own = exemplar == null ? List.of() : List.of(exemplar);
                raw.add(raw(all, wireName + SampleRole.BUCKET.suffix(), bucket.cumulativeCount(), point, own));
            }
            addRaw(raw, wireName, gauge ? SampleRole.GCOUNT : SampleRole.COUNT, histogram.count(), point);
            addRaw(raw, wireName, gauge ? SampleRole.GSUM : SampleRole.SUM, histogram.sum(), point);
        } else if (value instanceof SummaryValue summary) {
            for (SummaryValue.Quantile quantile : summary.quantiles()) {
                Labels all = labels.with("quantile", quantile.quantile().toString());
                raw.add(raw(all, wireName, quantile.value(), point, List.of()));
            }
            addRaw(raw, wireName, SampleRole.COUNT, summary.count(), point);
            addRaw(raw, wireName, SampleRole.SUM, summary.sum(), point);
        } else if (value instanceof StateSetValue set) {
            for (StateSetValue.State state : set.states()) {
                Labels all = labels.with(wireName, state.name());
                raw.add(raw(all, wireName, state.enabled() ? 1 : 0, point, List.of()));
            }
        }
        Timestamp created = point.startTimestamp();
        if (created != null) {
            addRaw(raw, wireName, SampleRole.CREATED, created.toSeconds(), point);
        }
    }

    private void addRaw(List<Metric> raw, String wireName, SampleRole role, @Nullable Double value, Point point) {
        if (value != null) {
            raw.add(raw(labels, wireName + role.suffix(), value, point, List.of()));
        }
    }

    private static Metric raw(Labels all, String name, double value, Point point, List<Exemplar> exemplars) {
        return new Metric(all, new Point(new RawValue(name, value), point.timestamp(), null, exemplars));
    }
}

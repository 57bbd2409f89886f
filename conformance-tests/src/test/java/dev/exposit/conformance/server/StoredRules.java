package dev.exposit.conformance.server;

import dev.exposit.conformance.server.Stored.Exemplar;
import dev.exposit.conformance.server.Stored.Histogram;
import dev.exposit.conformance.server.Stored.Metadata;
import dev.exposit.conformance.server.Stored.Sample;
import dev.exposit.conformance.server.Stored.Series;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a Prometheus server 2.42 is to store of a metric set that it scrapes in a format: rules as simple as can be. */
final class StoredRules {
    /** The formats, by what matters here. */
    enum Form {
        /** Delimited protobuf. */
        PROTOBUF,
        /** OpenMetrics 1.0. */
        OPENMETRICS,
        /** Prometheus text. */
        TEXT
    }

    private final Form form;
    private final Map<String, Sample> samples = new TreeMap<>();
    private final List<Exemplar> exemplars = new ArrayList<>();
    private final List<Metadata> metadata = new ArrayList<>();

    // The point being added.
    private Labels labels = Labels.of();
    private Point point = Point.of(0);

    private StoredRules(Form form) {
        this.form = form;
    }

    static StoredRules of(MetricSet set, Form form) {
        StoredRules rules = new StoredRules(form);
        set.forEach(rules::add);
        return rules;
    }

    /** The sample of each series, in the order of their text. */
    Map<String, Sample> samples() {
        return samples;
    }

    List<Exemplar> exemplars() {
        return exemplars;
    }

    List<Metadata> metadata() {
        return metadata;
    }

    private void add(MetricFamily family) {
        // The server looks at the first metric only to know whether a family is of native histograms.
        boolean isNative = form == Form.PROTOBUF && isNative(family.metrics().get(0));
        boolean whole = true;
        boolean hasStart = false;
        for (Metric metric : family.metrics()) {
            labels = metric.labels();
            point = metric.point();
            if (metric.value() instanceof HistogramValue histogram && isNative) {
                addNative(family.name(), histogram);
            } else if (metric.value() instanceof HistogramValue histogram) {
                whole &= histogram.count() != null;
                addClassic(family, histogram);
            } else if (metric.value() instanceof SummaryValue summary) {
                summary.quantiles()
                        .forEach(quantile -> add(
                                family.name(),
                                "quantile",
                                spelled(quantile.quantile().value()),
                                quantile.value()));
                addTotals(family.name() + "_count", summary.count(), family.name() + "_sum", summary.sum());
            } else if (metric.value() instanceof StateSetValue states) {
                states.states()
                        .forEach(state -> add(family.name(), family.name(), state.name(), state.enabled() ? 1 : 0));
            } else {
                Series series = add(family.name(), metric.value() instanceof NumberValue number ? number.value() : 1);
                point.exemplars().forEach(exemplar -> add(series, exemplar));
            }
            hasStart |= addStart(family);
        }
        addMetadata(family, whole);
        if (form == Form.TEXT) {
            addGaugesBeside(family, hasStart);
        }
    }

    /** As the server has it: by any delta, zero count or zero threshold. Float counts alone do not tell it. */
    private static boolean isNative(Metric metric) {
        if (!(metric.value() instanceof HistogramValue histogram) || histogram.nativeBuckets() == null) {
            return false;
        }
        NativeBuckets buckets = histogram.nativeBuckets();
        boolean anyCounts = !buckets.positive().counts().isEmpty()
                || !buckets.negative().counts().isEmpty();
        return buckets.zeroThreshold() > 0 || (!buckets.floatCounts() && (anyCounts || buckets.zeroCount() > 0));
    }

    /** Of a native histogram the server takes the first exemplar of a bucket and no classic buckets. */
    private void addNative(String name, HistogramValue histogram) {
        NativeBuckets buckets = histogram.nativeBuckets();
        Series series = new Series(name, labels);
        put(series, Histogram.of(histogram.count(), histogram.sum(), buckets));
        histogram.buckets().stream()
                .filter(bucket -> bucket.exemplar() != null)
                .findFirst()
                .ifPresent(bucket -> add(series, bucket.exemplar()));
    }

    private void addClassic(MetricFamily family, HistogramValue histogram) {
        String name = family.name();
        boolean whole = histogram.count() != null;
        for (HistogramValue.Bucket bucket : histogram.buckets()) {
            // Taken apart, a bucket is a metric with a label like any other.
            String le = whole ? spelled(bucket.upperBound()) : GoNumbers.shortest(bucket.upperBound());
            Series series = add(name + "_bucket", "le", le, bucket.cumulativeCount());
            if (bucket.exemplar() != null && whole) {
                add(series, bucket.exemplar());
            }
        }
        boolean gauge = family.type() == MetricType.GAUGE_HISTOGRAM;
        addTotals(
                name + (gauge ? "_gcount" : "_count"),
                histogram.count(),
                name + (gauge ? "_gsum" : "_sum"),
                histogram.sum());
    }

    private void addTotals(String countName, @Nullable Double count, String sumName, @Nullable Double sum) {
        if (count != null) {
            add(countName, count);
        }
        if (sum != null) {
            add(sumName, sum);
        }
    }

    /** In protobuf the server does not look at start timestamps; 0.0.4 and OpenMetrics 1.0 have samples for them. */
    private boolean addStart(MetricFamily family) {
        Timestamp start = point.startTimestamp();
        if (start == null || form == Form.PROTOBUF) {
            return false;
        }
        add(stem(family) + "_created", start.toSeconds());
        return true;
    }

    private static String stem(MetricFamily family) {
        String suffix = family.type().exposedSuffix();
        return family.name().substring(0, family.name().length() - suffix.length());
    }

    private void addMetadata(MetricFamily family, boolean whole) {
        boolean apart = form == Form.PROTOBUF && !whole;
        if (apart) {
            metadata.add(new Metadata(family.name() + "_bucket", "unknown", family.help(), ""));
            metadata.add(new Metadata(family.name() + "_sum", "unknown", family.help(), ""));
            return;
        }
        boolean openMetrics = form == Form.OPENMETRICS;
        metadata.add(new Metadata(
                openMetrics ? stem(family) : family.name(),
                type(family.type()),
                family.help(),
                openMetrics ? family.unit() : ""));
    }

    /** What Prometheus text has no place for in the family itself. */
    private void addGaugesBeside(MetricFamily family, boolean hasStart) {
        List<String> names = new ArrayList<>();
        if (hasStart) {
            names.add(stem(family) + "_created");
        }
        if (family.type() == MetricType.GAUGE_HISTOGRAM) {
            names.add(family.name() + "_gcount");
            names.add(family.name() + "_gsum");
        }
        names.forEach(name -> metadata.add(new Metadata(name, "gauge", family.help(), "")));
    }

    private String type(MetricType type) {
        return form == Form.OPENMETRICS
                ? type.keyword()
                : switch (type) {
                    case INFO, STATE_SET -> "gauge";
                    case GAUGE_HISTOGRAM -> form == Form.TEXT ? "histogram" : "gaugehistogram";
                    default -> type.keyword();
                };
    }

    /** A bound or quantile: as OpenMetrics has it, also where the server makes the label of protobuf's number. */
    private String spelled(double number) {
        return form == Form.TEXT ? GoNumbers.shortest(number) : GoNumbers.openMetrics(number);
    }

    private Series add(String name, double value) {
        Series series = new Series(name, labels);
        put(series, value);
        return series;
    }

    private Series add(String name, String label, String labelValue, double value) {
        Series series = new Series(name, labels.with(label, labelValue));
        put(series, value);
        return series;
    }

    private void put(Series series, Object value) {
        if (samples.put(series.toString(), new Sample(value, millis(point.timestamp()))) != null) {
            throw new AssertionError(series + " stands twice");
        }
    }

    private void add(Series series, dev.exposit.model.Exemplar exemplar) {
        if (form != Form.TEXT) {
            Map<String, String> stored = new TreeMap<>(exemplar.labels().toMap());
            if (form == Form.OPENMETRICS) {
                stored.replaceAll((name, value) -> escaped(value));
            }
            exemplars.add(new Exemplar(series, Labels.of(stored), exemplar.value(), millis(exemplar.timestamp())));
        }
    }

    /** As it stands in the text: in exemplars the server leaves escapes as they are. */
    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static @Nullable Long millis(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : (Long) timestamp.toMillis();
    }
}

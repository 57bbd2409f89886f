package dev.exposit.convert;

import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.HistogramValue.Bucket;
import dev.exposit.model.Label;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.NativeBucket;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NativeBuckets.Side;
import dev.exposit.model.NativeBuckets.Span;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.SummaryValue.Quantile;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import dev.exposit.writer.NumberText;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes metrics in JSON; docs/json.md has the keys. */
final class JsonMetricWriter {
    private final JsonOut out;

    JsonMetricWriter(JsonOut out) {
        this.out = out;
    }

    void write(Metric metric, MetricType type) throws IOException {
        out.beginObject();
        writeLabels(metric.labels());
        writePoint(metric.point(), type);
        int earlier = metric.points().size() - 1;
        if (earlier > 0) {
            out.beginArray("earlier_points");
            for (Point point : metric.points().subList(0, earlier)) {
                out.beginObject();
                writePoint(point, type);
                out.endObject();
            }
            out.endArray();
        }
        out.endObject();
    }

    private void writeLabels(Labels labels) throws IOException {
        if (labels.isEmpty()) {
            return;
        }
        out.beginObject("labels");
        for (Label label : labels) {
            out.text(label.name(), label.value());
        }
        out.endObject();
    }

    private void writePoint(Point point, MetricType type) throws IOException {
        Timestamp timestamp = point.timestamp();
        if (timestamp != null) {
            writeTimestamp(timestamp);
        }
        Timestamp start = point.startTimestamp();
        if (start != null) {
            out.time("start_timestamp", start);
        }
        JsonKind kind = JsonKind.of(point.value());
        if (kind != null && kind != JsonKind.of(type)) {
            out.text("kind", kind.word());
        }
        writeValue(point.value());
        if (!point.exemplars().isEmpty()) {
            out.beginArray("exemplars");
            for (Exemplar exemplar : point.exemplars()) {
                writeExemplar(exemplar);
            }
            out.endArray();
        }
    }

    /** Milliseconds wherever they fit, for those who know nothing else; and all of it where they are not. */
    private void writeTimestamp(Timestamp timestamp) throws IOException {
        boolean fits = true;
        try {
            out.text("timestamp_ms", Long.toString(timestamp.toMillis()));
        } catch (ArithmeticException e) {
            fits = false;
        }
        if (!fits || !timestamp.isWholeMillis()) {
            out.time("timestamp", timestamp);
        }
    }

    private void writeExemplar(Exemplar exemplar) throws IOException {
        out.beginObject();
        writeLabels(exemplar.labels());
        out.number("value", exemplar.value());
        Timestamp timestamp = exemplar.timestamp();
        if (timestamp != null) {
            out.time("timestamp", timestamp);
        }
        out.endObject();
    }

    private void writeValue(Value value) throws IOException {
        if (value instanceof NumberValue number) {
            out.number("value", number.value());
        } else if (value instanceof HistogramValue histogram) {
            writeHistogram(histogram);
        } else if (value instanceof SummaryValue summary) {
            writeSummary(summary);
        } else if (value instanceof StateSetValue set) {
            out.beginObject("states");
            for (StateSetValue.State state : set.states()) {
                out.flag(state.name(), state.enabled());
            }
            out.endObject();
        } else if (value instanceof RawValue raw) {
            out.text("raw_sample", raw.sampleName());
            out.number("value", raw.value());
        } else {
            // An info.
            out.number("value", 1);
        }
    }

    private void writeTotals(@Nullable Double count, @Nullable Double sum, boolean floats) throws IOException {
        if (count != null) {
            out.count("count", count, floats);
        }
        if (sum != null) {
            out.number("sum", sum);
        }
    }

    // ---- Summaries

    private void writeSummary(SummaryValue summary) throws IOException {
        List<LabelNumber> numbers =
                summary.quantiles().stream().map(Quantile::quantile).toList();
        if (areApart(numbers)) {
            if (!numbers.isEmpty()) {
                out.beginObject("quantiles");
                for (Quantile quantile : summary.quantiles()) {
                    out.number(key(quantile.quantile()), quantile.value());
                }
                out.endObject();
            }
            writeSpelling(numbers);
        } else {
            out.beginArray("quantile_list");
            for (Quantile quantile : summary.quantiles()) {
                out.beginObject();
                writeNumber("quantile", quantile.quantile());
                out.number("value", quantile.value());
                out.endObject();
            }
            out.endArray();
        }
        writeTotals(summary.count(), summary.sum(), false);
    }

    // ---- Histograms

    private void writeHistogram(HistogramValue histogram) throws IOException {
        NativeBuckets natives = histogram.nativeBuckets();
        boolean shown = false;
        if (natives != null && isShown(natives)) {
            writeShown(natives);
            shown = true;
        }
        List<LabelNumber> bounds = histogram.buckets().stream().map(Bucket::le).toList();
        if (!shown && areApart(bounds)) {
            writeBuckets(histogram.buckets(), bounds);
        } else if (!bounds.isEmpty()) {
            writeBucketList(histogram.buckets());
        }
        writeTotals(histogram.count(), histogram.sum(), natives != null && natives.floatCounts());
        if (natives != null) {
            writeNative(natives);
        }
    }

    private void writeBuckets(List<Bucket> buckets, List<LabelNumber> bounds) throws IOException {
        if (!buckets.isEmpty()) {
            out.beginObject("buckets");
            for (Bucket bucket : buckets) {
                out.count(key(bucket.le()), bucket.cumulativeCount(), false);
            }
            out.endObject();
        }
        writeSpelling(bounds);
        boolean begun = false;
        for (Bucket bucket : buckets) {
            Exemplar exemplar = bucket.exemplar();
            if (exemplar != null) {
                if (!begun) {
                    out.beginObject("bucket_exemplars");
                    begun = true;
                }
                out.key(key(bucket.le()));
                writeExemplar(exemplar);
            }
        }
        if (begun) {
            out.endObject();
        }
    }

    private void writeBucketList(List<Bucket> buckets) throws IOException {
        out.beginArray("bucket_list");
        for (Bucket bucket : buckets) {
            out.beginObject();
            writeNumber("le", bucket.le());
            out.count("count", bucket.cumulativeCount(), false);
            Exemplar exemplar = bucket.exemplar();
            if (exemplar != null) {
                out.key("exemplar");
                writeExemplar(exemplar);
            }
            out.endObject();
        }
        out.endArray();
    }

    /** Whether prom2json would show native buckets: there is a span; and they have bounds to be shown with. */
    private static boolean isShown(NativeBuckets natives) {
        boolean spans = !natives.positive().spans().isEmpty()
                || !natives.negative().spans().isEmpty();
        return spans && natives.defect().isEmpty();
    }

    private void writeShown(NativeBuckets natives) throws IOException {
        out.beginArray("buckets");
        for (NativeBucket bucket : natives.buckets()) {
            ShownBucket shown = ShownBucket.of(bucket);
            out.beginArray();
            out.integer(shown.boundaries());
            out.number(shown.lower());
            out.number(shown.upper());
            out.count(shown.count(), natives.floatCounts());
            out.endArray();
        }
        out.endArray();
    }

    private void writeNative(NativeBuckets natives) throws IOException {
        boolean floats = natives.floatCounts();
        out.beginObject("native_buckets");
        out.integer("schema", natives.schema());
        if (Double.compare(natives.zeroThreshold(), 0) != 0) {
            out.number("zero_threshold", natives.zeroThreshold());
        }
        if (Double.compare(natives.zeroCount(), 0) != 0) {
            out.count("zero_count", natives.zeroCount(), floats);
        }
        writeSide("positive", natives.positive(), floats);
        writeSide("negative", natives.negative(), floats);
        if (!natives.customBounds().isEmpty()) {
            out.beginArray("custom_bounds");
            for (double bound : natives.customBounds()) {
                out.number(bound);
            }
            out.endArray();
        }
        if (floats) {
            out.flag("float_counts", true);
        }
        out.endObject();
    }

    private void writeSide(String name, Side side, boolean floats) throws IOException {
        if (side.spans().isEmpty()) {
            return;
        }
        out.beginArray(name + "_spans");
        for (Span span : side.spans()) {
            out.beginArray();
            out.integer(span.offset());
            out.integer(span.length());
            out.endArray();
        }
        out.endArray();
        out.beginArray(name + "_counts");
        for (double count : side.counts()) {
            out.count(count, floats);
        }
        out.endArray();
    }

    // ---- Numbers of labels

    private static String key(LabelNumber number) {
        return NumberText.of(number.value());
    }

    /** Whether no two of them would be the same key. */
    private static boolean areApart(List<LabelNumber> numbers) {
        Set<LabelNumber> seen = new HashSet<>();
        return numbers.stream().allMatch(seen::add);
    }

    private void writeNumber(String key, LabelNumber number) throws IOException {
        out.number(key, number.value());
        String spelling = number.spelling();
        if (spelling != null) {
            out.text("spelling", spelling);
        }
    }

    /** Says nothing if none was ever spelled, and true if all are spelled as their keys. */
    private void writeSpelling(List<LabelNumber> numbers) throws IOException {
        if (numbers.stream().allMatch(number -> number.spelling() == null)) {
            return;
        }
        List<LabelNumber> others = numbers.stream()
                .filter(number -> !key(number).equals(number.spelling()))
                .toList();
        if (others.isEmpty()) {
            out.flag("spelling", true);
            return;
        }
        out.beginObject("spelling");
        for (LabelNumber number : others) {
            String spelling = number.spelling();
            if (spelling == null) {
                out.nothing(key(number));
            } else {
                out.text(key(number), spelling);
            }
        }
        out.endObject();
    }
}

package dev.exposit.conformance.suite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.Label;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The model as the suite's JSON; the README of the suite says what the fields are. */
final class ModelJson {
    private static final double EXACT_INTEGERS = 0x1p53;

    private ModelJson() {}

    static ArrayNode of(MetricSet metrics) {
        ArrayNode families = JsonNodeFactory.instance.arrayNode();
        metrics.forEach(family -> families.add(family(family)));
        return families;
    }

    private static ObjectNode family(MetricFamily family) {
        ObjectNode json = object().put("name", family.name())
                .put("type", family.type().keyword())
                .put("unit", family.unit())
                .put("help", family.help());
        ArrayNode metrics = json.putArray("metrics");
        for (Metric metric : family.metrics()) {
            ObjectNode one = metrics.addObject();
            one.set("labels", labels(metric.labels()));
            ArrayNode points = one.putArray("points");
            metric.points().forEach(point -> points.add(point(point)));
        }
        return json;
    }

    private static ArrayNode labels(Labels labels) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (Label label : labels) {
            json.addArray().add(label.name()).add(label.value());
        }
        return json;
    }

    private static ObjectNode point(Point point) {
        ObjectNode json = object();
        putValue(json, point.value());
        if (point.timestamp() != null) {
            json.put("timestamp", point.timestamp().toString());
        }
        if (point.startTimestamp() != null) {
            json.put("startTimestamp", point.startTimestamp().toString());
        }
        ArrayNode exemplars = json.putArray("exemplars");
        point.exemplars().forEach(exemplar -> exemplars.add(exemplar(exemplar)));
        return json;
    }

    private static ObjectNode exemplar(Exemplar exemplar) {
        ObjectNode json = object();
        json.set("labels", labels(exemplar.labels()));
        json.put("value", number(exemplar.value()));
        if (exemplar.timestamp() != null) {
            json.put("timestamp", exemplar.timestamp().toString());
        }
        return json;
    }

    private static void putValue(ObjectNode point, Value value) {
        if (value instanceof NumberValue number) {
            point.put("value", number(number.value()));
        } else if (value instanceof RawValue raw) {
            point.putObject("raw").put("name", raw.sampleName()).put("value", number(raw.value()));
        } else if (value instanceof InfoValue) {
            point.put("info", true);
        } else if (value instanceof StateSetValue stateSet) {
            ArrayNode states = point.putArray("states");
            stateSet.states()
                    .forEach(state -> states.addArray().add(state.name()).add(state.enabled()));
        } else if (value instanceof SummaryValue summary) {
            putSummary(point.putObject("summary"), summary);
        } else if (value instanceof HistogramValue histogram) {
            putHistogram(point.putObject("histogram"), histogram);
        } else {
            throw new IllegalArgumentException("no JSON for " + value);
        }
    }

    private static void putSummary(ObjectNode json, SummaryValue summary) {
        putUnlessNull(json, "count", summary.count());
        putUnlessNull(json, "sum", summary.sum());
        ArrayNode quantiles = json.putArray("quantiles");
        for (SummaryValue.Quantile quantile : summary.quantiles()) {
            quantiles.addObject().put("quantile", bound(quantile.quantile())).put("value", number(quantile.value()));
        }
    }

    private static void putHistogram(ObjectNode json, HistogramValue histogram) {
        putUnlessNull(json, "count", histogram.count());
        putUnlessNull(json, "sum", histogram.sum());
        ArrayNode buckets = json.putArray("buckets");
        for (HistogramValue.Bucket bucket : histogram.buckets()) {
            ObjectNode one =
                    buckets.addObject().put("le", bound(bucket.le())).put("count", number(bucket.cumulativeCount()));
            if (bucket.exemplar() != null) {
                one.set("exemplar", exemplar(bucket.exemplar()));
            }
        }
        NativeBuckets natives = histogram.nativeBuckets();
        if (natives != null) {
            ObjectNode one = json.putObject("native")
                    .put("schema", natives.schema())
                    .put("zeroThreshold", number(natives.zeroThreshold()))
                    .put("zeroCount", number(natives.zeroCount()));
            one.set("negative", side(natives.negative()));
            one.set("positive", side(natives.positive()));
        }
    }

    private static ObjectNode side(NativeBuckets.Side side) {
        ObjectNode json = object();
        ArrayNode spans = json.putArray("spans");
        side.spans().forEach(span -> spans.addArray().add(span.offset()).add(span.length()));
        json.set("counts", numbers(side.counts()));
        return json;
    }

    private static ArrayNode numbers(List<Double> numbers) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        numbers.forEach(number -> json.add(number(number)));
        return json;
    }

    private static void putUnlessNull(ObjectNode json, String name, @Nullable Double number) {
        if (number != null) {
            json.put(name, number(number));
        }
    }

    private static String bound(LabelNumber bound) {
        String spelling = bound.spelling();
        return spelling != null ? spelling : number(bound.value());
    }

    private static String number(double number) {
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        boolean negativeZero = number == 0 && 1 / number < 0;
        return negativeZero || number != Math.rint(number) || Math.abs(number) > EXACT_INTEGERS
                ? Double.toString(number)
                : Long.toString((long) number);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}

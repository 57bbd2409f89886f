package dev.exposit.convert;

import com.fasterxml.jackson.core.JsonToken;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue.Bucket;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.StateSetValue.State;
import dev.exposit.model.SummaryValue.Quantile;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.ReadLimitException;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadLimits.Limit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what is in a metric; docs/json.md has the keys. A null is as good as no key, and unknown keys are skipped. */
final class JsonMetrics {
    private final JsonTokens json;
    private final JsonLog log;
    private final ReadLimits limits;
    private final JsonNativeBuckets nativeBuckets;
    private long samples;

    JsonMetrics(JsonTokens json, JsonLog log, ReadLimits limits) {
        this.json = json;
        this.log = log;
        this.limits = limits;
        this.nativeBuckets = new JsonNativeBuckets(json, log, this);
    }

    /** The metric whose object begins here. */
    JsonMetric read() throws IOException {
        JsonMetric metric = new JsonMetric(json, log);
        readPoint(metric, true);
        metric.end();
        json.refuseTooLong();
        return metric;
    }

    private void readPoint(JsonMetric metric, boolean newest) throws IOException {
        if (++samples > limits.get(Limit.SAMPLES)) {
            throw new ReadLimitException(Limit.SAMPLES, limits, "there are too many samples");
        }
        JsonPoint point = new JsonPoint();
        for (String key = json.nextKey(); key != null; key = json.nextKey()) {
            if (json.next() == JsonToken.VALUE_NULL) {
                continue;
            }
            if (newest && key.equals("labels")) {
                metric.labels = labels();
            } else if (newest && key.equals("earlier_points")) {
                readEarlierPoints(metric);
            } else {
                readKey(key, point);
            }
        }
        metric.points.add(point);
    }

    private void readEarlierPoints(JsonMetric metric) throws IOException {
        json.requireArray(log, "points, an array");
        while (json.next() != JsonToken.END_ARRAY) {
            json.requireObject(log, "a point, an object");
            readPoint(metric, false);
        }
    }

    private void readKey(String key, JsonPoint point) throws IOException {
        switch (key) {
            case "kind" -> point.kind = kind();
            case "raw_sample" -> point.rawSample = name("the name of a sample, a text");
            case "timestamp_ms" -> point.millis = millis();
            case "timestamp" -> point.timestamp = seconds();
            case "start_timestamp" -> point.start = seconds();
            case "value" -> point.value = number();
            case "count" -> point.count = number();
            case "sum" -> point.sum = number();
            case "quantiles" -> point.quantiles = entries("quantiles, an object");
            case "quantile_list" -> point.quantileList = quantiles();
            case "buckets" -> readBuckets(point);
            case "bucket_list" -> point.bucketList = buckets();
            case "bucket_exemplars" -> readBucketExemplars(point);
            case "spelling" -> readSpelling(point);
            case "native_buckets" -> point.nativeBuckets = nativeBuckets.read();
            case "states" -> point.states = states();
            case "exemplars" -> point.exemplars = exemplars();
            default -> json.skipValue();
        }
    }

    private JsonKind kind() throws IOException {
        String word = json.text(log, "a kind of value, a text");
        JsonKind kind = JsonKind.byWord(word);
        if (kind == null) {
            throw log.error(
                    ErrorCode.UNKNOWN_TYPE,
                    json.spot(),
                    "number, histogram, summary, info or states",
                    JsonTokens.quoted(word));
        }
        return kind;
    }

    // ---- Names and labels

    private String name(String expected) throws IOException {
        String name = json.text(log, expected);
        refuseName(name);
        if (name.isEmpty()) {
            throw log.error(ErrorCode.EMPTY_NAME, json.spot(), expected, "an empty one");
        }
        return name;
    }

    /** Refuses a name that is longer than names may be. */
    void refuseName(String name) {
        refuseLong(name, Limit.NAME_BYTES, "a name is too long");
    }

    private void refuseLong(String text, Limit limit, String what) {
        long most = limits.get(limit);
        // Most texts are so short that nobody need count.
        if (text.length() > most / 3 && text.getBytes(StandardCharsets.UTF_8).length > most) {
            throw new ReadLimitException(limit, limits, what);
        }
    }

    private Labels labels() throws IOException {
        json.requireObject(log, "labels, an object");
        List<String> pairs = new ArrayList<>();
        for (String name = json.nextKey(); name != null; name = json.nextKey()) {
            refuseName(name);
            if (name.isEmpty()) {
                throw log.error(ErrorCode.EMPTY_NAME, json.spot(), "a label's name", "an empty one");
            }
            if (pairs.size() / 2 >= limits.get(Limit.LABELS_PER_SERIES)) {
                throw new ReadLimitException(Limit.LABELS_PER_SERIES, limits, "a series has too many labels");
            }
            json.next();
            String value = json.text(log, "a label's value, a text");
            refuseLong(value, Limit.LABEL_VALUE_BYTES, "a label value is too long");
            pairs.add(name);
            pairs.add(value);
        }
        return Labels.of(pairs.toArray(new String[0]));
    }

    // ---- Numbers and times

    /** The number at hand. */
    double number() throws IOException {
        return number(json.scalar(log, "a number"), ErrorCode.INVALID_VALUE);
    }

    private double number(String text, ErrorCode code) {
        Double number = JsonNumbers.parse(text, log::lose);
        if (number == null) {
            throw log.error(code, json.spot(), "a number", JsonTokens.quoted(text));
        }
        if (JsonNumbers.isOverflow(text, number)) {
            throw log.error(
                    ErrorCode.VALUE_OUT_OF_RANGE,
                    json.spot(),
                    "a number that fits a 64-bit float",
                    JsonTokens.quoted(text));
        }
        return number;
    }

    private Timestamp millis() throws IOException {
        String text = json.scalar(log, "milliseconds since 1970");
        if (!JsonNumbers.isPlainInteger(text)) {
            throw log.error(
                    ErrorCode.INVALID_TIMESTAMP, json.spot(), "milliseconds since 1970", JsonTokens.quoted(text));
        }
        try {
            return Timestamp.ofMillis(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw log.error(
                    ErrorCode.TIMESTAMP_OUT_OF_RANGE,
                    json.spot(),
                    "milliseconds that fit 64 bits",
                    JsonTokens.quoted(text));
        }
    }

    private Timestamp seconds() throws IOException {
        String text = json.scalar(log, "seconds since 1970");
        Timestamp time;
        try {
            time = JsonNumbers.parseSeconds(text, log::lose);
        } catch (ArithmeticException e) {
            throw log.error(
                    ErrorCode.TIMESTAMP_OUT_OF_RANGE, json.spot(), "seconds that fit 64 bits", JsonTokens.quoted(text));
        }
        if (time == null) {
            throw log.error(ErrorCode.INVALID_TIMESTAMP, json.spot(), "seconds since 1970", JsonTokens.quoted(text));
        }
        return time;
    }

    // ---- Buckets and quantiles

    private List<JsonPoint.Entry> entries(String expected) throws IOException {
        json.requireObject(log, expected);
        List<JsonPoint.Entry> entries = new ArrayList<>();
        for (String key = json.nextKey(); key != null; key = json.nextKey()) {
            double number = number(key, ErrorCode.INVALID_BOUND);
            json.next();
            entries.add(new JsonPoint.Entry(key, number, number()));
        }
        return entries;
    }

    /** Classic buckets are an object, native ones an array of arrays. */
    private void readBuckets(JsonPoint point) throws IOException {
        if (!json.is(JsonToken.START_ARRAY)) {
            point.buckets = entries("buckets, an object or an array");
            return;
        }
        List<ShownBucket> shown = new ArrayList<>();
        while (json.next() != JsonToken.END_ARRAY) {
            json.requireArray(log, "a bucket, an array");
            double[] parts = new double[4];
            int length = 0;
            while (json.next() != JsonToken.END_ARRAY) {
                double part = number();
                if (length < parts.length) {
                    parts[length] = part;
                }
                length++;
            }
            if (length != parts.length) {
                throw log.error(
                        ErrorCode.INVALID_BUCKETS,
                        json.spot(),
                        "a bucket of four numbers: which bounds belong to it, the lower, the upper, the count",
                        length + " numbers");
            }
            shown.add(new ShownBucket((int) parts[0], parts[1], parts[2], parts[3]));
        }
        point.shownBuckets = shown;
    }

    private void readSpelling(JsonPoint point) throws IOException {
        point.isSpelled = !json.is(JsonToken.VALUE_FALSE);
        if (json.is(JsonToken.VALUE_TRUE) || json.is(JsonToken.VALUE_FALSE)) {
            return;
        }
        json.requireObject(log, "true or spellings, an object");
        for (String key = json.nextKey(); key != null; key = json.nextKey()) {
            json.next();
            point.spellings.put(key, json.is(JsonToken.VALUE_NULL) ? null : json.text(log, "a spelling, a text"));
        }
    }

    private void readBucketExemplars(JsonPoint point) throws IOException {
        json.requireObject(log, "exemplars by bucket, an object");
        for (String key = json.nextKey(); key != null; key = json.nextKey()) {
            json.next();
            point.bucketExemplars.put(key, exemplar());
        }
    }

    /**
     * An element of {@code bucket_list} or {@code quantile_list}.
     *
     * @param number the bound or quantile
     * @param value the count or value
     * @param exemplar the bucket's exemplar
     */
    private record Element(
            LabelNumber number, double value, @Nullable Exemplar exemplar) {}

    private List<Bucket> buckets() throws IOException {
        List<Bucket> buckets = new ArrayList<>();
        json.requireArray(log, "buckets, an array");
        while (json.next() != JsonToken.END_ARRAY) {
            Element element = element("le", "count");
            buckets.add(new Bucket(element.number, element.value, element.exemplar));
        }
        return buckets;
    }

    private List<Quantile> quantiles() throws IOException {
        List<Quantile> quantiles = new ArrayList<>();
        json.requireArray(log, "quantiles, an array");
        while (json.next() != JsonToken.END_ARRAY) {
            Element element = element("quantile", "value");
            quantiles.add(new Quantile(element.number, element.value));
        }
        return quantiles;
    }

    private Element element(String numberKey, String valueKey) throws IOException {
        json.requireObject(log, "an object with " + numberKey + " and " + valueKey);
        JsonInput.Spot spot = json.spot();
        Double number = null;
        Double value = null;
        String spelling = null;
        Exemplar exemplar = null;
        for (String key = json.nextKey(); key != null; key = json.nextKey()) {
            if (json.next() == JsonToken.VALUE_NULL) {
                continue;
            }
            if (key.equals(numberKey)) {
                number = number(json.scalar(log, "a number"), ErrorCode.INVALID_BOUND);
            } else if (key.equals(valueKey)) {
                value = number();
            } else if (key.equals("spelling")) {
                spelling = json.text(log, "a spelling, a text");
            } else if (key.equals("exemplar")) {
                exemplar = exemplar();
            } else {
                json.skipValue();
            }
        }
        if (number == null || value == null) {
            throw log.error(ErrorCode.MISSING_KEY, spot, numberKey + " and " + valueKey, "one of them or none");
        }
        return new Element(new LabelNumber(number, spelling), value, exemplar);
    }

    // ---- States and exemplars

    private List<State> states() throws IOException {
        json.requireObject(log, "states, an object");
        List<State> states = new ArrayList<>();
        for (String name = json.nextKey(); name != null; name = json.nextKey()) {
            refuseLong(name, Limit.LABEL_VALUE_BYTES, "a state's name is too long");
            json.next();
            if (!json.is(JsonToken.VALUE_TRUE) && !json.is(JsonToken.VALUE_FALSE)) {
                throw json.unexpected(log, "true or false");
            }
            states.add(new State(name, json.is(JsonToken.VALUE_TRUE)));
        }
        return states;
    }

    private List<Exemplar> exemplars() throws IOException {
        json.requireArray(log, "exemplars, an array");
        List<Exemplar> exemplars = new ArrayList<>();
        while (json.next() != JsonToken.END_ARRAY) {
            exemplars.add(exemplar());
        }
        return exemplars;
    }

    private Exemplar exemplar() throws IOException {
        json.requireObject(log, "an exemplar, an object");
        long from = json.offset();
        Labels labels = Labels.of();
        Double value = null;
        Timestamp timestamp = null;
        for (String key = json.nextKey(); key != null; key = json.nextKey()) {
            if (json.next() == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (key) {
                case "labels" -> labels = labels();
                case "value" -> value = number();
                case "timestamp" -> timestamp = seconds();
                default -> json.skipValue();
            }
        }
        if (json.end() - from > limits.get(Limit.EXEMPLAR_BYTES)) {
            throw new ReadLimitException(Limit.EXEMPLAR_BYTES, limits, "an exemplar is too long");
        }
        if (value == null) {
            throw log.error(ErrorCode.MISSING_VALUE, json.spot(from), "an exemplar's value", "none");
        }
        return new Exemplar(labels, value, timestamp);
    }
}

package dev.exposit.convert;

import com.fasterxml.jackson.core.JsonToken;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.NativeBuckets.Side;
import dev.exposit.model.NativeBuckets.Span;
import dev.exposit.parser.ErrorCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads native buckets in the form that loses nothing of them. */
final class JsonNativeBuckets {
    private final JsonTokens json;
    private final JsonLog log;
    private final JsonMetrics metrics;

    JsonNativeBuckets(JsonTokens json, JsonLog log, JsonMetrics metrics) {
        this.json = json;
        this.log = log;
        this.metrics = metrics;
    }

    NativeBuckets read() throws IOException {
        json.requireObject(log, "native buckets, an object");
        JsonInput.Spot spot = json.spot();
        int schema = 0;
        double zeroThreshold = 0;
        double zeroCount = 0;
        List<Span> positiveSpans = List.of();
        List<Double> positiveCounts = List.of();
        List<Span> negativeSpans = List.of();
        List<Double> negativeCounts = List.of();
        List<Double> customBounds = List.of();
        boolean floatCounts = false;
        boolean hasSchema = false;
        for (String key = json.nextKey(); key != null; key = json.nextKey()) {
            if (json.next() == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (key) {
                case "schema" -> {
                    schema = integer();
                    hasSchema = true;
                }
                case "zero_threshold" -> zeroThreshold = metrics.number();
                case "zero_count" -> zeroCount = metrics.number();
                case "positive_spans" -> positiveSpans = spans();
                case "positive_counts" -> positiveCounts = numbers();
                case "negative_spans" -> negativeSpans = spans();
                case "negative_counts" -> negativeCounts = numbers();
                case "custom_bounds" -> customBounds = numbers();
                case "float_counts" -> floatCounts = json.is(JsonToken.VALUE_TRUE);
                default -> json.skipValue();
            }
        }
        if (!hasSchema) {
            throw log.error(ErrorCode.MISSING_KEY, spot, "native buckets with a schema", "none");
        }
        try {
            return new NativeBuckets(
                    schema,
                    zeroThreshold,
                    zeroCount,
                    new Side(positiveSpans, positiveCounts),
                    new Side(negativeSpans, negativeCounts),
                    customBounds,
                    floatCounts);
        } catch (IllegalArgumentException e) {
            throw log.error(
                    ErrorCode.INVALID_BUCKETS,
                    spot,
                    "native buckets that do not contradict themselves",
                    String.valueOf(e.getMessage()));
        }
    }

    private int integer() throws IOException {
        double number = metrics.number();
        if (number != (int) number) {
            throw json.unexpected(log, "an integer of 32 bits");
        }
        return (int) number;
    }

    private List<Double> numbers() throws IOException {
        json.requireArray(log, "numbers, an array");
        List<Double> numbers = new ArrayList<>();
        while (json.next() != JsonToken.END_ARRAY) {
            numbers.add(metrics.number());
        }
        return numbers;
    }

    private List<Span> spans() throws IOException {
        json.requireArray(log, "spans, an array");
        List<Span> spans = new ArrayList<>();
        while (json.next() != JsonToken.END_ARRAY) {
            json.requireArray(log, "a span, an array of offset and length");
            List<Integer> parts = new ArrayList<>();
            while (json.next() != JsonToken.END_ARRAY) {
                parts.add(integer());
            }
            if (parts.size() != 2 || parts.get(1) < 0) {
                throw log.error(
                        ErrorCode.INVALID_BUCKETS,
                        json.spot(),
                        "an offset and a length of at least 0",
                        parts.toString());
            }
            spans.add(new Span(parts.get(0), parts.get(1)));
        }
        return spans;
    }
}

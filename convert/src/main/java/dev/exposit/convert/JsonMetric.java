package dev.exposit.convert;

import dev.exposit.convert.JsonInput.Spot;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A metric as it was read: what it means hangs on its family's type, which may still be to come. */
final class JsonMetric {
    private final JsonTokens json;
    private final JsonLog log;
    private final long offset;
    private @Nullable Spot spot;

    Labels labels = Labels.of();
    /** The points, oldest first. */
    final List<JsonPoint> points = new ArrayList<>();

    private long bytes;

    JsonMetric(JsonTokens json, JsonLog log) {
        this.json = json;
        this.log = log;
        this.offset = json.offset();
    }

    /** The metric was read up to here. */
    void end() {
        bytes = json.end() - offset;
    }

    long bytes() {
        return bytes;
    }

    Spot spot() {
        Spot kept = spot;
        return kept == null ? json.spot(offset) : kept;
    }

    /** Remembers the place, for when its bytes are gone. */
    void keepSpot() {
        spot = spot();
    }

    Metric resolve(String family, MetricType type) {
        List<Point> resolved = new ArrayList<>(points.size());
        for (JsonPoint point : points) {
            resolved.add(point.resolve(family, type, this, log));
        }
        return new Metric(labels, resolved);
    }
}

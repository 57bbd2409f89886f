package dev.exposit.convert;

import dev.exposit.model.HistogramValue;
import dev.exposit.model.InfoValue;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Value;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of values but for raw ones, as the key {@code kind} names them where the family's type does not tell. */
enum JsonKind {
    NUMBER,
    HISTOGRAM,
    SUMMARY,
    INFO,
    STATES;

    /** The word for it in JSON. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable JsonKind byWord(String word) {
        for (JsonKind kind : values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        return null;
    }

    /** The kind that a type's values have. */
    static JsonKind of(MetricType type) {
        return switch (type) {
            case COUNTER, GAUGE, UNKNOWN -> NUMBER;
            case HISTOGRAM, GAUGE_HISTOGRAM -> HISTOGRAM;
            case SUMMARY -> SUMMARY;
            case INFO -> INFO;
            case STATE_SET -> STATES;
        };
    }

    /** The kind of a value, or null for a raw one. */
    static @Nullable JsonKind of(Value value) {
        if (value instanceof NumberValue) {
            return NUMBER;
        }
        if (value instanceof HistogramValue) {
            return HISTOGRAM;
        }
        if (value instanceof SummaryValue) {
            return SUMMARY;
        }
        if (value instanceof InfoValue) {
            return INFO;
        }
        return value instanceof StateSetValue ? STATES : null;
    }
}

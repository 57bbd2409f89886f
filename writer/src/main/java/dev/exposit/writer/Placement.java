package dev.exposit.writer;

import dev.exposit.model.MetricType;
import org.jspecify.annotations.Nullable;

/**
 * How a family stands in OpenMetrics.
 *
 * @param family the family's exposed name
 * @param exposed the same, escaped
 * @param ownType the family's own type
 * @param shape in what form it stands
 * @param type the type it is written with; of no meaning unless the shape is {@link Shape#TYPED}
 * @param name the name that its header has, in OpenMetrics 1.0 without {@code _total} or {@code _info}; likewise
 * @param reason why it does not stand under its own type, in words, or null if it does
 * @param partner the exposed name of the family that may become one with this one, or null if there is none: a gauge
 *     {@code x_created} and a counter, histogram or summary {@code x}
 */
record Placement(
        String family,
        String exposed,
        MetricType ownType,
        Shape shape,
        MetricType type,
        String name,
        @Nullable String reason,
        @Nullable String partner) {
    /** The forms in which a family can stand. */
    enum Shape {
        /** As one family. */
        TYPED,
        /** As several families of unknown type, one for each name that its samples have. */
        APART,
        /** Not at all: its name belongs to another family. */
        LEFT_OUT
    }

    /** As one family. */
    static Placement typed(
            String family, String exposed, MetricType ownType, MetricType type, String name, @Nullable String reason) {
        return new Placement(family, exposed, ownType, Shape.TYPED, type, name, reason, null);
    }

    /** As a family of unknown type under its exposed name. */
    static Placement unknown(String family, String exposed, MetricType ownType, String reason) {
        return typed(family, exposed, ownType, MetricType.UNKNOWN, exposed, reason);
    }

    /** As several families, or not at all. */
    static Placement in(Shape shape, String family, String exposed, MetricType ownType, String reason) {
        return new Placement(family, exposed, ownType, shape, MetricType.UNKNOWN, exposed, reason, null);
    }

    /** The same beside a partner, or without one if null. */
    Placement beside(@Nullable String partner) {
        return new Placement(family, exposed, ownType, shape, type, name, reason, partner);
    }

    /** What became of the family, in words, if it does not stand under its own type. */
    String loss() {
        String kind = ownType.keyword();
        return switch (shape) {
            case TYPED -> kind + " written as " + type.keyword() + ": " + reason;
            case APART -> kind + " taken apart into unknown families: " + reason;
            case LEFT_OUT -> "sample left out: " + reason;
        };
    }
}

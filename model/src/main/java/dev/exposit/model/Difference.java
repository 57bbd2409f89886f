package dev.exposit.model;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that tells two metric sets apart. What stands only in one of them is null on the other side.
 *
 * <p>Labels are those that were compared, sorted by name: without empty ones and ignored ones. {@code at} is the
 * timestamp of the point where a series has several, else null.
 */
public sealed interface Difference {
    /** The exposed name of the family. */
    String family();

    /** What the left set has, or null. */
    @Nullable
    Object left();

    /** What the right set has, or null. */
    @Nullable
    Object right();

    /** A family that stands only in one set; what it holds has no differences of its own. */
    record OfFamily(
            String family,
            @Nullable MetricFamily left,
            @Nullable MetricFamily right) implements Difference {
        @Override
        public String toString() {
            return DifferenceText.line(this, "family " + Quoting.metricName(family));
        }
    }

    /**
     * A family's type, unit or help.
     *
     * @param item which of them
     * @param left the text, a type by its {@linkplain MetricType#keyword() keyword}; null if there is no unit or help
     * @param right likewise
     */
    record OfMetadata(
            String family,
            Item item,
            @Nullable String left,
            @Nullable String right) implements Difference {
        /** What an exposition says of a family as a whole. */
        public enum Item {
            /** The type. */
            TYPE,
            /** The unit. */
            UNIT,
            /** The help text. */
            HELP
        }

        @Override
        public String toString() {
            String name = item.name().toLowerCase(Locale.ROOT);
            return DifferenceText.line(this, Quoting.metricName(family) + ' ' + name);
        }
    }

    /** A series that stands only in one set, with all its points. */
    record OfSeries(
            String family,
            Labels labels,
            @Nullable Metric left,
            @Nullable Metric right) implements Difference {
        @Override
        public String toString() {
            return DifferenceText.line(this, "series " + DifferenceText.series(family, labels, null));
        }
    }

    /** One of several points of a series, or of several series with the same labels, that stands only in one set. */
    record OfPoint(
            String family,
            Labels labels,
            @Nullable Point left,
            @Nullable Point right) implements Difference {
        @Override
        public String toString() {
            return DifferenceText.line(this, "point of " + DifferenceText.series(family, labels, null));
        }
    }

    /** A number in a point's value. States are 0 or 1. */
    record OfNumber(
            String family,
            Labels labels,
            @Nullable Timestamp at,
            Part part,
            @Nullable Double left,
            @Nullable Double right)
            implements Difference {
        @Override
        public String toString() {
            return DifferenceText.line(this, DifferenceText.series(family, labels, at) + ' ' + part);
        }
    }

    /** A point's timestamp or start timestamp. */
    record OfTimestamp(
            String family,
            Labels labels,
            @Nullable Timestamp at,
            Part part,
            @Nullable Timestamp left,
            @Nullable Timestamp right)
            implements Difference {
        @Override
        public String toString() {
            return DifferenceText.line(this, DifferenceText.series(family, labels, at) + ' ' + part);
        }
    }

    /** An exemplar of a point or of a bucket. */
    record OfExemplar(
            String family,
            Labels labels,
            @Nullable Timestamp at,
            Part part,
            @Nullable Exemplar left,
            @Nullable Exemplar right)
            implements Difference {
        @Override
        public String toString() {
            return DifferenceText.line(this, DifferenceText.series(family, labels, at) + ' ' + part);
        }
    }

    /**
     * A part of a point.
     *
     * @param kind which kind of part
     * @param number the upper bound of a bucket, the quantile, the index of a native bucket or of a custom bound; else 0
     * @param name the name of a state or of a sample; the bounds of a native bucket, such as {@code (1,2]}, where its
     *     layout gives it some; else empty
     */
    record Part(Kind kind, double number, String name) implements Comparable<Part> {
        /** What a point can say. */
        public enum Kind {
            /** The value of a number, or an info's 1. */
            VALUE,
            /** A sample that could not be assembled, by its name. */
            SAMPLE,
            /** How many events there were. */
            COUNT,
            /** The sum of the events' values. */
            SUM,
            /** The cumulative count of a classic bucket, by its upper bound. */
            BUCKET,
            /** A summary's quantile. */
            QUANTILE,
            /** A state, by its name. */
            STATE,
            /** The schema of native buckets. */
            SCHEMA,
            /** An upper bound of custom buckets, by its index from 0. */
            CUSTOM_BOUND,
            /** The width of the zero bucket. */
            ZERO_THRESHOLD,
            /** How many events fell into the zero bucket. */
            ZERO_COUNT,
            /**
             * A native bucket below zero, by its index. Of two standard schemas, buckets are compared at the lower one;
             * not compared where custom bounds differ.
             */
            NEGATIVE_BUCKET,
            /** A native bucket above zero or a custom one, by its index; compared as those below zero. */
            POSITIVE_BUCKET,
            /** When the point was measured. */
            TIMESTAMP,
            /** When the metric began to count. */
            START_TIMESTAMP,
            /** An exemplar of the whole point. */
            EXEMPLAR,
            /** The exemplar of a classic bucket, by its upper bound. */
            BUCKET_EXEMPLAR
        }

        /** Refuses null parts; a number of -0 is 0. */
        public Part {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(name, "name");
            number = number + 0.0;
        }

        /** The part of that kind, of which a point has but one. */
        public static Part of(Kind kind) {
            return new Part(kind, 0, "");
        }

        /** The part of that kind and number. */
        public static Part of(Kind kind, double number) {
            return new Part(kind, number, "");
        }

        /** The part of that kind and name. */
        public static Part of(Kind kind, String name) {
            return new Part(kind, 0, name);
        }

        @Override
        public int compareTo(Part other) {
            int order = kind.compareTo(other.kind);
            if (order == 0) {
                order = Double.compare(number, other.number);
            }
            return order != 0 ? order : name.compareTo(other.name);
        }

        /** The part in words, such as {@code bucket 0.5}. */
        @Override
        public String toString() {
            String words = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return switch (kind) {
                case BUCKET, QUANTILE, CUSTOM_BOUND, BUCKET_EXEMPLAR -> words + ' ' + DifferenceText.number(number);
                case NEGATIVE_BUCKET, POSITIVE_BUCKET ->
                    words + ' ' + DifferenceText.number(number) + (name.isEmpty() ? "" : ' ' + name);
                case SAMPLE -> words + ' ' + Quoting.metricName(name);
                case STATE -> words + ' ' + Quoting.quote(name);
                default -> words;
            };
        }
    }
}

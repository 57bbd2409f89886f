package dev.exposit.model;

import dev.exposit.format.Names;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Prints differences, each on one line. */
final class DifferenceText {
    /** Beyond it a double's integers have gaps. */
    private static final double LARGEST_INTEGER = 1L << 53;

    private DifferenceText() {}

    /** The line of a difference in that place. */
    static String line(Difference difference, String place) {
        Object left = difference.left();
        Object right = difference.right();
        if (left != null && right != null) {
            return "~ " + place + ": " + text(left) + " -> " + text(right);
        }
        if (left != null) {
            return "- " + place + ": " + text(left);
        }
        return "+ " + place + (right == null ? "" : ": " + text(right));
    }

    /** The series, and the point if it has several. */
    static String series(String family, Labels labels, @Nullable Timestamp at) {
        return Quoting.metricName(family) + (labels.isEmpty() ? "" : labels) + (at == null ? "" : " at " + at);
    }

    /** A number as people write it: {@code 5}, {@code 0.25}, {@code +Inf}. */
    static String number(double number) {
        if (number == Double.POSITIVE_INFINITY) {
            return "+Inf";
        }
        if (number == Double.NEGATIVE_INFINITY) {
            return "-Inf";
        }
        boolean integer = number == Math.rint(number) && Math.abs(number) <= LARGEST_INTEGER;
        return integer ? Long.toString((long) number) : Double.toString(number);
    }

    private static String text(Object side) {
        if (side instanceof MetricFamily family) {
            return family.type().keyword() + " with " + family.metrics().size() + " series";
        }
        if (side instanceof Metric metric) {
            return metric.points().stream().map(DifferenceText::point).collect(Collectors.joining(", "));
        }
        if (side instanceof Point point) {
            return point(point);
        }
        if (side instanceof Exemplar exemplar) {
            return "# " + exemplar.labels() + ' ' + number(exemplar.value())
                    + (exemplar.timestamp() == null ? "" : " " + exemplar.timestamp());
        }
        if (side instanceof Double number) {
            return number(number);
        }
        // A type's keyword and a plain unit stay bare; a help text is quoted, so that its line feeds stay inside.
        return side instanceof String words && !Names.isLegacyLabelName(words) ? Quoting.quote(words) : side.toString();
    }

    private static String point(Point point) {
        return value(point.value()) + (point.timestamp() == null ? "" : " at " + point.timestamp());
    }

    /** The gist of a value. */
    private static String value(Value value) {
        if (value instanceof NumberValue plain) {
            return number(plain.value());
        }
        if (value instanceof RawValue raw) {
            return "sample " + Quoting.metricName(raw.sampleName()) + ' ' + number(raw.value());
        }
        if (value instanceof HistogramValue histogram) {
            return "histogram" + total(histogram.count(), histogram.sum());
        }
        if (value instanceof SummaryValue summary) {
            return "summary" + total(summary.count(), summary.sum());
        }
        if (value instanceof StateSetValue states) {
            return states.states().stream()
                    .filter(StateSetValue.State::enabled)
                    .map(state -> Quoting.quote(state.name()))
                    .sorted()
                    .collect(Collectors.joining(", ", "states [", "]"));
        }
        return "info";
    }

    private static String total(@Nullable Double count, @Nullable Double sum) {
        return (count == null ? "" : " of count " + number(count))
                + (sum == null ? "" : (count == null ? " of sum " : ", sum ") + number(sum));
    }
}

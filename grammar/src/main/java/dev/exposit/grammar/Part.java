package dev.exposit.grammar;

import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import dev.exposit.model.Timestamp;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a sample is to its metric, in the formats that spread a metric over several samples.
 *
 * @param labels the metric's labels: the sample's but for the one that tells it from the metric's other samples
 * @param key what tells it from them: a bound or a state's name; null where there is but one sample of its role
 */
record Part(SampleRole role, Labels labels, @Nullable Object key, Line.Sample sample) {
    /** The rule number of OpenMetrics; Prometheus text has the same. */
    private static final Pattern NUMBER = Pattern.compile(
            "[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?|[+-]?[iI][nN][fF]([iI][nN][iI][tT][yY])?|[nN][aA][nN]");

    /**
     * The part that a sample is, or null if it does not fit its family's type: another name, no label to tell it from the
     * others, a value that the type does not have.
     *
     * @param roles the samples that the format knows for the type
     */
    static @Nullable Part of(FamilyLines family, List<SampleRole> roles, Line.Sample sample) {
        for (SampleRole role : roles) {
            if (sample.name().equals(family.name + role.suffix())) {
                return of(family, role, sample);
            }
        }
        return null;
    }

    private static @Nullable Part of(FamilyLines family, SampleRole role, Line.Sample sample) {
        boolean histogram = family.type == MetricType.HISTOGRAM || family.type == MetricType.GAUGE_HISTOGRAM;
        if (histogram && role == SampleRole.BUCKET) {
            return bounded(role, "le", sample);
        }
        if (family.type == MetricType.SUMMARY && role == SampleRole.VALUE) {
            return bounded(role, "quantile", sample);
        }
        if (family.type == MetricType.STATE_SET) {
            String state = sample.labels().get(family.name);
            boolean bool = sample.number() == 0 || sample.number() == 1;
            return state == null || !bool
                    ? null
                    : new Part(role, sample.labels().without(family.name), state, sample);
        }
        boolean fits = switch (role) {
            case INFO -> sample.number() == 1;
            case CREATED -> isTime(sample.valueText());
            default -> true;
        };
        return fits ? new Part(role, sample.labels(), null, sample) : null;
    }

    private static @Nullable Part bounded(SampleRole role, String labelName, Line.Sample sample) {
        String spelling = sample.labels().get(labelName);
        if (spelling == null || !NUMBER.matcher(spelling).matches()) {
            return null;
        }
        OptionalDouble bound = Literals.number(spelling);
        if (bound.isEmpty() || Double.isNaN(bound.getAsDouble())) {
            return null;
        }
        LabelNumber key = new LabelNumber(bound.getAsDouble(), spelling);
        return new Part(role, sample.labels().without(labelName), key, sample);
    }

    private static boolean isTime(String text) {
        return text.matches("[0-9.eE+-]+") && Literals.seconds(text).isPresent();
    }

    /** A bucket's or quantile's bound. */
    LabelNumber bound() {
        if (key instanceof LabelNumber bound) {
            return bound;
        }
        throw new IllegalStateException(role + " has no bound");
    }

    /** Whether two parts of a metric are the same one, and cannot both be of one point. */
    boolean isSameSeries(Part other) {
        if (key instanceof LabelNumber bound && other.key instanceof LabelNumber otherBound) {
            return role == other.role && bound.value() == otherBound.value();
        }
        return role == other.role && Objects.equals(key, other.key);
    }

    double number() {
        return sample.number();
    }

    @Nullable
    Timestamp timestamp() {
        return sample.timestamp();
    }
}

package dev.exposit.model;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@link MetricDiff} takes for equal. Immutable; each other method answers a changed copy.
 *
 * <pre>{@code
 * DiffOptions options = DiffOptions.defaults()
 *         .ignoring(Aspect.TIMESTAMPS, Aspect.HELP)
 *         .ignoringLabels("instance")
 *         .withRelativeTolerance(0.01);
 * }</pre>
 *
 * <p>Numbers of values are equal if they are the same, both zero or both NaN, or if both are finite and their distance
 * is at most the larger of the two tolerances. Bounds, quantiles, schemas, timestamps and exemplars know no tolerance.
 *
 * @param ignored what is not compared
 * @param ignoredLabels names of labels that are taken off every series; series that become the same by that are matched
 *     by what they say
 * @param absoluteTolerance how far two numbers may be apart, at least 0 and finite
 * @param relativeTolerance how far two numbers may be apart, as a part of the one that is further from zero; at least 0
 *     and finite
 */
public record DiffOptions(
        Set<Aspect> ignored, Set<String> ignoredLabels, double absoluteTolerance, double relativeTolerance) {
    /** Something that need not be compared. */
    public enum Aspect {
        /**
         * The numbers of values. That there is a series, a bucket, a quantile or a state is still compared; of native
         * buckets only whether there are any.
         */
        VALUES,
        /** The timestamps of points and of exemplars. */
        TIMESTAMPS,
        /** Exemplars. */
        EXEMPLARS,
        /** Help texts. */
        HELP,
        /**
         * When metrics began to count: start timestamps, and families such as {@code x_created} beside a family
         * {@code x} or {@code x_total} that can have a start, as formats write them that have no start timestamps.
         */
        CREATED,
        /**
         * Types. Where the two differ, a stateset is compared as the samples it consists of, since formats that do not
         * know statesets write gauges.
         */
        TYPES,
        /** Units. */
        UNITS
    }

    private static final DiffOptions DEFAULTS = new DiffOptions(Set.of(), Set.of(), 0, 0);

    /** Copies the sets and refuses tolerances out of range. */
    public DiffOptions {
        ignored = Set.copyOf(ignored);
        ignoredLabels = Set.copyOf(ignoredLabels);
        requireTolerance(absoluteTolerance);
        requireTolerance(relativeTolerance);
    }

    private static void requireTolerance(double tolerance) {
        if (!(tolerance >= 0 && tolerance <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("a tolerance must be at least 0 and finite, got " + tolerance);
        }
    }

    /** Everything is compared, numbers exactly. */
    public static DiffOptions defaults() {
        return DEFAULTS;
    }

    /** These options with further aspects ignored. */
    public DiffOptions ignoring(Aspect... aspects) {
        Set<Aspect> all = EnumSet.noneOf(Aspect.class);
        all.addAll(ignored);
        all.addAll(List.of(aspects));
        return new DiffOptions(all, ignoredLabels, absoluteTolerance, relativeTolerance);
    }

    /** These options with further labels ignored. */
    public DiffOptions ignoringLabels(String... names) {
        Set<String> all = new TreeSet<>(ignoredLabels);
        all.addAll(List.of(names));
        return new DiffOptions(ignored, all, absoluteTolerance, relativeTolerance);
    }

    /** These options with another absolute tolerance. */
    public DiffOptions withAbsoluteTolerance(double tolerance) {
        return new DiffOptions(ignored, ignoredLabels, tolerance, relativeTolerance);
    }

    /** These options with another relative tolerance: 0.01 is one percent. */
    public DiffOptions withRelativeTolerance(double tolerance) {
        return new DiffOptions(ignored, ignoredLabels, absoluteTolerance, tolerance);
    }

    /** Whether an aspect is not compared. */
    public boolean ignores(Aspect aspect) {
        return ignored.contains(aspect);
    }

    /** The labels that tell a series apart: none with an empty value, none that is ignored. */
    Labels key(Labels labels) {
        Labels key = labels.withoutEmpty();
        for (String name : ignoredLabels) {
            key = key.without(name);
        }
        return key;
    }

    /** Whether two numbers of values are equal. */
    boolean same(double left, double right) {
        if (ignores(Aspect.VALUES) || left == right || (Double.isNaN(left) && Double.isNaN(right))) {
            return true;
        }
        // Infinity is near nothing but itself, whatever a part of it may be.
        if (!Double.isFinite(left) || !Double.isFinite(right)) {
            return false;
        }
        double scale = Math.max(Math.abs(left), Math.abs(right));
        return Math.abs(left - right) <= Math.max(absoluteTolerance, relativeTolerance * scale);
    }
}

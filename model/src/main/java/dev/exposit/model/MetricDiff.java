package dev.exposit.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What tells two metric sets apart by meaning. Order and spelling never matter: of families, metrics, labels, buckets,
 * quantiles and states, of {@code 1} and {@code 1.0} in {@code le}, of the spans that native buckets are written in and
 * of integer against float counts. A label with an empty value is as good as none, and so is a native bucket without
 * events. An info says 1, as its sample does.
 *
 * <pre>{@code
 * MetricDiff diff = MetricDiff.between(before, after, DiffOptions.defaults().ignoring(Aspect.TIMESTAMPS));
 * assertThat(diff.differences()).as(diff.toString()).isEmpty();
 * }</pre>
 *
 * <p>Series that have the same labels, because they stand twice or a label is ignored, are matched by what they say,
 * those that find no equal in order of their values. With a tolerance this finds as many equal pairs as there are for
 * series of numbers; histograms and summaries are matched by their counts first. Time and memory grow with
 * <i>n</i> log <i>n</i>.
 *
 * @param differences the differences: by family name, in a family its type, unit, help and then series by labels
 */
public record MetricDiff(List<Difference> differences) {
    /** Copies the list. */
    public MetricDiff {
        differences = List.copyOf(differences);
    }

    /** Compares everything, numbers exactly. */
    public static MetricDiff between(MetricSet left, MetricSet right) {
        return between(left, right, DiffOptions.defaults());
    }

    /** Compares what the options do not ignore. */
    public static MetricDiff between(MetricSet left, MetricSet right, DiffOptions options) {
        return new MetricDiff(new SetComparison(left, right, options).differences());
    }

    /** Whether the sets are equal. */
    public boolean isEmpty() {
        return differences.isEmpty();
    }

    /**
     * A line for each difference: {@code -} before what stands only in the left set, {@code +} before what stands only
     * in the right one, {@code ~} before what changed.
     */
    @Override
    public String toString() {
        return differences.stream().map(Difference::toString).collect(Collectors.joining("\n"));
    }
}

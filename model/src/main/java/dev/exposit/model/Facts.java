package dev.exposit.model;

import dev.exposit.model.DiffOptions.Aspect;
import dev.exposit.model.Difference.Part;
import dev.exposit.model.Difference.Part.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes points apart into facts: every number, timestamp and exemplar with the part of the point it is. Sorted by part,
 * the facts of two points that mean the same are the same list, whatever kind of value it is and however it was spelled,
 * so that one comparison serves all kinds.
 */
final class Facts {
    /**
     * One fact.
     *
     * @param part what it is about
     * @param content a {@link Double}, {@link Timestamp} or {@link Exemplar}, as the part has it
     */
    record Fact(Part part, Object content) {}

    private static final Comparator<Exemplar> EXEMPLARS = Comparator.comparingDouble(Exemplar::value)
            .thenComparing(Exemplar::timestamp, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Exemplar::labels, Facts::compareSorted);

    private final DiffOptions options;

    Facts(DiffOptions options) {
        this.options = options;
    }

    /** What a point says, sorted. */
    List<Fact> of(Point point) {
        List<Fact> facts = new ArrayList<>();
        addValue(facts, point.value());
        if (!options.ignores(Aspect.TIMESTAMPS)) {
            add(facts, Part.of(Kind.TIMESTAMP), point.timestamp());
        }
        if (!options.ignores(Aspect.CREATED)) {
            add(facts, Part.of(Kind.START_TIMESTAMP), point.startTimestamp());
        }
        point.exemplars().forEach(exemplar -> addExemplar(facts, Part.of(Kind.EXEMPLAR), exemplar));
        facts.sort(this::compare);
        return facts;
    }

    /** Labels in the order of their names, so that they print and compare the same in whatever order they came. */
    static Labels sorted(Labels labels) {
        return labels.size() < 2 ? labels : Labels.of(new TreeMap<>(labels.toMap()));
    }

    /** The order of labels that are sorted by name. */
    static int compareSorted(Labels a, Labels b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = a.name(i).compareTo(b.name(i));
            if (order == 0) {
                order = a.value(i).compareTo(b.value(i));
            }
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    // ---- Order and equality, which agree but for tolerance

    int compare(Fact a, Fact b) {
        int order = a.part().compareTo(b.part());
        return order != 0 ? order : compareContents(a.content(), b.content());
    }

    int compare(List<Fact> a, List<Fact> b) {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
            int order = compare(a.get(i), b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.size(), b.size());
    }

    /** Whether two facts about the same part are equal. */
    boolean same(Fact a, Fact b) {
        if (isTolerant(a.part().kind()) && a.content() instanceof Double x && b.content() instanceof Double y) {
            return options.same(x, y);
        }
        return compareContents(a.content(), b.content()) == 0;
    }

    private static boolean isTolerant(Kind kind) {
        return kind != Kind.SCHEMA && kind != Kind.CUSTOM_BOUND && kind != Kind.ZERO_THRESHOLD;
    }

    private int compareContents(Object a, Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            return options.ignores(Aspect.VALUES) ? 0 : x.compareTo(y);
        }
        if (a instanceof Timestamp x && b instanceof Timestamp y) {
            return x.compareTo(y);
        }
        return EXEMPLARS.compare((Exemplar) a, (Exemplar) b);
    }

    // ---- Taking apart

    private void addValue(List<Fact> facts, Value value) {
        if (value instanceof NumberValue number) {
            add(facts, Part.of(Kind.VALUE), number.value());
        } else if (value instanceof RawValue raw) {
            add(facts, Part.of(Kind.SAMPLE, raw.sampleName()), raw.value());
        } else if (value instanceof InfoValue) {
            add(facts, Part.of(Kind.VALUE), 1);
        } else if (value instanceof StateSetValue states) {
            states.states().forEach(state -> add(facts, Part.of(Kind.STATE, state.name()), state.enabled() ? 1 : 0));
        } else if (value instanceof SummaryValue summary) {
            addTotal(facts, summary.count(), summary.sum());
            summary.quantiles()
                    .forEach(quantile -> add(
                            facts, Part.of(Kind.QUANTILE, quantile.quantile().value()), quantile.value()));
        } else if (value instanceof HistogramValue histogram) {
            addHistogram(facts, histogram);
        }
    }

    private void addTotal(List<Fact> facts, @Nullable Double count, @Nullable Double sum) {
        if (count != null) {
            add(facts, Part.of(Kind.COUNT), count);
        }
        if (sum != null) {
            add(facts, Part.of(Kind.SUM), sum);
        }
    }

    private void addHistogram(List<Fact> facts, HistogramValue histogram) {
        addTotal(facts, histogram.count(), histogram.sum());
        for (HistogramValue.Bucket bucket : histogram.buckets()) {
            add(facts, Part.of(Kind.BUCKET, bucket.upperBound()), bucket.cumulativeCount());
            if (bucket.exemplar() != null) {
                addExemplar(facts, Part.of(Kind.BUCKET_EXEMPLAR, bucket.upperBound()), bucket.exemplar());
            }
        }
        NativeBuckets buckets = histogram.nativeBuckets();
        if (buckets == null) {
            return;
        }
        add(facts, Part.of(Kind.SCHEMA), buckets.schema());
        if (options.ignores(Aspect.VALUES)) {
            // Which native buckets there are, and how wide, follows from the events as the counts do.
            return;
        }
        for (int i = 0; i < buckets.customBounds().size(); i++) {
            add(facts, Part.of(Kind.CUSTOM_BOUND, i), buckets.customBounds().get(i));
        }
        add(facts, Part.of(Kind.ZERO_THRESHOLD), buckets.zeroThreshold());
        add(facts, Part.of(Kind.ZERO_COUNT), buckets.zeroCount());
        addSide(facts, Kind.NEGATIVE_BUCKET, buckets.negative());
        addSide(facts, Kind.POSITIVE_BUCKET, buckets.positive());
    }

    private void addSide(List<Fact> facts, Kind kind, NativeBuckets.Side side) {
        long index = 0;
        int at = 0;
        for (NativeBuckets.Span span : side.spans()) {
            index += span.offset();
            for (int i = 0; i < span.length(); i++, index++, at++) {
                double count = side.counts().get(at);
                if (count != 0) {
                    add(facts, Part.of(kind, (double) index), count);
                }
            }
        }
    }

    private static void add(List<Fact> facts, Part part, double number) {
        // -0 and 0 are the same number.
        facts.add(new Fact(part, number + 0.0));
    }

    private static void add(List<Fact> facts, Part part, @Nullable Timestamp timestamp) {
        if (timestamp != null) {
            facts.add(new Fact(part, timestamp));
        }
    }

    private void addExemplar(List<Fact> facts, Part part, Exemplar exemplar) {
        if (!options.ignores(Aspect.EXEMPLARS)) {
            Labels labels = sorted(exemplar.labels().withoutEmpty());
            Timestamp timestamp = options.ignores(Aspect.TIMESTAMPS) ? null : exemplar.timestamp();
            facts.add(new Fact(part, new Exemplar(labels, exemplar.value() + 0.0, timestamp)));
        }
    }
}

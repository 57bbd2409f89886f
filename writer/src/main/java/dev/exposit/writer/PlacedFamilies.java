package dev.exposit.writer;

import dev.exposit.model.FamilyPart;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Loss;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.PlainMetrics;
import dev.exposit.model.Point;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Writes families of OpenMetrics, each in the form in which it can stand there: under its own type, under {@code unknown},
 * or taken apart. What the two versions of the format have in common; what they have not comes from outside: the plan of
 * names, the rules for values, and what the lines look like.
 */
final class PlacedFamilies {
    private final WriteOptions options;
    private final NamePlan plan;
    private final NameEscaping escaping;
    private final Losses losses;
    private final MetricPreparation preparation;
    private final FamilyRules.Book book;
    private final FamilyBody body;
    private final ApartFamily apart;

    private final SeenSeries seen = new SeenSeries();
    private final MetricIndex index;
    /** Makes help texts such as the format can carry. */
    private final UnaryOperator<Metadata> help;

    private final ClassicFit classicFit;

    /** The exposed names of the families that have come. */
    private final Set<String> begun = new HashSet<>();

    // The family being written.
    private Placement placement = Placement.unknown("none", "none", MetricType.UNKNOWN, "");
    private FamilyRules rules = metric -> null;

    PlacedFamilies(
            WriteOptions options,
            NamePlan plan,
            NameEscaping escaping,
            Losses losses,
            MetricFit fit,
            UnaryOperator<Metadata> help,
            FamilyRules.Book book,
            FamilyBody body,
            ApartFamily apart) {
        this.options = options;
        this.plan = plan;
        this.escaping = escaping;
        this.losses = losses;
        this.index = new MetricIndex(escaping);
        this.preparation = new MetricPreparation(escaping, losses, fit);
        this.book = book;
        this.body = body;
        this.apart = apart;
        this.help = help;
        this.classicFit = new ClassicFit(losses, options.nativeHistograms());
    }

    /** Whether the family that a first piece begins has not come before; one that has is left out. */
    boolean isNew(FamilyPart part) {
        MetricFamily family = part.family();
        if (begun.add(family.name())) {
            return true;
        }
        // A family must not come back (OpenMetrics, "MetricFamily").
        placement = Placement.in(
                Placement.Shape.LEFT_OUT,
                family.name(),
                escaping.metricName(family.name()),
                family.type(),
                "a family of that name has been written before");
        reportType(family);
        family.metrics().forEach(this::leaveOut);
        return false;
    }

    /**
     * Writes a piece of a family.
     *
     * @param heldBytes how many bytes may be held back until the family ends, if it comes in several pieces
     */
    void write(FamilyPart part, long heldBytes) throws IOException {
        if (part.first()) {
            // What a family in memory gives rise to is not much larger than the family.
            begin(part, part.isWhole() ? Long.MAX_VALUE : heldBytes);
        } else {
            writeFurther(part.family());
        }
        if (part.last()) {
            end();
        }
    }

    private void end() throws IOException {
        switch (placement.shape()) {
            case TYPED -> body.end();
            case APART -> apart.end();
            case LEFT_OUT -> {
                // Nothing of it was held back.
            }
        }
    }

    private void begin(FamilyPart part, long heldBytes) throws IOException {
        MetricFamily family = part.family();
        if (part.isWhole()) {
            seen.resetExact();
        } else {
            seen.resetHashed(options.heldBytes() / 2);
        }
        placement = plan.place(family.name(), family.type());
        escaping.report(family.name(), placement.exposed(), family.name());
        List<Metric> metrics = family.metrics();
        if (part.isWhole() && metrics instanceof PlainMetrics plain && isReady(plain)) {
            reportType(family);
            body.begin(placement, help.apply(family.metadata()), heldBytes);
            body.write(plain);
            return;
        }
        if (placement.shape() != Placement.Shape.LEFT_OUT) {
            metrics = preparation.prepare(family);
        }
        if (placement.shape() == Placement.Shape.TYPED) {
            metrics = fitted(metrics);
        }
        reportType(family);
        switch (placement.shape()) {
            case TYPED -> {
                body.begin(placement, help.apply(family.metadata()), heldBytes);
                for (Metric metric : metrics) {
                    if (!part.last()) {
                        seen.add("", metric.labels());
                    }
                    body.write(metric);
                }
            }
            case APART -> {
                apart.begin(placement, help.apply(family.metadata()), heldBytes);
                for (Metric metric : metrics) {
                    writeApart(metric);
                }
            }
            case LEFT_OUT -> metrics.forEach(this::leaveOut);
        }
    }

    /** Whether metrics, no two of which have the same labels, can be written as they are. */
    private boolean isReady(PlainMetrics metrics) {
        return placement.shape() == Placement.Shape.TYPED
                && FamilyRules.suit(metrics, placement.type())
                && preparation.leaves(metrics);
    }

    private void reportType(MetricFamily family) {
        if (placement.reason() == null) {
            return;
        }
        if (placement.shape() != Placement.Shape.LEFT_OUT) {
            losses.add(Loss.Kind.TYPE, family.name(), placement.loss());
        } else if (PointSamples.isEmpty(family)) {
            losses.add(Loss.Kind.TYPE, family.name(), "family left out: " + placement.reason());
        }
    }

    /**
     * The metrics of a first piece without duplicates. Sees to it that the family stands under a type that they keep
     * the rules of.
     */
    private List<Metric> fitted(List<Metric> metrics) throws IOException {
        index.begin(placement.family(), placement.ownType());
        List<Metric> fitted = metrics;
        String violation = null;
        boolean overlap = false;
        boolean dropped = false;
        useRules();
        for (int i = 0; i < metrics.size(); i++) {
            Metric metric = metrics.get(i);
            MetricIndex.Verdict verdict = index.add(metric);
            if (verdict == MetricIndex.Verdict.DUPLICATE) {
                leaveOut(metric, "its series stand twice, labels " + metric.labels());
                if (!dropped) {
                    dropped = true;
                    fitted = new ArrayList<>(metrics.subList(0, i));
                }
                continue;
            }
            if (dropped) {
                fitted.add(metric);
            }
            boolean overlaps = verdict == MetricIndex.Verdict.OVERLAP;
            overlap |= overlaps;
            if (violation == null) {
                violation = overlaps ? "labels " + metric.labels() + " stand twice" : rules.violation(metric);
            }
        }
        if (violation != null) {
            FamilyRules unknown = book.of(MetricType.UNKNOWN, placement);
            boolean oneName = !overlap && fitted.stream().allMatch(metric -> unknown.violation(metric) == null);
            placement = oneName ? plan.retype(placement, violation) : plan.takeApart(placement, violation);
            useRules();
        }
        return fitted;
    }

    private void useRules() {
        rules = book.of(placement.type(), placement);
    }

    /** Writes a further piece, when the header stands already. */
    private void writeFurther(MetricFamily family) throws IOException {
        if (placement.shape() == Placement.Shape.LEFT_OUT) {
            family.metrics().forEach(this::leaveOut);
            return;
        }
        for (Metric metric : preparation.prepare(family)) {
            if (placement.shape() == Placement.Shape.APART) {
                writeApart(metric);
            } else {
                writeFurther(metric);
            }
        }
    }

    private void writeFurther(Metric metric) throws IOException {
        String violation = rules.violation(metric);
        if (violation != null) {
            leaveOut(metric, violation);
        } else if (!seen.add("", metric.labels())) {
            leaveOut(metric, "its series stand twice, labels " + metric.labels());
        } else {
            body.write(metric);
        }
    }

    /** Only as one value have native buckets a place in a text. */
    private void writeApart(Metric metric) throws IOException {
        apart.write(classicFit.fit(metric, placement.family()), seen);
    }

    private void leaveOut(Metric metric) {
        leaveOutAs(metric, placement.loss());
    }

    private void leaveOut(Metric metric, String why) {
        leaveOutAs(metric, "sample left out: " + why);
    }

    private void leaveOutAs(Metric metric, String detail) {
        String family = placement.family();
        losses.add(Loss.Kind.SAMPLE, family, detail, PointSamples.count(metric));
        for (Point point : metric.points()) {
            if (point.value() instanceof HistogramValue histogram && histogram.nativeBuckets() != null) {
                losses.add(Loss.Kind.NATIVE_BUCKETS, family, "native buckets left out with their sample");
            }
        }
    }
}

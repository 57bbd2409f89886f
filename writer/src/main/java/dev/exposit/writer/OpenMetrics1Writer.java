package dev.exposit.writer;

import dev.exposit.model.FamilyPart;
import dev.exposit.model.Loss;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.Outline;
import dev.exposit.model.SampleRole;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes OpenMetrics text 1.0.0.
 *
 * <p>The format is strict where the model is not: names must not clash, and a family's metrics must be what its type
 * demands. Sample names never change; what cannot stand under its type stands under {@code unknown}. {@link NamePlan}
 * decides by the names, {@link OpenMetrics1Rules} by the values, {@link CreatedPairs} finds start timestamps that come as
 * a gauge; {@link TypedFamily} and {@link ApartFamily} write the lines.
 *
 * <p>Specification: OpenMetrics 1.0, "Text format".
 */
final class OpenMetrics1Writer extends TextWriter {
    private final NamePlan plan = new NamePlan(escaping);
    private final SeenSeries seen = new SeenSeries();
    private final TypedFamily typed = new TypedFamily(out, escaping, losses);
    private final ApartFamily apart = new ApartFamily(out, plan, escaping, losses, seen);
    private final MetricPreparation preparation = new MetricPreparation(escaping, losses);
    private final HelpText helpText = new HelpText(true, losses);
    private final CreatedPairs pairs;

    /** The exposed names of the families that have come. */
    private final Set<String> begun = new HashSet<>();

    // The family being written.
    private Placement placement = Placement.unknown("none", "none", MetricType.UNKNOWN, "");
    private OpenMetrics1Rules rules = new OpenMetrics1Rules(MetricType.UNKNOWN, "none", true);

    OpenMetrics1Writer(ByteSink sink, WriteOptions options) {
        super(sink, options);
        this.pairs = new CreatedPairs(options.heldBytes());
        announce(options.outline());
    }

    @Override
    void announce(Outline outline) {
        plan.announce(outline.types());
    }

    @Override
    void writePart(FamilyPart part) throws IOException {
        if (!part.first()) {
            writeDirectly(part);
            return;
        }
        Metadata metadata = part.family().metadata();
        if (!begun.add(metadata.name())) {
            leaveOutRepeated(part.family());
            return;
        }
        Placement place = plan.place(metadata.name(), metadata.type());
        if (place.partner() != null) {
            writeHalf(part, place, place.partner());
        } else {
            writeDirectly(part);
        }
    }

    /** A family must not come back (OpenMetrics 1.0, "MetricFamily"). */
    private void leaveOutRepeated(MetricFamily family) {
        placement = Placement.in(
                Placement.Shape.LEFT_OUT,
                family.name(),
                escaping.metricName(family.name()),
                family.type(),
                "a family of that name has been written before");
        reportType(family);
        family.metrics().forEach(this::leaveOut);
    }

    @Override
    void finish() throws IOException {
        for (MetricFamily alone : pairs.takeAll()) {
            writeDirectly(FamilyPart.whole(alone));
        }
        out.text("# EOF\n");
    }

    /** A family that may become one with another, which may have come or not. */
    private void writeHalf(FamilyPart part, Placement place, String partner) throws IOException {
        MetricFamily waited = pairs.take(partner);
        if (waited == null) {
            if (part.isWhole() && pairs.hold(part.family())) {
                return;
            }
            separate(place, "it cannot wait for it within heldBytes = " + options.heldBytes());
        } else {
            boolean gaugeCame = isGauge(place);
            MetricFamily family = gaugeCame ? waited : part.family();
            MetricFamily gauge = gaugeCame ? part.family() : waited;
            MetricFamily joined = part.isWhole() ? CreatedPairs.join(family, gauge) : null;
            if (joined != null && keepsRules(joined)) {
                reportJoined(joined, gauge);
                writeDirectly(FamilyPart.whole(joined));
                return;
            }
            separate(place, "its values are no start timestamps of it");
            writeDirectly(FamilyPart.whole(waited));
        }
        writeDirectly(part);
    }

    private static boolean isGauge(Placement place) {
        return place.ownType() == MetricType.GAUGE;
    }

    /** The two do not become one: the gauge keeps its name, so the other cannot keep its type. */
    private void separate(Placement half, String why) {
        Placement other = plan.partnerOf(half);
        Placement family = isGauge(half) ? other : half;
        Placement gauge = isGauge(half) ? half : other;
        String reason = "name " + gauge.exposed() + " belongs to family " + gauge.family() + ", and " + why;
        if (family.ownType() == MetricType.COUNTER) {
            plan.retype(family, reason);
        } else {
            plan.takeApart(family, reason);
        }
    }

    private boolean keepsRules(MetricFamily family) {
        OpenMetrics1Rules own = new OpenMetrics1Rules(family.type(), family.name(), true);
        return family.metrics().stream().allMatch(metric -> own.violation(metric) == null);
    }

    private void reportJoined(MetricFamily family, MetricFamily gauge) {
        String stem = gauge.name()
                .substring(
                        0, gauge.name().length() - SampleRole.CREATED.suffix().length());
        losses.add(
                Loss.Kind.START_TIMESTAMP,
                gauge.name(),
                "gauge " + gauge.name() + " written as _created samples of " + stem);
        if (!gauge.help().isEmpty() && !gauge.help().equals(family.help())) {
            losses.add(Loss.Kind.HELP, gauge.name(), "help left out");
        }
        if (!gauge.unit().isEmpty()) {
            losses.add(Loss.Kind.UNIT, gauge.name(), "unit " + gauge.unit() + " left out");
        }
    }

    private void writeDirectly(FamilyPart part) throws IOException {
        if (part.first()) {
            begin(part);
        } else {
            writeFurther(part.family());
        }
        if (part.last() && placement.shape() == Placement.Shape.APART) {
            apart.end();
        }
    }

    private void begin(FamilyPart part) throws IOException {
        MetricFamily family = part.family();
        if (part.isWhole()) {
            seen.resetExact();
        } else {
            seen.resetHashed(options.heldBytes() / 2);
        }
        placement = plan.place(family.name(), family.type());
        escaping.report(family.name(), placement.exposed(), family.name());
        List<Metric> metrics = family.metrics();
        if (placement.shape() != Placement.Shape.LEFT_OUT) {
            metrics = preparation.prepare(family);
        }
        if (placement.shape() == Placement.Shape.TYPED) {
            metrics = fitted(metrics);
        }
        reportType(family);
        switch (placement.shape()) {
            case TYPED -> {
                typed.begin(placement, helpText.fit(family.metadata()));
                for (Metric metric : metrics) {
                    if (!part.last()) {
                        seen.add(new Series("", metric.labels()));
                    }
                    typed.write(metric);
                }
            }
            case APART -> {
                // What a family in memory gives rise to is not much larger than the family.
                apart.begin(placement, helpText.fit(family.metadata()), part.isWhole() ? Long.MAX_VALUE : pairs.free());
                for (Metric metric : metrics) {
                    apart.write(metric);
                }
            }
            case LEFT_OUT -> metrics.forEach(this::leaveOut);
        }
    }

    private void reportType(MetricFamily family) {
        if (placement.reason() == null) {
            return;
        }
        if (placement.shape() != Placement.Shape.LEFT_OUT) {
            losses.add(Loss.Kind.TYPE, family.name(), placement.loss());
        } else if (family.metrics().isEmpty()) {
            // Has no samples whose loss would tell of its own.
            losses.add(Loss.Kind.TYPE, family.name(), "family left out: " + placement.reason());
        }
    }

    /**
     * The metrics of a first piece without duplicates. Sees to it that the family stands under a type that they keep
     * the rules of.
     */
    private List<Metric> fitted(List<Metric> metrics) throws IOException {
        MetricIndex index = new MetricIndex(escaping, placement.family(), placement.ownType());
        List<Metric> fitted = new ArrayList<>(metrics.size());
        String violation = null;
        boolean overlap = false;
        useRules();
        for (Metric metric : metrics) {
            MetricIndex.Verdict verdict = index.add(metric);
            if (verdict == MetricIndex.Verdict.DUPLICATE) {
                leaveOut(metric, "its series stand twice, labels " + metric.labels());
                continue;
            }
            fitted.add(metric);
            boolean overlaps = verdict == MetricIndex.Verdict.OVERLAP;
            overlap |= overlaps;
            if (violation == null) {
                violation = overlaps ? "labels " + metric.labels() + " stand twice" : rules.violation(metric);
            }
        }
        if (violation != null) {
            OpenMetrics1Rules unknown = rulesFor(MetricType.UNKNOWN);
            boolean oneName = !overlap && fitted.stream().allMatch(metric -> unknown.violation(metric) == null);
            placement = oneName ? plan.retype(placement, violation) : plan.takeApart(placement, violation);
            useRules();
        }
        return fitted;
    }

    private void useRules() {
        rules = rulesFor(placement.type());
    }

    private OpenMetrics1Rules rulesFor(MetricType type) {
        return new OpenMetrics1Rules(type, placement.family(), escaping.keepsLabelName(placement.family()));
    }

    /** Writes a further piece, when the header stands already. */
    private void writeFurther(MetricFamily family) throws IOException {
        if (placement.shape() == Placement.Shape.LEFT_OUT) {
            family.metrics().forEach(this::leaveOut);
            return;
        }
        for (Metric metric : preparation.prepare(family)) {
            if (placement.shape() == Placement.Shape.APART) {
                apart.write(metric);
            } else {
                writeFurther(metric);
            }
        }
    }

    private void writeFurther(Metric metric) throws IOException {
        String violation = rules.violation(metric);
        if (violation != null) {
            leaveOut(metric, violation);
        } else if (!seen.add(new Series("", metric.labels()))) {
            leaveOut(metric, "its series stand twice, labels " + metric.labels());
        } else {
            typed.write(metric);
        }
    }

    private void leaveOut(Metric metric) {
        losses.add(Loss.Kind.SAMPLE, placement.family(), placement.loss(), PointSamples.count(metric));
    }

    private void leaveOut(Metric metric, String why) {
        losses.add(Loss.Kind.SAMPLE, placement.family(), "sample left out: " + why, PointSamples.count(metric));
    }
}

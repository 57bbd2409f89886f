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

/**
 * Writes families in one of the forms of OpenMetrics 1.0, text or protobuf.
 *
 * <p>The format is strict where the model is not: names must not clash, and a family's metrics must be what its type
 * demands. Sample names never change; what cannot stand under its type stands under {@code unknown}. {@link NamePlan}
 * decides by the names, {@link OpenMetrics1Rules} by the values, {@link CreatedPairs} finds start timestamps that come as
 * a gauge; what a family looks like comes from outside.
 *
 * <p>Specification: OpenMetrics 1.0, "Data Model" and "Suffixes".
 */
final class OpenMetrics1Families {
    private final WriteOptions options;
    private final Losses losses;
    private final NamePlan plan;
    private final OpenMetrics1Form form;
    private final TypedBody typed;
    private final PlacedFamilies families;
    private final CreatedPairs pairs;

    /** Families that are written as one with {@code typed}, and with {@code apart} where they cannot. */
    OpenMetrics1Families(
            WriteOptions options,
            NameEscaping escaping,
            Losses losses,
            OpenMetrics1Form form,
            TypedBody typed,
            UnknownFamilies apart) {
        this.options = options;
        this.losses = losses;
        this.plan = NamePlan.withSuffixes(escaping);
        this.form = form;
        this.typed = typed;
        this.families = new PlacedFamilies(
                options,
                plan,
                escaping,
                losses,
                form.fit(losses),
                form::withHelp,
                (type, placement) -> form.rules(type, placement.family()),
                typed,
                new ApartFamily(apart, plan, escaping, losses, true));
        this.pairs = new CreatedPairs(options.heldBytes());
        announce(options.outline());
    }

    /** Learns of families that will come. */
    void announce(Outline outline) {
        plan.announce(outline.types());
    }

    /** Writes a piece of a family, or lets the family wait. */
    void write(FamilyPart part) throws IOException {
        if (!part.first()) {
            writeDirectly(part);
            return;
        }
        if (!families.isNew(part)) {
            return;
        }
        Metadata metadata = part.family().metadata();
        Placement place = plan.place(metadata.name(), metadata.type());
        if (place.partner() != null) {
            writeHalf(part, place, place.partner());
        } else {
            writeDirectly(part);
        }
    }

    /** Writes what still waited. */
    void finish() throws IOException {
        for (MetricFamily alone : pairs.takeAll()) {
            writeDirectly(FamilyPart.whole(alone));
        }
    }

    private void writeDirectly(FamilyPart part) throws IOException {
        families.write(part, pairs.free());
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
                typed.writeStartsOfNext();
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

    /** Whether the metrics of a family will keep the rules once they have the form in which they are written. */
    private boolean keepsRules(MetricFamily family) {
        FamilyRules own = form.rules(family.type(), family.name());
        // What that takes is reported when they are written.
        MetricFit fit = form.fit(new Losses(LossPolicy.REPORT));
        return family.metrics().stream()
                .allMatch(metric -> holdsStarts(metric) && own.violation(fit.fit(metric, family.name())) == null);
    }

    private boolean holdsStarts(Metric metric) {
        return metric.points().stream()
                .allMatch(point -> point.startTimestamp() == null || form.holdsStart(point.startTimestamp()));
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
}

package dev.exposit.writer;

import dev.exposit.model.FamilyPart;
import dev.exposit.model.Loss;
import dev.exposit.model.Metadata;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.Outline;
import dev.exposit.model.SampleRole;
import java.io.IOException;

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
final class OpenMetrics1Writer extends SequencedWriter {
    private final NamePlan plan = NamePlan.withSuffixes(escaping);
    private final FamilyRules.Book book = (type, placement) ->
            new OpenMetrics1Rules(type, placement.family(), escaping.keepsLabelName(placement.family()));
    private final TypedFamily typed = new TypedFamily(out, escaping, losses, options.startTimestamps());
    private final PlacedFamilies families = new PlacedFamilies(
            options,
            plan,
            escaping,
            losses,
            new ClassicFit(losses, options.nativeHistograms()),
            book,
            typed,
            new ApartFamily(out, plan, escaping, losses, true));
    private final CreatedPairs pairs;

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

    @Override
    void finish() throws IOException {
        for (MetricFamily alone : pairs.takeAll()) {
            writeDirectly(FamilyPart.whole(alone));
        }
        out.text("# EOF\n");
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
        OpenMetrics1Rules own = new OpenMetrics1Rules(family.type(), family.name(), true);
        // What that takes is reported when they are written.
        MetricFit fit = new ClassicFit(new Losses(LossPolicy.REPORT), options.nativeHistograms());
        return family.metrics().stream()
                .map(metric -> fit.fit(metric, family.name()))
                .allMatch(metric -> own.violation(metric) == null);
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

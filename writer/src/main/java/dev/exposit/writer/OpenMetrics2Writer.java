package dev.exposit.writer;

import dev.exposit.model.FamilyPart;
import dev.exposit.model.MetricType;
import dev.exposit.model.Outline;
import java.io.IOException;

/**
 * Writes OpenMetrics text 2.0.0.
 *
 * <p>A family's name is that of its samples, and a histogram or summary is one value on one line. What breaks the rules
 * of its type stands under {@code unknown}, still as one value where there is a valid one; what has none is taken apart
 * into its samples, each under its own name, as the older formats have them. {@link OpenMetrics2Rules} decides,
 * {@link CompositeFamily} and {@link ApartFamily} write the lines.
 *
 * <p>Specification: OpenMetrics 2.0 (a release candidate), "Text Format".
 */
final class OpenMetrics2Writer extends SequencedWriter {
    private final NamePlan plan = NamePlan.withoutSuffixes(escaping);
    private final ReservedNames reserved = new ReservedNames(losses);
    private final PlacedFamilies families = new PlacedFamilies(
            options,
            plan,
            escaping,
            losses,
            new CompositeFit(losses, reserved, options.nativeHistograms()),
            new HelpText(true, losses)::fit,
            this::rules,
            new CompositeFamily(out, plan, escaping, losses, options, blocks),
            new ApartFamily(new UnknownLines(out, false), plan, escaping, losses, false));

    OpenMetrics2Writer(ByteSink sink, WriteOptions options) {
        super(sink, options);
        announce(options.outline());
    }

    private FamilyRules rules(MetricType type, Placement placement) {
        String label = escaping.labelName(placement.family());
        return new OpenMetrics2Rules(type, placement, label.equals(placement.exposed()) ? label : null);
    }

    @Override
    void announce(Outline outline) {
        plan.announce(outline.types());
    }

    @Override
    void writePart(FamilyPart part) throws IOException {
        if (part.first()) {
            String family = part.family().name();
            reserved.reportName(escaping.metricName(family), family);
        }
        if (!part.first() || families.isNew(part)) {
            families.write(part, options.heldBytes());
        }
    }

    @Override
    void finish() throws IOException {
        out.text("# EOF\n");
    }
}

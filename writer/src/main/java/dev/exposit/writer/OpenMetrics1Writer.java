package dev.exposit.writer;

import dev.exposit.model.FamilyPart;
import dev.exposit.model.Metadata;
import dev.exposit.model.MetricType;
import dev.exposit.model.Outline;
import dev.exposit.model.Timestamp;
import java.io.IOException;

/**
 * Writes OpenMetrics text 1.0.0: {@link OpenMetrics1Families} decides how families stand, {@link TypedFamily} and
 * {@link UnknownLines} write the lines.
 *
 * <p>Specification: OpenMetrics 1.0, "Text format".
 */
final class OpenMetrics1Writer extends SequencedWriter {
    private final OpenMetrics1Families families = new OpenMetrics1Families(
            options,
            escaping,
            losses,
            new Text(),
            new TypedFamily(out, escaping, losses, options.startTimestamps(), blocks),
            new UnknownLines(out, true));

    /** What text can carry. */
    private final class Text implements OpenMetrics1Form {
        private final HelpText helpText = new HelpText(true, losses);

        @Override
        public FamilyRules rules(MetricType type, String family) {
            return OpenMetrics1Rules.inText(type, family, escaping.metricName(family), escaping.labelName(family));
        }

        @Override
        public MetricFit fit(Losses toReport) {
            return new ClassicFit(toReport, options.nativeHistograms());
        }

        @Override
        public Metadata withHelp(Metadata metadata) {
            return helpText.fit(metadata);
        }

        @Override
        public boolean holdsStart(Timestamp start) {
            return true;
        }
    }

    OpenMetrics1Writer(ByteSink sink, WriteOptions options) {
        super(sink, options);
    }

    @Override
    void announce(Outline outline) {
        families.announce(outline);
    }

    @Override
    void writePart(FamilyPart part) throws IOException {
        families.write(part);
    }

    @Override
    void finish() throws IOException {
        families.finish();
        out.text("# EOF\n");
    }
}

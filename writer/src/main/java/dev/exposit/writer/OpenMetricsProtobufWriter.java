package dev.exposit.writer;

import dev.exposit.model.FamilyPart;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricType;
import dev.exposit.model.Outline;
import dev.exposit.model.PlainMetrics;
import dev.exposit.model.Timestamp;
import java.io.IOException;

/**
 * Writes one {@code openmetrics.MetricSet}, family by family: each is a field of it, and what follows an incomplete set makes
 * it whole, so that only a family need be held. {@link OpenMetrics1Families} decides how families stand,
 * {@link TypedMessage} and {@link UnknownMessages} write them.
 *
 * <p>Specification: OpenMetrics 1.0, "Protobuf format".
 */
final class OpenMetricsProtobufWriter extends SequencedWriter {
    private final OpenMetrics1Families families = new OpenMetrics1Families(
            options,
            escaping,
            losses,
            new Messages(),
            new TypedMessage(out, escaping, losses, options),
            new UnknownMessages(out, options.messageBytes()));

    /** What messages can carry. */
    private final class Messages implements OpenMetrics1Form {
        @Override
        public FamilyRules rules(MetricType type, String family) {
            return new OpenMetricsProtobufRules(type, family, escaping.metricName(family));
        }

        @Override
        public MetricFit fit(Losses toReport) {
            MetricFit times = new MessageTimesFit(toReport);
            MetricFit buckets = new ClassicFit(toReport, options.nativeHistograms());
            return new MetricFit() {
                @Override
                public Metric fit(Metric metric, String family) {
                    return buckets.fit(times.fit(metric, family), family);
                }

                @Override
                public boolean leaves(PlainMetrics metrics) {
                    return times.leaves(metrics) && buckets.leaves(metrics);
                }
            };
        }

        @Override
        public Metadata withHelp(Metadata metadata) {
            return metadata;
        }

        @Override
        public boolean holdsStart(Timestamp start) {
            return MessageOutput.holds(start);
        }
    }

    OpenMetricsProtobufWriter(ByteSink sink, WriteOptions options) {
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
    }
}

package dev.exposit.convert;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.LossReport;
import dev.exposit.model.MetricSet;
import dev.exposit.model.Outline;
import dev.exposit.writer.ExpositionWriter;
import dev.exposit.writer.LossPolicy;
import dev.exposit.writer.WriteOptions;
import java.io.IOException;
import java.io.OutputStream;

/** The exposition formats that the module {@code writer} writes. */
record ExpositionOutput(WriteOptions options) implements OutputFormat {
    @Override
    public String id() {
        return options.format().id();
    }

    @Override
    public LossPolicy onLoss() {
        return options.onLoss();
    }

    @Override
    public boolean needsOutline() {
        return options.format() == ExpositionFormat.OPENMETRICS_1
                || options.format() == ExpositionFormat.OPENMETRICS_PROTOBUF;
    }

    /** Whether the writer copies labels that come as text; that of Prometheus text goes by objects. */
    boolean copiesText() {
        return options.format() != ExpositionFormat.PROMETHEUS_TEXT
                && options.format() != ExpositionFormat.PROMETHEUS_TEXT_0_0_4;
    }

    @Override
    public FamilyTarget open(OutputStream out, Outline outline) {
        return new Target(
                ExpositionWriter.open(out, options.toBuilder().outline(outline).build()));
    }

    /** A writer of the module {@code writer}. */
    private record Target(ExpositionWriter writer) implements FamilyTarget {
        @Override
        public void write(FamilyPart part) throws IOException {
            writer.write(part);
        }

        @Override
        public void write(MetricSet set) throws IOException {
            writer.write(set);
        }

        @Override
        public LossReport losses() {
            return writer.losses();
        }

        @Override
        public void abort() {
            writer.abort();
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }
}

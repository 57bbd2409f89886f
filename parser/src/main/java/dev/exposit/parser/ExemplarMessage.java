package dev.exposit.parser;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/** Reads an {@code io.prometheus.client.Exemplar}, which may come in several pieces. */
final class ExemplarMessage {
    private final MetricMessage metric;
    private LabelTable labels = new LabelTable();
    private double value;
    private final TimestampMessage timestamp = new TimestampMessage();
    private int bytes;

    ExemplarMessage(MetricMessage metric) {
        this.metric = metric;
    }

    /** Begins one whose labels are to stand in a table. */
    void begin(LabelTable table) {
        labels = table;
        value = 0;
        timestamp.clear();
        bytes = 0;
    }

    void read() throws IOException {
        CodedInputStream in = metric.in();
        int limit = metric.begin();
        bytes += in.getBytesUntilLimit();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case (1 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED -> metric.label(labels);
                case (2 << 3) | WireFormat.WIRETYPE_FIXED64 -> value = in.readDouble();
                case (3 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED -> timestamp.read(metric);
                default -> MessageReader.skip(in, tag);
            }
        }
        in.popLimit(limit);
        metric.checkExemplarLength(bytes);
    }

    /** Adds it to the table that {@link #begin} got its labels from. */
    void addTo(ExemplarTable table) {
        metric.checkLabels(labels);
        if (timestamp.isThere()) {
            timestamp.check(metric);
            table.add(value, timestamp.seconds(), timestamp.nanos());
        } else {
            table.add(value);
        }
    }
}

package dev.exposit.parser;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/** Reads an exemplar's message, which may come in several pieces; the schemas have but other numbers for its fields. */
final class ExemplarMessage {
    private final MetricParts metric;
    private final int labelTag;
    private final int valueTag;
    private final int timestampTag;
    private LabelTable labels = new LabelTable();
    private double value;
    private final TimestampMessage timestamp = new TimestampMessage();
    private int bytes;

    ExemplarMessage(MetricParts metric, int label, int value, int timestamp) {
        this.metric = metric;
        this.labelTag = (label << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
        this.valueTag = (value << 3) | WireFormat.WIRETYPE_FIXED64;
        this.timestampTag = (timestamp << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    /** Begins one whose labels are to stand in a table. */
    void begin(LabelTable table) {
        labels = table;
        value = 0;
        timestamp.clear();
        bytes = 0;
    }

    void read() throws IOException {
        CodedInputStream in = metric.in;
        int limit = metric.begin();
        bytes += in.getBytesUntilLimit();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == labelTag) {
                metric.label(labels);
            } else if (tag == valueTag) {
                value = in.readDouble();
            } else if (tag == timestampTag) {
                timestamp.read(metric);
            } else {
                MessageReader.skip(in, tag);
            }
        }
        in.popLimit(limit);
        metric.checkExemplarLength(bytes);
    }

    /** Adds it to the table that {@link #begin} got its labels from. */
    void addTo(ExemplarTable table) {
        metric.checkLabels(labels);
        metric.checkExemplar(labels, labels.size() == 0 ? metric.base : labels.start(0));
        if (timestamp.isThere()) {
            timestamp.check(metric);
            table.add(value, timestamp.seconds(), timestamp.nanos());
        } else {
            table.add(value);
        }
    }
}

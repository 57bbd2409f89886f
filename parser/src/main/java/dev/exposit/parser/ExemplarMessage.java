package dev.exposit.parser;

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
        this.labelTag = (label << 3) | WireCursor.BYTES;
        this.valueTag = (value << 3) | WireCursor.FIXED64;
        this.timestampTag = (timestamp << 3) | WireCursor.BYTES;
    }

    /** Begins one whose labels are to stand in a table. */
    void begin(LabelTable table) {
        labels = table;
        value = 0;
        timestamp.clear();
        bytes = 0;
    }

    void read() {
        WireCursor in = metric.in;
        int limit = in.begin();
        bytes += in.end() - in.at;
        for (int tag = in.tag(); tag != 0; tag = in.tag()) {
            if (tag == labelTag) {
                metric.label(labels);
            } else if (tag == valueTag) {
                value = in.float64();
            } else if (tag == timestampTag) {
                timestamp.read(metric);
            } else {
                in.skip(tag);
            }
        }
        in.leave(limit);
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

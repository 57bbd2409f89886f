package dev.exposit.parser;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code io.prometheus.client.MetricFamily} messages, by the schema in force ("Prometheus Protobuf Format" of
 * the Prometheus exposition formats, {@code metrics.proto} of Prometheus). One message, a metric family, is in memory at a
 * time; what is in a metric, {@link MetricMessage} reads.
 *
 * <p>Fields may come in any order, and do: the unit stands behind the metrics. So a message is gone through twice, first
 * for what is said of the family, which is little, then metric by metric:
 *
 * <pre>
 * in the message     1 name, 2 help, 3 type, 5 unit: kept; 4 metric: passed over, later read; others: passed over
 * </pre>
 */
final class ProtobufReader extends MessageReader {
    private static final int NAME = 1;
    private static final int HELP = 2;
    private static final int TYPE = 3;
    private static final int METRIC = 4;
    private static final int UNIT = 5;

    private final ExpositionFormat format;
    private final MetricMessage metric = new MetricMessage(this);

    // The message at hand.
    private int messageFrom;
    private int messageTo;
    private int helpFrom;
    private int helpTo;
    private int unitFrom;
    private int unitTo;
    private int typeNumber;
    /** What is said of the family and was not handed out yet: 0 help, 1 type, 2 unit, 3 nothing. */
    private int metadataStep = 3;
    /** Walks through the message's metrics; null before the first message. */
    private @Nullable CodedInputStream metrics;

    /** A reader of the messages of a source, which come in the wrapping of a format. */
    ProtobufReader(MessageSource source, ExpositionFormat format, ReadOptions options) {
        super(source, options);
        this.format = format;
    }

    @Override
    public ExpositionFormat format() {
        return format;
    }

    @Override
    FamilyAssembly assembly(String wireName) {
        return new PointFamily(this, wireName);
    }

    /** Each metric has one value. */
    @Override
    boolean hasSeveralPoints() {
        return false;
    }

    @Override
    void leaveMessage() {
        metadataStep = 3;
        metrics = null;
    }

    // ---- The family

    @Override
    void readFamily(int from, int to) throws IOException {
        messageFrom = from;
        messageTo = to;
        helpFrom = helpTo = unitFrom = unitTo = messageFrom;
        typeNumber = 0;
        CodedInputStream in = CodedInputStream.newInstance(b, messageFrom, messageTo - messageFrom);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case (NAME << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
                    nameTo = text(in, messageFrom);
                    nameFrom = textFrom;
                }
                case (HELP << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
                    helpTo = text(in, messageFrom);
                    helpFrom = textFrom;
                }
                case (UNIT << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
                    unitTo = text(in, messageFrom);
                    unitFrom = textFrom;
                }
                case (TYPE << 3) | WireFormat.WIRETYPE_VARINT -> typeNumber = in.readEnum();
                default -> skip(in, tag);
            }
        }
        if (nameFrom == nameTo) {
            throw error(ErrorCode.EMPTY_NAME, messageFrom, "a metric family's name", "none");
        }
        beginFamily(nameFrom, nameTo);
        MetricType type = type(typeNumber);
        if (type == null) {
            family.leaveOut();
            throw error(ErrorCode.UNKNOWN_TYPE, messageFrom, "a type of the schema, 0 to 5", "" + typeNumber);
        }
        family.setType(type);
        metrics = CodedInputStream.newInstance(b, messageFrom, messageTo - messageFrom);
        metadataStep = isUnwanted() ? 3 : 0;
        if (isUnwanted()) {
            leaveMessage();
        }
    }

    private static @Nullable MetricType type(int number) {
        return switch (number) {
            case 0 -> MetricType.COUNTER;
            case 1 -> MetricType.GAUGE;
            case 2 -> MetricType.SUMMARY;
            case 3 -> MetricType.UNKNOWN;
            case 4 -> MetricType.HISTOGRAM;
            case 5 -> MetricType.GAUGE_HISTOGRAM;
            default -> null;
        };
    }

    // ---- What is in a message

    @Override
    @Nullable
    Event nextInMessage() {
        while (metadataStep < 3) {
            eventFrom = messageFrom;
            eventTo = messageFrom;
            switch (metadataStep++) {
                case 0 -> {
                    if (helpFrom < helpTo) {
                        setText(b, helpFrom, helpTo);
                        return Event.HELP;
                    }
                }
                case 1 -> {
                    return Event.TYPE;
                }
                default -> {
                    if (unitFrom < unitTo) {
                        setText(b, unitFrom, unitTo);
                        return Event.UNIT;
                    }
                }
            }
        }
        return nextMetric();
    }

    private @Nullable Event nextMetric() {
        CodedInputStream in = metrics;
        if (in == null) {
            return null;
        }
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag != ((METRIC << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
                    skip(in, tag);
                    continue;
                }
                int length = in.readRawVarint32();
                eventFrom = messageFrom + in.getTotalBytesRead();
                eventTo = eventFrom + length;
                // Passed over before it is read, so that reading goes on behind it whatever is in it.
                in.skipRawBytes(length);
                setSampleName(nameFrom, nameTo);
                return metric.read(eventFrom, eventTo, family.type());
            }
            return null;
        } catch (IOException e) {
            leaveMessage();
            throw malformed(messageFrom, e);
        }
    }
}

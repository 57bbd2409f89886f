package dev.exposit.grammar;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import dev.exposit.grammar.generated.prometheus.MetricFamily;
import dev.exposit.model.Location;
import dev.exposit.model.MetricSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Prometheus protobuf: {@code io.prometheus.client.MetricFamily} messages one after the other, by the schema in
 * {@code metrics.proto}. Reading the messages is protobuf-java's work; what they mean, {@link PrometheusProtobufFamily}
 * says.
 */
final class PrometheusProtobufReference {
    private static final TextFormat.Parser TEXT = TextFormat.Parser.newBuilder()
            .setSingularOverwritePolicy(TextFormat.Parser.SingularOverwritePolicy.FORBID_SINGULAR_OVERWRITES)
            .build();

    private final Set<String> names = new HashSet<>();
    private final List<dev.exposit.model.MetricFamily> families = new ArrayList<>();

    private PrometheusProtobufReference() {}

    // ---- Binary

    /** Reads {@code encoding=delimited}: each message has its length before it, as a varint. */
    static MetricSet parse(byte[] exposition) {
        PrometheusProtobufReference read = new PrometheusProtobufReference();
        CodedInputStream in = ProtobufParts.stream(exposition);
        int start = 0;
        while (start < exposition.length) {
            Location at = new Location(1, 1, start);
            try {
                read.add(MetricFamily.parseFrom(ProtobufParts.stream(message(in, exposition.length))), at);
            } catch (IOException e) {
                throw new InvalidExpositionException(at, "No delimited MetricFamily: " + e.getMessage());
            }
            start = in.getTotalBytesRead();
        }
        return MetricSet.of(read.families);
    }

    /** The bytes of the next message. */
    private static byte[] message(CodedInputStream in, int end) throws IOException {
        long length = in.readRawVarint64();
        int left = end - in.getTotalBytesRead();
        if (length < 0 || length > left) {
            throw new InvalidProtocolBufferException(
                    "a length of " + Long.toUnsignedString(length) + " where " + left + " bytes are left");
        }
        return in.readRawBytes((int) length);
    }

    // ---- Text

    /** Reads {@code encoding=text} and {@code encoding=compact-text}, which differ only in their blanks. */
    static MetricSet parseText(byte[] exposition) {
        PrometheusProtobufReference read = new PrometheusProtobufReference();
        ProtobufText text = ProtobufText.decode(exposition, MetricFamily.getDescriptor());
        for (ProtobufText.Message message : text.messages()) {
            MetricFamily.Builder family = MetricFamily.newBuilder();
            try {
                TEXT.merge(message.text(), family);
            } catch (TextFormat.ParseException e) {
                throw new InvalidExpositionException(
                        text.location(message, e.getLine(), e.getColumn()), "No MetricFamily: " + e.getMessage());
            }
            read.add(family.build(), text.location(message.start()));
        }
        return MetricSet.of(read.families);
    }

    // ---- Both

    private void add(MetricFamily message, Location at) {
        try {
            dev.exposit.model.MetricFamily family = PrometheusProtobufFamily.family(message);
            if (!names.add(family.name())) {
                throw new InvalidMessageException("metric family \"" + family.name() + "\" twice");
            }
            families.add(family);
        } catch (InvalidMessageException e) {
            throw new InvalidExpositionException(at, "Invalid MetricFamily: " + e.getMessage());
        }
    }
}

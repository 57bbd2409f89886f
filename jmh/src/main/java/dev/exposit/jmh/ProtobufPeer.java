package dev.exposit.jmh;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Parser;
import dev.exposit.grammar.generated.prometheus.MetricFamily;
import java.io.IOException;
import java.util.function.Consumer;

/** Reads delimited protobuf to the classes that protoc generates, which is the usual way. */
final class ProtobufPeer {
    private static final Parser<MetricFamily> FAMILIES = MetricFamily.parser();

    private ProtobufPeer() {}

    static void generated(byte[] messages, Consumer<MetricFamily> sink) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(messages);
        while (!in.isAtEnd()) {
            int limit = in.pushLimit(in.readRawVarint32());
            sink.accept(FAMILIES.parseFrom(in));
            in.popLimit(limit);
        }
    }
}

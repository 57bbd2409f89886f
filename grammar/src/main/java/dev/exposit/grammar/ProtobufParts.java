package dev.exposit.grammar;

import com.google.protobuf.CodedInputStream;
import dev.exposit.model.LabelNumber;
import dev.exposit.model.Labels;
import dev.exposit.model.Timestamp;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What both protobuf formats have: labels, timestamps, bounds, unsigned integers, and things that stand but once. */
final class ProtobufParts {
    // The range of google.protobuf.Timestamp: 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
    private static final long FIRST_SECOND = -62_135_596_800L;
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int LAST_NANO = 999_999_999;

    private static final int PIECE = 8;

    private ProtobufParts() {}

    /**
     * Reads bytes in pieces that are shorter than a varint may be, where protobuf-java reads each byte of one. Where it sees ten
     * at once, version 4.36 takes a varint that does not end with the tenth, and those up to 4.33 do not look at its bits.
     */
    static CodedInputStream stream(byte[] bytes) {
        ByteBuffer all = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
        List<ByteBuffer> pieces = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += PIECE) {
            pieces.add(all.slice(at, Math.min(PIECE, bytes.length - at)));
        }
        return CodedInputStream.newInstance(pieces);
    }

    /** Labels in wire order, of messages that have a name and a value. */
    static <T> Labels labels(List<T> messages, Function<T, String> nameOf, Function<T, String> valueOf) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (T message : messages) {
            String name = nameOf.apply(message);
            if (name.isEmpty()) {
                throw new InvalidMessageException("a label without a name");
            }
            if (labels.put(name, valueOf.apply(message)) != null) {
                throw new InvalidMessageException("label name \"" + name + "\" twice in one label set");
            }
        }
        return Labels.of(labels);
    }

    /** Refuses the label that tells the parts of the metric's value apart in text. */
    static void requireNoLabel(Labels labels, String name) {
        if (labels.contains(name)) {
            throw new InvalidMessageException("label name \"" + name + "\" belongs to the parts of the metric");
        }
    }

    static Timestamp timestamp(com.google.protobuf.Timestamp message) {
        long seconds = message.getSeconds();
        int nanos = message.getNanos();
        if (nanos < 0 || nanos > LAST_NANO) {
            throw new InvalidMessageException("nanoseconds not 0 to 999999999: " + nanos);
        }
        if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
            throw new InvalidMessageException("seconds outside of the years 1 to 9999: " + seconds);
        }
        return new Timestamp(seconds, nanos);
    }

    /** A bucket's upper bound or a summary's quantile. */
    static LabelNumber bound(double number) {
        if (Double.isNaN(number)) {
            throw new InvalidMessageException("a bound or quantile that is NaN");
        }
        return LabelNumber.of(number);
    }

    /** The nearest double to a uint64, which Java holds as a long. */
    static double unsigned(long bits) {
        return Double.parseDouble(Long.toUnsignedString(bits));
    }

    /** Refuses two elements with the same key. */
    static <T> void requireDistinct(String what, List<T> elements, Function<T, ?> keyOf) {
        Set<Object> keys = new HashSet<>();
        for (T element : elements) {
            Object key = keyOf.apply(element);
            if (!keys.add(key)) {
                throw new InvalidMessageException(what + " " + key + " twice");
            }
        }
    }

    /** What each message becomes, in wire order. */
    static <M, R> List<R> each(List<M> messages, Function<M, R> read) {
        List<R> results = new ArrayList<>();
        messages.forEach(message -> results.add(read.apply(message)));
        return results;
    }
}

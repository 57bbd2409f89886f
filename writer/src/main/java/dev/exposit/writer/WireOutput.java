package dev.exposit.writer;

import dev.exposit.model.Labels;
import dev.exposit.model.PlainMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Messages in protobuf's wire format. Repeated numbers are packed, which every reader takes.
 *
 * <p>The length of a message within a message is put in front of it when it ends. For most one byte will do, which was left
 * free; a longer message is moved.
 *
 * <p>Specification: Protocol Buffers, "Encoding".
 */
final class WireOutput extends MessageOutput {
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;

    /** Lower tags take one byte. */
    private static final int ONE_BYTE = 0x80;

    private final LabelHeads heads = new LabelHeads(WireOutput::head);

    @Override
    MessageOutput another() {
        return new WireOutput();
    }

    @Override
    boolean takesUnknownFields() {
        return true;
    }

    private static int tag(Field field, int wireType) {
        return field.number() << 3 | wireType;
    }

    @Override
    int begin(Field field) throws IOException {
        int tag = tag(field, BYTES);
        if (tag < ONE_BYTE) {
            out.begin(tag);
        } else {
            out.varint(tag);
            out.ascii('\0');
        }
        return out.length();
    }

    @Override
    void end(int begun) throws IOException {
        out.putLength(begun);
    }

    @Override
    void text(Field field, String value) throws IOException {
        int begun = begin(field);
        out.text(value);
        end(begun);
    }

    @Override
    void label(Field field, int position, String name, String value) throws IOException {
        int begun = begin(field);
        out.bytes(heads.head(position, name));
        int begunValue = out.length();
        out.text(value);
        end(begunValue);
        end(begun);
    }

    @Override
    void labels(Field field, Labels labels) throws IOException {
        if (!labels.isPlainText()) {
            super.labels(field, labels);
            return;
        }
        int tag = tag(field, BYTES);
        for (int i = 0; i < labels.size(); i++) {
            String name = labels.name(i);
            if (!out.shortMessage(tag, heads.head(i, name), labels.value(i))) {
                label(field, i, name, labels.value(i));
            }
        }
    }

    @Override
    void label(Field field, int position, PlainMetrics metrics, int metric) throws IOException {
        int begun = begin(field);
        out.bytes(heads.head(position, metrics.labelName(metric, position)));
        int begunValue = out.length();
        if (metrics.isEscaped(metric)) {
            out.text(metrics.labelValue(metric, position));
        } else {
            int from = metrics.valueBegin(metric, position);
            out.bytes(metrics.bytes(), from, metrics.valueEnd(metric, position) - from);
        }
        end(begunValue);
        end(begun);
    }

    /** The name of a label, and its value's beginning. */
    private static byte[] head(String name) {
        try {
            WireOutput head = new WireOutput();
            head.text(LABEL_NAME, name);
            head.begin(LABEL_VALUE);
            return head.out.toBytes(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // never, in memory
        }
    }

    @Override
    void number(Field field, double value) throws IOException {
        int tag = tag(field, FIXED64);
        if (tag < ONE_BYTE) {
            out.fixed64(tag, Double.doubleToRawLongBits(value));
        } else {
            out.varint(tag);
            out.fixed64(Double.doubleToRawLongBits(value));
        }
    }

    @Override
    void integer(Field field, long value) throws IOException {
        int tag = tag(field, VARINT);
        if (tag < ONE_BYTE) {
            out.varint(tag, value);
        } else {
            out.varint(tag);
            out.varint(value);
        }
    }

    @Override
    void unsigned(Field field, long value) throws IOException {
        integer(field, value);
    }

    @Override
    void signed(Field field, long value) throws IOException {
        integer(field, zigZag(value));
    }

    /** Small numbers of either sign become small ones. */
    private static long zigZag(long value) {
        return value << 1 ^ value >> 63;
    }

    @Override
    void choice(Field field, int value, String name) throws IOException {
        integer(field, value);
    }

    @Override
    void numbers(Field field, List<Double> values) throws IOException {
        int begun = begin(field);
        for (double value : values) {
            out.fixed64(Double.doubleToRawLongBits(value));
        }
        end(begun);
    }

    @Override
    void deltas(Field field, List<Double> values) throws IOException {
        int begun = begin(field);
        long last = 0;
        for (double value : values) {
            out.varint(zigZag((long) value - last));
            last = (long) value;
        }
        end(begun);
    }

    @Override
    void writeTo(TextOutput to) throws IOException {
        to.varint(out.length());
        to.append(out);
        clear();
    }
}

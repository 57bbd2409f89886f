package dev.exposit.writer;

import dev.exposit.model.Labels;
import dev.exposit.model.PlainMetrics;
import dev.exposit.model.Timestamp;
import java.io.IOException;
import java.util.List;

/**
 * What the fields of a message are written to, in one of protobuf's forms. It grows in memory, since a message's length
 * stands in front of it.
 */
abstract sealed class MessageOutput permits WireOutput, MessageTextOutput {
    static final Field LABEL_NAME = new Field(1, "name");
    static final Field LABEL_VALUE = new Field(2, "value");

    private static final Field SECONDS = new Field(1, "seconds");
    private static final Field NANOS = new Field(2, "nanos");

    // 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z, as the schema of a timestamp says.
    private static final long FIRST_SECOND = -62_135_596_800L;
    private static final long LAST_SECOND = 253_402_300_799L;

    final TextOutput out = TextOutput.inMemory();

    /** An output in the same form. */
    abstract MessageOutput another();

    /** Whether readers pass over a field that they do not know. */
    abstract boolean takesUnknownFields();

    /** Begins a message within the message; answers what its {@link #end} wants to know. */
    abstract int begin(Field field) throws IOException;

    /** Ends the message that began there. */
    abstract void end(int begun) throws IOException;

    abstract void text(Field field, String value) throws IOException;

    /** Writes a message of a label, which holds its name and its value; the position is its own among its set's. */
    void label(Field field, int position, String name, String value) throws IOException {
        int begun = begin(field);
        text(LABEL_NAME, name);
        text(LABEL_VALUE, value);
        end(begun);
    }

    /** Writes a message for each label. */
    void labels(Field field, Labels labels) throws IOException {
        for (int i = 0; i < labels.size(); i++) {
            label(field, i, labels.name(i), labels.value(i));
        }
    }

    /** Writes a message of the label that stands at a position of a metric's. */
    void label(Field field, int position, PlainMetrics metrics, int metric) throws IOException {
        label(field, position, metrics.labelName(metric, position), metrics.labelValue(metric, position));
    }

    abstract void number(Field field, double value) throws IOException;

    /** Writes a field of type int32 or int64. */
    abstract void integer(Field field, long value) throws IOException;

    /** Writes a field of type uint32 or uint64, all bits of which are the number's. */
    abstract void unsigned(Field field, long value) throws IOException;

    /** Writes a field of type sint32 or sint64. */
    abstract void signed(Field field, long value) throws IOException;

    /** Writes an enum's value, which has a number and a name. */
    abstract void choice(Field field, int value, String name) throws IOException;

    /** Writes a repeated field of numbers, at least one. */
    abstract void numbers(Field field, List<Double> values) throws IOException;

    /** Writes a repeated field of type sint64, at least one: the difference of each number from the one before. */
    abstract void deltas(Field field, List<Double> values) throws IOException;

    /** Whether {@link #timestamp} can write a time. */
    static boolean holds(Timestamp time) {
        return time.seconds() >= FIRST_SECOND && time.seconds() <= LAST_SECOND;
    }

    /** Writes a {@code google.protobuf.Timestamp}. */
    final void timestamp(Field field, Timestamp time) throws IOException {
        int begun = begin(field);
        if (time.seconds() != 0) {
            integer(SECONDS, time.seconds());
        }
        if (time.nanos() != 0) {
            integer(NANOS, time.nanos());
        }
        end(begun);
    }

    /** How many bytes there are. */
    final int length() {
        return out.length();
    }

    /** Forgets all that was written. */
    final void clear() {
        out.truncate(0);
    }

    /** Passes everything on as one message of an exposition, and forgets it. */
    abstract void writeTo(TextOutput to) throws IOException;
}

package dev.exposit.writer;

import java.io.IOException;
import java.util.List;

/**
 * Messages in protobuf's text format: a field a line, indented, with a blank line behind each message; or, compact, a
 * message a line.
 *
 * <p>Specification: Protocol Buffers, "Text Format Language".
 */
final class MessageTextOutput extends MessageOutput {
    private final boolean compact;
    private int depth;

    MessageTextOutput(boolean compact) {
        this.compact = compact;
    }

    @Override
    MessageOutput another() {
        return new MessageTextOutput(compact);
    }

    /** Readers refuse fields that they do not know, lest a mistyped one be lost. */
    @Override
    boolean takesUnknownFields() {
        return false;
    }

    private void name(Field field) throws IOException {
        if (compact) {
            if (out.length() > 0) {
                out.ascii(' ');
            }
        } else {
            indent();
        }
        out.text(field.name());
    }

    private void indent() throws IOException {
        for (int i = 0; i < depth; i++) {
            out.ascii(' ');
            out.ascii(' ');
        }
    }

    private void beginValue(Field field) throws IOException {
        name(field);
        out.ascii(':');
        out.ascii(' ');
    }

    private void endField() throws IOException {
        if (!compact) {
            out.ascii('\n');
        }
    }

    @Override
    int begin(Field field) throws IOException {
        name(field);
        out.ascii(' ');
        out.ascii('{');
        endField();
        depth++;
        return out.length();
    }

    @Override
    void end(int begun) throws IOException {
        depth--;
        if (compact) {
            out.ascii(' ');
        } else {
            indent();
        }
        out.ascii('}');
        endField();
    }

    @Override
    void text(Field field, String value) throws IOException {
        beginValue(field);
        out.ascii('"');
        out.escapedControls(value);
        out.ascii('"');
        endField();
    }

    @Override
    void number(Field field, double value) throws IOException {
        beginValue(field);
        if (Double.isNaN(value)) {
            out.text("nan");
        } else if (Double.isInfinite(value)) {
            out.text(value > 0 ? "inf" : "-inf");
        } else {
            out.number(value);
        }
        endField();
    }

    @Override
    void integer(Field field, long value) throws IOException {
        beginValue(field);
        out.text(Long.toString(value));
        endField();
    }

    @Override
    void unsigned(Field field, long value) throws IOException {
        beginValue(field);
        out.text(Long.toUnsignedString(value));
        endField();
    }

    @Override
    void signed(Field field, long value) throws IOException {
        integer(field, value);
    }

    @Override
    void choice(Field field, int value, String name) throws IOException {
        beginValue(field);
        out.text(name);
        endField();
    }

    @Override
    void numbers(Field field, List<Double> values) throws IOException {
        for (double value : values) {
            number(field, value);
        }
    }

    @Override
    void deltas(Field field, List<Double> values) throws IOException {
        long last = 0;
        for (double value : values) {
            signed(field, (long) value - last);
            last = (long) value;
        }
    }

    @Override
    void writeTo(TextOutput to) throws IOException {
        to.append(out);
        to.ascii('\n');
        clear();
    }
}

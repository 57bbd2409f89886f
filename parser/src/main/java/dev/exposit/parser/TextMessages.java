package dev.exposit.parser;

import dev.exposit.model.Location;
import dev.exposit.parser.MessageSchema.Field;
import dev.exposit.parser.MessageSchema.Kind;
import java.io.IOException;
import java.util.Objects;

/**
 * Messages in protobuf's text format, one behind the other, each made into the bytes that the binary format has for it: what a
 * message means, nobody reads but the {@link MessageReader}. Text is read as it comes; one family's bytes are held at a time.
 *
 * <pre>
 * exposition = { family }
 * family     = "name" field...            up to the next "name" outside of all braces, or the end
 * message    = { field }
 * field      = IDENT [ ":" ] ( value | "[" [ value { "," value } ] "]" ) [ ";" | "," ]
 *                                         the colon may be missing before messages, the list is for repeated fields
 * value      = "{" message "}" | "&lt;" message "&gt;" | STRING { STRING } | [ "-" ] number | [ "-" ] IDENT
 * </pre>
 *
 * <p>A field must be of the schema, and stand once if it is a single one. Fields before the first name are a message too, one
 * without a name.
 *
 * <p>Specification: "Protocol Buffers Text Format Language", "Syntax Elements" and "Value Types".
 */
final class TextMessages extends MessageSource {
    private static final int END = -1;

    private final LineBuffer buffer;
    private final MessageTextScanner text;
    private final MessageNumber number = new MessageNumber();
    private final WireBuffer wire;
    private final TextPlaces places = new TextPlaces();
    private boolean afterError;

    TextMessages(LineBuffer buffer, ReadLimits limits) {
        super(new byte[0], 0);
        this.buffer = buffer;
        this.text = new MessageTextScanner(buffer, limits);
        this.wire = new WireBuffer(limits);
    }

    @Override
    boolean next(MessageReader reader) throws IOException {
        wire.clear();
        // Each message is put together where the one before was.
        moved = true;
        places.clear();
        try {
            return next();
        } catch (MessageTextException e) {
            afterError = true;
            throw reader.error(e.code, e.problem);
        } finally {
            bytes = wire.bytes;
            to = wire.size();
        }
    }

    private boolean next() throws IOException {
        if (afterError) {
            text.goToNextFamily();
            afterError = false;
        }
        boolean found = text.peek() != END;
        text.beginMessage();
        addPlace(wire.size());
        if (found) {
            fields(MessageSchema.METRIC_FAMILY, END);
        }
        return found;
    }

    // ---- Syntax

    /** Reads fields up to what ends them: a closing brace, or the end of the family. */
    private void fields(MessageSchema schema, int close) throws IOException {
        int seen = 0;
        for (boolean first = true; ; first = false) {
            int next = text.peek();
            if (next == close) {
                if (close != END) {
                    text.take((char) close);
                }
                return;
            }
            Field field = fieldName(schema, close);
            if (field == MessageSchema.FAMILY_NAME && !first) {
                text.goBack();
                return;
            }
            int bit = 1 << field.number;
            if (!field.repeated && (seen & bit) != 0) {
                throw text.error(ErrorCode.MALFORMED_MESSAGE, "a single field once", text.got() + " a second time");
            }
            seen |= bit;
            wire.refuseLonger(text.messageBytes());
            fieldValues(field);
            if (!text.take(';')) {
                text.take(',');
            }
        }
    }

    private Field fieldName(MessageSchema schema, int close) throws IOException {
        String expected = close == END ? "a field's name" : "a field's name or '" + (char) close + "'";
        if (!text.identifier()) {
            throw text.error(ErrorCode.MALFORMED_MESSAGE, expected, text.got());
        }
        Field field = schema.field(text.bytes(), text.tokenFrom(), text.tokenTo());
        if (field == null) {
            throw text.error(ErrorCode.MALFORMED_MESSAGE, "a field of the schema", text.got());
        }
        return field;
    }

    private void fieldValues(Field field) throws IOException {
        long offset = text.tokenOffset();
        long line = text.tokenLine();
        long column = text.tokenColumn();
        if (!text.take(':') && field.kind != Kind.MESSAGE) {
            throw text.error(ErrorCode.MALFORMED_MESSAGE, "':'", text.got());
        }
        if (!field.repeated || !text.take('[')) {
            if (field.kind == Kind.MESSAGE) {
                places.add(contentOf(field), offset, line, column);
            }
            value(field);
        } else if (!text.take(']')) {
            do {
                text.peek();
                if (field.kind == Kind.MESSAGE) {
                    addPlace(contentOf(field));
                }
                value(field);
            } while (text.take(','));
            if (!text.take(']')) {
                throw text.error(ErrorCode.MALFORMED_MESSAGE, "',' or ']'", text.got());
            }
        }
    }

    private void value(Field field) throws IOException {
        wire.putVarint(field.tag());
        switch (field.kind) {
            case MESSAGE -> message(Objects.requireNonNull(field.message));
            case STRING -> string();
            case DOUBLE -> wire.putFixed64(Double.doubleToRawLongBits(floating()));
            case METRIC_TYPE -> wire.putVarint(metricType());
            case INT32 -> wire.putVarint(signed(Integer.MAX_VALUE));
            case INT64 -> wire.putVarint(signed(Long.MAX_VALUE));
            case UINT32 -> wire.putVarint(unsigned(0xFFFF_FFFFL));
            case UINT64 -> wire.putVarint(unsigned(-1L));
            case SINT32 -> wire.putVarint(zigZag(signed(Integer.MAX_VALUE)));
            case SINT64 -> wire.putVarint(zigZag(signed(Long.MAX_VALUE)));
        }
    }

    private void message(MessageSchema schema) throws IOException {
        boolean angle = text.take('<');
        if (!angle && !text.take('{')) {
            throw text.error(ErrorCode.MALFORMED_MESSAGE, "'{'", text.got());
        }
        int from = wire.begin();
        fields(schema, angle ? '>' : '}');
        wire.end(from);
    }

    private void string() throws IOException {
        int quote = text.peek();
        if (quote != '"' && quote != '\'') {
            throw text.error(ErrorCode.MALFORMED_MESSAGE, "a string", text.got());
        }
        int from = wire.begin();
        addPlace(from);
        if (!text.string(wire)) {
            // What escapes give shows no earlier than where all pieces have been read.
            throw invalidString(from);
        }
        wire.end(from);
    }

    private MessageTextException invalidString(int from) throws IOException {
        Location at = places.location(from);
        return text.error(ErrorCode.INVALID_UTF8, at, "a string that is UTF-8", "escapes that give other bytes");
    }

    // ---- Numbers

    private double floating() throws IOException {
        boolean negative = text.take('-');
        double magnitude;
        if (text.digits() && number.readDouble(text.bytes(), text.tokenFrom(), text.tokenTo())) {
            magnitude = number.number();
        } else if (text.isToken("inf") || text.isToken("infinity")) {
            magnitude = Double.POSITIVE_INFINITY;
        } else if (text.isToken("nan")) {
            return Double.NaN;
        } else {
            throw text.error(ErrorCode.INVALID_VALUE, "a number", text.got());
        }
        return negative ? -magnitude : magnitude;
    }

    /** Reads an integer from {@code -most - 1} to {@code most}. */
    private long signed(long most) throws IOException {
        boolean negative = text.take('-');
        long magnitude = integer();
        // The magnitude of the least one is one more than the greatest; as a long it may be the least itself.
        if (Long.compareUnsigned(magnitude, negative ? most + 1 : most) > 0) {
            throw outOfRange();
        }
        return negative ? -magnitude : magnitude;
    }

    private long unsigned(long most) throws IOException {
        long magnitude = integer();
        if (Long.compareUnsigned(magnitude, most) > 0) {
            throw outOfRange();
        }
        return magnitude;
    }

    private long integer() throws IOException {
        if (!text.digits() || !number.readInteger(text.bytes(), text.tokenFrom(), text.tokenTo())) {
            throw text.error(ErrorCode.INVALID_VALUE, "an integer", text.got());
        }
        return number.integer();
    }

    private MessageTextException outOfRange() throws IOException {
        return text.error(ErrorCode.VALUE_OUT_OF_RANGE, "an integer within the field's range", text.got());
    }

    private static long zigZag(long value) {
        return value << 1 ^ value >> 63;
    }

    private long metricType() throws IOException {
        if (!text.identifier()) {
            return signed(Integer.MAX_VALUE);
        }
        int type = MessageSchema.metricType(text.bytes(), text.tokenFrom(), text.tokenTo());
        if (type < 0) {
            throw text.error(ErrorCode.UNKNOWN_TYPE, "a type of the schema", text.got());
        }
        return type;
    }

    // ---- Places

    /** The index where the content will begin of a message that is written next. */
    private int contentOf(Field field) {
        return wire.size() + WireBuffer.headBytes(field.tag());
    }

    /** What is at an index of the message stands where the token at hand does. */
    private void addPlace(int index) {
        places.add(index, text.tokenOffset(), text.tokenLine(), text.tokenColumn());
    }

    /** Where a family ends that is none is decided by {@link MessageTextScanner#goToNextFamily}. */
    @Override
    boolean isLost() {
        return false;
    }

    @Override
    Location location(int at) {
        return places.location(at);
    }

    @Override
    public void close() throws IOException {
        buffer.close();
    }
}

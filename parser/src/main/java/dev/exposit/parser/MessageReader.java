package dev.exposit.parser;

import com.google.protobuf.CodedInputStream;
import dev.exposit.model.Location;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What the readers of protobuf share: they take one metric family's message after the other from a {@link MessageSource} and
 * make events of what is in it.
 */
abstract sealed class MessageReader extends EventReader permits ProtobufReader {
    private final MessageSource source;

    /** What messages call the family at hand. */
    int nameFrom;

    int nameTo;

    /** The bytes of the event at hand. */
    int eventFrom;

    int eventTo;

    /** Where the text read last begins. */
    int textFrom;

    /** The family before the message at hand, which an error in finding or beginning this one is no error of. */
    private long ordinalBefore = -1;

    MessageReader(MessageSource source, ReadOptions options) {
        super(options);
        this.source = source;
        this.b = source.bytes;
    }

    // ---- What is in a message

    /** Begins the family of the message at hand. */
    abstract void readFamily(int from, int to) throws IOException;

    /** The next event of the message at hand, or null if there is none. */
    abstract @Nullable Event nextInMessage();

    /** Nothing more is wanted of the message at hand. */
    abstract void leaveMessage();

    // ---- Messages

    @Override
    public Event next() {
        assert endLease();
        if (event == Event.END || isExpandedFurther()) {
            return event;
        }
        while (true) {
            try {
                Event found = nextInMessage();
                if (found == null) {
                    found = nextMessage() ? null : Event.END;
                }
                if (found != null) {
                    log.endLine();
                    enter(found);
                    return event;
                }
            } catch (SkipLine skip) {
                log.endLine();
                log.note(skip.problem);
                if (options.recovery() == Recovery.SKIP_FAMILY) {
                    if (family.ordinal() != ordinalBefore) {
                        family.leaveOut();
                    }
                    leaveMessage();
                }
                if (source.isLost()) {
                    enter(Event.END);
                    return event;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Makes the next message the one at hand, if there is one. */
    private boolean nextMessage() throws IOException {
        leaveMessage();
        ordinalBefore = family.ordinal();
        boolean found = source.next(this);
        b = source.bytes;
        eventFrom = source.from;
        eventTo = source.from;
        if (found) {
            nameFrom = nameTo = source.from;
            try {
                readFamily(source.from, source.to);
            } catch (IOException e) {
                throw malformed(source.from, e);
            }
        }
        return found;
    }

    @Override
    int eventBytes() {
        return eventTo - eventFrom;
    }

    // ---- Fields

    /** Passes over a field that the schema does not have, or that is not looked at now. */
    static void skip(CodedInputStream in, int tag) throws IOException {
        if (!in.skipField(tag)) {
            throw new IOException("the end of a group that did not begin");
        }
    }

    /**
     * Reads the string of a field, which must be UTF-8.
     *
     * @param base the index of the stream's first byte
     * @return the index behind it
     */
    int text(CodedInputStream in, int base) throws IOException {
        int length = in.readRawVarint32();
        textFrom = base + in.getTotalBytesRead();
        in.skipRawBytes(length);
        int to = textFrom + length;
        if (!Utf8.isValid(b, textFrom, to)) {
            throw error(ErrorCode.INVALID_UTF8, textFrom, "UTF-8", "other bytes");
        }
        return to;
    }

    // ---- Problems

    RuntimeException malformed(int at, IOException e) {
        return error(ErrorCode.MALFORMED_MESSAGE, at, "a message of the schema", String.valueOf(e.getMessage()));
    }

    /** An error in the bytes at an index: it ends reading, or the reader goes on with the next metric. */
    RuntimeException error(ErrorCode code, int at, String expected, String got) {
        return error(code, source.location(at), expected, got);
    }

    /** An error at a place: it ends reading, or the reader goes on with the next metric. */
    RuntimeException error(ErrorCode code, Location at, String expected, String got) {
        return error(code, problem(code.name(), Severity.ERROR, at, expected, got));
    }

    /** What ends reading, or has the reader go on, by a problem that is an error. */
    RuntimeException error(ErrorCode code, Problem problem) {
        return options.recovery() == Recovery.THROW
                ? new ExpositionSyntaxException(code, problem)
                : new SkipLine(problem);
    }

    private Problem problem(String code, Severity severity, Location at, String expected, String got) {
        String excerpt = nameTo > nameFrom ? Excerpt.printable(b, nameFrom, Math.min(nameTo, nameFrom + 80)) : "";
        return new Problem(code, severity, at, expected, got, excerpt, 0);
    }

    @Override
    void finding(ErrorCode code, String expected, String got) {
        log.violation(code, problem(code.name(), log.severity(code), location(), expected, got));
        log.endLine();
    }

    @Override
    void oddity(ErrorCode code, String expected, String got) {
        log.violation(code, problem(code.name(), Severity.WARNING, location(), expected, got));
        log.endLine();
    }

    // ---- What callers see

    @Override
    public Location location() {
        return source.location(eventFrom);
    }

    @Override
    public Problem problem(String code, Severity severity, @Nullable ByteView at, String expected, String got) {
        int place = at != null && at.array() == b ? at.from() : eventFrom;
        return problem(code, severity, source.location(place), expected, got);
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}

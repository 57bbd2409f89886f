package dev.exposit.conformance.suite;

import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.ReadOptions;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A way in which bytes can reach a reader. Whatever it is, the reader must answer the same. */
record InputShape(String name, Opener opener) {
    /** Opens a reader of some bytes. */
    interface Opener {
        ExpositionReader open(byte[] exposition, ReadOptions options);
    }

    /** Expositions up to this long come in two pieces as well, cut at every place. */
    private static final int LONGEST_CUT = 200;

    private static final byte[] BEFORE = "foreign 7\nforeign{x=\"".getBytes(StandardCharsets.UTF_8);
    private static final byte[] AFTER = "\"} 8\nforeign 9\n# EOF\n".getBytes(StandardCharsets.UTF_8);

    private static final List<InputShape> WHOLE = List.of(
            new InputShape("array", ExpositionReader::open),
            new InputShape(
                    "part of an array",
                    (bytes, options) -> ExpositionReader.open(surrounded(bytes), BEFORE.length, bytes.length, options)),
            new InputShape(
                    "heap buffer",
                    (bytes, options) -> ExpositionReader.open(
                            ByteBuffer.wrap(surrounded(bytes), BEFORE.length, bytes.length), options)),
            new InputShape("direct buffer", (bytes, options) -> {
                ByteBuffer buffer = ByteBuffer.allocateDirect(BEFORE.length + bytes.length + AFTER.length);
                buffer.put(surrounded(bytes)).position(BEFORE.length).limit(BEFORE.length + bytes.length);
                return ExpositionReader.open(buffer, options);
            }),
            new InputShape(
                    "stream", (bytes, options) -> ExpositionReader.open(new ByteArrayInputStream(bytes), options)),
            new InputShape("one-byte reads", (bytes, options) -> ExpositionReader.open(inPieces(bytes, 1, 1), options)),
            new InputShape(
                    "channel",
                    (bytes, options) -> ExpositionReader.open(Channels.newChannel(inPieces(bytes, 5, 7)), options)));

    /** All shapes for an exposition of that many bytes. */
    static List<InputShape> all(int length) {
        List<InputShape> shapes = new ArrayList<>(WHOLE);
        for (int i = 1; i < length && length <= LONGEST_CUT; i++) {
            int cut = i;
            shapes.add(new InputShape(
                    "stream cut at " + cut,
                    (bytes, options) -> ExpositionReader.open(inPieces(bytes, cut, bytes.length), options)));
        }
        return shapes;
    }

    private static byte[] surrounded(byte[] bytes) {
        return ByteBuffer.allocate(BEFORE.length + bytes.length + AFTER.length)
                .put(BEFORE)
                .put(bytes)
                .put(AFTER)
                .array();
    }

    /** A stream whose first read answers {@code first} bytes at most and every further one {@code next} bytes. */
    private static InputStream inPieces(byte[] bytes, int first, int next) {
        return new InputStream() {
            private int at;

            @Override
            public int read() {
                return at < bytes.length ? bytes[at++] & 0xFF : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (at == bytes.length) {
                    return -1;
                }
                int n = Math.min(Math.min(at == 0 ? first : next, length), bytes.length - at);
                System.arraycopy(bytes, at, target, offset, n);
                at += n;
                return n;
            }
        };
    }
}

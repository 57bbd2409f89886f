package dev.exposit.parser;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;

/** The ways in which the same bytes can reach a reader. Whatever they are, the reader must answer the same. */
enum InputShape {
    ARRAY {
        @Override
        ExpositionReader open(byte[] text, ReadOptions options) {
            return ExpositionReader.open(text, options);
        }
    },
    ARRAY_WITHIN_FOREIGN_BYTES {
        @Override
        ExpositionReader open(byte[] text, ReadOptions options) {
            return ExpositionReader.open(surrounded(text), BEFORE.length, text.length, options);
        }
    },
    HEAP_BUFFER {
        @Override
        ExpositionReader open(byte[] text, ReadOptions options) {
            // Both an array offset and a position.
            ByteBuffer buffer = ByteBuffer.wrap(surrounded(text)).position(3).slice();
            buffer.position(BEFORE.length - 3).limit(BEFORE.length - 3 + text.length);
            return ExpositionReader.open(buffer, options);
        }
    },
    READ_ONLY_BUFFER {
        @Override
        ExpositionReader open(byte[] text, ReadOptions options) {
            ByteBuffer buffer = ByteBuffer.wrap(surrounded(text), BEFORE.length, text.length);
            return ExpositionReader.open(buffer.asReadOnlyBuffer(), options);
        }
    },
    DIRECT_BUFFER {
        @Override
        ExpositionReader open(byte[] text, ReadOptions options) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BEFORE.length + text.length + AFTER.length);
            buffer.put(surrounded(text)).position(BEFORE.length).limit(BEFORE.length + text.length);
            return ExpositionReader.open(buffer, options);
        }
    },
    STREAM {
        @Override
        ExpositionReader open(byte[] text, ReadOptions options) {
            return ExpositionReader.open(new ByteArrayInputStream(text), options);
        }
    },
    STREAM_OF_ONE_BYTE_READS {
        @Override
        ExpositionReader open(byte[] text, ReadOptions options) {
            return ExpositionReader.open(inPieces(text, 1, 1), options);
        }
    },
    CHANNEL {
        @Override
        ExpositionReader open(byte[] text, ReadOptions options) {
            return ExpositionReader.open(Channels.newChannel(inPieces(text, 5, 7)), options);
        }
    };

    private static final byte[] BEFORE = "foreign 7\nforeign{x=\"".getBytes(StandardCharsets.UTF_8);
    private static final byte[] AFTER = "\"} 8\nforeign 9\n# EOF\n".getBytes(StandardCharsets.UTF_8);

    abstract ExpositionReader open(byte[] text, ReadOptions options);

    private static byte[] surrounded(byte[] text) {
        return ByteBuffer.allocate(BEFORE.length + text.length + AFTER.length)
                .put(BEFORE)
                .put(text)
                .put(AFTER)
                .array();
    }

    /** A stream whose first read answers {@code first} bytes at most and every further one {@code next} bytes. */
    static InputStream inPieces(byte[] text, int first, int next) {
        return new InputStream() {
            private int at;

            @Override
            public int read() {
                return at < text.length ? text[at++] & 0xFF : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (at == text.length) {
                    return -1;
                }
                int n = Math.min(Math.min(at == 0 ? first : next, length), text.length - at);
                System.arraycopy(text, at, target, offset, n);
                at += n;
                return n;
            }
        };
    }
}

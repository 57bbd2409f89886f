package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineBufferTest {
    private static final ReadLimits LIMITS = ReadLimits.defaults().with(ReadLimits.Limit.LINE_BYTES, 500);

    private static Map<String, LineBuffer> buffersOf(byte[] text) {
        Map<String, LineBuffer> buffers = new LinkedHashMap<>();
        byte[] within = ByteBuffer.allocate(text.length + 9)
                .put("x\ny".getBytes(StandardCharsets.UTF_8))
                .put(text)
                .put((byte) '\n')
                .array();
        buffers.put("array", LineBuffer.of(text, 0, text.length, LIMITS));
        buffers.put("array within", LineBuffer.of(within, 3, 3 + text.length, LIMITS));
        buffers.put("heap buffer", LineBuffer.of(ByteBuffer.wrap(within, 3, text.length), LIMITS));
        buffers.put(
                "direct buffer",
                LineBuffer.of(ByteBuffer.allocateDirect(text.length).put(text).flip(), LIMITS));
        buffers.put("stream", LineBuffer.of(new ByteArrayInputStream(text), LIMITS));
        for (int size : new int[] {1, 2, 3, 7, 64, 500, 501, 502}) {
            buffers.put("pieces of " + size, LineBuffer.of(InputShape.inPieces(text, size, size), LIMITS));
        }
        return buffers;
    }

    /** Takes the lines out as a reader does, some of them again, and checks the invariants on the way. */
    private static byte[] drain(LineBuffer buffer, byte[] text, SplittableRandom random) throws IOException {
        byte[] out = new byte[text.length + 1];
        int length = 0;
        int next = buffer.start;
        while (true) {
            boolean more = buffer.fill(next);
            next = buffer.start;
            assertThat(buffer.base + next).isEqualTo(length);
            if (!more) {
                // What was not done with is still there.
                for (; next < buffer.limit; next++) {
                    out[length++] = buffer.bytes[next];
                }
                return Arrays.copyOf(out, length);
            }
            assertThat(buffer.bytes[buffer.limit - 1]).isEqualTo((byte) '\n');
            assertThat(buffer.limit).isGreaterThan(next);
            // Sometimes not all the lines are done with.
            int done = random.nextInt(3) > 0 ? buffer.limit : next + random.nextInt(buffer.limit - next + 1);
            for (; next < done; next++) {
                out[length++] = buffer.bytes[next];
            }
        }
    }

    @Test
    void whatGoesInComesOutInWholeLines() throws IOException {
        SplittableRandom random = new SplittableRandom(Long.getLong("exposit.seed", 20250107L));
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder();
            for (int lines = random.nextInt(12); lines > 0; lines--) {
                text.append("x".repeat(random.nextInt(4) == 0 ? random.nextInt(490) : random.nextInt(5)))
                        .append('\n');
            }
            if (random.nextBoolean()) {
                text.append("end");
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            String expected =
                    text.length() == 0 || text.charAt(text.length() - 1) == '\n' ? text.toString() : text + "\n";
            for (Map.Entry<String, LineBuffer> buffer : buffersOf(bytes).entrySet()) {
                byte[] out = drain(buffer.getValue(), bytes, random);
                assertThat(new String(out, StandardCharsets.UTF_8))
                        .as(buffer.getKey())
                        .isEqualTo(expected);
                assertThat(buffer.getValue().isUnterminated()).isEqualTo(expected.length() > text.length());
                // The end stays the end.
                LineBuffer ended = buffer.getValue();
                assertThat(ended.fill(ended.limit)).isFalse();
                assertThat(ended.base + ended.start).isEqualTo(expected.length());
            }
        }
    }

    @Test
    void anArrayIsReadInPlaceAndStaysAsItIs() throws IOException {
        byte[] text = "a\nb".getBytes(StandardCharsets.UTF_8);
        byte[] before = text.clone();
        LineBuffer buffer = LineBuffer.of(text, 0, 3, LIMITS);
        assertThat(buffer.fill(0)).isTrue();
        assertThat(buffer.bytes).isSameAs(text);
        assertThat(buffer.limit).isEqualTo(2);
        assertThat(buffer.fill(2)).isTrue();
        assertThat(buffer.bytes).isNotSameAs(text);
        assertThat(buffer.isUnterminated()).isTrue();
        assertThat(text).isEqualTo(before);
    }

    @Test
    void aBufferIsConsumed() {
        ByteBuffer heap = ByteBuffer.wrap("xa 1\nx".getBytes(StandardCharsets.UTF_8), 1, 4);
        LineBuffer.of(heap, LIMITS);
        assertThat(heap.hasRemaining()).isFalse();
    }

    @Test
    void aStreamsBufferStaysAsLongAsTheLongestLine() throws IOException {
        byte[] text = ("x".repeat(499) + "\n" + "a 1\n".repeat(1000)).getBytes(StandardCharsets.UTF_8);
        LineBuffer buffer = LineBuffer.of(new ByteArrayInputStream(text), LIMITS);
        while (buffer.fill(buffer.limit)) {
            assertThat(buffer.bytes).hasSize(501);
        }
        assertThat(buffer.base + buffer.limit).isEqualTo(text.length);
    }

    @Test
    void lookingAheadFillsTheBufferAndNoMore() throws IOException {
        byte[] text = "a 1\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
        LineBuffer buffer = LineBuffer.of(InputShape.inPieces(text, 7, 7), LIMITS);
        assertThat(buffer.lookAhead()).isEqualTo(501);
        assertThat(buffer.bytes).hasSize(501);
        assertThat(buffer.isWhole(501)).isFalse();
    }

    /** Against the contract of streams, but some do it. */
    @Test
    void aReadOfNothingIsNotTheEnd() throws IOException {
        InputStream stream = new InputStream() {
            private int reads;

            @Override
            public int read() {
                throw new AssertionError("not asked for");
            }

            @Override
            public int read(byte[] target, int at, int length) {
                reads++;
                if (reads == 2) {
                    target[at] = '\n';
                }
                return reads == 1 ? 0 : reads == 2 ? 1 : -1;
            }
        };
        LineBuffer buffer = LineBuffer.of(stream, LIMITS);
        assertThat(buffer.fill(0)).isTrue();
        assertThat(buffer.limit).isEqualTo(1);
        assertThat(buffer.fill(1)).isFalse();
    }
}

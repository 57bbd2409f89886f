package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.graphite.GraphiteTarget.Transport;
import dev.exposit.graphite.Wires.Arrived;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class EncodersTest {
    private static final double[] VALUES = {
        0, -0.0, 1, -1.5, 1e6, 1e21, 5e-324, Double.MAX_VALUE, Double.NaN, Double.POSITIVE_INFINITY, 0.1
    };
    private static final long[] TIMES = {0, 1, 127, 128, 1_700_000_000L, Integer.MAX_VALUE, 1L << 31, 0xffff_ffffL};

    private final List<Batch> batches = new ArrayList<>();

    private static PathBuffer path(String text) {
        PathBuffer path = new PathBuffer();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        path.add(bytes, 0, bytes.length);
        return path;
    }

    private BatchEncoder encoder(Transport transport, DeliveryOptions options) {
        return BatchEncoder.of(GraphiteTarget.of("h", 1, transport), options, batches::add);
    }

    private BatchEncoder encoder(Transport transport) {
        return encoder(transport, DeliveryOptions.defaults());
    }

    private static List<Arrived> decode(Transport transport, Batch batch) {
        return switch (transport) {
            case TCP, TLS, UDP -> Wires.lines(batch.bytes());
            case PICKLE -> Wires.pickle(frame(batch));
            case PROTOBUF -> Wires.protobuf(frame(batch));
        };
    }

    private static byte[] frame(Batch batch) {
        assertThat(ByteBuffer.wrap(batch.bytes()).getInt()).isEqualTo(batch.bytes().length - 4);
        return Arrays.copyOfRange(batch.bytes(), 4, batch.bytes().length);
    }

    @Test
    void linesAreWrittenAsCarbonReadsThem() throws IOException {
        BatchEncoder encoder = encoder(Transport.TCP);
        assertThat(encoder.add(path("a.b;c=é"), 0.5, 1_700_000_000)).isTrue();
        assertThat(encoder.add(path("x"), 1e6, 0)).isTrue();
        assertThat(encoder.add(path("y"), Double.NEGATIVE_INFINITY, 0xffff_ffffL))
                .isTrue();
        assertThat(batches).isEmpty();
        encoder.flush();
        encoder.flush();
        assertThat(batches).hasSize(1);
        assertThat(batches.get(0).samples()).isEqualTo(3);
        assertThat(new String(batches.get(0).bytes(), StandardCharsets.UTF_8))
                .isEqualTo("a.b;c=é 0.5 1700000000\nx 1e+06 0\ny -Inf 4294967295\n");
    }

    /** What {@code pickle.dumps} of Python writes too, but for its memos. */
    @Test
    void picklesAreWrittenByteForByte() throws IOException {
        BatchEncoder encoder = encoder(Transport.PICKLE);
        encoder.add(path("ab"), 1.0, 3);
        encoder.add(path("c"), 0.0, 1L << 31);
        encoder.flush();
        assertThat(HexFormat.of().formatHex(batches.get(0).bytes()))
                .isEqualTo("00000035" + "80025d28"
                        + "58020000006162" + "4a03000000" + "473ff0000000000000" + "8686"
                        + "580100000063" + "8a050000008000" + "470000000000000000" + "8686"
                        + "652e");
    }

    @Test
    void protobufIsWrittenByteForByte() throws IOException {
        BatchEncoder encoder = encoder(Transport.PROTOBUF);
        encoder.add(path("ab"), 1.0, 300);
        encoder.flush();
        assertThat(HexFormat.of().formatHex(batches.get(0).bytes()))
                .isEqualTo("00000014" + "0a12" + "0a026162" + "120c" + "08ac02" + "11000000000000f03f");
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void nothingIsLostBetweenBatches(Transport transport) throws IOException {
        SplittableRandom random = new SplittableRandom(7);
        DeliveryOptions options = DeliveryOptions.defaults().withBatch(150, 32 << 10);
        BatchEncoder encoder = encoder(transport, options);
        int limit = transport == Transport.UDP ? 1_400 : 32 << 10;
        List<Arrived> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            String text = "p" + i + (random.nextInt(4) == 0 ? "é€😀".repeat(random.nextInt(40)) : "");
            double value = random.nextBoolean() ? VALUES[random.nextInt(VALUES.length)] : random.nextDouble();
            long seconds = TIMES[random.nextInt(TIMES.length)];
            assertThat(encoder.add(path(text), value, seconds)).isTrue();
            expected.add(new Arrived(text, value, seconds));
        }
        encoder.flush();
        List<Arrived> found = new ArrayList<>();
        for (Batch batch : batches) {
            assertThat(batch.bytes().length).isLessThanOrEqualTo(limit);
            List<Arrived> samples = decode(transport, batch);
            assertThat(samples).hasSize(batch.samples()).hasSizeBetween(1, 150);
            found.addAll(samples);
        }
        assertThat(found).isEqualTo(expected);
        assertThat(batches.size()).isGreaterThan(20);
        assertThat(batches).anyMatch(batch -> transport == Transport.UDP || batch.samples() == 150);
    }

    /** carbon closes the connection on a line of more than 16,384 bytes without its end. */
    @Test
    void theLongestLineIsCarbons() throws IOException {
        BatchEncoder encoder = encoder(Transport.TCP);
        int besidePath = " 1 1700000000".length();
        for (int i = 0; i < 10; i++) {
            assertThat(encoder.add(path("a".repeat(16_384 - besidePath)), 1, 1_700_000_000))
                    .isTrue();
            assertThat(encoder.add(path("a".repeat(16_385 - besidePath)), 1, 1_700_000_000))
                    .isFalse();
            assertThat(encoder.add(path("a".repeat(100_000)), 1, 1_700_000_000)).isFalse();
        }
        encoder.flush();
        assertThat(batches.stream().flatMap(batch -> Wires.lines(batch.bytes()).stream()))
                .hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({"UDP, 1400", "PICKLE, 65536", "PROTOBUF, 65536"})
    void whatFitsIntoNoBatchIsRefused(Transport transport, int limit) throws IOException {
        BatchEncoder encoder = encoder(transport);
        int longest = 0;
        for (int length = limit - 60; length <= limit; length++) {
            if (encoder.add(path("a".repeat(length)), Double.MIN_VALUE, 0xffff_ffffL)) {
                longest = length;
            } else {
                assertThat(length).isGreaterThan(longest);
            }
        }
        assertThat(encoder.add(path("a".repeat(3 * limit)), 1, 1)).isFalse();
        assertThat(longest).isBetween(limit - 50, limit - 1);
        encoder.flush();
        assertThat(batches).allSatisfy(batch -> {
            assertThat(batch.bytes().length).isLessThanOrEqualTo(limit);
            assertThat(decode(transport, batch)).hasSize(batch.samples());
        });
    }

    @Test
    void aSinkThatThrowsLosesItsBatchOnly() throws IOException {
        DeliveryOptions options = DeliveryOptions.defaults().withBatch(2, 32 << 10);
        boolean[] broken = {true};
        BatchEncoder encoder = BatchEncoder.of(GraphiteTarget.tcp("h", 1), options, batch -> {
            if (broken[0]) {
                throw new IOException("broken");
            }
            batches.add(batch);
        });
        encoder.add(path("a"), 1, 1);
        encoder.add(path("b"), 1, 1);
        assertThatThrownBy(() -> encoder.add(path("c"), 1, 1)).isInstanceOf(IOException.class);
        broken[0] = false;
        encoder.add(path("d"), 1, 1);
        encoder.flush();
        assertThat(new String(batches.get(0).bytes(), StandardCharsets.UTF_8)).isEqualTo("c 1 1\nd 1 1\n");
    }
}

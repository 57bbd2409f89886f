package dev.exposit.conformance.differential;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.UnknownFieldSet;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** What random messages of both protobuf schemas have in common: numbers, times, and bytes that are changed afterwards. */
abstract class RandomMessages {
    static final List<String> VALUES = List.of("", "", "1", "x", "/", "\n", "\"", "\u0000", "ü", "日本", "\ud83d\ude00");
    static final double[] NUMBERS = {
        0,
        -0.0,
        1,
        2,
        17,
        0.5,
        -1,
        1e300,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.MIN_VALUE
    };
    static final double[] BOUNDS = {-1, 0, 0.5, 1, 2.5, 10, Double.POSITIVE_INFINITY};
    final SplittableRandom random;

    RandomMessages(SplittableRandom random) {
        this.random = random;
    }

    /** The bytes of a further message, to be put behind another one and so merged with it. */
    abstract byte[] more();

    final boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    final <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    // ---- Bytes

    final byte[] changed(byte[] message) {
        byte[] bytes = message;
        for (int times = 1 + random.nextInt(2); times > 0; times--) {
            int at = random.nextInt(bytes.length + 1);
            bytes = switch (random.nextInt(6)) {
                case 0 -> replaced(bytes, at, Math.min(1, bytes.length - at), (byte) random.nextInt(256));
                case 1 -> replaced(bytes, at, 0, (byte) random.nextInt(256));
                case 2 -> replaced(bytes, at, Math.min(random.nextInt(4), bytes.length - at));
                // Messages and fields that come again are merged.
                case 3 -> replaced(bytes, bytes.length, 0, more());
                case 4 -> replaced(bytes, at, 0, unknown());
                default -> {
                    int to = Math.min(bytes.length, at + 1 + random.nextInt(20));
                    yield replaced(bytes, random.nextInt(bytes.length + 1), 0, Arrays.copyOfRange(bytes, at, to));
                }
            };
        }
        return bytes;
    }

    private static byte[] replaced(byte[] bytes, int at, int removed, byte... put) {
        byte[] result = new byte[bytes.length - removed + put.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(put, 0, result, at, put.length);
        System.arraycopy(bytes, at + removed, result, at + put.length, bytes.length - at - removed);
        return result;
    }

    private byte[] unknown() {
        UnknownFieldSet.Field.Builder field = UnknownFieldSet.Field.newBuilder();
        switch (random.nextInt(5)) {
            case 0 -> field.addVarint(random.nextLong());
            case 1 -> field.addFixed32(random.nextInt());
            case 2 -> field.addFixed64(random.nextLong());
            case 3 -> field.addLengthDelimited(ByteString.copyFromUtf8(pick(VALUES)));
            default ->
                field.addGroup(UnknownFieldSet.newBuilder()
                        .addField(
                                3,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build());
        }
        return UnknownFieldSet.newBuilder()
                .addField(1 + random.nextInt(20), field.build())
                .build()
                .toByteArray();
    }

    // ---- Numbers

    final double number() {
        return chance(80) ? NUMBERS[random.nextInt(NUMBERS.length)] : Double.longBitsToDouble(random.nextLong());
    }

    final long count() {
        return chance(95) ? random.nextInt(100) : random.nextLong();
    }

    final Timestamp timestamp() {
        Timestamp.Builder timestamp =
                Timestamp.newBuilder().setSeconds(random.nextInt()).setNanos(random.nextInt(1_000_000_000));
        if (chance(2)) {
            timestamp.setSeconds(random.nextLong()).setNanos(random.nextInt());
        }
        return timestamp.build();
    }
}

package dev.exposit.writer;

import java.nio.charset.StandardCharsets;

/**
 * Numbers as text, for formats outside this module. Stateless, hence safe for use by several threads.
 */
public final class NumberText {
    /** The most bytes that {@link #write} writes. */
    public static final int MAX_BYTES = NumberWriter.MAX_BYTES;

    private NumberText() {}

    /**
     * The shortest decimal that reads as the same double, in the form that Go prints and Prometheus text has: {@code 1},
     * {@code 0.5}, {@code 1e+06}, {@code +Inf}, {@code -Inf}, {@code NaN}.
     */
    public static String of(double number) {
        byte[] digits = new byte[NumberWriter.MAX_BYTES];
        int length = NumberWriter.writeDouble(number, digits, 0);
        return new String(digits, 0, length, StandardCharsets.US_ASCII);
    }

    /**
     * Writes what {@link #of} answers, without making an object.
     *
     * @param into has at least {@link #MAX_BYTES} left from {@code at} on; nothing is written behind the number
     * @return the position behind the number
     */
    public static int write(double number, byte[] into, int at) {
        return NumberWriter.writeDouble(number, into, at);
    }

    /** Writes all digits of an integer; otherwise as {@link #write(double, byte[], int)}. */
    public static int write(long number, byte[] into, int at) {
        return NumberWriter.writeLong(number, into, at);
    }
}

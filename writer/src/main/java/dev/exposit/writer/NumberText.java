package dev.exposit.writer;

import java.nio.charset.StandardCharsets;

/**
 * Numbers as text, for formats outside this module. Stateless, hence safe for use by several threads.
 */
public final class NumberText {
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
}

package dev.exposit.writer;

import java.nio.charset.StandardCharsets;

/**
 * Writes numbers into a buffer as Prometheus' own writers do, without making an object.
 *
 * <h2>Format</h2>
 *
 * <p>Prometheus writes doubles with Go's {@code strconv.FormatFloat(v, 'g', -1, 64)}, and so the same value has the
 * same text here and there:
 *
 * <ul>
 *   <li>the fewest digits that read back as the same double, and of these the digits nearest to the exact value;
 *   <li>with an exponent where the value is below {@code 1e-04}, or {@code 1e+06} or more; it has a sign and at least
 *       two digits. Go's documentation speaks of an exponent "less than -4 or greater than or equal to the precision"
 *       and takes 6 for the precision of the shortest form, however many digits it has: {@code 123456}, {@code
 *       123456.75}, but {@code 1e+06} and {@code 1.23456789e+08};
 *   <li>{@code NaN}, {@code +Inf}, {@code -Inf}, {@code 0} and {@code -0}.
 * </ul>
 *
 * <p>OpenMetrics 1.0 wants a number with neither point nor exponent to be an integer ("Numbers"), so a double that has
 * neither gets {@code .0} ({@link #writeFloatStyle}).
 *
 * <h2>How</h2>
 *
 * <p>Most samples are small integers, and those are written as such. Every integer below 2^53 is a double whose
 * neighbours are at most one away, so its own digits, without the zeros at the end, are the shortest. Next come
 * decimals of up to six places, such as the bounds of buckets: no two decimals of 15 digits or fewer read as the same
 * double, so if such a one, an exact integer divided by 10^6 and rounded once, gives the value, it is the only one and
 * the shortest. For the rest {@link Schubfach} finds the digits; only the layout is done here.
 *
 * <p>Nothing is checked: the caller provides {@link #MAX_BYTES} of space. Not a byte behind the returned position is
 * touched. All methods are static and free of shared mutable state, hence safe for use by many threads.
 */
final class NumberWriter {

    /** The most bytes that one call writes; a double such as {@code -2.2250738585072014e-308} takes 24. */
    static final int MAX_BYTES = 24;

    /** Integers from here on have an exponent. */
    private static final long EXPONENT_FORM_FROM = 1_000_000;

    private static final int MAX_PLAIN_EXPONENT = 5;
    private static final int MIN_PLAIN_EXPONENT = -4;

    private static final double ALL_INTEGERS_BELOW = 0x1p53;

    /** Millionths of what is below have at most 15 digits. */
    private static final double MILLIONTHS_BELOW = 1e9;

    /** 1, 10, 100 … 10^18. */
    private static final long[] POWERS_OF_TEN = new long[19];

    /** The two digits of every number up to 99, one after the other. */
    private static final byte[] PAIRS = new byte[200];

    private static final byte[] NAN = "NaN".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] POSITIVE_INFINITY = "+Inf".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEGATIVE_INFINITY = "-Inf".getBytes(StandardCharsets.US_ASCII);

    static {
        long power = 1;
        for (int i = 0; i < POWERS_OF_TEN.length; i++) {
            POWERS_OF_TEN[i] = power;
            power *= 10;
        }
        for (int i = 0; i < 100; i++) {
            PAIRS[2 * i] = (byte) ('0' + i / 10);
            PAIRS[2 * i + 1] = (byte) ('0' + i % 10);
        }
    }

    private NumberWriter() {}

    /**
     * Writes a double as Prometheus text and OpenMetrics 2.0 have it.
     *
     * @param v any double
     * @param dst has at least {@link #MAX_BYTES} left from {@code at} on
     * @return the position behind the number
     */
    static int writeDouble(double v, byte[] dst, int at) {
        long integer = (long) v;
        return integer == v && isPlain(integer) ? writePlainInteger(integer, v, dst, at) : writeOther(v, dst, at);
    }

    /** Whether {@link #writeDouble} spells a number so. */
    static boolean writes(double v, String spelling) {
        byte[] own = new byte[MAX_BYTES];
        int length = writeDouble(v, own, 0);
        if (spelling.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (spelling.charAt(i) != own[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Writes a double as OpenMetrics 1.0 has it: {@code 1.0} where {@link #writeDouble} writes {@code 1}.
     *
     * @param v any double
     * @param dst has at least {@link #MAX_BYTES} left from {@code at} on
     * @return the position behind the number
     */
    static int writeFloatStyle(double v, byte[] dst, int at) {
        long integer = (long) v;
        if (integer == v && isPlain(integer)) {
            int end = writePlainInteger(integer, v, dst, at);
            dst[end] = '.';
            dst[end + 1] = '0';
            return end + 2;
        }
        return writeOther(v, dst, at);
    }

    /**
     * Writes all digits of an integer, never an exponent.
     *
     * @param dst has at least {@link #MAX_BYTES} left from {@code at} on
     * @return the position behind the number
     */
    static int writeLong(long v, byte[] dst, int at) {
        if (v >= 0) {
            return writeDigits(v, dst, at);
        }
        dst[at] = '-';
        if (v > Long.MIN_VALUE) {
            return writeDigits(-v, dst, at + 1);
        }
        // Its magnitude is one more than a long can hold.
        int end = writeDigits(-(v / 10), dst, at + 1);
        dst[end] = (byte) ('0' - v % 10);
        return end + 1;
    }

    private static boolean isPlain(long integer) {
        return -EXPONENT_FORM_FROM < integer && integer < EXPONENT_FORM_FROM; // Math.abs(Long.MIN_VALUE) is negative
    }

    private static int writePlainInteger(long integer, double v, byte[] dst, int at) {
        if (integer == 0 && Double.doubleToRawLongBits(v) < 0) {
            dst[at] = '-';
            dst[at + 1] = '0';
            return at + 2;
        }
        return writeLong(integer, dst, at);
    }

    /** What is not an integer, or is too large to be written without exponent. */
    private static int writeOther(double v, byte[] dst, int at) {
        double magnitude = Math.abs(v);
        if (!Double.isFinite(v)) {
            return writeWord(v, dst, at);
        }
        int begin = at;
        if (v < 0) {
            dst[begin++] = '-';
        }
        if (magnitude < ALL_INTEGERS_BELOW && magnitude == (long) magnitude) {
            return writeDecimal((long) magnitude, 0, dst, begin);
        }
        if (magnitude < MILLIONTHS_BELOW) {
            long millionths = (long) (magnitude * 1e6 + 0.5);
            if (millionths / 1e6 == magnitude) {
                return writeDecimal(millionths, -6, dst, begin);
            }
        }
        int unit = Schubfach.unit(magnitude);
        return writeDecimal(Schubfach.shortest(magnitude, unit), unit, dst, begin);
    }

    private static int writeWord(double v, byte[] dst, int at) {
        byte[] word = v > 0 ? POSITIVE_INFINITY : v < 0 ? NEGATIVE_INFINITY : NAN;
        System.arraycopy(word, 0, dst, at, word.length);
        return at + word.length;
    }

    /** Writes {@code d × 10^unit}, which is no integer below 10^6, with or without exponent. */
    private static int writeDecimal(long d, int unit, byte[] dst, int at) {
        int allDigits = countDigits(d);
        long significant = d % 10 == 0 ? withoutZerosAtEnd(d) : d;
        int digits = significant == d ? allDigits : countDigits(significant);
        int exponent = unit + allDigits - 1;
        if (exponent < MIN_PLAIN_EXPONENT || exponent > MAX_PLAIN_EXPONENT) {
            writeWithPoint(significant, digits, 1, dst, at);
            return writeExponent(exponent, dst, at + digits + (digits > 1 ? 1 : 0));
        }
        if (exponent >= 0) {
            writeWithPoint(significant, digits, exponent + 1, dst, at);
            return at + digits + 1;
        }
        dst[at] = '0';
        dst[at + 1] = '.';
        int begin = at + 2;
        for (int i = exponent + 1; i < 0; i++) {
            dst[begin++] = '0';
        }
        writeDigits(significant, begin + digits, dst);
        return begin + digits;
    }

    /** Writes a point behind the first {@code whole} digits, or none if there are no more. */
    private static void writeWithPoint(long value, int digits, int whole, byte[] dst, int at) {
        if (digits == whole) {
            writeDigits(value, at + digits, dst);
            return;
        }
        writeDigits(value, at + 1 + digits, dst);
        for (int i = at; i < at + whole; i++) {
            dst[i] = dst[i + 1];
        }
        dst[at + whole] = '.';
    }

    private static int writeExponent(int exponent, byte[] dst, int at) {
        int magnitude = Math.abs(exponent);
        dst[at] = 'e';
        dst[at + 1] = (byte) (exponent < 0 ? '-' : '+');
        int begin = at + 2;
        if (magnitude >= 100) {
            dst[begin++] = (byte) ('0' + magnitude / 100);
        }
        writePair(magnitude % 100, dst, begin);
        return begin + 2;
    }

    private static int writeDigits(long value, byte[] dst, int at) {
        int end = at + countDigits(value);
        writeDigits(value, end, dst);
        return end;
    }

    /** Writes the digits of a number that is not negative so that they end at {@code end}. */
    private static void writeDigits(long value, int end, byte[] dst) {
        int at = end;
        long rest = value;
        while (rest > Integer.MAX_VALUE) {
            long quotient = rest / 100;
            at -= 2;
            writePair((int) (rest - 100 * quotient), dst, at);
            rest = quotient;
        }
        int small = (int) rest;
        while (small >= 100) {
            int quotient = small / 100;
            at -= 2;
            writePair(small - 100 * quotient, dst, at);
            small = quotient;
        }
        if (small >= 10) {
            writePair(small, dst, at - 2);
        } else {
            dst[at - 1] = (byte) ('0' + small);
        }
    }

    private static void writePair(int value, byte[] dst, int at) {
        dst[at] = PAIRS[2 * value];
        dst[at + 1] = PAIRS[2 * value + 1];
    }

    /** The number of decimal digits of a number that is not negative; one for zero. */
    static int countDigits(long value) {
        // 1233 / 2^12 is log10(2), a little cut off: the estimate is right, or one too few.
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
        int estimate = (bits * 1233) >> 12;
        return value >= POWERS_OF_TEN[estimate] ? estimate + 1 : Math.max(estimate, 1);
    }

    /** Takes all zeros off the end of a positive number, in halving steps: at most 16 of 17 digits are zeros. */
    private static long withoutZerosAtEnd(long value) {
        long rest = value;
        while (rest % 100_000_000 == 0) {
            rest /= 100_000_000;
        }
        if (rest % 10_000 == 0) {
            rest /= 10_000;
        }
        if (rest % 100 == 0) {
            rest /= 100;
        }
        return rest % 10 == 0 ? rest / 10 : rest;
    }
}

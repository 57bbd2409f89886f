package dev.exposit.parser;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads a number where it stands in a buffer of bytes, to the last bit, without making an object.
 *
 * <h2>Grammar</h2>
 *
 * <p>That of {@code realnumber} and its companions in OpenMetrics 1.0 ("ABNF"), which is also what Prometheus text
 * means by a number: the decimal part of what Go's {@code ParseFloat} took before Go 1.13.
 *
 * <pre>
 * number   = [sign] digits ["." *digit] [exponent]      5  5.  5.25  1E5
 *          / [sign] "." digits [exponent]               .5  +.5e-3
 *          / [sign] ("inf" / "infinity")                in any case
 *          / "nan"                                      in any case, without sign
 * exponent = "e" [sign] digits                          in any case
 * </pre>
 *
 * <p>No hexadecimal, no {@code _}, no suffix: of {@code 0x1F}, {@code 1_000} and {@code 1f} the {@code 0} or {@code 1}
 * is read, and the caller, who alone knows what may follow a number, finds the byte behind it out of place.
 *
 * <h2>How</h2>
 *
 * <p>One pass gathers the digits into a {@code long} {@code w}, up to eight at a time without a loop whose end the processor
 * could not foresee, and knows at its end the power {@code q} in {@code w × 10^q}. The digits are gathered modulo 2^64 and only counted afterwards:
 * more than nineteen are rare. Then the first of these that applies:
 *
 * <ol>
 *   <li>{@code w} and {@code 10^|q|} are both exact doubles: one division or multiplication, rounded once by the
 *       hardware, is the nearest double (Clinger [1]). Nearly every number in a scrape ends here.
 *   <li>Up to nineteen digits: {@link EiselLemire}, always exact.
 *   <li>More digits: the value lies between {@code w × 10^q} and {@code (w + 1) × 10^q} where {@code w} are the first
 *       nineteen. If both round to the same double, that is it.
 *   <li>Otherwise the value is next to the middle of two doubles and the digits that follow decide: the JDK reads it
 *       from its first {@value #MAX_DECISIVE_DIGITS} digits. A middle has no more than 768, so of what follows only
 *       matters whether it is zero; a further digit {@code 1} stands for "it is not".
 * </ol>
 *
 * <p>Each step is linear in the length of the literal, and the last works on a bounded number of digits.
 *
 * <h2>Contract</h2>
 *
 * <p>The buffer must hold, at or behind the place where reading begins, a byte that cannot be part of a number, such as
 * a line feed. That sentinel is why no loop here asks for the end of the buffer, but the one that takes eight bytes at
 * once. An instance holds the result of the last {@link #read}; it is for one thread and meant to be kept for the whole
 * input.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>William D. Clinger, <i>How to Read Floating Point Numbers Accurately</i>, PLDI 1990.
 *   <li>Daniel Lemire, <i>Quickly parsing eight digits</i>, 2018, <a
 *       href="https://lemire.me/blog/2018/10/03/quickly-parsing-eight-digits/">lemire.me/blog</a>, and the discussion
 *       there. {@link #leadingDigits} and {@link #valueOfEightDigits}.
 * </ol>
 */
final class NumberReader {

    /** As many digits as always fit into an unsigned {@code long}. */
    private static final int MAX_GATHERED_DIGITS = 19;

    private static final int MAX_DECISIVE_DIGITS = 800;

    /** Exponents stop growing here: no number of digits makes up for it, and it is far from overflow. */
    private static final long EXPONENT_CEILING = 1L << 50;

    private static final long MAX_EXACT_INTEGER = 1L << 53;

    /** The powers of ten that are exact doubles: {@code 5^22 < 2^53}. */
    private static final double[] EXACT_POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final long[] POWERS_OF_TEN = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
    };

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private double value;
    private boolean overflow;

    /** The value last read; NaN and infinities only if they were spelled out, or {@link #overflow()} is true. */
    double value() {
        return value;
    }

    /** Whether the literal last read was of digits, but too large for a finite double. */
    boolean overflow() {
        return overflow;
    }

    /**
     * Reads the number that begins at {@code from}.
     *
     * <p>If it returns a negative number, {@link #value()} and {@link #overflow()} are still those of the number
     * before.
     *
     * @param buf a buffer with a byte that cannot be part of a number at or behind {@code from}
     * @param from index of the first byte of the number
     * @return the index behind the number, or {@code ~index} of the first byte that the grammar does not allow
     */
    int read(byte[] buf, int from) {
        int at = from;
        byte b = buf[at];
        boolean negative = b == '-';
        boolean signed = negative || b == '+';
        if (signed) {
            b = buf[++at];
        }

        int digitsFrom = at;
        int last = buf.length - Long.BYTES;
        long w = 0;
        while (isDigit(b)) {
            w = 10 * w + (b - '0');
            b = buf[++at];
        }
        int digits = at - digitsFrom;
        int digitsTo = at;
        long q = 0;
        if (b == '.' && digits > 0 && buf[at + 1] == '0' && !isDigit(buf[at + 2])) {
            // So OpenMetrics' writers spell integers, and Python all of them: nothing to gather, nothing to divide.
            at += 2;
            b = buf[at];
        } else if (b == '.') {
            int fractionFrom = ++at;
            int gathered = Long.BYTES;
            while (gathered == Long.BYTES && at <= last) {
                long eight = (long) EIGHT_BYTES.get(buf, at);
                gathered = leadingDigits(eight);
                w = POWERS_OF_TEN[gathered] * w + valueOfDigits(eight, gathered);
                at += gathered;
            }
            b = buf[at];
            while (isDigit(b)) {
                w = 10 * w + (b - '0');
                b = buf[++at];
            }
            q = (long) fractionFrom - at;
            digits += at - fractionFrom;
            if (digits == 0) {
                return ~at;
            }
            digitsTo = at;
        } else if (digits == 0) {
            return readWord(buf, at, signed, negative);
        }

        if ((b | 0x20) == 'e') {
            b = buf[++at];
            boolean negativeExponent = b == '-';
            if (negativeExponent || b == '+') {
                b = buf[++at];
            }
            if (!isDigit(b)) {
                return ~at;
            }
            long exponent = 0;
            do {
                exponent = Math.min(10 * exponent + (b - '0'), EXPONENT_CEILING);
                b = buf[++at];
            } while (isDigit(b));
            q += negativeExponent ? -exponent : exponent;
        }

        double magnitude;
        if (digits > MAX_GATHERED_DIGITS) {
            magnitude = ofManyDigits(buf, digitsFrom, digitsTo, q);
        } else if (q == 0 && isExactDouble(w)) {
            magnitude = w;
        } else {
            magnitude = ofFewDigits(w, q);
        }
        value = negative ? -magnitude : magnitude;
        overflow = magnitude == Double.POSITIVE_INFINITY;
        return at;
    }

    /** Reads {@code inf}, {@code infinity} or {@code nan}; {@code at} is behind the sign. */
    private int readWord(byte[] buf, int at, boolean signed, boolean negative) {
        double result;
        int end;
        if ((buf[at] | 0x20) == 'i') {
            end = readLetters(buf, at, "inf");
            if (end > 0 && (buf[end] | 0x20) == 'i') {
                end = readLetters(buf, end, "inity");
            }
            result = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        } else {
            end = signed ? ~at : readLetters(buf, at, "nan");
            result = Double.NaN;
        }
        if (end > 0) {
            value = result;
            overflow = false;
        }
        return end;
    }

    /** Compares in any case; returns the index behind the letters or {@code ~index} of the first byte that differs. */
    private static int readLetters(byte[] buf, int from, String letters) {
        for (int i = 0; i < letters.length(); i++) {
            if ((buf[from + i] | 0x20) != letters.charAt(i)) {
                return ~(from + i);
            }
        }
        return from + letters.length();
    }

    /** {@code w × 10^q} for up to nineteen digits, so {@code w} is an unsigned number. */
    private static double ofFewDigits(long w, long q) {
        if (isExactDouble(w) && Math.abs(q) < EXACT_POWERS_OF_TEN.length) {
            double power = EXACT_POWERS_OF_TEN[(int) Math.abs(q)];
            return q < 0 ? w / power : w * power;
        }
        return EiselLemire.nearestDouble(w, q);
    }

    /**
     * The number whose digits, among them perhaps a point, are {@code buf[from..to)}.
     *
     * @param q the power of ten of the last digit
     */
    private static double ofManyDigits(byte[] buf, int from, int to, long q) {
        int at = from;
        while (at < to && (buf[at] == '0' || buf[at] == '.')) {
            at++;
        }
        int significantFrom = at;
        long w = 0;
        int gathered = 0;
        while (at < to && gathered < MAX_GATHERED_DIGITS) {
            byte b = buf[at++];
            if (b != '.') {
                w = 10 * w + (b - '0');
                gathered++;
            }
        }
        long power = q + countDigits(buf, at, to);
        double atLeast = ofFewDigits(w, power);
        if (at == to || EiselLemire.nearestDouble(w + 1, power) == atLeast) {
            return atLeast;
        }
        return byTheJdk(buf, significantFrom, to, q);
    }

    /** Leaves the decision to the JDK, on digits that are enough for it. */
    private static double byTheJdk(byte[] buf, int from, int to, long q) {
        byte[] text = new byte[MAX_DECISIVE_DIGITS + 1];
        int length = 0;
        int at = from;
        for (; at < to && length < MAX_DECISIVE_DIGITS; at++) {
            if (buf[at] != '.') {
                text[length++] = buf[at];
            }
        }
        long power = q + countDigits(buf, at, to);
        for (; at < to; at++) {
            if (buf[at] > '0') {
                text[length++] = '1';
                power--;
                break;
            }
        }
        return Double.parseDouble(new String(text, 0, length, StandardCharsets.US_ASCII) + 'e' + power);
    }

    /** The digits in {@code buf[from..to)}, where else only a point can be. */
    private static int countDigits(byte[] buf, int from, int to) {
        int count = to - from;
        for (int at = from; at < to; at++) {
            if (buf[at] == '.') {
                return count - 1;
            }
        }
        return count;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Whether the unsigned number is a double without rounding, and no larger than 2^53. */
    private static boolean isExactDouble(long w) {
        return w >= 0 && w <= MAX_EXACT_INTEGER;
    }

    /**
     * How many of eight bytes are ASCII digits before the first that is none, after [2].
     *
     * <p>Of the bytes whose upper half is 3, the digits are those where it still is after adding 6. A carry into the
     * next byte needs a byte of 0xFA or more, and that one is no digit already.
     *
     * @param bytes the bytes, the first in the lowest place
     */
    static int leadingDigits(long bytes) {
        long threes = 0x3030_3030_3030_3030L;
        long sixMore = bytes + 0x0606_0606_0606_0606L;
        long noDigits = ((bytes ^ threes) | (sixMore ^ threes)) & 0xF0F0_F0F0_F0F0_F0F0L;
        return Long.numberOfTrailingZeros(noDigits) / Byte.SIZE;
    }

    /**
     * The value of the first of eight bytes, so many ASCII digits.
     *
     * @param bytes the bytes, the first and most significant in the lowest place
     * @param digits how many of them are looked at, 0 to 8
     */
    static int valueOfDigits(long bytes, int digits) {
        // Zeros move in as leading digits. A shift by all 64 bits would be none.
        return digits == 0 ? 0 : valueOfEightDigits(bytes << (Long.SIZE - Byte.SIZE * digits));
    }

    /**
     * The value of eight ASCII digits, of which the first may be bytes of 0, source: [2].
     *
     * <p>Neighbours are joined: eight digits to four pairs, to two quadruples, to one number. Each step multiplies by
     * {@code 10^k × 2^n + 1}, which adds {@code 10^k} times the lower, more significant neighbour to the upper one.
     *
     * @param digits the digits, the first and most significant in the lowest place
     */
    static int valueOfEightDigits(long digits) {
        long pairs = ((digits & 0x0F0F_0F0F_0F0F_0F0FL) * ((10L << 8) | 1)) >>> 8;
        long quadruples = ((pairs & 0x00FF_00FF_00FF_00FFL) * ((100L << 16) | 1)) >>> 16;
        return (int) (((quadruples & 0x0000_FFFF_0000_FFFFL) * ((10_000L << 32) | 1)) >>> 32);
    }
}

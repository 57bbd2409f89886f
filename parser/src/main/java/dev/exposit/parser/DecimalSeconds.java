package dev.exposit.parser;

import dev.exposit.model.Timestamp;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time that an exposition gives in decimal seconds since the epoch, as a {@link Timestamp} rounded down to the nanosecond.
 *
 * @param exact whether nothing was lost
 */
record DecimalSeconds(Timestamp time, boolean exact) {
    /** Reckoning with decimals takes time that grows with the square of their length. */
    static final int LONGEST = 1000;

    /** What needs no reckoning, however long its fraction. */
    private static final Pattern PLAIN = Pattern.compile("[0-9]{1,18}(\\.[0-9]*)?");

    private static final Pattern ZERO = Pattern.compile("[+-]?[0.]*([eE].*)?");

    /**
     * Reads a number that was read as a double already, or answers null if the seconds do not fit 64 bits, or the text is too
     * long to reckon with.
     *
     * @param text the number, neither an infinity nor NaN
     * @param value the nearest double, possibly infinite
     */
    static @Nullable DecimalSeconds of(String text, double value) {
        if (text.length() > LONGEST) {
            return PLAIN.matcher(text).matches() ? ofPlain(text) : null;
        }
        if (Math.abs(value) > 0x1p63) {
            return null;
        }
        // Nothing smaller shows in nanoseconds; a decimal with a huge negative exponent must not be spread out.
        BigDecimal exact = Math.abs(value) < 1e-300 ? tiny(text) : new BigDecimal(text);
        BigDecimal rounded = exact.setScale(9, RoundingMode.FLOOR);
        try {
            return new DecimalSeconds(Timestamp.ofSeconds(rounded), rounded.compareTo(exact) == 0);
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /** A number next to zero, on the same side and like it exactly zero or not, that is cheap to reckon with. */
    private static BigDecimal tiny(String text) {
        return ZERO.matcher(text).matches() ? BigDecimal.ZERO : BigDecimal.valueOf(text.startsWith("-") ? -1 : 1, 300);
    }

    private static DecimalSeconds ofPlain(String text) {
        int nanosEnd = Math.min(text.length(), text.indexOf('.') + 10);
        BigDecimal cut = new BigDecimal(text.substring(0, nanosEnd));
        return new DecimalSeconds(
                Timestamp.ofSeconds(cut), ZERO.matcher(text.substring(nanosEnd)).matches());
    }
}

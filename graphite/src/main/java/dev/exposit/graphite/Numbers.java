package dev.exposit.graphite;

import dev.exposit.model.Timestamp;
import dev.exposit.parser.ErrorCode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the numbers of Graphite's lines: of what Python's {@code float()} takes, that which is ASCII and has no {@code _}. */
final class Numbers {
    /** The last second that Graphite's store can hold, in 32 bits. */
    static final long LAST_SECOND = 0xFFFF_FFFFL;

    /** Reckoning with decimals takes time that grows with the square of their length. */
    private static final int LONGEST_EXACT = 1000;
    /** So many digits a double always holds. */
    private static final int SAFE_DIGITS = 15;

    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?+(?:[0-9]++(?:\\.[0-9]*+)?+|\\.[0-9]++)(?:[eE][+-]?+[0-9]++)?+");
    private static final Pattern INTEGER = Pattern.compile("[+-]?+[0-9]++");

    private Numbers() {}

    /**
     * The value that a text spells.
     *
     * @param at where the text begins in its line
     */
    static double value(String text, int at) throws SkipLineException {
        if (DECIMAL.matcher(text).matches()) {
            double value = Double.parseDouble(text);
            if (Double.isInfinite(value)) {
                throw new SkipLineException(
                        ErrorCode.VALUE_OUT_OF_RANGE, at, "a number that fits 64 bits", Fields.quoted(text));
            }
            return value;
        }
        boolean signed = text.startsWith("-") || text.startsWith("+");
        return switch (text.substring(signed ? 1 : 0).toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "infinity" -> text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            default ->
                throw new SkipLineException(
                        ErrorCode.INVALID_VALUE, at, "a decimal number, nan or inf", Fields.quoted(text));
        };
    }

    /** Whether a text that spells that value is an integer of which the value has not all digits. */
    static boolean losesDigits(String text, double value) {
        return text.length() > SAFE_DIGITS
                && text.length() <= LONGEST_EXACT
                && INTEGER.matcher(text).matches()
                && new BigDecimal(text).compareTo(new BigDecimal(value)) != 0;
    }

    /**
     * A time in seconds.
     *
     * @param time the time, rounded down to the nanosecond; null for "now"
     * @param isExact whether it has no digits past that
     */
    record Time(@Nullable Timestamp time, boolean isExact) {
        private static final Time NOW = new Time(null, true);
    }

    /**
     * The timestamp that a text spells.
     *
     * @param at where the text begins in its line
     */
    static Time time(String text, int at) throws SkipLineException {
        if (text.equals("-1") || text.equals("N")) {
            return Time.NOW;
        }
        if (text.length() > LONGEST_EXACT || !DECIMAL.matcher(text).matches()) {
            throw new SkipLineException(
                    ErrorCode.INVALID_TIMESTAMP, at, "seconds since 1970, or -1 or N for now", Fields.quoted(text));
        }
        double seconds = Double.parseDouble(text);
        if (seconds > -2 && seconds <= -1) {
            // Carbon compares the whole seconds only.
            return Time.NOW;
        }
        if (seconds < 0 || seconds >= LAST_SECOND + 1) {
            throw new SkipLineException(
                    ErrorCode.TIMESTAMP_OUT_OF_RANGE,
                    at,
                    "seconds since 1970 from 0 to " + LAST_SECOND,
                    Fields.quoted(text) + (isOfThisAge(seconds / 1000) ? ", which may be milliseconds" : ""));
        }
        if (seconds < 1e-9) {
            // Not to be reckoned with: it may have an exponent of any size.
            return new Time(Timestamp.ofSeconds(0), seconds == 0);
        }
        BigDecimal exact = new BigDecimal(text);
        BigDecimal nanos = exact.setScale(9, RoundingMode.FLOOR);
        return new Time(Timestamp.ofSeconds(nanos), nanos.compareTo(exact) == 0);
    }

    private static boolean isOfThisAge(double seconds) {
        return seconds >= 0 && seconds <= LAST_SECOND;
    }
}

package dev.exposit.convert;

import dev.exposit.model.Timestamp;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Numbers as JSON has them here: texts such as Go prints and Prometheus text has. */
final class JsonNumbers {
    /** From here on not every integer is a double. */
    private static final double ALL_INTEGERS_BELOW = 0x1p53;
    /** As many digits as the largest double has. */
    private static final int LONGEST_INTEGER = 309;
    /** Reckoning with longer decimals takes time that grows with the square of their length. */
    private static final int LONGEST_DECIMAL = 1000;

    private JsonNumbers() {}

    /**
     * The number that a text is, or null if it is none: decimal, or {@code NaN}, {@code Inf} or {@code Infinity} in any
     * case. One too large for a double is infinite, see {@link #isOverflow}.
     *
     * @param lost told of an integer that a double cannot hold
     */
    static @Nullable Double parse(String text, Consumer<String> lost) {
        if (!isDecimal(text)) {
            return parseWord(text);
        }
        double number;
        try {
            number = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return null;
        }
        if (Math.abs(number) >= ALL_INTEGERS_BELOW && isInteger(text) && !isExactly(text, number)) {
            lost.accept("integer " + cropped(text) + " read as " + number);
        }
        return number;
    }

    /** Whether a text that was parsed is a finite number that a double cannot hold. */
    static boolean isOverflow(String text, double parsed) {
        return Double.isInfinite(parsed) && isDecimal(text);
    }

    /** Whether all characters are of a decimal number; Java's parser takes other things as well. */
    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static @Nullable Double parseWord(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    private static boolean isInteger(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (i > 0 || (c != '-' && c != '+'))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isExactly(String integer, double number) {
        if (Double.isInfinite(number)) {
            return true;
        }
        int zeros = 0;
        while (zeros < integer.length() && "+-0".indexOf(integer.charAt(zeros)) >= 0) {
            zeros++;
        }
        // A finite double has no more digits than that.
        String digits = integer.substring(zeros);
        return digits.length() <= LONGEST_INTEGER
                && new BigDecimal(new BigInteger(digits)).compareTo(new BigDecimal(Math.abs(number))) == 0;
    }

    /**
     * The time that a text of decimal seconds is, rounded down to the nanosecond, or null if it is none.
     *
     * @param lost told of digits past the nanosecond
     * @throws ArithmeticException if it does not fit 64 bits of seconds
     */
    static @Nullable Timestamp parseSeconds(String text, Consumer<String> lost) {
        if (text.length() > LONGEST_DECIMAL || !isPlainDecimal(text)) {
            return null;
        }
        BigDecimal seconds = new BigDecimal(text);
        BigDecimal held = seconds.setScale(9, RoundingMode.FLOOR);
        if (held.compareTo(seconds) != 0) {
            lost.accept("time " + cropped(text) + " read as " + held.toPlainString());
        }
        return Timestamp.ofSeconds(held);
    }

    /** Whether the text is digits, perhaps with a minus before them and a point among them. */
    private static boolean isPlainDecimal(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        int point = text.indexOf('.');
        return isDigits(text, from, point < 0 ? text.length() : point)
                && (point < 0 || isDigits(text, point + 1, text.length()));
    }

    private static boolean isDigits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return from < to;
    }

    /** Whether the text is digits, perhaps with a minus before them. */
    static boolean isPlainInteger(String text) {
        return isDigits(text, text.startsWith("-") ? 1 : 0, text.length());
    }

    private static String cropped(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}

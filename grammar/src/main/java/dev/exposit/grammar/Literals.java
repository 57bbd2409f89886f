package dev.exposit.grammar;

import dev.exposit.model.Timestamp;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What numbers, times and escaped strings stand for. All of them have passed a grammar already. */
final class Literals {
    /** Times longer than this need too much reckoning, unless they are plain; see {@link #PLAIN_SECONDS}. */
    private static final int LONGEST_SECONDS = 1000;

    private static final Pattern PLAIN_SECONDS = Pattern.compile("[0-9]{1,18}(\\.[0-9]*)?");
    private static final Pattern DECIMAL = Pattern.compile("([+-]?[0-9]*\\.?[0-9]*)(?:[eE]([+-]?[0-9]+))?");
    private static final BigInteger HUGE_EXPONENT = BigInteger.valueOf(100_000);

    private Literals() {}

    /** The nearest double, or empty if a finite number is too large for one. */
    static OptionalDouble number(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.endsWith("nan")) {
            return OptionalDouble.of(Double.NaN);
        }
        if (lower.contains("inf")) {
            return OptionalDouble.of(lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        double number = Double.parseDouble(text);
        return Double.isInfinite(number) ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /** Whole milliseconds since the epoch, or empty if 64 bits do not hold them. */
    static Optional<Timestamp> milliseconds(String text) {
        BigInteger millis = new BigInteger(text);
        return millis.bitLength() < Long.SIZE ? Optional.of(Timestamp.ofMillis(millis.longValue())) : Optional.empty();
    }

    /** Seconds since the epoch, rounded down to the nanosecond, or empty if 64 bits do not hold the seconds. */
    static Optional<Timestamp> seconds(String text) {
        if (text.length() > LONGEST_SECONDS && !PLAIN_SECONDS.matcher(text).matches()) {
            return Optional.empty();
        }
        Matcher decimal = DECIMAL.matcher(text);
        if (!decimal.matches()) {
            throw new IllegalStateException(text);
        }
        BigDecimal mantissa = new BigDecimal(decimal.group(1));
        BigInteger exponent = new BigInteger(decimal.group(2) == null ? "0" : decimal.group(2));
        if (mantissa.signum() == 0) {
            return Optional.of(new Timestamp(0, 0));
        }
        BigDecimal exact = mantissa;
        if (exponent.abs().compareTo(HUGE_EXPONENT) <= 0) {
            exact = mantissa.scaleByPowerOfTen(exponent.intValue());
        } else if (exponent.signum() > 0) {
            return Optional.empty();
        } else {
            // So close to zero that only its sign shows in nanoseconds.
            exact = BigDecimal.valueOf(mantissa.signum(), 10);
        }
        BigDecimal nanos = exact.movePointRight(9).setScale(0, RoundingMode.FLOOR);
        BigInteger[] parts = floorDivide(nanos.toBigInteger(), BigInteger.TEN.pow(9));
        return parts[0].bitLength() < Long.SIZE
                ? Optional.of(new Timestamp(parts[0].longValue(), parts[1].intValue()))
                : Optional.empty();
    }

    private static BigInteger[] floorDivide(BigInteger dividend, BigInteger divisor) {
        BigInteger remainder = dividend.mod(divisor);
        return new BigInteger[] {dividend.subtract(remainder).divide(divisor), remainder};
    }

    /** Resolves {@code \\}, {@code \n} and {@code \"}; any other backslash stands for itself. */
    static String unescape(String text) {
        return unescape(text, "\\\"");
    }

    /** Resolves {@code \\} and {@code \n}; any other backslash stands for itself. */
    static String unescapeDocstring(String text) {
        return unescape(text, "\\");
    }

    /**
     * Resolves a backslash before {@code n}, which becomes a line feed, and before some characters, which become
     * themselves.
     */
    private static String unescape(String text, String themselves) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char following = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (c == '\\' && following == 'n') {
                out.append('\n');
                i++;
            } else if (c == '\\' && following != 0 && themselves.indexOf(following) >= 0) {
                out.append(following);
                i++;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}

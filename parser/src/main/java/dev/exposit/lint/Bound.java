package dev.exposit.lint;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * A number in a label, {@code le} or {@code quantile}.
 *
 * @param value the number, NaN if it is none
 * @param canonical how it is best spelled, see OpenMetrics 1.0, "Considerations: Canonical Numbers"; as it is spelled
 *     where we cannot tell
 */
record Bound(double value, String canonical) {
    /** Decimals of so many digits are the shortest ones of their doubles, but for zeros at the end. */
    private static final int EXACT_DIGITS = 15;

    private static final int LONGEST_JUDGED = 40;

    /** The bounds met lately, by their spellings; a family mostly has few. */
    static final class Cache {
        private static final int SIZE = 1024;
        private final Map<String, Bound> known = new HashMap<>();

        Bound get(String spelling) {
            Bound bound = known.get(spelling);
            if (bound == null) {
                bound = of(spelling);
                if (known.size() >= SIZE) {
                    known.clear();
                }
                known.put(spelling, bound);
            }
            return bound;
        }
    }

    static Bound of(String spelling) {
        boolean signed = spelling.startsWith("+") || spelling.startsWith("-");
        String unsigned = signed ? spelling.substring(1) : spelling;
        if (unsigned.equalsIgnoreCase("inf") || unsigned.equalsIgnoreCase("infinity")) {
            return spelling.startsWith("-")
                    ? new Bound(Double.NEGATIVE_INFINITY, "-Inf")
                    : new Bound(Double.POSITIVE_INFINITY, "+Inf");
        }
        if (!isDecimal(unsigned)) {
            return new Bound(Double.NaN, spelling);
        }
        try {
            return new Bound(Double.parseDouble(spelling), canonical(spelling));
        } catch (NumberFormatException e) {
            return new Bound(Double.NaN, spelling);
        }
    }

    boolean isNumber() {
        return !Double.isNaN(value);
    }

    /** Whether it consists of what decimals consist of; Java's numbers know more, such as {@code 1d} and {@code 0x1p3}. */
    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != 'e' && c != 'E' && c != '+' && c != '-') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** As Go's shortest {@code %g} spells it, with {@code .0} behind whole numbers. */
    private static String canonical(String spelling) {
        if (spelling.length() > LONGEST_JUDGED) {
            return spelling;
        }
        BigDecimal decimal = new BigDecimal(spelling).stripTrailingZeros();
        if (decimal.signum() == 0) {
            return spelling.startsWith("-") ? "-0.0" : "0.0";
        }
        if (decimal.precision() > EXACT_DIGITS) {
            return spelling;
        }
        int exponent = decimal.precision() - decimal.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            String plain = decimal.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = decimal.unscaledValue().abs().toString();
        StringBuilder out = new StringBuilder();
        if (decimal.signum() < 0) {
            out.append('-');
        }
        out.append(digits.charAt(0));
        if (digits.length() > 1) {
            out.append('.').append(digits, 1, digits.length());
        }
        out.append('e').append(exponent < 0 ? '-' : '+');
        if (Math.abs(exponent) < 10) {
            out.append('0');
        }
        return out.append(Math.abs(exponent)).toString();
    }
}

package dev.exposit.conformance.server;

import java.math.BigDecimal;

/** Numbers as Go's {@code fmt} prints them. */
final class GoNumbers {
    private GoNumbers() {}

    /** With {@code .0} behind whole numbers, as the server spells {@code le} and {@code quantile} of protobuf. */
    static String openMetrics(double number) {
        String shortest = shortest(number);
        boolean whole = Double.isFinite(number) && !shortest.contains(".") && !shortest.contains("e");
        return whole ? shortest + ".0" : shortest;
    }

    /** Verb {@code %v}: with an exponent below 0.0001 and from 1e+06 on. */
    static String shortest(double number) {
        if (!Double.isFinite(number)) {
            return Double.isNaN(number) ? "NaN" : number > 0 ? "+Inf" : "-Inf";
        }
        if (number == 0) {
            return "0";
        }
        BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        String digits = decimal.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - decimal.scale();
        if (exponent >= -4 && exponent < 6) {
            return decimal.toPlainString();
        }
        String sign = number < 0 ? "-" : "";
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+")
                + "%02d".formatted(Math.abs(exponent));
    }
}

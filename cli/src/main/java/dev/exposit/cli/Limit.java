package dev.exposit.cli;

import dev.exposit.parser.ReadLimits;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * One {@code --limit NAME=SIZE}: a component of {@link ReadLimits} in kebab case.
 *
 * @param name the limit
 * @param value the number of bytes, labels or problems
 */
record Limit(String name, long value) {
    private static final List<String> NAMES =
            Arrays.stream(ReadLimits.Limit.values()).map(Limit::nameOf).toList();

    /** Those limits but for this one. */
    ReadLimits apply(ReadLimits limits) {
        for (ReadLimits.Limit limit : ReadLimits.Limit.values()) {
            if (nameOf(limit).equals(name)) {
                return limits.with(limit, value);
            }
        }
        throw new IllegalStateException(name);
    }

    /** The name on the command line of a limit, such as {@code line-bytes}. */
    static String nameOf(ReadLimits.Limit limit) {
        return limit.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads {@code NAME=SIZE}. */
    static final class Converter implements ITypeConverter<Limit>, Iterable<String> {
        @Override
        public Limit convert(String text) {
            int equals = text.indexOf('=');
            String name = equals < 0 ? text : text.substring(0, equals);
            if (equals < 0 || !NAMES.contains(name)) {
                throw new TypeConversionException("expected NAME=SIZE with one of the names " + String.join(", ", NAMES)
                        + ", got '" + text + "'");
            }
            Limit limit = new Limit(name, size(text.substring(equals + 1)));
            try {
                limit.apply(ReadLimits.defaults());
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
            return limit;
        }

        private static long size(String text) {
            String digits = text.toUpperCase(Locale.ROOT);
            int shift = 0;
            if (!digits.isEmpty()) {
                shift = switch (digits.charAt(digits.length() - 1)) {
                    case 'K' -> 10;
                    case 'M' -> 20;
                    case 'G' -> 30;
                    default -> 0;
                };
            }
            if (shift > 0) {
                digits = digits.substring(0, digits.length() - 1);
            }
            try {
                return Math.multiplyExact(Long.parseUnsignedLong(digits), 1L << shift);
            } catch (NumberFormatException | ArithmeticException e) {
                throw new TypeConversionException(
                        "expected a size, digits with K, M or G behind them if need be, got '" + text + "'");
            }
        }

        @Override
        public Iterator<String> iterator() {
            return NAMES.stream().map(name -> name + '=').iterator();
        }
    }
}

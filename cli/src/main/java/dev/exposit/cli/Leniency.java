package dev.exposit.cli;

import dev.exposit.model.DiffOptions;
import dev.exposit.model.DiffOptions.Aspect;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Something that {@code exposit diff} is to overlook, as one word of an option says. */
@FunctionalInterface
interface Leniency {
    /** Those options, and this. */
    DiffOptions apply(DiffOptions options);

    /** Words for {@code --ignore}. */
    final class Ignored implements ITypeConverter<Leniency>, Iterable<String> {
        private static final String LABEL = "label:";
        private static final List<String> WORDS = Stream.concat(
                        Arrays.stream(Aspect.values()).map(Ignored::word), Stream.of(LABEL))
                .toList();

        private static String word(Aspect aspect) {
            return aspect.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public Leniency convert(String word) {
            if (word.startsWith(LABEL) && word.length() > LABEL.length()) {
                return options -> options.ignoringLabels(word.substring(LABEL.length()));
            }
            for (Aspect aspect : Aspect.values()) {
                if (word(aspect).equals(word)) {
                    return options -> options.ignoring(aspect);
                }
            }
            throw new TypeConversionException("expected one of "
                    + WORDS.stream()
                            .map(known -> known.equals(LABEL) ? LABEL + "NAME" : known)
                            .collect(Collectors.joining(", "))
                    + ", got '" + word + "'");
        }

        @Override
        public Iterator<String> iterator() {
            return WORDS.iterator();
        }
    }

    /** Numbers for {@code --tolerance}, absolute ones and percentages. */
    final class Tolerance implements ITypeConverter<Leniency> {
        @Override
        public Leniency convert(String text) {
            boolean relative = text.endsWith("%");
            try {
                double number = Double.parseDouble(relative ? text.substring(0, text.length() - 1) : text);
                Leniency leniency = options ->
                        relative ? options.withRelativeTolerance(number / 100) : options.withAbsoluteTolerance(number);
                leniency.apply(DiffOptions.defaults());
                return leniency;
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(
                        "expected a number of at least 0, or a percentage such as 1%, got '" + text + "'");
            }
        }
    }
}

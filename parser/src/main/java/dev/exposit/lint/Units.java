package dev.exposit.lint;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The units that names tell of: base units, others, and abbreviations. */
final class Units {
    private static final Set<String> BASE =
            Set.of("amperes", "bytes", "celsius", "grams", "joules", "kelvin", "meters", "metres", "seconds", "volts");

    private static final Map<String, String> OTHER = Map.ofEntries(
            Map.entry("minutes", "seconds"),
            Map.entry("hours", "seconds"),
            Map.entry("days", "seconds"),
            Map.entry("weeks", "seconds"),
            Map.entry("kelvins", "kelvin"),
            Map.entry("fahrenheit", "celsius"),
            Map.entry("rankine", "celsius"),
            Map.entry("inches", "meters"),
            Map.entry("yards", "meters"),
            Map.entry("miles", "meters"),
            Map.entry("bits", "bytes"),
            Map.entry("calories", "joules"),
            Map.entry("pounds", "grams"),
            Map.entry("ounces", "grams"),
            Map.entry("percent", "ratio"),
            Map.entry("percents", "ratio"),
            Map.entry("percentage", "ratio"),
            Map.entry("decibel", "ratio"),
            Map.entry("decibels", "ratio"));

    /** Base units that say nothing of what is measured, and so do not hide another unit in the name. */
    private static final Set<String> RATIO = Set.of("ratio", "ratios");

    private static final List<String> PREFIXES = List.of(
            "pico", "nano", "micro", "milli", "centi", "deci", "deca", "hecto", "kilo", "kibi", "mega", "mebi", "mibi",
            "giga", "gibi", "tera", "tebi", "peta", "pebi");

    private static final Set<String> ABBREVIATIONS =
            Set.of("s", "ms", "us", "ns", "sec", "b", "kb", "mb", "gb", "tb", "pb", "m", "h", "d");

    private Units() {}

    /** The base unit of a word, itself if it is one; null if it is no unit. */
    static @Nullable String baseOf(String word) {
        String base = plainBaseOf(word);
        for (int i = 0; base == null && i < PREFIXES.size(); i++) {
            String prefix = PREFIXES.get(i);
            if (word.startsWith(prefix)) {
                base = plainBaseOf(word.substring(prefix.length()));
            }
        }
        return base;
    }

    private static @Nullable String plainBaseOf(String word) {
        return BASE.contains(word) ? word : OTHER.get(word);
    }

    static boolean isAbbreviation(String word) {
        return ABBREVIATIONS.contains(word);
    }

    /** The base unit that a name ends with, behind an underscore; null if there is none. */
    static @Nullable String baseUnitAtEnd(String name) {
        int underscore = name.lastIndexOf('_');
        String last = name.substring(underscore + 1);
        return underscore > 0 && (BASE.contains(last) || RATIO.contains(last)) ? last : null;
    }
}

package dev.exposit.model;

import dev.exposit.format.Names;

/** Spells names and text as the text formats do, for {@code toString} methods. */
final class Quoting {
    private Quoting() {}

    /** A metric's name, in quotes only if it needs them. */
    static String metricName(String name) {
        return Names.isLegacyMetricName(name) ? name : quote(name);
    }

    /** A label's name, in quotes only if it needs them. */
    static String labelName(String name) {
        return Names.isLegacyLabelName(name) ? name : quote(name);
    }

    static String quote(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '"', '\\' -> out.append('\\').append(c);
                default -> out.append(c);
            }
        }
        return out.append('"').toString();
    }
}

package dev.exposit.jmh;

import dev.exposit.writer.NumberText;
import java.nio.charset.StandardCharsets;

/**
 * Puts lines of Prometheus text one behind the other. Numbers are spelled by our own writer: what {@link Double#toString}
 * makes of some depends on the JDK.
 */
final class TextLines {
    private final StringBuilder lines;

    TextLines(int capacity) {
        lines = new StringBuilder(capacity);
    }

    TextLines family(String name, String type, String help) {
        lines.append("# HELP ").append(name).append(' ').append(help).append('\n');
        lines.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        return this;
    }

    /** A sample; the labels are names and values, which hold escapes where they need them. */
    TextLines sample(String name, double value, String... labels) {
        lines.append(name);
        for (int i = 0; i < labels.length; i += 2) {
            lines.append(i == 0 ? '{' : ',').append(labels[i]).append("=\"").append(labels[i + 1]);
            lines.append('"');
        }
        lines.append(labels.length == 0 ? " " : "} ");
        // Whole numbers in full, as most programs print them.
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        lines.append(whole ? Long.toString((long) value) : NumberText.of(value)).append('\n');
        return this;
    }

    byte[] bytes() {
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }
}

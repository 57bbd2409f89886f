package dev.exposit.writer;

import dev.exposit.format.Names;
import java.nio.charset.StandardCharsets;

/**
 * A name made ready for writing, escaped by its {@link dev.exposit.format.EscapingScheme} before.
 *
 * @param bytes the name's bytes, in quotes where it needs them
 * @param quoted whether they are: a metric name in quotes stands inside the braces
 */
@SuppressWarnings("ArrayRecordComponent") // private to this package, never compared
record SampleName(byte[] bytes, boolean quoted) {
    static final SampleName LE = ofLabel("le");
    static final SampleName QUANTILE = ofLabel("quantile");

    /** The name of a metric or a metric family. */
    static SampleName of(String name) {
        return prepare(name, Names.isLegacyMetricName(name));
    }

    /** The name of a label. */
    static SampleName ofLabel(String name) {
        return prepare(name, Names.isLegacyLabelName(name));
    }

    /** The name of a label as it is written. */
    static String textOfLabel(String name) {
        return Names.isLegacyLabelName(name) ? name : quote(name);
    }

    private static SampleName prepare(String name, boolean legacy) {
        String text = legacy ? name : quote(name);
        return new SampleName(text.getBytes(StandardCharsets.UTF_8), !legacy);
    }

    private static String quote(String name) {
        StringBuilder out = new StringBuilder(name.length() + 2).append('"');
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '"', '\\' -> out.append('\\').append(c);
                default -> out.append(c);
            }
        }
        return out.append('"').toString();
    }
}

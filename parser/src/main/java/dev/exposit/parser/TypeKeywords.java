package dev.exposit.parser;

import dev.exposit.model.MetricType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The words by which a format names types, compared eight bytes at a time. */
final class TypeKeywords {
    private final MetricType[] types;
    private final int[] lengths;
    /** The words, each with room for eight bytes behind it. */
    private final byte[][] words;

    private TypeKeywords(MetricType[] types, String[] keywords) {
        this.types = types;
        lengths = new int[types.length];
        words = new byte[types.length][];
        for (int i = 0; i < types.length; i++) {
            byte[] word = keywords[i].getBytes(StandardCharsets.US_ASCII);
            lengths[i] = word.length;
            words[i] = Arrays.copyOf(word, word.length + Long.BYTES);
        }
    }

    /** Those of all types, as OpenMetrics has them. */
    static TypeKeywords ofOpenMetrics() {
        MetricType[] types = MetricType.values();
        return new TypeKeywords(
                types, Arrays.stream(types).map(MetricType::keyword).toArray(String[]::new));
    }

    /** Those of Prometheus text. */
    static TypeKeywords ofPrometheusText() {
        MetricType[] types = {
            MetricType.GAUGE, MetricType.COUNTER, MetricType.HISTOGRAM, MetricType.SUMMARY, MetricType.UNKNOWN
        };
        String[] keywords = Arrays.stream(types).map(MetricType::keyword).toArray(String[]::new);
        keywords[types.length - 1] = "untyped";
        return new TypeKeywords(types, keywords);
    }

    /** The type that the word at {@code [from, to)} names, or null if it names none. */
    @Nullable
    MetricType find(byte[] b, int from, int to) {
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] == to - from && EightBytes.same(b, from, words[i], 0, to - from)) {
                return types[i];
            }
        }
        return null;
    }
}

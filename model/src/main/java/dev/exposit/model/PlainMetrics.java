package dev.exposit.model;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a family, each one number with or without a time, as the text of their labels. They become objects when
 * the first of them is asked for: who only hands them on from one text to another copies the text and makes none.
 *
 * <p>A metric's labels stand in {@link #bytes()} as text formats write them, {@code a="b",c="d"}: without blanks, each name
 * a {@linkplain dev.exposit.format.Names legacy} one without quotes, each value in UTF-8 with backslash, double quote and
 * line feed escaped and nothing else. No two metrics have the same labels, those with empty values left out.
 *
 * <p>{@link MetricFamily} takes such a list as it is, where it copies others. Immutable, hence safe for use by several
 * threads, as long as nobody changes the arrays.
 */
public final class PlainMetrics extends AbstractList<Metric> implements RandomAccess {
    private final byte[] bytes;
    private final int[] ends;
    private final String[][] names;
    private final int[] valueEnds;
    private final boolean[] escaped;
    /** Where in {@link #valueEnds} each metric's begin. */
    private final int[] firsts;

    private final double[] values;
    private final @Nullable Timestamp[] times;

    /** Null until asked for; threads that race for it make the same. Volatile, so that who sees the array sees what is in it. */
    private volatile Metric @Nullable [] made;

    /**
     * Metrics of these parts, which from here on nobody may change.
     *
     * @param bytes the labels of all metrics, one metric's behind the other's
     * @param ends for each metric the index behind its labels
     * @param names for each metric the names of its labels, the same array for many
     * @param valueEnds for each label of each metric the index of the quote behind its value
     * @param escaped for each metric whether some value may have an escape
     * @param values for each metric its number
     * @param times for each metric its timestamp or null; an empty array if none has one
     */
    public PlainMetrics(
            byte[] bytes,
            int[] ends,
            String[][] names,
            int[] valueEnds,
            boolean[] escaped,
            double[] values,
            @Nullable Timestamp[] times) {
        this.bytes = bytes;
        this.ends = ends;
        this.names = names;
        this.valueEnds = valueEnds;
        this.escaped = escaped;
        this.values = values;
        this.times = times;
        this.firsts = new int[names.length];
        for (int i = 1; i < firsts.length; i++) {
            firsts[i] = firsts[i - 1] + names[i - 1].length;
        }
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public Metric get(int index) {
        Metric[] metrics = made;
        if (metrics == null) {
            metrics = new Metric[size()];
            Arrays.setAll(metrics, this::metric);
            made = metrics;
        }
        return metrics[index];
    }

    private Metric metric(int index) {
        String[] pairs = new String[2 * labelCount(index)];
        for (int i = 0; i < labelCount(index); i++) {
            pairs[2 * i] = labelName(index, i);
            pairs[2 * i + 1] = labelValue(index, i);
        }
        return new Metric(
                Labels.of(pairs), new Point(new NumberValue(values[index]), timestamp(index), null, List.of()));
    }

    /** What the labels stand in; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where in {@link #bytes()} a metric's labels begin. */
    public int begin(int metric) {
        return metric == 0 ? 0 : ends[metric - 1];
    }

    /** Where they end. */
    public int end(int metric) {
        return ends[metric];
    }

    /** How many labels a metric has. */
    public int labelCount(int metric) {
        return names[metric].length;
    }

    /** The name of a metric's label, by its position from 0; the same object for most metrics. */
    public String labelName(int metric, int label) {
        return names[metric][label];
    }

    /** The names of the labels of all metrics. */
    @SuppressWarnings("ReferenceEquality") // the same array was looked at
    public Set<String> labelNames() {
        Set<String> all = new LinkedHashSet<>();
        String[] last = {};
        for (String[] some : names) {
            if (some != last) {
                all.addAll(Arrays.asList(some));
                last = some;
            }
        }
        return all;
    }

    /** Where in {@link #bytes()} a label's value begins, its escapes not resolved. */
    public int valueBegin(int metric, int label) {
        int nameBegin = label == 0 ? begin(metric) : valueEnds[firsts[metric] + label - 1] + 2;
        // Legacy names have as many bytes as characters.
        return nameBegin + names[metric][label].length() + 2;
    }

    /** Where it ends. */
    public int valueEnd(int metric, int label) {
        return valueEnds[firsts[metric] + label];
    }

    /** Whether some value of a metric's labels may have an escape. */
    public boolean isEscaped(int metric) {
        return escaped[metric];
    }

    /** A label's value. */
    public String labelValue(int metric, int label) {
        int begin = valueBegin(metric, label);
        String text = new String(bytes, begin, valueEnd(metric, label) - begin, StandardCharsets.UTF_8);
        return escaped[metric] ? unescaped(text) : text;
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
                c = text.charAt(i) == 'n' ? '\n' : text.charAt(i);
            }
            out.append(c);
        }
        return out.toString();
    }

    /** A metric's number. */
    public double value(int metric) {
        return values[metric];
    }

    /** A metric's timestamp, or null if it has none. */
    public @Nullable Timestamp timestamp(int metric) {
        return times.length == 0 ? null : times[metric];
    }
}

package dev.exposit.parser;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How much a reader takes before it refuses to go on with a {@link ReadLimitException}. The defaults let every
 * exposition pass that a real exporter answers and keep a hostile one from using up memory. Immutable.
 *
 * <pre>{@code
 * ReadLimits limits = ReadLimits.defaults().with(Limit.LINE_BYTES, 1 << 20);
 * }</pre>
 */
public final class ReadLimits {
    /** What is limited. A limit's least value is 1, but for {@link #PROBLEMS}. */
    public enum Limit {
        /** The longest line in bytes, its line feed included, and the longest metric in JSON; default 16 MiB. */
        LINE_BYTES(1, Integer.MAX_VALUE, 16 << 20),
        /**
         * The longest protobuf message in bytes, which is one metric family and is held in memory; of one in text, its text as
         * well as the message that it stands for. Default 512 MiB.
         */
        MESSAGE_BYTES(1, Integer.MAX_VALUE - 64, 512 << 20),
        /** The longest metric name or label name in bytes; default 64 KiB. */
        NAME_BYTES(1, Integer.MAX_VALUE, 64 << 10),
        /** The longest label value in bytes; default 4 MiB. */
        LABEL_VALUE_BYTES(1, Integer.MAX_VALUE, 4 << 20),
        /** The most labels of one series, and of one exemplar; default 1,024. */
        LABELS_PER_SERIES(1, Integer.MAX_VALUE, 1024),
        /** The longest exemplar in bytes, as it is spelled; default 64 KiB. */
        EXEMPLAR_BYTES(1, Integer.MAX_VALUE, 64 << 10),
        /** The most samples of one exposition; default 10,000,000,000. */
        SAMPLES(1, Long.MAX_VALUE, 10_000_000_000L),
        /** The most metric families, where families are built and their names and types kept; default 4,000,000. */
        FAMILIES(1, Long.MAX_VALUE, 4_000_000),
        /** The longest exposition in bytes after decompression; default 16 GiB. */
        TOTAL_BYTES(1, Long.MAX_VALUE, 16L << 30),
        /** How many bytes one compressed byte may become, beyond the first megabyte; default 500. */
        COMPRESSION_RATIO(1, Integer.MAX_VALUE, 500),
        /**
         * The most memory in bytes, as estimated, for metrics that wait to be complete or that make up a
         * {@link dev.exposit.model.MetricSet}; default 512 MiB.
         */
        ASSEMBLED_BYTES(1, Long.MAX_VALUE, 512L << 20),
        /** The most problems that are kept, at least 0; further ones are only counted; default 1,000. */
        PROBLEMS(0, Integer.MAX_VALUE, 1000);

        private final long least;
        private final long most;
        private final long standard;

        Limit(long least, long most, long standard) {
            this.least = least;
            this.most = most;
            this.standard = standard;
        }

        /** The limit's name in messages, such as {@code lineBytes}. */
        @Override
        public String toString() {
            StringBuilder name = new StringBuilder();
            for (String word : name().toLowerCase(Locale.ROOT).split("_", -1)) {
                name.append(name.length() == 0 ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
            }
            return name.toString();
        }
    }

    private static final ReadLimits DEFAULTS = new ReadLimits(
            Arrays.stream(Limit.values()).mapToLong(limit -> limit.standard).toArray());

    /** A value for each limit, in the order of the constants. */
    private final long[] values;

    private ReadLimits(long[] values) {
        this.values = values;
    }

    /** The defaults. */
    public static ReadLimits defaults() {
        return DEFAULTS;
    }

    /** The value of a limit. */
    public long get(Limit limit) {
        return values[index(limit)];
    }

    /**
     * These limits but for one.
     *
     * @throws IllegalArgumentException if the value is below the limit's least, or too large for it
     */
    public ReadLimits with(Limit limit, long value) {
        if (value < limit.least || value > limit.most) {
            throw new IllegalArgumentException(
                    limit + " must be at least " + limit.least + " and at most " + limit.most + ", got " + value);
        }
        long[] changed = values.clone();
        changed[index(limit)] = value;
        return new ReadLimits(changed);
    }

    @SuppressWarnings("EnumOrdinal") // the array has a place for each constant, in their order
    private static int index(Limit limit) {
        return limit.ordinal();
    }

    int intValue(Limit limit) {
        return (int) get(limit);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReadLimits that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        for (Limit limit : Limit.values()) {
            out.append(out.length() == 0 ? "" : ", ").append(limit).append('=').append(get(limit));
        }
        return out.toString();
    }
}

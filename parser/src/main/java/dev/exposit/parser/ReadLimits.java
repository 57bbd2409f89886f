package dev.exposit.parser;

/**
 * How much a reader takes before it refuses to go on with a {@link ReadLimitException}. The defaults let every
 * exposition pass that a real exporter answers and keep a hostile one from using up memory.
 *
 * @param lineBytes the longest line in bytes, its line feed included, at least 1; default 16 MiB
 * @param labelsPerSeries the most labels of one series, at least 1; default 1,024
 * @param totalBytes the longest exposition in bytes after decompression, at least 1; default 16 GiB
 * @param assembledBytes the most memory in bytes, as estimated, for metrics that wait to be complete or that make up
 *     a {@link dev.exposit.model.MetricSet}, at least 1; default 512 MiB
 * @param problems the most problems that are kept, at least 0; further ones are only counted; default 1,000
 */
public record ReadLimits(int lineBytes, int labelsPerSeries, long totalBytes, long assembledBytes, int problems) {
    private static final ReadLimits DEFAULTS = new ReadLimits(16 << 20, 1024, 16L << 30, 512L << 20, 1000);

    /** Refuses values out of range. */
    public ReadLimits {
        requireAtLeast(1, lineBytes, "lineBytes");
        requireAtLeast(1, labelsPerSeries, "labelsPerSeries");
        requireAtLeast(1, totalBytes, "totalBytes");
        requireAtLeast(1, assembledBytes, "assembledBytes");
        requireAtLeast(0, problems, "problems");
    }

    private static void requireAtLeast(long least, long value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", got " + value);
        }
    }

    /** The defaults. */
    public static ReadLimits defaults() {
        return DEFAULTS;
    }

    /** These limits with another longest line, in bytes. */
    public ReadLimits withLineBytes(int lineBytes) {
        return new ReadLimits(lineBytes, labelsPerSeries, totalBytes, assembledBytes, problems);
    }

    /** These limits with another most labels of one series. */
    public ReadLimits withLabelsPerSeries(int labelsPerSeries) {
        return new ReadLimits(lineBytes, labelsPerSeries, totalBytes, assembledBytes, problems);
    }

    /** These limits with another longest exposition, in bytes. */
    public ReadLimits withTotalBytes(long totalBytes) {
        return new ReadLimits(lineBytes, labelsPerSeries, totalBytes, assembledBytes, problems);
    }

    /** These limits with another most memory for assembled metrics, in bytes. */
    public ReadLimits withAssembledBytes(long assembledBytes) {
        return new ReadLimits(lineBytes, labelsPerSeries, totalBytes, assembledBytes, problems);
    }

    /** These limits with another most problems. */
    public ReadLimits withProblems(int problems) {
        return new ReadLimits(lineBytes, labelsPerSeries, totalBytes, assembledBytes, problems);
    }
}

package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the scrapes of one target one after the other, and makes something of each series only once: a path in another
 * system, a row of a table, an assertion. Series that the scrapes before had are recognised by their bytes, which is
 * faster than reading their labels; values, timestamps and exemplars are those of each scrape, and checked in each. Only a value
 * whose bytes are those of the scrape before is known without being read.
 *
 * <pre>{@code
 * ScrapeCache<String> paths = ScrapeCache.of(in -> pathOf(in.sampleName(), in.toLabels()));
 * while (true) {
 *     try (ExpositionReader in = paths.open(scrape(), ReadOptions.of(contentType))) {
 *         while (in.next() != Event.END) {
 *             if (in.event() == Event.SAMPLE) {
 *                 send(paths.series(), in.value());
 *             }
 *         }
 *     }
 *     sleep();
 * }
 * }</pre>
 *
 * <p>The reader is one like any other: it accepts, refuses and reports the same, and labels are at hand if somebody asks for
 * them. In text, what is recognised is the spelling: a series that is spelled in another way, with its labels in another order
 * for example, is another one.
 *
 * <p>What was made of a series is kept as long as every scrape has it. Once a scrape read to its end lacks it, it may be
 * forgotten, at the latest when those that are gone are half as many as those there; if it comes back before, it is still
 * known. A scrape that failed changes nothing of that. Where no series ever comes back, most scrapes are read without remembering
 * anything, and one in eight with a sample remembered, which tells once they do. Other limits, another dialect or another
 * format than the scrape before had empty the cache.
 *
 * <p>Memory is bounded by {@link #maxBytes()}: some 80 bytes and its spelling for each series.
 *
 * <p>Not safe for use by several threads; one scrape is read at a time.
 *
 * @param <S> what is made of a series
 */
public final class ScrapeCache<S> {
    /** What {@link #maxBytes()} is unless told otherwise: 512 MiB. */
    public static final long DEFAULT_MAX_BYTES = 512L << 20;

    /** Parts of a series that text has no spelling for; never a byte of UTF-8. */
    private static final byte PART_END = (byte) 0xFF;

    private final Function<? super ExpositionReader, ? extends S> describe;
    private final long maxBytes;
    private SeriesMemory memory = new SeriesMemory(0);
    private @Nullable ReadOptions options;
    private @Nullable ExpositionFormat format;
    private @Nullable EventReader reader;
    private byte[] key = new byte[256];

    private ScrapeCache(Function<? super ExpositionReader, ? extends S> describe, long maxBytes) {
        this.describe = Objects.requireNonNull(describe, "describe");
        this.maxBytes = maxBytes;
    }

    /**
     * An empty cache of at most {@link #DEFAULT_MAX_BYTES}.
     *
     * @param describe makes something of the series of the sample or composite that a reader is at; not null. What it throws,
     *     {@link #series()} throws
     */
    public static <S> ScrapeCache<S> of(Function<? super ExpositionReader, ? extends S> describe) {
        return of(describe, DEFAULT_MAX_BYTES);
    }

    /**
     * An empty cache.
     *
     * @param describe makes something of the series of the sample or composite that a reader is at; not null. What it throws,
     *     {@link #series()} throws
     * @param maxBytes how many bytes to take at most, estimated, without what is made of series; series beyond that are not
     *     remembered. At most 2 GiB are taken
     * @throws IllegalArgumentException if negative
     */
    public static <S> ScrapeCache<S> of(Function<? super ExpositionReader, ? extends S> describe, long maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes must not be negative, got " + maxBytes);
        }
        return new ScrapeCache<>(describe, maxBytes);
    }

    /** How many bytes it takes at most, estimated, without what is made of series. */
    public long maxBytes() {
        return maxBytes;
    }

    /** A reader of the next scrape, as {@link ExpositionReader#open(byte[], ReadOptions)}; the one before is of no further use. */
    public ExpositionReader open(byte[] scrape, ReadOptions options) {
        return begin(ExpositionReader.open(scrape, options), options);
    }

    /**
     * A reader of the next scrape, as {@link ExpositionReader#open(InputStream, ReadOptions)}; the one before is of no further
     * use.
     */
    public ExpositionReader open(InputStream scrape, ReadOptions options) {
        return begin(ExpositionReader.open(scrape, options), options);
    }

    private ExpositionReader begin(ExpositionReader opened, ReadOptions as) {
        EventReader before = reader;
        if (before != null && before.event() == Event.END) {
            memory.end();
        }
        EventReader next = (EventReader) opened;
        if (!isReadAlike(next, as)) {
            memory = new SeriesMemory(maxBytes);
        }
        memory.begin();
        options = as;
        format = next.format();
        reader = next;
        if (next instanceof TextReader text) {
            text.recogniseBy(memory);
        }
        return opened;
    }

    /** Whether what was valid in the scrape before is valid in this one. */
    private boolean isReadAlike(EventReader next, ReadOptions as) {
        ReadOptions before = options;
        return before != null
                && next.format() == format
                && as.dialect() == before.dialect()
                && as.limits().equals(before.limits());
    }

    /**
     * What was made of the series of the sample or composite that the reader opened last is at. It is made now if the series is
     * new, or if there is no room to remember it.
     *
     * @throws IllegalStateException if the reader is at no sample or composite
     */
    @SuppressWarnings("unchecked") // only describe's results are kept there
    public S series() {
        EventReader in = reader;
        if (in == null || !in.isSeries()) {
            throw new IllegalStateException("the reader is at no sample or composite");
        }
        int series = in.known;
        if (series == SeriesMemory.NONE) {
            series = find(in);
            in.known = series;
        }
        if (series == SeriesMemory.NONE) {
            return describe(in);
        }
        Object made = memory.made(series);
        if (made == null) {
            made = describe(in);
            memory.setMade(series, made);
        }
        return (S) made;
    }

    private S describe(EventReader in) {
        return Objects.requireNonNull(describe.apply(in), "what was made of a series");
    }

    /** Finds a series that was not recognised by its spelling, by its name and labels as they are after decoding. */
    private int find(EventReader in) {
        int end = appendToKey(0, in.sampleName());
        int nameEnd = end - 1;
        for (int i = 0; i < in.labelCount(); i++) {
            end = appendToKey(end, in.labelName(i));
            end = appendToKey(end, in.labelValue(i));
        }
        return memory.find(key, 0, end, 0, nameEnd);
    }

    private int appendToKey(int at, ByteView part) {
        int end = at + part.length() + 1;
        if (end > key.length) {
            key = Arrays.copyOf(key, 2 * end);
        }
        part.copyTo(key, at);
        key[end - 1] = PART_END;
        return end;
    }

    /** How many series are remembered, those that are gone but not forgotten yet among them. */
    public int size() {
        return memory.size();
    }
}

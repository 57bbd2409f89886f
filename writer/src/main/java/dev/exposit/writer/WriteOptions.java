package dev.exposit.writer;

import dev.exposit.format.EscapingScheme;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Outline;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How to write. Immutable, but for what {@link #seriesBlocks()} remembers, and safe for use by several threads.
 *
 * <pre>{@code
 * WriteOptions options = WriteOptions.builder(ExpositionFormat.OPENMETRICS_1)
 *         .onLoss(LossPolicy.FAIL)
 *         .build();
 * }</pre>
 */
public final class WriteOptions {
    /** What {@link #heldBytes()} is unless told otherwise: 16 MiB. */
    public static final long DEFAULT_HELD_BYTES = 16L << 20;

    /** What {@link #messageBytes()} is unless told otherwise: 512 MiB. */
    public static final int DEFAULT_MESSAGE_BYTES = 512 << 20;

    private final ExpositionFormat format;
    private final EscapingScheme escaping;
    private final LossPolicy onLoss;
    private final StartTimestamps startTimestamps;
    private final NativeHistograms nativeHistograms;
    private final Outline outline;
    private final long heldBytes;
    private final int messageBytes;
    private final @Nullable SeriesBlocks seriesBlocks;

    private WriteOptions(Builder builder) {
        this.format = builder.format;
        this.escaping = builder.escaping != null ? builder.escaping : defaultEscaping(builder.format);
        this.onLoss = builder.onLoss;
        this.startTimestamps = builder.startTimestamps;
        this.nativeHistograms = builder.nativeHistograms;
        this.outline = builder.outline;
        this.heldBytes = builder.heldBytes;
        this.messageBytes = builder.messageBytes;
        this.seriesBlocks = builder.seriesBlocks;
    }

    /** The defaults for a format. */
    public static WriteOptions of(ExpositionFormat format) {
        return builder(format).build();
    }

    /** A builder that begins with the defaults for a format. */
    public static Builder builder(ExpositionFormat format) {
        return new Builder(format);
    }

    private static EscapingScheme defaultEscaping(ExpositionFormat format) {
        return switch (format) {
            case PROMETHEUS_TEXT_0_0_4, OPENMETRICS_1, OPENMETRICS_PROTOBUF -> EscapingScheme.UNDERSCORES;
            default -> EscapingScheme.ALLOW_UTF_8;
        };
    }

    /** The format. */
    public ExpositionFormat format() {
        return format;
    }

    /**
     * What becomes of names that are no {@linkplain dev.exposit.format.Names legacy names}. By default
     * {@link EscapingScheme#UNDERSCORES} in Prometheus text 0.0.4 and both forms of OpenMetrics 1.0, which have no other
     * names, and {@link EscapingScheme#ALLOW_UTF_8}, which quotes them, elsewhere.
     */
    public EscapingScheme escaping() {
        return escaping;
    }

    /** What becomes of what the format cannot carry; {@link LossPolicy#REPORT} by default. */
    public LossPolicy onLoss() {
        return onLoss;
    }

    /** In what form start timestamps are written, if at all; {@link StartTimestamps#BY_FORMAT} by default. */
    public StartTimestamps startTimestamps() {
        return startTimestamps;
    }

    /** In what form native histograms are written; {@link NativeHistograms#BY_FORMAT} by default. */
    public NativeHistograms nativeHistograms() {
        return nativeHistograms;
    }

    /**
     * The families that will come, as far as they are known; none by default. A writer that knows them finds out which
     * names clash before it has written one of them. Families that are not in it may come, and those in it may stay
     * away. It is not needed for {@link ExpositionWriter#write(dev.exposit.model.MetricSet)}, which sees the whole set.
     */
    public Outline outline() {
        return outline;
    }

    /**
     * How many bytes a writer may hold back, estimated; {@value #DEFAULT_HELD_BYTES} by default. Held back are families
     * that wait for their other half, and the lines of families that stand behind the one that comes in several parts.
     * What exceeds the limit is lost and reported as such. The memory in which OpenMetrics remembers the series of a
     * family that comes in several parts is limited to half as many bytes besides (8 KiB at least); series beyond that are not
     * recognised if a later part brings them again.
     */
    public long heldBytes() {
        return heldBytes;
    }

    /**
     * The longest message of a metric family, in bytes, that a protobuf writer writes; {@value #DEFAULT_MESSAGE_BYTES} by
     * default, as much as readers take unless told otherwise. A family whose message would be longer is left out and
     * reported. A message is in memory until it is whole, since its length stands in front of it.
     */
    public int messageBytes() {
        return messageBytes;
    }

    /**
     * What remembers series from one exposition to the next, for who writes the same ones again and again; null, nothing, by
     * default. What is written is the same with it and without.
     */
    public @Nullable SeriesBlocks seriesBlocks() {
        return seriesBlocks;
    }

    /** A builder that begins with these options. */
    public Builder toBuilder() {
        return new Builder(format)
                .escaping(escaping)
                .onLoss(onLoss)
                .startTimestamps(startTimestamps)
                .nativeHistograms(nativeHistograms)
                .outline(outline)
                .heldBytes(heldBytes)
                .messageBytes(messageBytes)
                .seriesBlocks(seriesBlocks);
    }

    @Override
    public String toString() {
        return format.id() + ", escaping=" + escaping.id() + ", onLoss=" + onLoss + ", startTimestamps="
                + startTimestamps + ", nativeHistograms=" + nativeHistograms + ", heldBytes=" + heldBytes
                + ", messageBytes=" + messageBytes + (seriesBlocks == null ? "" : ", " + seriesBlocks);
    }

    /** Builds {@link WriteOptions}; not safe for use by several threads. */
    public static final class Builder {
        private final ExpositionFormat format;
        private @Nullable EscapingScheme escaping;
        private LossPolicy onLoss = LossPolicy.REPORT;
        private StartTimestamps startTimestamps = StartTimestamps.BY_FORMAT;
        private NativeHistograms nativeHistograms = NativeHistograms.BY_FORMAT;
        private Outline outline = Outline.empty();
        private long heldBytes = DEFAULT_HELD_BYTES;
        private int messageBytes = DEFAULT_MESSAGE_BYTES;
        private @Nullable SeriesBlocks seriesBlocks;

        private Builder(ExpositionFormat format) {
            this.format = Objects.requireNonNull(format, "format");
        }

        /** Sets {@link WriteOptions#escaping()}; null stands for the format's default. */
        public Builder escaping(@Nullable EscapingScheme escaping) {
            this.escaping = escaping;
            return this;
        }

        /** Sets {@link WriteOptions#onLoss()}. */
        public Builder onLoss(LossPolicy onLoss) {
            this.onLoss = Objects.requireNonNull(onLoss, "onLoss");
            return this;
        }

        /** Sets {@link WriteOptions#startTimestamps()}. */
        public Builder startTimestamps(StartTimestamps startTimestamps) {
            this.startTimestamps = Objects.requireNonNull(startTimestamps, "startTimestamps");
            return this;
        }

        /** Sets {@link WriteOptions#nativeHistograms()}. */
        public Builder nativeHistograms(NativeHistograms nativeHistograms) {
            this.nativeHistograms = Objects.requireNonNull(nativeHistograms, "nativeHistograms");
            return this;
        }

        /** Sets {@link WriteOptions#outline()}. */
        public Builder outline(Outline outline) {
            this.outline = Objects.requireNonNull(outline, "outline");
            return this;
        }

        /**
         * Sets {@link WriteOptions#heldBytes()}.
         *
         * @throws IllegalArgumentException if negative
         */
        public Builder heldBytes(long heldBytes) {
            if (heldBytes < 0) {
                throw new IllegalArgumentException("heldBytes must not be negative, got " + heldBytes);
            }
            this.heldBytes = heldBytes;
            return this;
        }

        /**
         * Sets {@link WriteOptions#messageBytes()}.
         *
         * @throws IllegalArgumentException if not positive
         */
        public Builder messageBytes(int messageBytes) {
            if (messageBytes <= 0) {
                throw new IllegalArgumentException("messageBytes must be positive, got " + messageBytes);
            }
            this.messageBytes = messageBytes;
            return this;
        }

        /** Sets {@link WriteOptions#seriesBlocks()}; null for none. */
        public Builder seriesBlocks(@Nullable SeriesBlocks seriesBlocks) {
            this.seriesBlocks = seriesBlocks;
            return this;
        }

        /** The options as set so far. */
        public WriteOptions build() {
            return new WriteOptions(this);
        }
    }
}

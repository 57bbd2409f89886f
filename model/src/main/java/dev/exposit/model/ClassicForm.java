package dev.exposit.model;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A histogram with classic buckets only, and what was lost when it got them.
 *
 * @param histogram the histogram; its buckets rise and end with +Inf, if they were made from native ones
 * @param lost what was lost; nothing, if there were only classic buckets, or custom ones whose counts agree with the count
 * @see HistogramValue#toClassic()
 */
public record ClassicForm(HistogramValue histogram, Set<Lost> lost) {
    /** Something that classic buckets cannot carry. */
    public enum Lost {
        /** Native buckets beside classic ones, which stay as they are. */
        NATIVE_BUCKETS("native buckets left out"),
        /** The schema, without which the buckets cannot be joined with those of another resolution. */
        SCHEMA("native buckets written as classic ones"),
        /** A zero bucket of threshold 0: its events count with those between the bound before and zero. */
        ZERO_BUCKET("zero bucket joined with what is below it"),
        /** Which bucket has an event that equals a negative bound: the native one above it, the classic one below. */
        NEGATIVE_BOUNDS("negative bounds count as part of the bucket below"),
        /** Events that are counted but in no bucket, those of NaN: the +Inf bucket has them. */
        NAN_EVENTS("events in no bucket counted as +Inf"),
        /** Events that buckets have beyond the count; no bucket is left with more than the count. */
        BEYOND_COUNT("events beyond the count left out");

        private final String words;

        Lost(String words) {
            this.words = words;
        }

        /** What happened, in words. */
        public String words() {
            return words;
        }
    }

    /** Copies the set. */
    public ClassicForm {
        Objects.requireNonNull(histogram, "histogram");
        // In the order of the constants, so that words come out the same each time.
        Set<Lost> ordered = EnumSet.noneOf(Lost.class);
        ordered.addAll(lost);
        lost = Collections.unmodifiableSet(ordered);
    }

    /** What was lost, in words; empty if nothing was. */
    public String lostInWords() {
        return lost.stream().map(Lost::words).collect(Collectors.joining(", "));
    }
}

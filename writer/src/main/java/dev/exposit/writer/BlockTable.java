package dev.exposit.writer;

import dev.exposit.model.Labels;
import org.jspecify.annotations.Nullable;

/**
 * Encoded labels by the object that they are of, for one writer after the other.
 *
 * <p>Who writes the same series again mostly does so in the same order. So each entry knows the one that followed it the last
 * time, and that is looked at first, which touches neither the table nor the labels; the table of the objects'
 * identity hashes is for what comes in another order.
 */
final class BlockTable {
    private static final int FIRST_SLOTS = 64;
    /** An entry, the header of its array with what that is rounded up by, and two slots, in bytes. */
    private static final int ENTRY_BYTES = 64;
    /** So many whole expositions without it are borne, as one may show but some families. */
    private static final int KEPT_EXPOSITIONS = 1;

    private static final class Entry {
        final Labels labels;
        final byte[] block;
        /** Another one in the same slot. */
        @Nullable
        Entry sameSlot;
        /** The one that was written after this one. */
        @Nullable
        Entry follower;
        /** The exposition that it was last written in. */
        int exposition = -1;

        Entry(Labels labels, byte[] block) {
            this.labels = labels;
            this.block = block;
        }

        int bytes() {
            return ENTRY_BYTES + block.length;
        }
    }

    private final long maxBytes;
    private final Entry start = new Entry(Labels.of(), new byte[0]);
    /** Their count is a power of two. */
    private @Nullable Entry[] slots = new @Nullable Entry[FIRST_SLOTS];

    private int size;
    private long bytes;

    private int exposition;
    /** How many entries the exposition has met; after one that failed, too few. */
    private int met;

    private Entry last = start;

    BlockTable(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Begins an exposition. */
    void begin() {
        met = 0;
        last = start;
    }

    /** Ends an exposition that is whole: forgets what has not been written lately. */
    void end() {
        if (met < size) {
            forget();
        }
        exposition++;
    }

    /** How many label sets are known. */
    int size() {
        return size;
    }

    /** What was added for these labels, or null; not to be changed. */
    @SuppressWarnings("ReferenceEquality") // that is what is asked for
    byte @Nullable [] find(Labels labels) {
        Entry entry = last.follower;
        if (entry == null || entry.labels != labels) {
            entry = lookUp(labels);
            if (entry == null) {
                return null;
            }
        }
        meet(entry);
        return entry.block;
    }

    /** Adds what labels that are not known have become, if there is room: what an output got since it was so long. */
    void add(Labels labels, TextOutput out, int since) {
        if (bytes + ENTRY_BYTES + (out.length() - since) > maxBytes) {
            return;
        }
        Entry entry = new Entry(labels, out.toBytes(since));
        if (size == slots.length) {
            grow();
        }
        link(entry, slots);
        size++;
        bytes += entry.bytes();
        meet(entry);
    }

    private void meet(Entry entry) {
        if (entry.exposition != exposition) {
            entry.exposition = exposition;
            met++;
        }
        last.follower = entry;
        last = entry;
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private @Nullable Entry lookUp(Labels labels) {
        Entry entry = slots[slot(labels, slots)];
        while (entry != null && entry.labels != labels) {
            entry = entry.sameSlot;
        }
        return entry;
    }

    private static int slot(Labels labels, @Nullable Entry[] in) {
        return System.identityHashCode(labels) & in.length - 1;
    }

    private static void link(Entry entry, @Nullable Entry[] in) {
        int slot = slot(entry.labels, in);
        entry.sameSlot = in[slot];
        in[slot] = entry;
    }

    private void forget() {
        size = 0;
        bytes = 0;
        @Nullable Entry[] kept = new @Nullable Entry[slots.length];
        for (Entry first : slots) {
            for (Entry entry = first; entry != null; ) {
                Entry next = entry.sameSlot;
                if (!isOld(entry)) {
                    link(entry, kept);
                    size++;
                    bytes += entry.bytes();
                    unfollow(entry);
                }
                entry = next;
            }
        }
        unfollow(start);
        slots = kept;
    }

    private boolean isOld(Entry entry) {
        return exposition - entry.exposition > KEPT_EXPOSITIONS;
    }

    /** What is forgotten must not be met again as a follower. */
    private void unfollow(Entry entry) {
        if (entry.follower != null && isOld(entry.follower)) {
            entry.follower = null;
        }
    }

    private void grow() {
        @Nullable Entry[] larger = new @Nullable Entry[2 * slots.length];
        for (Entry first : slots) {
            for (Entry entry = first; entry != null; ) {
                Entry next = entry.sameSlot;
                link(entry, larger);
                entry = next;
            }
        }
        slots = larger;
    }
}

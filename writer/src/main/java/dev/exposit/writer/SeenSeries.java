package dev.exposit.writer;

import dev.exposit.model.Labels;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows the series of one family again; a label with an empty value is as good as none. Of a family that is in memory anyway it keeps the series themselves. Of one
 * that comes in several pieces, and may be larger than memory, it keeps 64 bits of each, up to a limit; series seen
 * after that are not known again.
 *
 * <p>Among <i>n</i> series two different ones are taken for the same with a chance of about <i>n</i>² / 2^65: less than
 * one in ten million for a million series.
 */
final class SeenSeries {
    private static final int FIRST_SLOTS = 1024;
    private static final long MIX_1 = 0xFF51AFD7ED558CCDL;
    private static final long MIX_2 = 0xC4CEB9FE1A85EC53L;
    private static final long LABEL = 0x9E3779B97F4A7C15L;

    /** The name of the first series, and the series of that name; mostly there is no other. */
    private @Nullable String firstName;

    /** Used again for the next family, as new memory is slow. */
    private final LabelsIndex first = new LabelsIndex();
    /** The series of other names. */
    private final Map<String, LabelsIndex> others = new HashMap<>();
    /** The name that was asked for last, and its series. */
    private @Nullable String lastName;

    private LabelsIndex last = first;
    private boolean exact = true;
    private long maxSlots;

    /** Open addressing; 0 marks a free slot. */
    private long[] hashes = new long[0];

    private int hashCount;

    /** Forgets everything, and from now on keeps series themselves. */
    void resetExact() {
        if (!others.isEmpty()) {
            others.clear();
        }
        first.clear();
        firstName = null;
        lastName = null;
        hashes = new long[0];
        hashCount = 0;
        exact = true;
    }

    /** Forgets everything, and from now on keeps hashes in so many bytes at most, but for the first 8 KiB. */
    void resetHashed(long maxBytes) {
        resetExact();
        exact = false;
        maxSlots = maxBytes / Long.BYTES;
    }

    /**
     * Adds a series.
     *
     * @return whether it has not been added before
     */
    boolean add(String name, Labels labels) {
        return exact ? ofName(name).add(labels.withoutEmpty()) < 0 : addHash(hash(name, labels));
    }

    private LabelsIndex ofName(String name) {
        if (!name.equals(lastName)) {
            if (firstName == null) {
                firstName = name;
            }
            last = name.equals(firstName) ? first : others.computeIfAbsent(name, other -> new LabelsIndex());
            lastName = name;
        }
        return last;
    }

    private boolean addHash(long hash) {
        if (hashes.length > 0) {
            int slot = slot(hash, hashes);
            if (hashes[slot] == hash) {
                return false;
            }
        }
        if (4L * (hashCount + 1) > 3L * hashes.length && !grow()) {
            return true;
        }
        hashes[slot(hash, hashes)] = hash;
        hashCount++;
        return true;
    }

    private boolean grow() {
        int slots = hashes.length == 0 ? FIRST_SLOTS : 2 * hashes.length;
        if (slots > Math.max(maxSlots, FIRST_SLOTS) || slots < 0) {
            return false;
        }
        long[] larger = new long[slots];
        for (long hash : hashes) {
            if (hash != 0) {
                larger[slot(hash, larger)] = hash;
            }
        }
        hashes = larger;
        return true;
    }

    /** Where a hash is, or where it would go; the number of slots is a power of two. */
    private static int slot(long hash, long[] in) {
        int mask = in.length - 1;
        int slot = (int) hash & mask;
        while (in[slot] != 0 && in[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    /** The same for labels in any order, and with or without such of an empty value; never 0. */
    static long hash(String name, Labels labels) {
        long sum = mix(hash(name));
        for (int i = 0; i < labels.size(); i++) {
            if (labels.value(i).isEmpty()) {
                continue;
            }
            // Mixed in between, so that labels do not swap their values.
            sum += mix(mix(hash(labels.name(i))) + LABEL + hash(labels.value(i)));
        }
        long mixed = mix(sum);
        return mixed == 0 ? 1 : mixed;
    }

    private static long hash(String text) {
        long hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * LABEL;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    /** Spreads every bit over all; the constants are those of MurmurHash3's finaliser. */
    private static long mix(long bits) {
        long mixed = bits;
        mixed = (mixed ^ mixed >>> 33) * MIX_1;
        mixed = (mixed ^ mixed >>> 33) * MIX_2;
        return mixed ^ mixed >>> 33;
    }
}

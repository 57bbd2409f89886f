package dev.exposit.parser;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Gives the same {@code String} for the same bytes as long as it remembers them: label names and values come again and
 * again. A text has one slot, by its hash; a new one takes the slot over, so memory is bounded and nothing need be
 * counted.
 *
 * <p>A value that never came before meets a slot with another one, mostly long fallen out of the processor's cache; the
 * hashes beside tell so without a look at it. A random multiplier keeps hashes from being made to collide.
 */
final class StringCache {
    private static final int SLOTS = 1 << 10;
    private static final int LONGEST = 64;

    private final int multiplier = new SplittableRandom().nextInt() | 1;
    private int[] hashes = {};
    private @Nullable String[] slots = {};
    private final ByteView probe = new ByteView(new ByteView.Lease());

    String get(byte[] b, int from, int to) {
        if (to - from > LONGEST) {
            return new String(b, from, to - from, StandardCharsets.UTF_8);
        }
        if (slots.length == 0) {
            // Only now: a cursor that makes no strings does without.
            hashes = new int[SLOTS];
            slots = new @Nullable String[SLOTS];
        }
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = multiplier * hash + b[i];
        }
        int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        String known = slots[slot];
        if (known != null && hashes[slot] == hash && probe.set(b, from, to).contentEquals(known)) {
            return known;
        }
        String made = new String(b, from, to - from, StandardCharsets.UTF_8);
        slots[slot] = made;
        hashes[slot] = hash;
        return made;
    }
}

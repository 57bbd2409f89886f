package dev.exposit.parser;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Gives the same {@code String} for the same bytes as long as it remembers them: label names and values come again and
 * again. A text has one slot, by its hash; a new one takes the slot over, so memory is bounded and nothing need be
 * counted.
 */
final class StringCache {
    private static final int SLOTS = 1 << 11;
    private static final int LONGEST = 64;

    private final @Nullable String[] slots = new @Nullable String[SLOTS];
    private final ByteView probe = new ByteView(new ByteView.Lease());

    String get(byte[] b, int from, int to) {
        if (to - from > LONGEST) {
            return new String(b, from, to - from, StandardCharsets.UTF_8);
        }
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + b[i];
        }
        int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
        String known = slots[slot];
        if (known != null && probe.set(b, from, to).contentEquals(known)) {
            return known;
        }
        String made = new String(b, from, to - from, StandardCharsets.UTF_8);
        slots[slot] = made;
        return made;
    }
}

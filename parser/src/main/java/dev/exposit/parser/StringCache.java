package dev.exposit.parser;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Gives the same {@code String} for the same bytes as long as it remembers them: label names and values come again and
 * again. A text has one slot, by its hash; a new one takes the slot over, so memory is bounded and nothing need be
 * counted but how many came: the more, the more slots, up to a limit.
 *
 * <p>A value that never came before meets a slot with another one, mostly long fallen out of the processor's cache; the
 * hashes beside tell so without a look at it.
 */
final class StringCache {
    private static final int FEWEST_SLOTS = 1 << 8;
    /** Strings of a large text's labels, with some 100 bytes each. */
    private static final int MOST_SLOTS = 1 << 15;

    private static final int LONGEST = 64;
    private static final long ASCII = 1;

    /** By slot: the hash of the text but for its lowest bit, which tells whether the text is ASCII. */
    private long[] hashes = {};

    private @Nullable String[] slots = {};
    /** How many strings were made. */
    private int made;

    /** With room for eight bytes behind the text, so that it is compared fast. */
    private final byte[] known = new byte[LONGEST + Long.BYTES];

    String get(byte[] b, int from, int to) {
        return get(b, from, to, TextHash.of(b, from, to));
    }

    /** The text of a known {@link TextHash}. */
    String get(byte[] b, int from, int to, long hash) {
        if (to - from > LONGEST) {
            return new String(b, from, to - from, StandardCharsets.UTF_8);
        }
        String known = find(b, from, to, hash);
        return known != null ? known : make(b, from, to, hash);
    }

    /** As {@link #get(byte[], int, int, long)}, but null if the text is no UTF-8, which one that is known already is. */
    @Nullable
    String getValid(byte[] b, int from, int to, long hash) {
        if (to - from > LONGEST) {
            return Utf8.isValid(b, from, to) ? new String(b, from, to - from, StandardCharsets.UTF_8) : null;
        }
        String known = find(b, from, to, hash);
        if (known != null) {
            return known;
        }
        if (EightBytes.asciiEnd(b, from, to) < to) {
            return Utf8.isValid(b, from, to) ? make(b, from, to, hash) : null;
        }
        return put(new String(b, from, to - from, StandardCharsets.ISO_8859_1), hash | ASCII);
    }

    /** What a slot holds, if that is the text, all in ASCII; there is a slot for it then. */
    private @Nullable String find(byte[] b, int from, int to, long hash) {
        if (2 * made >= slots.length && slots.length < MOST_SLOTS) {
            grow();
        }
        int slot = slot(hash);
        String last = slots[slot];
        return last != null && hashes[slot] == (hash | ASCII) && isSameAscii(last, b, from, to) ? last : null;
    }

    private String make(byte[] b, int from, int to, long hash) {
        int slot = slot(hash);
        String last = slots[slot];
        String text = new String(b, from, to - from, StandardCharsets.UTF_8);
        if (last != null && hashes[slot] == (hash & ~ASCII) && text.equals(last)) {
            return last;
        }
        return put(text, text.length() == to - from ? hash | ASCII : hash & ~ASCII);
    }

    private String put(String text, long hash) {
        int slot = slot(hash);
        slots[slot] = text;
        hashes[slot] = hash;
        made++;
        return text;
    }

    private int slot(long hash) {
        return (int) (hash >>> 1) & (slots.length - 1);
    }

    /** Whether a string of ASCII has these bytes. */
    @SuppressWarnings("deprecation") // The one way to copy characters as bytes without an object.
    private boolean isSameAscii(String text, byte[] b, int from, int to) {
        int length = to - from;
        if (text.length() != length) {
            return false;
        }
        text.getBytes(0, length, known, 0);
        return EightBytes.same(known, 0, b, from, length);
    }

    private void grow() {
        long[] oldHashes = hashes;
        @Nullable String[] old = slots;
        // Only now the first time: a cursor that makes no strings does without.
        hashes = new long[Math.min(MOST_SLOTS, Math.max(FEWEST_SLOTS, 4 * old.length))];
        slots = new @Nullable String[hashes.length];
        for (int i = 0; i < old.length; i++) {
            String text = old[i];
            if (text != null) {
                int slot = slot(oldHashes[i]);
                slots[slot] = text;
                hashes[slot] = oldHashes[i];
            }
        }
    }
}

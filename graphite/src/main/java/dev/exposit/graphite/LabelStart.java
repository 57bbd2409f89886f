package dev.exposit.graphite;

import java.util.Arrays;

/**
 * A label's name as it stands in a path, with what stands around it.
 *
 * @param bytes {@code ;name=} or {@code .name.}
 * @param key what its place among the labels depends on
 * @param flags what has become of the name, see {@link LimitedText#append}
 */
@SuppressWarnings("ArrayRecordComponent") // private to this package, never compared as a whole
record LabelStart(byte[] bytes, byte[] key, int flags) {
    /** Whether the label stands before, at the same place as, or behind another. */
    int compareKey(LabelStart other) {
        return Arrays.compareUnsigned(key, other.key);
    }

    /** Whether the label has the same name in the path as another. */
    boolean isSame(LabelStart other) {
        return Arrays.equals(bytes, other.bytes);
    }
}

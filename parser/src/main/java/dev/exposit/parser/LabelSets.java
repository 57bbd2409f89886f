package dev.exposit.parser;

import dev.exposit.model.Labels;
import java.nio.charset.StandardCharsets;

/**
 * Makes label sets of the labels that a reader is at. The samples of a family mostly have the same names in the same order:
 * these sets share the names of the one made last.
 *
 * <p>On the way each value is hashed once, for the {@link StringCache} and for the {@linkplain #fingerprint() fingerprint} of
 * the whole set.
 */
final class LabelSets {
    private static final int ROOM = 64;

    private final StringCache strings;

    /** A set of the names met last, whatever its values. */
    private Labels alike = Labels.of();
    /** Those names as bytes, one behind the other, with room for eight bytes behind the last. */
    private byte[] names = new byte[ROOM];
    /** For each of them where it ends there. */
    private int[] nameEnds = {};

    private long[] nameHashes = {};
    /** The values of the set made last. */
    private String[] values = {};

    private long fingerprint;

    LabelSets(StringCache strings) {
        this.strings = strings;
    }

    /**
     * The labels of a table.
     *
     * @param apart the position of a label that does not belong to them, or -1
     */
    Labels read(LabelTable table, int apart) {
        int count = table.size() - (apart < 0 ? 0 : 1);
        fingerprint = 0;
        if (count == 0) {
            return Labels.of();
        }
        if (!hasNames(table, apart, count)) {
            takeNames(table, apart, count);
        }
        long sum = 0;
        for (int i = 0; i < count; i++) {
            ByteView value = table.value(i < apart || apart < 0 ? i : i + 1);
            byte[] text = value.array();
            int from = value.from();
            int to = value.to();
            long hash = TextHash.of(text, from, to);
            values[i] = strings.get(text, from, to, hash);
            // A label without a value is as good as none.
            sum += from == to ? 0 : TextHash.ofLabel(nameHashes[i], hash);
        }
        fingerprint = sum;
        return alike.withValues(values);
    }

    /** A hash of the set made last: the same for the same labels in any order, those with empty values left out. */
    long fingerprint() {
        return fingerprint;
    }

    /** The {@link #fingerprint()} of a set that was made in another way. */
    static long fingerprint(Labels labels) {
        long sum = 0;
        for (int i = 0; i < labels.size(); i++) {
            long value = hash(labels.value(i));
            sum += labels.value(i).isEmpty() ? 0 : TextHash.ofLabel(hash(labels.name(i)), value);
        }
        return sum;
    }

    private static long hash(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return TextHash.of(bytes, 0, bytes.length);
    }

    private boolean hasNames(LabelTable table, int apart, int count) {
        if (values.length != count) {
            return false;
        }
        int end = 0;
        for (int i = 0; i < count; i++) {
            ByteView name = table.name(i < apart || apart < 0 ? i : i + 1);
            int length = name.length();
            if (nameEnds[i] - end != length || !EightBytes.same(names, end, name.array(), name.from(), length)) {
                return false;
            }
            end = nameEnds[i];
        }
        return true;
    }

    private void takeNames(LabelTable table, int apart, int count) {
        String[] pairs = new String[2 * count];
        byte[] taken = new byte[table.nameBytes() + Long.BYTES];
        int[] ends = new int[count];
        long[] hashes = new long[count];
        int end = 0;
        for (int i = 0; i < count; i++) {
            ByteView name = table.name(i < apart || apart < 0 ? i : i + 1);
            byte[] text = name.array();
            int from = name.from();
            int to = name.to();
            hashes[i] = TextHash.of(text, from, to);
            pairs[2 * i] = strings.get(text, from, to, hashes[i]);
            pairs[2 * i + 1] = "";
            System.arraycopy(text, from, taken, end, to - from);
            end += to - from;
            ends[i] = end;
        }
        alike = Labels.of(pairs);
        names = taken;
        nameEnds = ends;
        nameHashes = hashes;
        values = new String[count];
    }
}

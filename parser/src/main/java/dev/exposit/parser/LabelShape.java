package dev.exposit.parser;

import dev.exposit.model.Labels;
import java.util.Arrays;

/** Label names in an order, checked once for all the label sets that have them. */
final class LabelShape {
    /** No names. */
    static final LabelShape NONE = new LabelShape(Labels.of(), new byte[Long.BYTES], new int[0]);

    /** A set of these names. */
    final Labels alike;
    /** The names one behind the other, with room for eight bytes behind the last. */
    private final byte[] names;
    /** For each of them where it ends there. */
    private final int[] ends;

    private final long[] hashes;
    /** Room for the values of a set that is being read. */
    final String[] values;

    /** Whether one of them tells the parts of a histogram or summary apart where those are samples. */
    final boolean hasLe;

    final boolean hasQuantile;

    private LabelShape(Labels alike, byte[] names, int[] ends) {
        this.alike = alike;
        this.names = names;
        this.ends = ends;
        this.hashes = new long[ends.length];
        this.values = new String[ends.length];
        int from = 0;
        for (int i = 0; i < ends.length; i++) {
            hashes[i] = TextHash.of(names, from, ends[i]);
            from = ends[i];
        }
        this.hasLe = alike.contains("le");
        this.hasQuantile = alike.contains("quantile");
    }

    /** The names at these places, which must be UTF-8, not empty and differ. */
    static LabelShape of(byte[] b, int[] places, int count, StringCache strings) {
        String[] pairs = new String[2 * count];
        int[] ends = new int[count];
        byte[] names = new byte[Long.BYTES];
        int end = 0;
        for (int i = 0; i < count; i++) {
            int from = places[WholeLabels.INTS * i];
            int length = places[WholeLabels.INTS * i + 1] - from;
            names = Arrays.copyOf(names, end + length + Long.BYTES);
            System.arraycopy(b, from, names, end, length);
            end += length;
            ends[i] = end;
            pairs[2 * i] = strings.get(b, from, from + length);
            pairs[2 * i + 1] = "";
        }
        return new LabelShape(Labels.of(pairs), names, ends);
    }

    /** The {@link TextHash} of a name. */
    long hash(int index) {
        return hashes[index];
    }

    /** Whether these are the names at these places. */
    boolean is(byte[] b, int[] places, int count) {
        if (ends.length != count) {
            return false;
        }
        int from = 0;
        for (int i = 0; i < count; i++) {
            int nameFrom = places[WholeLabels.INTS * i];
            int length = places[WholeLabels.INTS * i + 1] - nameFrom;
            if (ends[i] - from != length || !EightBytes.same(names, from, b, nameFrom, length)) {
                return false;
            }
            from = ends[i];
        }
        return true;
    }
}

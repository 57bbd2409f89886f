package dev.exposit.parser;

import dev.exposit.parser.Composite.Part;
import java.nio.charset.StandardCharsets;

/**
 * Finds a part of a composite value in its text, which was read and is known to be right. Whoever reads numbers does not
 * pay for the places of all parts; only who tells of a mistake looks for one.
 */
final class CompositeParts {
    private final byte[] b;
    private int at;
    private boolean inList;

    private CompositeParts(byte[] b, int from) {
        this.b = b;
        this.at = from;
    }

    /** Sets {@code view} to a part of the composite whose first key begins at {@code from}. */
    static ByteView find(Part part, int index, byte[] b, int from, ByteView view) {
        CompositeParts text = new CompositeParts(b, from);
        if (index < 0 || !text.enter(part) || !text.skip(index)) {
            throw new IllegalArgumentException("no " + part + " " + index);
        }
        boolean span = part == Part.NEGATIVE_SPAN || part == Part.POSITIVE_SPAN;
        if (part == Part.VALUE) {
            text.at = text.end(text.at, false) + 1;
        }
        return view.set(b, text.at, text.end(text.at, span));
    }

    /** Moves to what stands behind the key of a part, or into its list; false if there is no such key, or nothing in the list. */
    private boolean enter(Part part) {
        while (b[at - 1] != '}') {
            int keyEnd = at;
            while (b[keyEnd] != ':') {
                keyEnd++;
            }
            String key = new String(b, at, keyEnd - at, StandardCharsets.US_ASCII);
            at = keyEnd + 1;
            inList = b[at] == '[';
            if (isKey(key, part)) {
                at += inList ? 1 : 0;
                return b[at] != ']';
            }
            while (inList ? b[at] != ']' : b[at] != ',' && b[at] != '}') {
                at++;
            }
            at += inList ? 2 : 1;
        }
        return false;
    }

    private static boolean isKey(String key, Part part) {
        return switch (part) {
            case COUNT -> key.equals("count") || key.equals("gcount");
            case SUM -> key.equals("sum") || key.equals("gsum");
            case BOUND, VALUE -> key.equals("bucket") || key.equals("quantile");
            case SCHEMA -> key.equals("schema");
            case ZERO_THRESHOLD -> key.equals("zero_threshold");
            case ZERO_COUNT -> key.equals("zero_count");
            case NEGATIVE_SPAN -> key.equals("negative_spans");
            case NEGATIVE_BUCKET -> key.equals("negative_buckets");
            case POSITIVE_SPAN -> key.equals("positive_spans");
            case POSITIVE_BUCKET -> key.equals("positive_buckets");
        };
    }

    /** Moves on by so many parts of a list; false if it ends before. */
    private boolean skip(int parts) {
        for (int i = 0; i < parts; i++) {
            at = end(at, true);
            if (!inList || b[at] != ',') {
                return false;
            }
            at++;
        }
        return true;
    }

    /** The end of the number at a place, or of a pair of numbers with a colon between. */
    private int end(int from, boolean pair) {
        int end = from;
        while (b[end] != ',' && b[end] != ']' && b[end] != '}' && (pair || b[end] != ':')) {
            end++;
        }
        return end;
    }
}

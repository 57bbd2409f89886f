package dev.exposit.graphite;

import dev.exposit.graphite.PathRules.Escaping;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Cuts what is too long and puts a hash of the whole at its end, behind a mark that no escaped text contains: in {@code
 * %~} there are no digits behind the percent sign.
 */
final class Shortening {
    private static final int HASH_BYTES = 8;

    private final boolean percent;
    private final byte[] mark;

    Shortening(PathRules rules) {
        percent = rules.escaping() == Escaping.PERCENT;
        mark = (percent ? "%~" : "~").getBytes(StandardCharsets.US_ASCII);
    }

    /** Shortens the text that begins at a position to so many bytes. */
    void shortenText(PathBuffer path, int from, int limit) {
        byte[] hash = markedHash(path, from);
        cut(path, from, boundary(path.bytes(), from, from + limit - hash.length), hash);
    }

    /** Shortens the dotted path that begins at a position to so many bytes: a hash stands for its last components. */
    void shortenComponents(PathBuffer path, int from, int limit) {
        byte[] hash = markedHash(path, from);
        byte[] bytes = path.bytes();
        int end = from + limit - hash.length;
        while (end > from && bytes[end - 1] != '.') {
            end--;
        }
        cut(path, from, end, hash);
    }

    /**
     * Shortens the path with tags that begins at a position to so many bytes. Of the tags the last are left out;
     * another takes their place, which is named as the mark and whose value is the hash, and stands where it belongs by
     * the order of the tags.
     */
    void shortenTags(PathBuffer path, int from, int limit) {
        byte[] hash = markedHash(path, from);
        byte[] tag = new byte[hash.length + 2];
        tag[0] = ';';
        System.arraycopy(mark, 0, tag, 1, mark.length);
        tag[mark.length + 1] = '=';
        System.arraycopy(hash, mark.length, tag, mark.length + 2, hash.length - mark.length);

        byte[] bytes = path.bytes();
        int end = from + limit - tag.length;
        while (bytes[end] != ';') {
            end--;
        }
        byte[] kept = Arrays.copyOfRange(bytes, from, end);
        int at = place(kept, tag);
        path.truncate(from);
        path.add(kept, 0, at);
        path.add(tag, 0, tag.length);
        path.add(kept, at, kept.length - at);
    }

    /** Where the first tag begins that comes behind the given one, or else the end. */
    private static int place(byte[] path, byte[] tag) {
        for (int i = 0; i < path.length; i++) {
            if (path[i] == ';' && Arrays.compareUnsigned(path, i, path.length, tag, 0, tag.length) > 0) {
                return i;
            }
        }
        return path.length;
    }

    private static void cut(PathBuffer path, int from, int end, byte[] hash) {
        path.truncate(Math.max(from, end));
        path.add(hash, 0, hash.length);
    }

    /** The last position at or before another that is not inside of a character or of its escapes. */
    private int boundary(byte[] bytes, int from, int at) {
        int end = at;
        while (end > from && (bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        if (!percent) {
            return end;
        }
        for (int i = 1; i <= 2; i++) {
            if (end - i >= from && bytes[end - i] == '%') {
                end -= i;
            }
        }
        while (end >= from + 3 && isEscapedContinuation(bytes, end)) {
            end -= 3;
        }
        return end;
    }

    /** Whether at a position there is an escape of a byte that goes on with a character, {@code %80} to {@code %BF}. */
    private static boolean isEscapedContinuation(byte[] bytes, int at) {
        return bytes[at] == '%'
                && (bytes[at + 1] == '8' || bytes[at + 1] == '9' || bytes[at + 1] == 'A' || bytes[at + 1] == 'B');
    }

    private byte[] markedHash(PathBuffer path, int from) {
        MessageDigest sha256;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
        sha256.update(path.bytes(), from, path.length() - from);
        String digits = HexFormat.of().formatHex(sha256.digest(), 0, HASH_BYTES);
        byte[] marked = Arrays.copyOf(mark, mark.length + digits.length());
        System.arraycopy(digits.getBytes(StandardCharsets.US_ASCII), 0, marked, mark.length, digits.length());
        return marked;
    }
}

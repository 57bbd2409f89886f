package dev.exposit.graphite;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * What carbon 1.1.7 does to a path: {@code TaggedSeries} and the receivers, in so far as they decide what a path stands
 * for.
 */
final class CarbonModel {
    /**
     * The characters that Python's {@code str.isspace()} is true for, and those that {@code str.splitlines()} parts at.
     */
    private static final String BLANKS =
            "\t\n\u000B\f\r\u001C\u001D\u001E\u001F \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004"
                    + "\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

    private CarbonModel() {}

    /** A path that carbon would log as malformed. */
    static final class MalformedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedException(String what) {
            super(what);
        }
    }

    /** Whether a receiver takes the character for the path's end. */
    static boolean isBlank(int c) {
        return c <= Character.MAX_VALUE && BLANKS.indexOf(c) >= 0;
    }

    /** The tags of a path, the name among them as {@code name}. */
    static Map<String, String> parse(String path) {
        if (path.endsWith("\"}") && path.contains("{")) {
            throw new MalformedException("read as OpenMetrics: " + path);
        }
        String[] segments = path.split(";", -1);
        Map<String, String> tags = new TreeMap<>();
        for (int i = 1; i < segments.length; i++) {
            int equals = segments[i].indexOf('=');
            if (equals <= 0) {
                throw new MalformedException("segment " + segments[i]);
            }
            String name = segments[i].substring(0, equals);
            String value = segments[i].substring(equals + 1);
            if (name.chars().anyMatch(c -> ";!^=".indexOf(c) >= 0)) {
                throw new MalformedException("tag " + name);
            }
            if (value.isEmpty() || value.startsWith("~")) {
                throw new MalformedException("value " + value + " of " + name);
            }
            tags.put(name, value);
        }
        String name = withoutLeading('~', segments[0]);
        if (name.isEmpty()) {
            throw new MalformedException("no name: " + path);
        }
        tags.put("name", name);
        return tags;
    }

    private static String withoutLeading(char c, String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == c) {
            start++;
        }
        return text.substring(start);
    }

    /** The path that carbon stores a series under. */
    static String format(Map<String, String> tags) {
        StringBuilder path = new StringBuilder(tags.getOrDefault("name", ""));
        tags.entrySet().stream()
                .filter(tag -> !tag.getKey().equals("name"))
                .map(tag -> ';' + tag.getKey() + '=' + tag.getValue())
                .sorted(CarbonModel::byCodePoints)
                .forEach(path::append);
        return path.toString();
    }

    private static int byCodePoints(String a, String b) {
        return Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());
    }

    /** The file, without what a file system takes for nothing. */
    static String file(String path) {
        if (path.contains(";")) {
            String hash = sha256(path);
            return "_tagged/" + hash.substring(0, 3) + '/' + hash.substring(3, 6) + '/' + hash;
        }
        String file = withoutLeading('/', path.replace('.', '/'));
        return file.contains("//") ? file.replaceAll("/+", "/") : file;
    }

    /** The SHA-256 of a text's UTF-8, in hexadecimal. */
    static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

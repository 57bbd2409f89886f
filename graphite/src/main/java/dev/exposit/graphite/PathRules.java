package dev.exposit.graphite;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of names and labels that Graphite cannot take as they are. Immutable; each {@code with} method answers a
 * changed copy.
 *
 * <p>White space and control characters (all of Unicode's, of which carbon takes any for the end of a path) and
 * unpaired surrogates are always escaped. So is what would end a name, a tag or a path early, and in names and in
 * dotted paths also what has a meaning in graphite-web's expressions: {@code *?[]{}(),'"\|=}. The values of tags keep
 * all of these but {@code "}.
 *
 * @param escaping how characters are escaped
 * @param nonAscii where characters beyond ASCII are kept
 * @param dots what becomes of dots in the names and values of dotted paths. In the names of tagged series a dot stays
 *     wherever there is something on both sides of it
 * @param emptyValue what is written for an empty label value, not empty itself; or null to leave out such labels, which
 *     Prometheus takes as absent. In a template's placeholder, for a label that is missing too; if null, then {@code
 *     %}, which nothing is escaped to, or {@code _} with {@link Escaping#UNDERSCORE}
 * @param overlong what becomes of names, values and paths that are too long
 * @param maxTagBytes how long a tag's name, a tag's value, and the name of a tagged series with its prefix may be in
 *     UTF-8, at least 64. Default 191: more characters do not fit in graphite-web's database of tags
 * @param maxComponentBytes how long a component of a dotted path may be in UTF-8, at least 64. Default 251, which is a
 *     file's name with {@code .wsp}
 * @param maxPathBytes how long a path with its tags may be in UTF-8, at least 256 more than the other two. Default
 *     4,000: a file's path ends at 4,095 bytes, and carbon's lines at 16,384
 */
public record PathRules(
        Escaping escaping,
        NonAscii nonAscii,
        Dots dots,
        @Nullable String emptyValue,
        Overlong overlong,
        int maxTagBytes,
        int maxComponentBytes,
        int maxPathBytes) {
    /** How characters are escaped that are not legal. */
    public enum Escaping {
        /**
         * As {@code %XX}, a byte of UTF-8 each, {@code %} itself as {@code %25}: series that differ keep different
         * paths.
         */
        PERCENT,
        /**
         * As {@code _}, one a character: legible, but series that differ may get the same path, and then only one is
         * sent.
         */
        UNDERSCORE
    }

    /** Where characters beyond ASCII are kept as UTF-8. */
    public enum NonAscii {
        /** Everywhere. To ask for them by path, graphite-web needs {@code UTF8_METRICS = True}. */
        KEEP,
        /** In the values of tags, which graphite-web takes in quotes; not in names nor in dotted paths. */
        KEEP_IN_TAG_VALUES,
        /** Nowhere. */
        ESCAPE
    }

    /** What becomes of dots within the components of dotted paths. */
    public enum Dots {
        /** They are escaped, so that each name and each value is one component. */
        ESCAPE,
        /**
         * They stay and part components, wherever there is something on both sides; series that differ may get the same
         * path.
         */
        KEEP
    }

    /** What becomes of names, values and paths that are too long. */
    public enum Overlong {
        /**
         * They are cut; what stands there instead begins with {@code %~} ({@code ~} with {@link Escaping#UNDERSCORE})
         * and is 16 digits of a SHA-256 of the whole.
         */
        SHORTEN,
        /** The series is left out, and counted. */
        DROP
    }

    private static final int LEAST = 64;
    private static final int ROOM = 256;

    private static final PathRules DEFAULTS = new PathRules(
            Escaping.PERCENT, NonAscii.KEEP_IN_TAG_VALUES, Dots.ESCAPE, null, Overlong.SHORTEN, 191, 251, 4_000);

    /** Refuses values out of range. */
    public PathRules {
        Objects.requireNonNull(escaping, "escaping");
        Objects.requireNonNull(nonAscii, "nonAscii");
        Objects.requireNonNull(dots, "dots");
        Objects.requireNonNull(overlong, "overlong");
        if (emptyValue != null && emptyValue.isEmpty()) {
            throw new IllegalArgumentException("emptyValue must not be empty itself");
        }
        atLeast(LEAST, "maxTagBytes", maxTagBytes);
        atLeast(LEAST, "maxComponentBytes", maxComponentBytes);
        atLeast(Math.max(maxTagBytes, maxComponentBytes) + (long) ROOM, "maxPathBytes", maxPathBytes);
    }

    private static void atLeast(long least, String name, int value) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", got " + value);
        }
    }

    /** The defaults: nothing is lost, and series that differ have different paths. */
    public static PathRules defaults() {
        return DEFAULTS;
    }

    /** These rules with another way to escape. */
    public PathRules withEscaping(Escaping escaping) {
        return new PathRules(
                escaping, nonAscii, dots, emptyValue, overlong, maxTagBytes, maxComponentBytes, maxPathBytes);
    }

    /** These rules with another place for characters beyond ASCII. */
    public PathRules withNonAscii(NonAscii nonAscii) {
        return new PathRules(
                escaping, nonAscii, dots, emptyValue, overlong, maxTagBytes, maxComponentBytes, maxPathBytes);
    }

    /** These rules with another treatment of dots. */
    public PathRules withDots(Dots dots) {
        return new PathRules(
                escaping, nonAscii, dots, emptyValue, overlong, maxTagBytes, maxComponentBytes, maxPathBytes);
    }

    /** These rules with another text for empty values; null to leave out their labels. */
    public PathRules withEmptyValue(@Nullable String emptyValue) {
        return new PathRules(
                escaping, nonAscii, dots, emptyValue, overlong, maxTagBytes, maxComponentBytes, maxPathBytes);
    }

    /** These rules with another treatment of what is too long. */
    public PathRules withOverlong(Overlong overlong) {
        return new PathRules(
                escaping, nonAscii, dots, emptyValue, overlong, maxTagBytes, maxComponentBytes, maxPathBytes);
    }

    /** These rules with another limit for the names and values of tags, in bytes. */
    public PathRules withMaxTagBytes(int maxTagBytes) {
        return new PathRules(
                escaping, nonAscii, dots, emptyValue, overlong, maxTagBytes, maxComponentBytes, maxPathBytes);
    }

    /** These rules with another limit for the components of dotted paths, in bytes. */
    public PathRules withMaxComponentBytes(int maxComponentBytes) {
        return new PathRules(
                escaping, nonAscii, dots, emptyValue, overlong, maxTagBytes, maxComponentBytes, maxPathBytes);
    }

    /** These rules with another limit for whole paths, in bytes. */
    public PathRules withMaxPathBytes(int maxPathBytes) {
        return new PathRules(
                escaping, nonAscii, dots, emptyValue, overlong, maxTagBytes, maxComponentBytes, maxPathBytes);
    }
}

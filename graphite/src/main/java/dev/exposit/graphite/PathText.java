package dev.exposit.graphite;

import dev.exposit.graphite.PathRules.NonAscii;
import java.util.List;

/** Undoes what was done to names and values so that they can stand in a path with tags. */
final class PathText {
    private static final String EXPORTED = "exported_";

    private static final PathRules KEEPING = PathRules.defaults().withNonAscii(NonAscii.KEEP);
    private static final PathRules ESCAPING = PathRules.defaults().withNonAscii(NonAscii.ESCAPE);

    private static final List<TextRule> NAMES = List.of(EscapedText.name(ESCAPING), EscapedText.name(KEEPING));
    private static final List<TextRule> TAGS = List.of(EscapedText.tagName(ESCAPING), EscapedText.tagName(KEEPING));
    private static final List<TextRule> VALUES = List.of(EscapedText.tagValue(KEEPING), EscapedText.tagValue(ESCAPING));

    private PathText() {}

    /** The metric's name that stands before the tags. */
    static String name(String text) {
        return unescaped(text, NAMES);
    }

    /** The value of a label that stands as the value of a tag. */
    static String value(String text) {
        return unescaped(text, VALUES);
    }

    /** The label that a tag stands for: {@code name} is the path's own, hence written {@code exported_name}. */
    static String label(String text) {
        String tag = unescaped(text, TAGS);
        if (!tag.startsWith(EXPORTED)) {
            return tag;
        }
        String rest = tag.substring(EXPORTED.length());
        String bare = rest;
        while (bare.startsWith(EXPORTED)) {
            bare = bare.substring(EXPORTED.length());
        }
        return bare.equals("name") ? rest : tag;
    }

    /** A text unescaped if that is how one of these rules writes it, else as it stands. */
    private static String unescaped(String text, List<TextRule> rules) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        String plain = PercentText.decode(text);
        PathBuffer written = new PathBuffer();
        for (TextRule rule : rules) {
            written.truncate(0);
            rule.append(plain, written);
            if (written.toString().equals(text)) {
                return plain;
            }
        }
        return text;
    }
}

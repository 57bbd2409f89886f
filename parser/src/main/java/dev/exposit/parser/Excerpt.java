package dev.exposit.parser;

import java.nio.charset.StandardCharsets;

/**
 * The neighbourhood of a place, cut out for people to look at.
 *
 * @param text the line or what is around the place in it, with control characters made visible
 * @param caret which character of the text the place is, from 0
 */
public record Excerpt(String text, int caret) {
    private static final int BEFORE = 80;
    private static final int AFTER = 40;

    /** The part around {@code at} of the line {@code [from, to)}, whose line feed, if it has one, is at {@code to}. */
    public static Excerpt of(byte[] b, int from, int to, int at) {
        int cutFrom = Math.max(from, at - BEFORE);
        int cutTo = Math.min(to, at + AFTER);
        // Not in the middle of a character, of which at most three bytes follow the first.
        for (int i = 0; i < 3 && cutFrom > from && (b[cutFrom] & 0xC0) == 0x80; i++) {
            cutFrom--;
        }
        for (int i = 0; i < 3 && cutTo < to && (b[cutTo] & 0xC0) == 0x80; i++) {
            cutTo++;
        }
        String before = (cutFrom > from ? "…" : "") + printable(b, cutFrom, Math.min(at, cutTo));
        String after = printable(b, Math.min(at, cutTo), cutTo) + (cutTo < to ? "…" : "");
        return new Excerpt(before + after, before.codePointCount(0, before.length()));
    }

    /** The text, with control characters as their pictures so that they do nothing to a terminal. */
    static String printable(byte[] b, int from, int to) {
        String text = new String(b, from, to - from, StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != '\t') {
                out.append((char) ('\u2400' + c));
            } else {
                out.append(c >= 0x7F && c < 0xA0 ? '\uFFFD' : c);
            }
        }
        return out.toString();
    }
}

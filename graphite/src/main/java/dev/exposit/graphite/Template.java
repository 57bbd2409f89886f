package dev.exposit.graphite;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with references to what a rule has captured: {@code $1} or {@code ${1}}; {@code $$} is a dollar sign, and so is one
 * before anything else.
 *
 * @param texts the pieces between the references, one more than those
 * @param groups the numbers of the captures
 */
record Template(List<String> texts, List<Integer> groups) {
    /** What a rule has captured. */
    @FunctionalInterface
    interface Captures {
        /** The capture of that number, empty if that part of a regular expression took no part in the match. */
        String get(int group);
    }

    /**
     * Reads a template.
     *
     * @param least the least number that a reference may have
     * @param most the greatest
     * @throws IllegalArgumentException if a reference is malformed or has another number
     */
    static Template of(String text, int least, int most) {
        List<String> texts = new ArrayList<>();
        List<Integer> groups = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at++);
            char next = at < text.length() ? text.charAt(at) : ' ';
            if (c != '$' || !(next == '$' || next == '{' || isWord(next))) {
                literal.append(c);
            } else if (next == '$') {
                literal.append('$');
                at++;
            } else {
                boolean braced = next == '{';
                int from = braced ? at + 1 : at;
                int to = from;
                while (to < text.length() && isWord(text.charAt(to))) {
                    to++;
                }
                if (braced && (to == text.length() || text.charAt(to) != '}')) {
                    throw new IllegalArgumentException(
                            "expected '}' behind ${" + text.substring(from, to) + " in '" + text + "'");
                }
                groups.add(group(text.substring(from, to), text, least, most));
                texts.add(literal.toString());
                literal.setLength(0);
                at = braced ? to + 1 : to;
            }
        }
        texts.add(literal.toString());
        return new Template(List.copyOf(texts), List.copyOf(groups));
    }

    private static boolean isWord(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    private static int group(String word, String text, int least, int most) {
        int digits = 0;
        while (digits < word.length() && Character.isDigit(word.charAt(digits))) {
            digits++;
        }
        if (digits == 0) {
            throw new IllegalArgumentException("expected the number of a capture behind '$' in '" + text
                    + "', with $$ for a dollar sign, got '" + word + "'");
        }
        if (digits < word.length()) {
            // Taken for a capture of that name, and hence empty, by who follows Go.
            throw new IllegalArgumentException("expected ${" + word.substring(0, digits) + "}" + word.substring(digits)
                    + " in '" + text + "', got $" + word);
        }
        int group = digits > 6 ? Integer.MAX_VALUE : Integer.parseInt(word);
        if (group < least || group > most) {
            throw new IllegalArgumentException(
                    "expected the number of one of the " + most + " captures in '" + text + "', got " + word);
        }
        return group;
    }

    /** The text with captures in the place of the references. */
    String fill(Captures captures) {
        if (groups.isEmpty()) {
            return texts.get(0);
        }
        StringBuilder out = new StringBuilder(texts.get(0));
        for (int i = 0; i < groups.size(); i++) {
            out.append(captures.get(groups.get(i))).append(texts.get(i + 1));
        }
        return out.toString();
    }
}

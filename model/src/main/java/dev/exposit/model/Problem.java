package dev.exposit.model;

import java.util.Objects;

/**
 * Something wrong with an exposition, with its place. A problem is a value: tools print it, tests compare it.
 *
 * @param code a stable name, such as {@code UNTERMINATED_LABEL_VALUE}
 * @param severity whether the exposition is invalid, or only unwise or repaired
 * @param location where it is
 * @param expected what should have stood there, in words
 * @param got what stood there, in words
 * @param excerpt the line, cut to its neighbourhood when long
 * @param caret which character of the excerpt the location is, from 0
 */
public record Problem(
        String code, Severity severity, Location location, String expected, String got, String excerpt, int caret) {
    /** How bad a problem is. */
    public enum Severity {
        /** The exposition breaks the specification, or the rules of the dialect it was read by. */
        ERROR,
        /** It can be read, yet should not be so. */
        WARNING
    }

    /** Refuses null parts. */
    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(location, "location");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(got, "got");
        Objects.requireNonNull(excerpt, "excerpt");
    }

    /** One sentence: what was expected and what was there. */
    public String message() {
        return "expected " + expected + ", got " + got;
    }

    /** The excerpt and, under it, a caret below the place. */
    public String excerptWithCaret() {
        StringBuilder out = new StringBuilder(excerpt).append('\n');
        for (int i = 0, column = 0; column < caret && i < excerpt.length(); column++) {
            int character = excerpt.codePointAt(i);
            // A tab stays a tab, so that the caret stands below the place at any tab width.
            out.append(character == '\t' ? '\t' : ' ');
            i += Character.charCount(character);
        }
        return out.append('^').toString();
    }

    /** Place, code and message on one line. */
    @Override
    public String toString() {
        return location + ": " + code + ": " + message();
    }
}

package dev.exposit.conformance.others;

/**
 * A difference between another writer and the specification, or between what it is given and what it writes.
 *
 * @param what the difference, in words
 * @param right who is right
 * @param section where that is written
 */
public record Finding(String what, Right right, String section) {
    /** Who is right. */
    public enum Right {
        /** What is written breaks the specification, or says something else by it. */
        SPECIFICATION("the specification"),
        /** A setting says so, or the format cannot carry more. */
        BOTH("both"),
        /** The other keeps to the specification, and so does dialect SPEC; PROMETHEUS takes what the scraper takes. */
        OTHER("the other, and SPEC"),
        /** The specification does not say. */
        OPEN("open");

        private final String words;

        Right(String words) {
            this.words = words;
        }
    }

    /** As a row of docs/interpretation.md. */
    public String row() {
        return "| " + what + " | " + right.words + " | " + section + " |";
    }
}

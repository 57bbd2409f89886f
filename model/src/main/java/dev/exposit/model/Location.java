package dev.exposit.model;

/**
 * A place in an exposition.
 *
 * @param line the line, from 1
 * @param column the character in the line, from 1; a character is one Unicode code point, or one byte where the bytes
 *     are no UTF-8
 * @param offset the byte in the exposition, from 0
 */
public record Location(long line, long column, long offset) {
    @Override
    public String toString() {
        return "line " + line + ", column " + column + ", byte " + offset;
    }
}

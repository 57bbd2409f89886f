package dev.exposit.model;

import java.util.Objects;

/**
 * One label: a name and its value, unescaped.
 *
 * @param name the label's name, any text but the empty one
 * @param value the label's value, possibly empty
 */
public record Label(String name, String value) {
    /** Refuses an empty name. */
    public Label {
        Objects.requireNonNull(value, "value");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a label's name must not be empty");
        }
    }

    /** The label as the text formats write it: {@code name="value"}, or {@code "a name"="value"}. */
    @Override
    public String toString() {
        return Quoting.labelName(name) + '=' + Quoting.quote(value);
    }
}

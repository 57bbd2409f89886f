package dev.exposit.model;

/** An info: all it says stands in its metric's labels. */
public record InfoValue() implements Value {
    @Override
    public String toString() {
        return "info";
    }
}

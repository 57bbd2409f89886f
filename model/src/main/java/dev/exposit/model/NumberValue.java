package dev.exposit.model;

/**
 * One number. NaN equals NaN, and -0.0 differs from 0.0.
 *
 * @param value the number
 */
public record NumberValue(double value) implements Value {
    @Override
    public String toString() {
        return Double.toString(value);
    }
}

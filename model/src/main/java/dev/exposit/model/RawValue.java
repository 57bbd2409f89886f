package dev.exposit.model;

/**
 * A sample that could not be assembled into a value of its family's type, kept as it was read: a {@code _bucket}
 * without {@code le}, a bare {@code h 5} under {@code TYPE h histogram}, a series that stood twice. Its metric's labels
 * are all the labels of the sample.
 *
 * @param sampleName the sample's name on the wire
 * @param value the sample's number
 */
public record RawValue(String sampleName, double value) implements Value {
    /** Refuses an empty name. */
    public RawValue {
        if (sampleName.isEmpty()) {
            throw new IllegalArgumentException("a sample's name must not be empty");
        }
    }

    @Override
    public String toString() {
        return "raw " + Quoting.metricName(sampleName) + ' ' + value;
    }
}

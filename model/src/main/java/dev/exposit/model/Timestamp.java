package dev.exposit.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A point in time, exact to the nanosecond: Prometheus' milliseconds and OpenMetrics' decimal seconds both fit.
 *
 * @param seconds whole seconds since 1970-01-01T00:00:00Z, rounded down
 * @param nanos nanoseconds after {@code seconds}, 0 to 999,999,999
 */
public record Timestamp(long seconds, int nanos) implements Comparable<Timestamp> {
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final int NANOS_PER_MILLI = 1_000_000;

    /** The ends of what 64 bits of milliseconds reach. */
    private static final Timestamp FIRST_MILLI = ofMillis(Long.MIN_VALUE);

    private static final Timestamp LAST_MILLI = ofMillis(Long.MAX_VALUE);

    /** Refuses nanoseconds out of range. */
    public Timestamp {
        if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw new IllegalArgumentException("nanos must be 0 to 999999999, got " + nanos);
        }
    }

    /** A time given in milliseconds since the epoch. */
    public static Timestamp ofMillis(long millis) {
        return new Timestamp(Math.floorDiv(millis, 1000L), (int) Math.floorMod(millis, 1000L) * NANOS_PER_MILLI);
    }

    /** A time given in whole seconds since the epoch. */
    public static Timestamp ofSeconds(long seconds) {
        return new Timestamp(seconds, 0);
    }

    /**
     * A time given in decimal seconds since the epoch.
     *
     * @throws ArithmeticException if it has digits past the nanosecond or does not fit 64 bits of seconds
     */
    public static Timestamp ofSeconds(BigDecimal seconds) {
        if (seconds.signum() == 0) {
            return new Timestamp(0, 0);
        }
        // Bounds first: a decimal such as 1e999999999 or 1e-999999999 must not be spread out.
        long digitsBeforePoint = seconds.precision() - (long) seconds.scale();
        if (digitsBeforePoint > 20) {
            throw new ArithmeticException("seconds do not fit 64 bits: " + seconds);
        }
        if (digitsBeforePoint <= -9) {
            throw new ArithmeticException("seconds have digits past the nanosecond: " + seconds);
        }
        // One division, which throws if digits are left. Stripping zeros would make one for each of them.
        BigDecimal exact = seconds.setScale(9, RoundingMode.UNNECESSARY);
        BigDecimal floor = exact.setScale(0, RoundingMode.FLOOR);
        int nanos = exact.subtract(floor).movePointRight(9).intValueExact();
        return new Timestamp(floor.longValueExact(), nanos);
    }

    /**
     * Milliseconds since the epoch, rounded down.
     *
     * @throws ArithmeticException if they do not fit 64 bits
     */
    public long toMillis() {
        int millis = nanos / NANOS_PER_MILLI;
        // The second that holds the first millisecond of all begins before it: count back from the next one.
        return seconds < 0
                ? Math.addExact(Math.multiplyExact(seconds + 1, 1000L), millis - 1000)
                : Math.addExact(Math.multiplyExact(seconds, 1000L), millis);
    }

    /** Whether {@link #toMillis()} keeps the whole time. */
    public boolean isWholeMillis() {
        return nanos % NANOS_PER_MILLI == 0 && compareTo(FIRST_MILLI) >= 0 && compareTo(LAST_MILLI) <= 0;
    }

    /** Seconds since the epoch as the nearest double. */
    public double toSeconds() {
        return nanos == 0 ? seconds : toBigDecimal().doubleValue();
    }

    /** Seconds since the epoch, exactly. */
    public BigDecimal toBigDecimal() {
        return BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(nanos, 9));
    }

    @Override
    public int compareTo(Timestamp other) {
        int order = Long.compare(seconds, other.seconds);
        return order != 0 ? order : Integer.compare(nanos, other.nanos);
    }

    /** Decimal seconds without exponent or needless zeros, such as {@code 1520879607.789}. */
    @Override
    public String toString() {
        if (nanos == 0) {
            return Long.toString(seconds);
        }
        return toBigDecimal().stripTrailingZeros().toPlainString();
    }
}

package dev.exposit.writer;

/** Which counts protobuf's fields can carry. */
final class Counts {
    private static final double TWO_TO_63 = 0x1p63;
    private static final double TWO_TO_64 = 0x1p64;

    private Counts() {}

    /** Whether a field for floats, which counts only above 0, or one for integers can carry it. */
    static boolean isCount(double count) {
        return count > 0 || Double.doubleToRawLongBits(count) == 0;
    }

    /** Whether a field for integers can carry it. */
    static boolean isUnsigned(double count) {
        return isCount(count) && count == Math.rint(count) && count < TWO_TO_64;
    }

    /** The bits of a count that {@link #isUnsigned}. */
    static long unsigned(double count) {
        return count < TWO_TO_63 ? (long) count : (long) (count - TWO_TO_63) + Long.MIN_VALUE;
    }

    /** Whether it is the sum of deltas, which are signed. */
    static boolean isSumOfDeltas(double count) {
        return isUnsigned(count) && count < TWO_TO_63;
    }
}

package dev.exposit.writer;

import java.math.BigInteger;

/**
 * Finds the shortest decimal that reads back as a given double and, among the shortest, the one nearest to it.
 *
 * <h2>The idea</h2>
 *
 * <p>Let {@code v = c × 2^q} be the double. All numbers in an interval around {@code v}, half way to its neighbours,
 * read back as {@code v}; the ends belong to it if {@code c} is even, as ties go to even. The interval's width is
 * {@code 2^q} (three quarters of it where {@code c} is a power of two and the neighbour below is nearer). Choose {@code
 * k} so that {@code 10^k} is the largest power of ten not above that width. Then the pigeonhole principle (German:
 * Schubfachprinzip) has two things to say:
 *
 * <ul>
 *   <li>at least one multiple of {@code 10^k} lies in the interval: {@code k} is fine enough;
 *   <li>at most one multiple of {@code 10^(k+1)} does. If there is one, it is the shortest, since every shorter decimal
 *       would be such a multiple too.
 * </ul>
 *
 * <p>So only four candidates need to be compared with the interval: the multiples of {@code 10^(k+1)} below and above
 * {@code v} and, if neither lies in it, the multiples of {@code 10^k} below and above. No loop, no search.
 *
 * <h2>Invariants</h2>
 *
 * <ul>
 *   <li>All comparisons are made in units of {@code 10^k / 4}: there, {@code v} and the ends of the interval are
 *       integers times {@code 2^q / 4}, so one multiplication each by {@code 10^-k} brings them there.
 *   <li>The results are rounded to odd ({@link #scaled}): even if exact, odd if anything was cut off. Candidates are
 *       multiples of four there, so such a number compares with a candidate as the exact one would.
 *   <li>126 bits of {@code 10^-k}, rounded up, suffice for that ([1], section 9): no double's product comes so close to
 *       an integer that the error would matter.
 * </ul>
 *
 * <h2>Reference</h2>
 *
 * <ol>
 *   <li>Raffaello Giulietti, <i>The Schubfach way to render doubles</i>, 2020 (version of 2022).
 * </ol>
 *
 * <p>All methods are static and free of shared mutable state, hence safe for use by many threads. They take positive
 * finite doubles.
 */
final class Schubfach {

    private static final int FRACTION_BITS = 52;
    private static final long LEADING_ONE = 1L << FRACTION_BITS;
    private static final int MIN_Q = -1074;

    /** The exponents of the powers of ten to multiply by: {@code -k} for the largest and the smallest {@code q}. */
    private static final int MIN_POWER = -292;

    private static final int MAX_POWER = 324;

    private static final int POWER_BITS = 126;

    /** {@code 10^p} in 126 bits, rounded up: the upper 63 at {@code 2 (p - MIN_POWER)}, the lower 63 behind them. */
    private static final long[] POWERS = powersOfTen();

    private Schubfach() {}

    /** The {@code k} that goes with {@code v}: {@link #shortest} counts in units of {@code 10^k}. */
    static int unit(double v) {
        long bits = Double.doubleToRawLongBits(v);
        return isNearerBelow(bits) ? floorLog10OfThreeQuarters(q(bits)) : floorLog10OfPowerOfTwo(q(bits));
    }

    /**
     * The shortest decimal for {@code v}, nearest to it among the shortest.
     *
     * @param k {@code unit(v)}
     * @return {@code d} such that {@code d × 10^k} is that decimal; at most 17 digits, perhaps with zeros at the end
     */
    static long shortest(double v, int k) {
        long bits = Double.doubleToRawLongBits(v);
        int q = q(bits);
        long c = c(bits);
        long excludedEnds = c & 1;

        int power = 2 * (-k - MIN_POWER);
        long upper = POWERS[power];
        long lower = POWERS[power + 1];
        int shift = q + floorLog2OfPowerOfTen(-k) + 2;
        long middle = scaled((4 * c) << shift, upper, lower);
        long left = scaled((4 * c - (isNearerBelow(bits) ? 1 : 2)) << shift, upper, lower) + excludedEnds;
        long right = scaled((4 * c + 2) << shift, upper, lower) - excludedEnds;

        long below = middle >> 2;
        // Where below is one digit, ten is no shorter. That happens with the two smallest doubles only, 4.9e-324 and
        // 9.9e-324; ten is outside the interval of the one, and the nearest to the other anyway.
        long tenBelow = below / 10 * 10;
        long tenAbove = tenBelow + 10;
        if (left <= 4 * tenBelow) {
            return tenBelow;
        }
        if (4 * tenAbove <= right) {
            return tenAbove;
        }
        long above = below + 1;
        boolean belowFits = left <= 4 * below;
        boolean aboveFits = 4 * above <= right;
        if (belowFits && aboveFits) {
            long center = 2 * (below + above);
            boolean nearerBelow = middle < center || (middle == center && (below & 1) == 0);
            return nearerBelow ? below : above;
        }
        return belowFits ? below : above;
    }

    /**
     * {@code x × g / 2^127}, rounded to odd, where {@code g = upper × 2^63 + lower}.
     *
     * <p>The lowest bits of the product are left out on purpose. As {@code g} is a little too large, an exact result
     * has a little too much, and that is where it is.
     */
    private static long scaled(long x, long upper, long lower) {
        long high = Math.multiplyHigh(x, upper);
        long middle = ((x * upper) >>> 1) + Math.multiplyHigh(x, lower); // in units of 2^64; high is in units of 2^127
        long whole = high + (middle >>> 63);
        boolean remainder = (middle << 1) != 0;
        return remainder ? whole | 1 : whole;
    }

    /** Whether {@code c} is the smallest of its binade, so that the neighbour below is half as far as the one above. */
    private static boolean isNearerBelow(long bits) {
        return c(bits) == LEADING_ONE && q(bits) > MIN_Q;
    }

    /** The integer {@code c < 2^53} in {@code v = c × 2^q}. */
    private static long c(long bits) {
        long fraction = bits & (LEADING_ONE - 1);
        return bits < LEADING_ONE ? fraction : fraction | LEADING_ONE;
    }

    private static int q(long bits) {
        return Math.max((int) (bits >>> FRACTION_BITS), 1) - 1 + MIN_Q;
    }

    // Logarithms as products: the factors are log10(2), log10(3/4) and log2(10), times a power of two. They are good
    // for every argument that can occur; a test compares each with the exact powers.

    /** The largest {@code k} with {@code 10^k <= 2^q}. */
    static int floorLog10OfPowerOfTwo(int q) {
        return (1_262_611 * q) >> 22;
    }

    /** The largest {@code k} with {@code 10^k <= 3/4 × 2^q}. */
    static int floorLog10OfThreeQuarters(int q) {
        return (1_262_611 * q - 524_031) >> 22;
    }

    /** The largest {@code e} with {@code 2^e <= 10^p}. */
    static int floorLog2OfPowerOfTen(int p) {
        return (1_741_647 * p) >> 19;
    }

    /** Computed, as 1234 constants can neither be read nor checked; takes a few milliseconds, once. */
    private static long[] powersOfTen() {
        long[] powers = new long[2 * (MAX_POWER - MIN_POWER + 1)];
        // The twos in 10^p only move the point, so powers of five do.
        BigInteger five = BigInteger.valueOf(5);
        BigInteger power = BigInteger.ONE;
        for (int p = 0; p <= MAX_POWER; p++) {
            store(powers, p, power.shiftLeft(POWER_BITS).shiftRight(power.bitLength()));
            power = power.multiply(five);
        }
        power = five;
        for (int p = -1; p >= MIN_POWER; p--) {
            // 2^(bits - 1) < 5^-p < 2^bits, so the quotient has 126 bits.
            BigInteger one = BigInteger.ONE.shiftLeft(power.bitLength() + POWER_BITS - 1);
            store(powers, p, one.divide(power));
            power = power.multiply(five);
        }
        return powers;
    }

    private static void store(long[] powers, int p, BigInteger cutOff) {
        BigInteger roundedUp = cutOff.add(BigInteger.ONE);
        int at = 2 * (p - MIN_POWER);
        powers[at] = roundedUp.shiftRight(63).longValue();
        powers[at + 1] = roundedUp.longValue() & Long.MAX_VALUE;
    }
}

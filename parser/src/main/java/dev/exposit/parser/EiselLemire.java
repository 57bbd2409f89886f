package dev.exposit.parser;

import java.math.BigInteger;

/**
 * Turns a decimal {@code w × 10^q} into the nearest double, ties to even, with one or two 64-bit multiplications.
 *
 * <h2>The idea</h2>
 *
 * <p>{@code 10^q = 5^q × 2^q}, and a factor of {@code 2^q} only moves the exponent. So we need the leading 54 bits of
 * {@code w × 5^q}: 53 for the significand and one to round by. {@link #POWERS} holds the leading 128 bits of every
 * {@code 5^q} that matters. The upper 64 of them times {@code w}, shifted until its top bit is set, give a 128-bit
 * product that is a little too small: the missing lower half of the power can add at most one to the product's upper 64
 * bits. Of those 64 bits we keep 55; one more changes a kept bit only if all nine that we drop are ones. That happens
 * once in some five hundred numbers, and then the lower half of the power is multiplied in as well.
 *
 * <h2>Invariants</h2>
 *
 * <ul>
 *   <li>A product of 64 × 128 bits always suffices, however close {@code w × 5^q} comes to the middle between two
 *       doubles: shown in [2] with continued fractions. There is no third step and no fallback.
 *   <li>The exact middle is reached only for {@code -4 <= q <= 23}. A middle is an odd integer {@code m} of 54 bits
 *       times a power of two. For {@code q >= 0}, {@code 5^q} divides {@code m}, hence {@code 5^q < 2^54}. For
 *       {@code q < 0}, {@code m × 5^-q} divides {@code w}, hence {@code 5^-q < 2^64 / 2^53}. Only there do ties need
 *       care, and there the 128 bits show the tie exactly: below the kept ones they are zero. (For {@code q < 0} the
 *       power is rounded up, which adds less than one unit to their end, whereas any other quotient by {@code 5^-q} is
 *       off by far more.)
 *   <li>{@code q < -342} makes any 64-bit {@code w} less than half of the smallest double; {@code q > 308} makes any
 *       {@code w >= 1} exceed the largest.
 * </ul>
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>Daniel Lemire, <i>Number Parsing at a Gigabyte per Second</i>, Software: Practice and Experience 51 (8), 2021,
 *       <a href="https://arxiv.org/abs/2101.11408">arXiv:2101.11408</a>. The algorithm, after an idea of Michael Eisel.
 *   <li>Noble Mushtak and Daniel Lemire, <i>Fast Number Parsing Without Fallback</i>, Software: Practice and Experience
 *       53 (7), 2023, <a href="https://arxiv.org/abs/2212.06644">arXiv:2212.06644</a>. The proof.
 * </ol>
 *
 * <p>All methods are static and free of shared mutable state, hence safe for use by many threads.
 */
final class EiselLemire {

    private static final int MIN_POWER = -342;
    private static final int MAX_POWER = 308;

    /** {@code 5^1} to {@code 5^27} can divide a {@code w}; rounded up, their reciprocals give that quotient exactly. */
    private static final int MIN_POWER_ROUNDED_UP = -27;

    private static final int MIN_POWER_WITH_TIES = -4;
    private static final int MAX_POWER_WITH_TIES = 23;

    private static final int SIGNIFICAND_BITS = 53;
    private static final int EXPONENT_BIAS = 1023;
    private static final int MAX_BIASED_EXPONENT = 2046;

    /** The product's upper 64 bits without the significand, one bit to round by, and one that may be zero. */
    private static final int DROPPED_BITS = Long.SIZE - SIGNIFICAND_BITS - 2;

    private static final long DROPPED_MASK = (1L << DROPPED_BITS) - 1;

    /** The leading 128 bits of {@code 5^q}: upper half at {@code 2 (q - MIN_POWER)}, lower half behind it. */
    private static final long[] POWERS = powersOfFive();

    private EiselLemire() {}

    /**
     * The double nearest to {@code w × 10^q}, ties to even.
     *
     * @param w the decimal significand, unsigned: all 64 bits count
     * @param q the decimal exponent, any
     * @return a value that is not negative; infinity if the exact value rounds beyond {@link Double#MAX_VALUE}
     */
    static double nearestDouble(long w, long q) {
        if (w == 0 || q < MIN_POWER) {
            return 0.0;
        }
        if (q > MAX_POWER) {
            return Double.POSITIVE_INFINITY;
        }
        int leadingZeros = Long.numberOfLeadingZeros(w);
        long factor = w << leadingZeros;

        int power = 2 * ((int) q - MIN_POWER);
        long low = factor * POWERS[power];
        long high = multiplyHighOfLarge(factor, POWERS[power]);
        if ((high & DROPPED_MASK) == DROPPED_MASK) {
            long carry = multiplyHighUnsigned(factor, POWERS[power + 1]);
            low += carry;
            if (Long.compareUnsigned(low, carry) < 0) {
                high++;
            }
        }

        // Both factors have their top bit set, so the product's is either the top bit of high or the one below.
        int topBit = (int) (high >>> 63);
        int shift = topBit + DROPPED_BITS;
        long significand = high >>> shift; // 53 bits, and one to round by
        int exponent = floorLog2OfPowerOfTen((int) q) + 63 - leadingZeros + topBit + EXPONENT_BIAS;

        if (exponent <= 0) {
            return subnormal(significand, 1 - exponent);
        }
        boolean tie = isTieAboveEven(significand)
                && q >= MIN_POWER_WITH_TIES
                && q <= MAX_POWER_WITH_TIES
                && low == 0
                && significand << shift == high;
        if (tie) {
            significand--;
        }
        if (exponent > MAX_BIASED_EXPONENT) {
            return Double.POSITIVE_INFINITY;
        }
        // The significand's leading one adds the last unit to the exponent. If rounding up made it 2^53, it adds two:
        // the next binade, or infinity after the last.
        return Double.longBitsToDouble(((long) (exponent - 1) << (SIGNIFICAND_BITS - 1)) + halfRoundedUp(significand));
    }

    /** Rounds to the coarser grid below the smallest normal double; there are no ties, as {@code q} is far below -4. */
    private static double subnormal(long significand, int shift) {
        // Rounding up to 2^52 gives the bits of the smallest normal double, as it should.
        return shift >= Long.SIZE ? 0.0 : Double.longBitsToDouble(halfRoundedUp(significand >>> shift));
    }

    /** Takes off the last bit, the one to round by. */
    private static long halfRoundedUp(long significand) {
        return (significand >>> 1) + (significand & 1);
    }

    /** Whether the bit to round by is set and the one before it is not: were this a tie, it would go down. */
    private static boolean isTieAboveEven(long significand) {
        return (significand & 3) == 1;
    }

    /**
     * The largest {@code e} with {@code 2^e <= 10^q}, for {@code |q| <= 350}.
     *
     * <p>217706 / 2^16 is log2(10) to six digits; a test compares every {@code q} with the exact power.
     */
    static int floorLog2OfPowerOfTen(int q) {
        return (217_706 * q) >> 16;
    }

    /** The upper half of the product of two unsigned numbers whose top bits are set, so negative to Java. */
    private static long multiplyHighOfLarge(long a, long b) {
        return Math.multiplyHigh(a, b) + a + b;
    }

    /** The upper half of an unsigned product; {@code Math.unsignedMultiplyHigh} came with Java 18. */
    static long multiplyHighUnsigned(long a, long b) {
        return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
    }

    /** Computed, as 1302 constants can neither be read nor checked; takes a few milliseconds, once. */
    private static long[] powersOfFive() {
        long[] powers = new long[2 * (MAX_POWER - MIN_POWER + 1)];
        BigInteger five = BigInteger.valueOf(5);
        BigInteger power = BigInteger.ONE;
        for (int q = 0; q <= MAX_POWER; q++) {
            store(powers, q, power.shiftLeft(128).shiftRight(power.bitLength()));
            power = power.multiply(five);
        }
        power = five;
        for (int q = -1; q >= MIN_POWER; q--) {
            // 2^(bits - 1) < 5^-q < 2^bits, so the quotient has 128 bits.
            BigInteger one = BigInteger.ONE.shiftLeft(power.bitLength() + 127);
            BigInteger reciprocal = one.divide(power);
            store(powers, q, q >= MIN_POWER_ROUNDED_UP ? reciprocal.add(BigInteger.ONE) : reciprocal);
            power = power.multiply(five);
        }
        return powers;
    }

    private static void store(long[] powers, int q, BigInteger leading128Bits) {
        int at = 2 * (q - MIN_POWER);
        powers[at] = leading128Bits.shiftRight(Long.SIZE).longValue();
        powers[at + 1] = leading128Bits.longValue();
    }
}

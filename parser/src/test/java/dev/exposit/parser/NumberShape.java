package dev.exposit.parser;

import java.math.BigDecimal;
import java.util.SplittableRandom;

/** The shapes of random numbers, each made to reach another part of the reader. */
enum NumberShape {
    /** What a program prints: up to seventeen digits. */
    ANY_DOUBLE(100_000) {
        @Override
        String next(SplittableRandom random) {
            return Double.toString(anyDouble(random));
        }
    },
    /** Counters. */
    INTEGER(100_000) {
        @Override
        String next(SplittableRandom random) {
            return digits(random, 1 + random.nextInt(25));
        }
    },
    /** Integers as floats, as OpenMetrics' writers spell them. */
    POINT_ZERO(100_000) {
        @Override
        String next(SplittableRandom random) {
            return digits(random, 1 + random.nextInt(25)) + ".0" + (random.nextInt(4) == 0 ? exponent(random) : "");
        }
    },
    /** Seconds, ratios, bounds of buckets. */
    SHORT_DECIMAL(100_000) {
        @Override
        String next(SplittableRandom random) {
            return withPoint(random, digits(random, 1 + random.nextInt(15)));
        }
    },
    /** All digits fit into a long, any exponent, beyond the range of doubles too. */
    FEW_DIGITS(100_000) {
        @Override
        String next(SplittableRandom random) {
            return withPoint(random, digits(random, 1 + random.nextInt(19))) + exponent(random);
        }
    },
    /** More digits than fit into a long. */
    MANY_DIGITS(100_000) {
        @Override
        String next(SplittableRandom random) {
            return withPoint(random, digits(random, 20 + random.nextInt(40))) + exponent(random);
        }
    },
    /** Digits after a row of zeros, before a row of zeros. */
    LONG_ZEROS(100_000) {
        @Override
        String next(SplittableRandom random) {
            String zeros = "0".repeat(random.nextInt(30));
            return zeros + withPoint(random, zeros + digits(random, 1 + random.nextInt(19)) + zeros) + exponent(random);
        }
    },
    /** Seventeen to twenty-four digits close to the middle of two doubles. */
    NEAR_MIDDLE(100_000) {
        @Override
        String next(SplittableRandom random) {
            BigDecimal middle = middle(random, 300);
            String digits = middle.unscaledValue().toString();
            int length = Math.min(digits.length(), 17 + random.nextInt(8));
            return digits.substring(0, length) + "e" + (digits.length() - length - middle.scale());
        }
    },
    /** All digits of the middle, sometimes one more. */
    EXACT_MIDDLE(20_000) {
        @Override
        String next(SplittableRandom random) {
            BigDecimal middle = middle(random, 1020);
            return random.nextBoolean()
                    ? middle.toString()
                    : middle.unscaledValue() + "" + random.nextInt(2) + "E" + (-middle.scale() - 1);
        }
    };

    /** How many of it make a test. */
    final int count;

    NumberShape(int count) {
        this.count = count;
    }

    /** A literal without sign. */
    abstract String next(SplittableRandom random);

    private static double anyDouble(SplittableRandom random) {
        double result;
        do {
            result = Double.longBitsToDouble(random.nextLong() & Long.MAX_VALUE);
        } while (!Double.isFinite(result));
        return result;
    }

    private static BigDecimal middle(SplittableRandom random, int maxExponent) {
        double below =
                Math.scalb(1 + (random.nextLong() >>> 12) * 0x1p-52, random.nextInt(2 * maxExponent + 1) - maxExponent);
        return Rounding.middle(below, Math.nextUp(below));
    }

    private static String digits(SplittableRandom random, int count) {
        StringBuilder result = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            result.append((char) ('0' + random.nextInt(10)));
        }
        return result.toString();
    }

    private static String withPoint(SplittableRandom random, String digits) {
        int point = random.nextInt(digits.length() + 1);
        return digits.substring(0, point) + "." + digits.substring(point);
    }

    private static String exponent(SplittableRandom random) {
        return (random.nextBoolean() ? "e" : "E") + (random.nextInt(720) - 370);
    }
}

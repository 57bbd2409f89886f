package dev.exposit.parser;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberReaderTest {

    private static final long SEED = Long.getLong("exposit.seed", 20250107L);

    private final NumberReader reader = new NumberReader();

    // What is a number

    @ParameterizedTest
    @CsvSource({
        "0, 0.0",
        "-0, -0.0",
        "+5, 5.0",
        "5., 5.0",
        ".5, 0.5",
        "-.5, -0.5",
        "+.5e1, 5.0",
        "5.25, 5.25",
        "-0.0, -0.0",
        "5.0, 5.0",
        "5.00, 5.0",
        "5.01, 5.01",
        "5.0e-1, 0.5",
        "12345678901234567890.0, 12345678901234567890",
        "1E5, 100000.0",
        "1e5, 100000.0",
        "1e+5, 100000.0",
        "1e-5, 0.00001",
        "5.e1, 50.0",
        "007, 7.0",
        "1e0005, 100000.0",
        "inf, Infinity",
        "Inf, Infinity",
        "+INF, Infinity",
        "-iNf, -Infinity",
        "infinity, Infinity",
        "+Infinity, Infinity",
        "-INFINITY, -Infinity",
        "nan, NaN",
        "NaN, NaN",
        "NAN, NaN",
    })
    void accepts(String literal, double expected) {
        assertReads(literal, expected);
        assertThat(reader.overflow()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0",
        "x, 0",
        "., 1",
        ".., 1",
        ".e5, 1",
        "+, 1",
        "--1, 1",
        "+-1, 1",
        "-., 2",
        "+.e1, 2",
        "1e, 2",
        "1ex, 2",
        "1.e, 3",
        "1e+, 3",
        "1e-x, 3",
        "1e+-5, 3",
        "1e.5, 2",
        "-nan, 1",
        "+NaN, 1",
        "n, 1",
        "na, 2",
        "nax, 2",
        "i, 1",
        "in, 2",
        "inx, 2",
        "infi, 4",
        "+infini, 7",
        "infinitx, 7",
    })
    void refusesAtTheFirstByteThatDoesNotFit(String literal, int offendingIndex) {
        assertThat(readEverywhere(literal)).isEqualTo(~offendingIndex);
    }

    @ParameterizedTest
    @CsvSource({
        "0x1F, 1, 0",
        "1_000, 1, 1",
        "1f, 1, 1",
        "1d, 1, 1",
        "1.5.2, 3, 1.5",
        "00000000000000000000.., 21, 0",
        "1.2345678901234567890123.4, 24, 1.2345678901234567890123",
        "1e5e5, 3, 100000",
        "1e5.5, 3, 100000",
        "1-1, 1, 1",
        "infx, 3, Infinity",
        "infinityx, 8, Infinity",
        "nanx, 3, NaN",
        "1٣, 1, 1",
    })
    void leavesTheByteBehindTheNumberToTheCaller(String text, int end, double expected) {
        assertThat(readEverywhere(text)).isEqualTo(end);
        assertThat(reader.value()).isEqualTo(Double.valueOf(expected));
    }

    /** The same grammar as regular expressions: all texts of up to five of these characters. */
    @Test
    void agreesWithTheGrammarOnEveryShortText() {
        Pattern number = Pattern.compile("[+-]?([01]+\\.?[01]*|\\.[01]+)([eE][+-]?[01]+)?|[+-]?inf|nan");
        Pattern beginning = Pattern.compile("[+-]?([01]*|[01]+\\.[01]*|\\.[01]*|([01]+\\.?[01]*|\\.[01]+)[eE][+-]?[01]*"
                + "|i|in|inf|infi|infin)|n|na|nan");
        char[] alphabet = "01.eE+-infa".toCharArray();
        byte[] buf = "......\n".getBytes(StandardCharsets.US_ASCII);
        for (int length = 0; length <= 5; length++) {
            buf[length] = '\n';
            int texts = (int) Math.pow(alphabet.length, length);
            for (int n = 0; n < texts; n++) {
                for (int i = 0, rest = n; i < length; i++, rest /= alphabet.length) {
                    buf[i] = (byte) alphabet[rest % alphabet.length];
                }
                String text = new String(buf, 0, length, StandardCharsets.US_ASCII);
                int longest = length;
                while (!beginning.matcher(text.substring(0, longest)).matches()) {
                    longest--;
                }
                boolean complete = number.matcher(text.substring(0, longest)).matches();
                int actual = reader.read(buf, 0);
                if (actual != (complete ? longest : ~longest)) {
                    assertThat(actual).as(text).isEqualTo(complete ? longest : ~longest);
                }
            }
        }
    }

    @Test
    void keepsTheValueBeforeWhenItRefuses() {
        assertReads("1e400", Double.POSITIVE_INFINITY);
        assertThat(readEverywhere("1e")).isNegative();
        assertThat(readEverywhere("nix")).isNegative();
        assertThat(reader.value()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(reader.overflow()).isTrue();
    }

    // What its value is

    @ParameterizedTest
    @ValueSource(
            strings = {
                // around 2^53, where integers stop being doubles
                "9007199254740991",
                "9007199254740992",
                "9007199254740993",
                "9007199254740994",
                "9007199254740995",
                "9007199254740993.0000000000000000000000000000000000001",
                "9007199254740992.9999999999999999999999999999999999999",
                // the last exact powers of ten, and their neighbours
                "1e22",
                "1e23",
                "-1e22",
                "8.5e22",
                "9007199254740993e22",
                "123456789012345e-22",
                "123456789012345e-23",
                // the longest that fit into an unsigned long, and the first that do not
                "9999999999999999999",
                "10000000000000000000",
                "18446744073709551615",
                "18446744073709551616",
                "18446744073709551617",
                "9223372036854775807",
                "9223372036854775808",
                "0.9999999999999999999",
                "0.99999999999999999999",
                // the largest double, the middle behind it and its neighbourhood
                "1.7976931348623157e308",
                "1.7976931348623158e308",
                "17976931348623157e292",
                // the smallest normal double and the infamous numbers below it
                "2.2250738585072014e-308",
                "2.2250738585072011e-308",
                "2.2250738585072012e-308",
                // subnormal, down to the smallest double, its half, and below
                "4.9406564584124654e-324",
                "5e-324",
                "1e-323",
                "3e-324",
                "2.4703282292062327e-324",
                "2.4703282292062328e-324",
                "2.4703282292062327208299493410e-324",
                "2e-324",
                "1e-324",
                "1e-342",
                "18446744073709551615e-343",
                "1e-400",
                "-1e-400",
                "6.631236846766476e-316",
                "3.237883913302901e-319",
                // hard cases that other readers got wrong
                "7.2057594037927933e16",
                "0.000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000001",
                "89255e-22",
                "104110013277974872254e-225",
                "6.0221407600000000000000000000000000000000000000000000000000000000001e23",
                "69e267",
                "1448997445238699",
                "3.14159265358979323846264338327950288419716939937510",
                "0.1",
                "0.30000000000000004",
                "1e0",
            })
    void roundsToTheNearest(String literal) {
        assertNearest(literal);
    }

    @ParameterizedTest
    @CsvSource({
        "1e309",
        "-1e309",
        "1e400",
        "1.7976931348623159e308",
        "179769313486231580794e288",
        "1e2147483648",
        "1e4294967296",
        "1e9223372036854775808",
        "1e99999999999999999999999999999999999999",
        "0.1e18446744073709551617",
    })
    void reportsOverflow(String literal) {
        assertThat(readEverywhere(literal)).isEqualTo(literal.length());
        assertThat(reader.value())
                .isEqualTo(literal.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        assertThat(reader.overflow()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0e999999999, 0.0",
        "0e99999999999999999999999, 0.0",
        "-0.000e99999999999999999999999, -0.0",
        "0000000000000000000000000000.0000e5, 0.0",
        "1e-2147483649, 0.0",
        "-1e-4294967297, -0.0",
        "1e-9223372036854775809, 0.0",
        "123e-99999999999999999999999999999999999999, 0.0",
    })
    void survivesExponentsBeyondAnInt(String literal, double expected) {
        assertReads(literal, expected);
        assertThat(reader.overflow()).isFalse();
    }

    /** The exact middle goes to even, the least bit less or more to its side; the ends of the range included. */
    @ParameterizedTest
    @ValueSource(
            doubles = {
                1.0,
                0x1.0000000000001p0,
                0.1,
                1e22,
                1e23,
                123456789.123,
                0x1.fffffffffffffp52,
                0x1p53,
                0x1p-1022,
                0x0.fffffffffffffp-1022,
                0x0.8p-1022,
                0x1p1023,
                0x1.ffffffffffffep1023,
                Double.MAX_VALUE,
                Double.MIN_VALUE,
                2 * Double.MIN_VALUE,
                0.0
            })
    void decidesMiddlesByTheLastDigit(double below) {
        BigDecimal middle = Rounding.middle(below, Math.nextUp(below));
        assertThat(middle.stripTrailingZeros().precision()).isLessThanOrEqualTo(768);
        for (String form : new String[] {middle.toPlainString(), middle.toString()}) {
            assertNearest(form);
        }
        String digits = middle.unscaledValue().toString();
        BigDecimal justBelow = middle.subtract(middle.ulp().movePointLeft(3));
        BigDecimal justAbove = middle.add(middle.ulp().movePointLeft(3));
        assertReads(justBelow.toString(), below);
        assertNearest(justAbove.toString());
        assertThat(reader.value()).isEqualTo(Math.nextUp(below));
        // a nonzero digit so far behind that nobody keeps the digits up to it
        String farBehind = digits + "0".repeat(2000) + "1e" + (-middle.scale() - 2001);
        assertThat(readEverywhere(farBehind)).isEqualTo(farBehind.length());
        assertThat(reader.value()).isEqualTo(Math.nextUp(below));
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 18, 19, 20, 21, 40, 767, 768, 769, 799, 800, 801, 802})
    void readsManyDigits(int digits) {
        String nines = "9".repeat(digits);
        assertNearest(nines + "e-" + digits);
        assertNearest("0." + nines);
        assertNearest("1." + "0".repeat(digits - 1) + "1");
        assertNearest("0".repeat(digits) + "." + "0".repeat(digits) + "12345678901234567890" + "e" + digits);
        assertNearest("1" + "0".repeat(digits) + ".5e-" + digits);
    }

    @Test
    void readsMillionsOfDigits() {
        String zeros = "0".repeat(2_000_000);
        assertReads("1" + zeros + "e-2000000", 1.0);
        assertReads("0." + zeros + "1e2000001", 1.0);
        assertReads(zeros + "7" + zeros.replace('0', '9') + "e-2000000", 8.0);
        assertReads("9007199254740993." + zeros, 9007199254740992.0);
        assertReads("9007199254740993." + zeros + "1", 9007199254740994.0);
        assertReads("9007199254740992." + zeros.replace('0', '9'), 9007199254740992.0);
        assertReads("1e" + zeros + "5", 1e5);
        assertReads("1" + zeros, Double.POSITIVE_INFINITY);
        assertThat(reader.overflow()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("dev.exposit.parser.NumberShape#values")
    void agreesWithTheJdk(NumberShape shape) {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] buf = new byte[2000];
        for (int i = 0; i < shape.count; i++) {
            String literal = (random.nextInt(4) == 0 ? "-" : "") + shape.next(random);
            int from = random.nextInt(9);
            int to = from + literal.length();
            System.arraycopy(literal.getBytes(StandardCharsets.US_ASCII), 0, buf, from, literal.length());
            buf[to] = '\n';
            double expected = Double.parseDouble(literal);
            int end = reader.read(buf, from);
            if (end != to || Double.doubleToLongBits(reader.value()) != Double.doubleToLongBits(expected)) {
                assertThat(end).as("%s (exposit.seed=%d)", literal, SEED).isEqualTo(to);
                assertThat(reader.value())
                        .as("%s (exposit.seed=%d)", literal, SEED)
                        .isEqualTo(Double.valueOf(expected));
            }
        }
    }

    // Eight bytes at once

    @Test
    void countsLeadingDigits() {
        for (char other : "0159".toCharArray()) {
            for (int position = 0; position < 8; position++) {
                for (int b = 0; b < 256; b++) {
                    byte[] bytes = String.valueOf(other).repeat(8).getBytes(StandardCharsets.US_ASCII);
                    bytes[position] = (byte) b;
                    assertThat(NumberReader.leadingDigits(inLittleEndian(bytes)))
                            .as("byte %d at %d among %s", b, position, other)
                            .isEqualTo(b >= '0' && b <= '9' ? 8 : position);
                }
            }
        }
    }

    /** Two bytes around a digit: a carry out of one must not make up for the other. */
    @Test
    void knowsThatNeighboursMayCarry() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                byte[] bytes = "00000000".getBytes(StandardCharsets.US_ASCII);
                bytes[3] = (byte) first;
                bytes[4] = (byte) second;
                boolean firstIsDigit = first >= '0' && first <= '9';
                int expected = !firstIsDigit ? 3 : second >= '0' && second <= '9' ? 8 : 4;
                int actual = NumberReader.leadingDigits(inLittleEndian(bytes));
                if (actual != expected) {
                    assertThat(actual).as("bytes %d, %d", first, second).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void valuesTheFirstDigits() {
        long bytes = inLittleEndian("12345678".getBytes(StandardCharsets.US_ASCII));
        for (int digits = 0; digits <= 8; digits++) {
            assertThat(NumberReader.valueOfDigits(bytes, digits))
                    .isEqualTo(digits == 0 ? 0 : Integer.parseInt("12345678".substring(0, digits)));
        }
    }

    @Test
    void valuesEightDigits() {
        SplittableRandom random = new SplittableRandom(SEED);
        assertThat(valueOf("00000000")).isZero();
        assertThat(valueOf("99999999")).isEqualTo(99_999_999);
        assertThat(valueOf("12345678")).isEqualTo(12_345_678);
        for (int i = 0; i < 10_000; i++) {
            int expected = random.nextInt(100_000_000);
            assertThat(valueOf(String.format("%08d", expected)))
                    .as("exposit.seed=%d", SEED)
                    .isEqualTo(expected);
        }
    }

    private static int valueOf(String digits) {
        return NumberReader.valueOfEightDigits(inLittleEndian(digits.getBytes(StandardCharsets.US_ASCII)));
    }

    private static long inLittleEndian(byte[] bytes) {
        long result = 0;
        for (int i = 7; i >= 0; i--) {
            result = result << 8 | (bytes[i] & 0xFF);
        }
        return result;
    }

    private void assertReads(String literal, double expected) {
        assertThat(readEverywhere(literal)).isEqualTo(literal.length());
        assertThat(reader.value()).isEqualTo(Double.valueOf(expected));
    }

    /** Checks against exact arithmetic, and that the JDK agrees. */
    private void assertNearest(String literal) {
        assertReads(literal, Double.parseDouble(literal));
        assertThat(Rounding.isNearest(new BigDecimal(literal).abs(), Math.abs(reader.value())))
                .as("%s is nearest to %s", reader.value(), literal)
                .isTrue();
    }

    /** Reads a text in several surroundings, which must make no difference; the result is relative to its beginning. */
    private int readEverywhere(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int expected = read(bytes, "", "\n");
        double value = reader.value();
        boolean overflow = reader.overflow();
        for (String before : new String[] {"", "1", "-", "12345678"}) {
            for (String after : new String[] {"\n", " 1234567890", "\n1e5 infinity", "#.5e1", "}\u00ff1"}) {
                assertThat(read(bytes, before, after))
                        .as("between %s and %s", before, after)
                        .isEqualTo(expected);
                assertThat(reader.value()).isEqualTo(Double.valueOf(value));
                assertThat(reader.overflow()).isEqualTo(overflow);
            }
        }
        return expected;
    }

    private int read(byte[] text, String before, String after) {
        byte[] buf = new byte[before.length() + text.length + after.length()];
        System.arraycopy(before.getBytes(StandardCharsets.ISO_8859_1), 0, buf, 0, before.length());
        System.arraycopy(text, 0, buf, before.length(), text.length);
        byte[] end = after.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(end, 0, buf, before.length() + text.length, end.length);
        int result = reader.read(buf, before.length());
        return result >= 0 ? result - before.length() : ~(~result - before.length());
    }
}

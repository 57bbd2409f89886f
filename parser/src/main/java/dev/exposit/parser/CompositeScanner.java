package dev.exposit.parser;

import dev.exposit.parser.Composite.Kind;
import java.nio.charset.StandardCharsets;

/**
 * Reads the composite values of OpenMetrics 2.0 ("ABNF", {@code composite-value} and what follows it). Parts stand in one
 * order, without blanks. Each method is named after the production that it reads:
 *
 * <pre>
 * at             bytes                  is
 * {              count: gcount:         h-count, cs-count; then a comma and h-sum, cs-sum
 * behind sum     bucket:[               classic-buckets, the end
 *                schema:                native-buckets; classic-buckets may follow
 *                quantile:[             cs-quantile, the end
 * in bucket:[    +Inf:                  ch-pos-inf-bucket, the last
 *                -Inf:                  ch-neg-inf-bucket, the first if at all
 *                number:                ch-le-bucket
 * in schema:     negative_ positive_    nh-…-spans and nh-…-buckets
 * </pre>
 */
final class CompositeScanner {
    private static final byte[] COUNT = ascii("count:");
    private static final byte[] SUM = ascii("sum:");
    private static final byte[] GCOUNT = ascii("gcount:");
    private static final byte[] GSUM = ascii("gsum:");
    private static final byte[] BUCKETS = ascii("bucket:");
    private static final byte[] QUANTILES = ascii("quantile:");
    private static final byte[] SCHEMA = ascii("schema:");
    private static final byte[] ZERO_THRESHOLD = ascii("zero_threshold:");
    private static final byte[] ZERO_COUNT = ascii("zero_count:");
    private static final byte[] NEGATIVE_SPANS = ascii("negative_spans:");
    private static final byte[] NEGATIVE_BUCKETS = ascii("negative_buckets:");
    private static final byte[] POSITIVE_SPANS = ascii("positive_spans:");
    private static final byte[] POSITIVE_BUCKETS = ascii("positive_buckets:");
    private static final byte[] POSITIVE_INFINITY = ascii("+Inf");
    private static final byte[] NEGATIVE_INFINITY = ascii("-Inf");

    private static final int LOWEST_SCHEMA = -4;
    private static final int HIGHEST_SCHEMA = 8;

    private final LineScanner in;
    private final Composite composite;
    private byte[] b = {};

    /** The number that was read last. */
    private double number;

    private int integer;

    CompositeScanner(LineScanner in, Composite composite) {
        this.in = in;
        this.composite = composite;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads the composite value behind its opening brace. */
    int compositeValue(int i) {
        b = in.b;
        boolean gauge = b[i] == 'g';
        composite.begin(gauge ? Kind.GAUGE_HISTOGRAM : Kind.HISTOGRAM, b, i);
        int at = number(key(i, gauge ? GCOUNT : COUNT));
        composite.setCount(number);
        at = number(key(comma(at), gauge ? GSUM : SUM));
        composite.setSum(number);
        at = comma(at);
        if (b[at] == 's') {
            at = nativeBuckets(at);
        } else if (b[at] == 'q' && !gauge) {
            composite.setKind(Kind.SUMMARY);
            at = csQuantile(at);
        } else {
            at = classicBuckets(at);
        }
        return character(at, '}');
    }

    // ---- Classic buckets and quantiles

    private int classicBuckets(int i) {
        int at = list(i, BUCKETS);
        if (startsWith(at, NEGATIVE_INFINITY)) {
            at = comma(bucket(at, Double.NEGATIVE_INFINITY, at + NEGATIVE_INFINITY.length));
        }
        while (!startsWith(at, POSITIVE_INFINITY)) {
            int boundEnd = realNumber(at);
            at = comma(bucket(at, number, boundEnd));
        }
        at = bucket(at, Double.POSITIVE_INFINITY, at + POSITIVE_INFINITY.length);
        return character(at, ']');
    }

    /** Reads a colon and a number behind a bound that is spelled at {@code [from, to)}. */
    private int bucket(int from, double bound, int to) {
        int end = number(character(to, ':'));
        composite.add(bound, number, from, to);
        return end;
    }

    private int csQuantile(int i) {
        int at = list(i, QUANTILES);
        if (b[at] == ']') {
            return at + 1;
        }
        at = csQCount(at);
        while (b[at] == ',') {
            at = csQCount(at + 1);
        }
        return character(at, ']');
    }

    private int csQCount(int i) {
        int end = realNumber(i);
        return bucket(i, number, end);
    }

    // ---- Native buckets

    private int nativeBuckets(int i) {
        int at = integer(key(i, SCHEMA));
        if (integer < LOWEST_SCHEMA || integer > HIGHEST_SCHEMA) {
            throw outOfRange(i + SCHEMA.length, "a schema from -4 to 8", at);
        }
        int schema = integer;
        at = realNumber(key(comma(at), ZERO_THRESHOLD));
        double threshold = number;
        at = number(key(comma(at), ZERO_COUNT));
        composite.setNative(schema, threshold, number);
        if (b[at] == ',' && b[at + 1] == 'n') {
            at = side(at + 1, NEGATIVE_SPANS, NEGATIVE_BUCKETS, composite.negative());
        }
        if (b[at] == ',' && b[at + 1] == 'p') {
            at = side(at + 1, POSITIVE_SPANS, POSITIVE_BUCKETS, composite.positive());
        }
        return b[at] == ',' ? classicBuckets(at + 1) : at;
    }

    private int side(int i, byte[] spans, byte[] buckets, Composite.Side side) {
        int at = nhSpans(list(i, spans), side);
        int from = comma(at);
        at = nhBuckets(list(from, buckets), side);
        if (side.length() != side.size()) {
            throw in.error(
                    ErrorCode.INVALID_VALUE,
                    from,
                    "as many buckets as the spans name, " + side.length(),
                    side.size() + " of them");
        }
        return at;
    }

    private int nhSpans(int i, Composite.Side side) {
        if (b[i] == ']') {
            return i + 1;
        }
        int at = nhSpan(i, false, side);
        while (b[at] == ',') {
            at = nhSpan(at + 1, true, side);
        }
        return character(at, ']');
    }

    private int nhSpan(int i, boolean behindAnother, Composite.Side side) {
        int at = behindAnother ? nonNegativeInteger(i) : integer(i);
        int offset = integer;
        at = nonNegativeInteger(character(at, ':'));
        side.addSpan(offset, integer);
        return at;
    }

    private int nhBuckets(int i, Composite.Side side) {
        if (b[i] == ']') {
            return i + 1;
        }
        int at = number(i);
        side.addCount(number);
        while (b[at] == ',') {
            at = number(at + 1);
            side.addCount(number);
        }
        return character(at, ']');
    }

    // ---- Tokens

    private boolean startsWith(int i, byte[] text) {
        for (int j = 0; j < text.length; j++) {
            if (b[i + j] != text[j]) {
                return false;
            }
        }
        return true;
    }

    /** Reads the name of a part and its colon. */
    private int key(int i, byte[] key) {
        if (!startsWith(i, key)) {
            throw wrongKey(i, new String(key, StandardCharsets.US_ASCII));
        }
        return i + key.length;
    }

    private RuntimeException wrongKey(int i, String key) {
        int end = i;
        while (b[end] == '_' || (b[end] >= 'a' && b[end] <= 'z')) {
            end++;
        }
        String name = key.substring(0, key.length() - 1);
        return in.text(i, end).equals(name) ? invalid(end, "':'", end) : invalid(i, "'" + key + "'", end);
    }

    /** Reads the name of a part that is a list, its colon and the opening bracket. */
    private int list(int i, byte[] key) {
        return character(key(i, key), '[');
    }

    private int comma(int i) {
        return character(i, ',');
    }

    private int character(int i, char expected) {
        if (b[i] != expected) {
            throw invalid(i, "'" + expected + "'", i);
        }
        return i + 1;
    }

    private int number(int i) {
        int end = in.numbers.read(b, i);
        if (end < 0 || !endsNumber(b[end])) {
            throw invalid(i, "a number", i);
        }
        if (in.numbers.overflow()) {
            throw in.error(
                    ErrorCode.VALUE_OUT_OF_RANGE,
                    i,
                    "a number that fits a 64-bit float",
                    LineScanner.quote(text(i, end)));
        }
        number = in.numbers.value();
        in.reportLostDigits(number, i, end);
        return end;
    }

    private static boolean endsNumber(byte c) {
        return c == ',' || c == ':' || c == ']' || c == '}';
    }

    /** Reads a number that is no infinity and no NaN. */
    private int realNumber(int i) {
        byte first = b[b[i] == '-' || b[i] == '+' ? i + 1 : i];
        if (first != '.' && (first < '0' || first > '9')) {
            throw invalid(i, "a finite number", i);
        }
        return number(i);
    }

    private int nonNegativeInteger(int i) {
        if (b[i] == '-') {
            throw invalid(i, "an integer without minus sign", i);
        }
        return integer(i);
    }

    /** Reads an integer of 32 bits; no index of a bucket that a double can have comes near that. */
    private int integer(int i) {
        int from = b[i] == '-' || b[i] == '+' ? i + 1 : i;
        int at = from;
        long magnitude = 0;
        while (b[at] >= '0' && b[at] <= '9') {
            magnitude = Math.min(10 * magnitude + (b[at++] - '0'), 1L << Integer.SIZE);
        }
        if (at == from || !endsNumber(b[at])) {
            throw invalid(i, "an integer", i);
        }
        long value = b[i] == '-' ? -magnitude : magnitude;
        integer = (int) value;
        if (integer != value) {
            throw outOfRange(i, "an integer of 32 bits", at);
        }
        return at;
    }

    private RuntimeException invalid(int at, String expected, int end) {
        return in.error(
                ErrorCode.INVALID_VALUE, at, expected, end > at ? LineScanner.quote(text(at, end)) : in.got(at));
    }

    private RuntimeException outOfRange(int at, String expected, int end) {
        return in.error(ErrorCode.VALUE_OUT_OF_RANGE, at, expected, LineScanner.quote(text(at, end)));
    }

    private String text(int from, int to) {
        return LineScanner.crop(in.text(from, to));
    }
}

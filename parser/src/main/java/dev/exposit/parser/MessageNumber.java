package dev.exposit.parser;

/**
 * The numbers of protobuf's text format, without the sign, which is a token of its own.
 *
 * <pre>
 * dec_lit = "0" | ("1" to "9") { digit }
 * DEC_INT = dec_lit      OCT_INT = "0" oct { oct }      HEX_INT = "0" ("x" | "X") hex { hex }
 * FLOAT   = ( "." digits [exp] | dec_lit "." { digit } [exp] | dec_lit exp ) [ "F" | "f" ]  |  dec_lit ( "F" | "f" )
 * exp     = ("E" | "e") [ "+" | "-" ] digits
 * </pre>
 *
 * <p>Specification: "Protocol Buffers Text Format Language", "Numeric Literals".
 */
final class MessageNumber {
    private final NumberReader numbers = new NumberReader();
    private byte[] scratch = new byte[32];

    private long integer;
    private double number;

    /** The integer last read, as 64 bits without a sign. */
    long integer() {
        return integer;
    }

    /** The number last read by {@link #readDouble}. */
    double number() {
        return number;
    }

    /** Whether the number that begins at an index may have an exponent: one in hexadecimal has none. */
    static boolean mayHaveExponent(byte[] b, int from) {
        return b[from] != '0' || (b[from + 1] | 0x20) != 'x';
    }

    /** Reads the integer that the bytes are; false if they are none, or one beyond 64 bits. */
    boolean readInteger(byte[] b, int from, int to) {
        boolean zero = b[from] == '0';
        boolean hex = zero && to - from > 2 && (b[from + 1] | 0x20) == 'x';
        int radix = hex ? 16 : zero && to - from > 1 ? 8 : 10;
        long most = Long.divideUnsigned(-1L, radix);
        integer = 0;
        for (int i = hex ? from + 2 : from; i < to; i++) {
            int digit = Character.digit(b[i], radix);
            if (digit < 0 || Long.compareUnsigned(integer, most) > 0) {
                return false;
            }
            long next = integer * radix + digit;
            if (Long.compareUnsigned(next, digit) < 0) {
                return false;
            }
            integer = next;
        }
        return to > from;
    }

    /** Reads the float or the decimal integer that the bytes are; false if they are neither. */
    boolean readDouble(byte[] b, int from, int to) {
        int digits = to;
        if (to > from && (b[to - 1] | 0x20) == 'f') {
            digits--;
        }
        int length = digits - from;
        if (length == 0 || (b[from] != '.' && (b[from] < '0' || b[from] > '9'))) {
            return false;
        }
        if (length > 1 && b[from] == '0' && b[from + 1] >= '0' && b[from + 1] <= '9') {
            return false;
        }
        if (scratch.length <= length) {
            scratch = new byte[2 * length];
        }
        System.arraycopy(b, from, scratch, 0, length);
        scratch[length] = '\n';
        if (numbers.read(scratch, 0) != length) {
            return false;
        }
        number = numbers.value();
        return true;
    }
}

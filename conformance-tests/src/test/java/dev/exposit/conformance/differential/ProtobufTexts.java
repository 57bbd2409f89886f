package dev.exposit.conformance.differential;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.exposit.grammar.generated.prometheus.MetricFamily;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Makes expositions in protobuf's text format out of a seed: printed by protobuf-java or spelled in every way that the text
 * format has, most of them then changed.
 */
final class ProtobufTexts {
    private static final List<String> BLANKS =
            List.of(" ", " ", " ", "  ", "\n", "\t", "\r\n", "\f", "\u000B", " # a \" comment {\n", "#ü\n");
    /** What means something in the text format, and what nearly does. */
    private static final List<String> DICTIONARY = List.of(
            "created_timestamp",
            "start_timestamp{}",
            " ",
            "\n",
            "\u000B",
            "#",
            "# x\n",
            ":",
            ",",
            ";",
            "{",
            "}",
            "<",
            ">",
            "[",
            "]",
            "[]",
            "\"",
            "'",
            "\\",
            "-",
            "- ",
            "+",
            ".",
            "/",
            "0",
            "00",
            "08",
            "010",
            "0x1F",
            "0XA",
            "0x",
            "-1",
            "- 1",
            "--1",
            "+1",
            "0x-1",
            "1.5",
            ".5",
            "5.",
            "1e3",
            "1E+3",
            "1e",
            "1f",
            "1.5F",
            "1d",
            "0x1p3",
            "01.5",
            "1_0",
            "1e400",
            "1e-400",
            "inf",
            "-inf",
            "INFINITY",
            "infinityf",
            "NaN",
            "-nan",
            "-NaN",
            "+inf",
            "2147483647",
            "2147483648",
            "-2147483648",
            "4294967295",
            "4294967296",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "18446744073709551615",
            "18446744073709551616",
            "0xFFFFFFFFFFFFFFFF",
            "-0x8000000000000000",
            "01777777777777777777777",
            "-0",
            "true",
            "name",
            "name:",
            "name: 'n' ",
            "\nname:\"z\" ",
            "name{",
            "type: 1 ",
            "type: GAUGE ",
            "type: 7",
            "GAUGE",
            "gauge",
            "counter",
            "value: 1 ",
            "value: 0 ",
            "help: '' ",
            "unit",
            "metric",
            "metric {} ",
            "metric: [] ",
            "metric: [{}, <>] ",
            "label { name: 'l' } ",
            "gauge { } ",
            "[a.b]: 1 ",
            "[a.b/c.d] { } ",
            "unknown: 5 ",
            "timestamp_ms: 5 ",
            "positive_delta: [1, -1] ",
            "positive_count: [1.5] ",
            "exemplars {} ",
            "Metric",
            "\\n",
            "\\q",
            "\\'",
            "\\\"",
            "\\?",
            "\\0",
            "\\377",
            "\\400",
            "\\777",
            "\\303\\251",
            "\\x",
            "\\xC3",
            "\\xC3\\xA9",
            "\\u00e9",
            "\\u00",
            "\\ud800",
            "\\U0001F600",
            "\\U00110000",
            "\\U0000D800",
            "'a' \"b\" ",
            "\u0000",
            "\ufeff",
            "ü");

    private final SplittableRandom random;
    private final StringBuilder out = new StringBuilder();

    private ProtobufTexts(SplittableRandom random) {
        this.random = random;
    }

    /** The exposition of a seed. */
    static byte[] of(long seed) {
        return new ProtobufTexts(new SplittableRandom(seed)).exposition();
    }

    private byte[] exposition() {
        List<MetricFamily> families = ProtobufMessages.families(random);
        int style = random.nextInt(4);
        for (MetricFamily family : families) {
            switch (style) {
                case 0 -> out.append(TextFormat.printer().printToString(family)).append('\n');
                case 1 ->
                    // Line feeds within strings are escaped.
                    out.append(TextFormat.printer()
                                    .escapingNonAscii(false)
                                    .printToString(family)
                                    .replace('\n', ' '))
                            .append('\n');
                default -> spell(family);
            }
        }
        byte[] text = out.toString().getBytes(StandardCharsets.UTF_8);
        for (int changes = Math.max(0, random.nextInt(6) - 2); changes > 0; changes--) {
            text = changed(text);
        }
        return text;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    // ---- Spelling

    private void blank() {
        out.append(pick(BLANKS));
    }

    private void blankOrNone() {
        if (chance(20)) {
            blank();
        }
    }

    private void spell(Message message) {
        boolean named = false;
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            named |= field.getName().equals("name");
            if (!field.isRepeated()) {
                fieldName(field);
                value(field, entry.getValue());
                endField();
                continue;
            }
            List<?> values = (List<?>) entry.getValue();
            int at = 0;
            while (at < values.size()) {
                fieldName(field);
                if (chance(70)) {
                    value(field, values.get(at++));
                } else {
                    int to = at + random.nextInt(values.size() - at + 1);
                    list(field, values.subList(at, to));
                    at = to;
                }
                endField();
            }
        }
        if (!named && message instanceof MetricFamily) {
            out.append(" name:''");
        }
    }

    private void fieldName(FieldDescriptor field) {
        out.append(field.getName());
        blankOrNone();
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE || chance(50)) {
            out.append(':');
        }
        blankOrNone();
    }

    private void endField() {
        blankOrNone();
        out.append(pick(List.of(" ", " ", "\n", ",", ";")));
        blankOrNone();
    }

    private void list(FieldDescriptor field, List<?> values) {
        out.append('[');
        blankOrNone();
        String between = "";
        for (Object value : values) {
            out.append(between);
            blankOrNone();
            value(field, value);
            blankOrNone();
            between = ",";
        }
        out.append(']');
    }

    private void value(FieldDescriptor field, Object value) {
        switch (field.getJavaType()) {
            case MESSAGE -> {
                boolean angle = chance(30);
                out.append(angle ? '<' : '{');
                blankOrNone();
                spell((Message) value);
                out.append(angle ? '>' : '}');
            }
            case STRING -> string((String) value);
            case DOUBLE -> floating((Double) value);
            case ENUM -> {
                EnumValueDescriptor of = (EnumValueDescriptor) value;
                if (of.getIndex() >= 0 && chance(70)) {
                    out.append(of.getName());
                } else {
                    integer(of.getNumber(), Integer.toString(of.getNumber()));
                }
            }
            default -> {
                long integer = ((Number) value).longValue();
                boolean unsigned = field.getType() == FieldDescriptor.Type.UINT64;
                integer(integer, unsigned ? Long.toUnsignedString(integer) : Long.toString(integer));
            }
        }
    }

    private void integer(long value, String decimal) {
        boolean negative = decimal.startsWith("-");
        long magnitude = negative ? -value : value;
        if (negative) {
            sign();
        }
        out.append(
                switch (random.nextInt(6)) {
                    case 0 -> "0x" + Long.toHexString(magnitude);
                    case 1 -> "0X" + Long.toHexString(magnitude).toUpperCase(Locale.ROOT);
                    case 2 -> "0" + Long.toOctalString(magnitude);
                    default -> negative ? decimal.substring(1) : decimal;
                });
    }

    private void sign() {
        out.append('-');
        blankOrNone();
    }

    private void floating(double value) {
        if (Double.isNaN(value)) {
            out.append(pick(List.of("nan", "NaN", "NAN", "-nan")));
            return;
        }
        if (value < 0 || 1 / value < 0) {
            sign();
        }
        double magnitude = Math.abs(value);
        if (Double.isInfinite(magnitude)) {
            out.append(pick(List.of("inf", "Inf", "infinity", "INFINITY", "1e999")));
        } else {
            boolean whole = magnitude < 1e15 && magnitude == Math.rint(magnitude);
            out.append(whole && chance(50) ? Long.toString((long) magnitude) : Double.toString(magnitude));
            out.append(pick(List.of("", "", "", "f", "F")));
        }
    }

    private void string(String value) {
        char quote = chance(50) ? '"' : '\'';
        out.append(quote);
        for (int i = 0; i < value.length(); i = value.offsetByCodePoints(i, 1)) {
            int c = value.codePointAt(i);
            boolean must = c < ' ' || c == quote || c == '\\';
            if (!must && chance(80)) {
                out.appendCodePoint(c);
            } else {
                escaped(c);
            }
            if (chance(5)) {
                out.append(quote);
                blankOrNone();
                quote = chance(50) ? '"' : '\'';
                out.append(quote);
            }
        }
        out.append(quote);
    }

    private void escaped(int c) {
        switch (random.nextInt(4)) {
            case 0 -> out.append(String.format(c < 0x10000 ? "\\u%04x" : "\\U%08X", c));
            case 1 -> out.append(String.format("\\U%08x", c));
            default -> {
                boolean octal = chance(50);
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    out.append(String.format(octal ? "\\%03o" : "\\x%02X", b));
                }
            }
        }
    }

    // ---- Changes

    private byte[] changed(byte[] text) {
        int at = random.nextInt(text.length + 1);
        int to = Math.min(text.length, at + random.nextInt(8));
        byte[] token = pick(DICTIONARY).getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(10)) {
            case 0 -> replaced(text, at, Math.min(text.length, at + 1), (byte) random.nextInt(256));
            case 1 -> replaced(text, at, to);
            case 2 -> replaced(text, at, to, token);
            case 3 -> replaced(text, at, at, token);
            case 4 -> chance(20) ? Arrays.copyOf(text, at) : replaced(text, at, at, Arrays.copyOfRange(text, at, to));
            case 5 -> {
                int end = Math.min(text.length, at + random.nextInt(60));
                int put = random.nextInt(text.length + 1);
                yield replaced(text, put, put, Arrays.copyOfRange(text, at, end));
            }
            default -> inPlaceOfToken(text, at, token);
        };
    }

    /** Puts something in the place of the token at or behind an index, so that what is around it stays whole. */
    private static byte[] inPlaceOfToken(byte[] text, int at, byte[] token) {
        List<Integer> borders = new ArrayList<>();
        int i = at;
        while (i < text.length && borders.size() < 2) {
            boolean word = isWord(text[i]);
            if (word != (borders.size() == 1)) {
                borders.add(i);
            } else {
                i++;
            }
        }
        int from = borders.isEmpty() ? text.length : borders.get(0);
        return replaced(text, from, borders.size() < 2 ? text.length : borders.get(1), token);
    }

    private static boolean isWord(byte b) {
        return b == '-' || b == '+' || b == '.' || b == '_' || Character.isLetterOrDigit(b);
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte... put) {
        byte[] result = new byte[bytes.length - (to - from) + put.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(put, 0, result, from, put.length);
        System.arraycopy(bytes, to, result, from + put.length, bytes.length - to);
        return result;
    }
}

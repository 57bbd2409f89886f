package dev.exposit.grammar;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where protobuf-java does not read the text format as its specification has it. What the specification does not allow is refused:
 *
 * <ul>
 *   <li>numbers that only Java knows: {@code +5}, {@code --5}, {@code 0x-5}, {@code 1d}, {@code 0x1p3}
 *   <li>octal numbers for doubles, which Java takes for decimal ones
 *   <li>single fields that come twice where the first one is 0 or empty
 *   <li>octal escapes beyond a byte, and the character NUL
 * </ul>
 *
 * <p>What it does allow is spelled so that protobuf-java takes it: a sign with blanks behind it or before {@code nan}, the
 * prefix {@code 0X}, vertical tabs. So is the field that had another name before, {@code created_timestamp}. Each character
 * keeps its place, and each line its number.
 *
 * <p>Specification: "Protocol Buffers Text Format Language", sections "Lexical Elements" and "Value Types".
 */
final class ProtobufTextSpelling {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_0-9]*");
    private static final Pattern NUMBER_LIKE =
            Pattern.compile("0[xX][A-Za-z_0-9.]*|[A-Za-z_0-9.]*(?:(?<=[eE])[+-][A-Za-z_0-9.]*)*");
    private static final Pattern OCTAL = Pattern.compile("0[0-7]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9A-Fa-f]+");
    private static final Pattern DECIMAL =
            Pattern.compile("(?:(?:0|[1-9][0-9]*)(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?[fF]?");
    private static final Pattern NAN = Pattern.compile("[nN][aA][nN](?![A-Za-z_0-9])");

    private static final String START = "start_timestamp";
    /** What it was called before it was renamed. */
    private static final String CREATED = "created_timestamp";

    private static final Pattern ESCAPE_BEYOND_BYTE = Pattern.compile("\\\\[4-7][0-7][0-7]");

    /** A message that is being read: its type if known, the fields it had, and the field whose value comes. */
    private static final class Open {
        final @Nullable Descriptor type;
        final Set<String> seen = new HashSet<>();

        @Nullable
        FieldDescriptor field;

        Open(@Nullable Descriptor type) {
            this.type = type;
        }
    }

    private final String text;
    private final StringBuilder spelled;
    private final Deque<Open> open = new ArrayDeque<>();

    private ProtobufTextSpelling(String text, Descriptor type) {
        this.text = text;
        this.spelled = new StringBuilder(text);
        open.push(new Open(type));
    }

    /** The text as protobuf-java takes it. */
    static String of(String text, Descriptor type) {
        ProtobufTextSpelling spelling = new ProtobufTextSpelling(text, type);
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw refused(text, nul, "A NUL character");
        }
        int i = spelling.blanks(0);
        while (i < text.length()) {
            i = spelling.blanks(spelling.token(i));
        }
        return spelling.spelled.toString();
    }

    private static InvalidExpositionException refused(String text, int at, String what) {
        return new InvalidExpositionException(ProtobufText.location(text, at), what);
    }

    private int end(Pattern pattern, int from) {
        Matcher matcher = pattern.matcher(text).region(from, text.length());
        return matcher.lookingAt() ? matcher.end() : from;
    }

    /** Passes over blanks and comments. */
    private int blanks(int from) {
        int to = ProtobufText.endOfBlanks(text, from);
        for (int i = from; i < to; i++) {
            if (text.charAt(i) == '\u000B') {
                spelled.setCharAt(i, ' ');
            }
        }
        return to;
    }

    /** Takes the token at an index and answers where it ends. */
    private int token(int from) {
        char c = text.charAt(from);
        switch (c) {
            case '"', '\'' -> {
                int to = ProtobufText.endOfString(text, from);
                checkEscapes(from, to);
                return to;
            }
            case '-' -> {
                return sign(from);
            }
            case '+' -> throw refused(text, from, "A plus sign");
            case '{', '<' -> {
                open.push(new Open(messageType(open.element().field)));
                return from + 1;
            }
            case '}', '>' -> {
                if (open.size() > 1) {
                    open.pop();
                }
                return from + 1;
            }
            default -> {
                int to = end(WORD, from);
                if (to > from) {
                    word(from, to);
                    return to;
                }
                return c == '.' || (c >= '0' && c <= '9') ? number(from) : from + 1;
            }
        }
    }

    private static @Nullable Descriptor messageType(@Nullable FieldDescriptor field) {
        return field != null && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE ? field.getMessageType() : null;
    }

    private void checkEscapes(int from, int to) {
        for (int i = from; i + 3 < to; i += text.charAt(i) == '\\' ? 2 : 1) {
            if (text.charAt(i) == '\\'
                    && ESCAPE_BEYOND_BYTE.matcher(text).region(i, to).lookingAt()) {
                throw refused(text, i, "An octal escape beyond \\377");
            }
        }
    }

    /** Moves a sign up to its number, and leaves it out before NaN, which has none. */
    private int sign(int from) {
        int to = blanks(from + 1);
        if (to == text.length() || !(Character.isLetterOrDigit(text.charAt(to)) || text.charAt(to) == '.')) {
            throw refused(text, from, "A sign without a number");
        }
        for (int i = from; i < to; i++) {
            spelled.setCharAt(i, text.charAt(i) == '\n' ? '\n' : ' ');
        }
        if (end(NAN, to) == to) {
            // Where the sign was may go what was before the number, were it a line feed.
            spelled.setCharAt(from, spelled.charAt(to - 1));
            spelled.setCharAt(to - 1, '-');
        }
        return to;
    }

    private int number(int from) {
        int to = end(NUMBER_LIKE, from);
        String number = text.substring(from, to);
        FieldDescriptor field = open.element().field;
        if (OCTAL.matcher(number).matches()) {
            if (field != null && field.getJavaType() == FieldDescriptor.JavaType.DOUBLE) {
                throw refused(text, from, "An octal number for a double");
            }
        } else if (HEXADECIMAL.matcher(number).matches()) {
            spelled.setCharAt(from + 1, 'x');
        } else if (!DECIMAL.matcher(number).matches()) {
            throw refused(text, from, "No number: " + number);
        }
        return to;
    }

    /** Takes a word, which is a field's name if its value follows. */
    private void word(int from, int to) {
        int next = blanks(to);
        Open message = open.element();
        if (message.type == null || next == text.length() || ":{<[".indexOf(text.charAt(next)) < 0) {
            return;
        }
        String name = text.substring(from, to);
        if (name.equals(CREATED) && message.type.findFieldByName(START) != null) {
            name = START;
            spelled.replace(from, to, START + "  ");
        }
        FieldDescriptor field = message.type.findFieldByName(name);
        message.field = field;
        if (open.size() == 1 && name.equals("name")) {
            message.seen.clear();
        }
        if (field != null && !field.isRepeated() && !message.seen.add(name)) {
            throw refused(text, from, "The single field " + name + " twice");
        }
    }
}

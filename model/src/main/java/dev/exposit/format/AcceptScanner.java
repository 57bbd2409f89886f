package dev.exposit.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line of an {@code Accept} header, RFC 9110 section 12.5.1, and passes over the elements that it cannot
 * understand. Headers come from strangers, so it throws nothing and looks at no character more than a few times.
 *
 * <p>More than the grammar is understood where there is but one meaning: {@code *} for all types and
 * a weight {@code .2}, both of which Java's own {@code HttpURLConnection} sends; blanks around {@code =}; weights of
 * any number of digits; parameters without value, which RFC 7231 allowed behind the weight and nobody gave a meaning.
 */
final class AcceptScanner {

    private static final double NO_WEIGHT = -1;

    private final String line;
    private int position;

    private AcceptScanner(String line) {
        this.line = line;
    }

    /** The ranges in their order. */
    static List<MediaRange> ranges(String line) {
        return new AcceptScanner(line).ranges();
    }

    /** {@code [ ( media-range [ weight ] ) *( OWS "," OWS ( media-range [ weight ] ) ) ]}. */
    private List<MediaRange> ranges() {
        List<MediaRange> ranges = new ArrayList<>();
        while (position < line.length()) {
            int start = position;
            MediaRange range = element();
            if (range != null && (position == line.length() || line.charAt(position) == ',')) {
                ranges.add(range);
            } else {
                position = start;
                skipElement();
            }
            position++; // the comma
        }
        return ranges;
    }

    /** {@code media-range [ weight ]}; the weight may stand anywhere, as that section wants recipients to take it. */
    private @Nullable MediaRange element() {
        skipBlanks();
        String type = token();
        boolean wildcard = type.equals("*");
        String subtype = consume('/') ? token() : wildcard ? "*" : "";
        if (type.isEmpty() || subtype.isEmpty() || (wildcard && !subtype.equals("*"))) {
            return null;
        }
        Map<String, String> parameters = parameters();
        if (parameters == null) {
            return null;
        }
        String q = parameters.remove("q");
        double weight = q == null ? 1 : weight(q);
        return weight == NO_WEIGHT ? null : new MediaRange(lower(type), lower(subtype), parameters, weight);
    }

    /** {@code parameters}, section 5.6.6, names in lower case; null if one makes no sense or has two values. */
    private @Nullable Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        skipBlanks();
        while (consume(';')) {
            skipBlanks();
            String name = lower(token());
            skipBlanks();
            if (consume('=')) {
                skipBlanks();
                String value = peek('"') ? quotedString() : token();
                if (name.isEmpty() || value == null || value.isEmpty()) {
                    return null;
                }
                String earlier = parameters.putIfAbsent(name, value);
                if (earlier != null && !earlier.equals(value)) {
                    return null;
                }
                skipBlanks();
            }
        }
        return parameters;
    }

    /** {@code qvalue}, section 12.4.2, with any number of digits; {@link #NO_WEIGHT} for anything else. */
    private static double weight(String text) {
        boolean point = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && !point) {
                point = true;
            } else if (c < '0' || c > '9') {
                return NO_WEIGHT;
            }
        }
        if (text.equals(".")) {
            return NO_WEIGHT;
        }
        double weight = Double.parseDouble(text);
        return weight <= 1 ? weight : NO_WEIGHT;
    }

    /** {@code token}, section 5.6.2; empty if there is none. */
    private String token() {
        int start = position;
        while (position < line.length() && HeaderScanner.isTokenCharacter(line.charAt(position))) {
            position++;
        }
        return line.substring(start, position);
    }

    /** {@code quoted-string}, section 5.6.4: the text it stands for, or null if it has no end or a control character. */
    private @Nullable String quotedString() {
        StringBuilder text = new StringBuilder();
        position++;
        while (!consume('"')) {
            consume('\\');
            if (position == line.length() || !HeaderScanner.isQuotable(line.charAt(position))) {
                return null;
            }
            text.append(line.charAt(position));
            position++;
        }
        return text.toString();
    }

    /** Goes to the next comma that does not stand in quotes. */
    private void skipElement() {
        boolean quoted = false;
        while (position < line.length() && (quoted || !peek(','))) {
            if (quoted && peek('\\')) {
                position++;
            } else if (peek('"')) {
                quoted = !quoted;
            }
            position++;
        }
    }

    private void skipBlanks() {
        while (peek(' ') || peek('\t')) {
            position++;
        }
    }

    private boolean consume(char c) {
        boolean found = peek(c);
        if (found) {
            position++;
        }
        return found;
    }

    private boolean peek(char c) {
        return position < line.length() && line.charAt(position) == c;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}

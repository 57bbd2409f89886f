package dev.exposit.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A media type with its parameters: the value of a {@code Content-Type} header. Implements {@code media-type} of RFC
 * 9110 section 8.3.1.
 *
 * <pre>{@code
 * ContentType type = ContentType.parse("text/plain; version=0.0.4; charset=utf-8");
 * Optional<ExpositionFormat> format = ExpositionFormat.of(type);     // PROMETHEUS_TEXT_0_0_4
 * Optional<String> version = type.version();                         // 0.0.4
 * }</pre>
 *
 * <p>Type, subtype, parameter names and the value of {@code charset} are case-insensitive and kept in lower case; other
 * values are kept as they are. Two content types are equal if these parts are, in whatever order their parameters come
 * and whether or not they were quoted.
 *
 * <p>Immutable, hence safe for use by several threads.
 */
public final class ContentType {

    private static final String CHARSET = "charset";

    private final String type;
    private final String subtype;
    private final Map<String, String> parameters;

    private ContentType(String type, String subtype, Map<String, String> parameters) {
        this.type = type.toLowerCase(Locale.ROOT);
        this.subtype = subtype.toLowerCase(Locale.ROOT);
        parameters.computeIfPresent(CHARSET, (name, value) -> value.toLowerCase(Locale.ROOT));
        this.parameters = Collections.unmodifiableMap(parameters);
    }

    /**
     * Reads the value of a {@code Content-Type} header. Blanks and tabs around it and around semicolons are skipped, as
     * are semicolons without a parameter.
     *
     * @throws InvalidContentTypeException if the header does not follow the grammar, or gives a parameter two values
     */
    public static ContentType parse(String header) {
        HeaderScanner scanner = new HeaderScanner(header);
        scanner.optionalWhitespace();
        String type = scanner.token("a type");
        scanner.require('/');
        String subtype = scanner.token("a subtype");
        Map<String, String> parameters = scanner.parameters();
        scanner.requireEnd("';' or the end");
        return new ContentType(type, subtype, parameters);
    }

    /** As {@link #parse}, but answers empty where that throws. */
    public static Optional<ContentType> tryParse(String header) {
        try {
            return Optional.of(parse(header));
        } catch (InvalidContentTypeException e) {
            return Optional.empty();
        }
    }

    /** One without parameters; the parts are tokens. */
    static ContentType ofMediaType(String type, String subtype) {
        return new ContentType(type, subtype, new LinkedHashMap<>());
    }

    /** What comes before the slash, {@code text} for example. */
    public String type() {
        return type;
    }

    /** What comes after the slash, {@code plain} for example. */
    public String subtype() {
        return subtype;
    }

    /** Type and subtype without parameters, {@code text/plain} for example. */
    public String mediaType() {
        return type + '/' + subtype;
    }

    /** All parameters in the order they were given, names in lower case; cannot be modified. */
    public Map<String, String> parameters() {
        return parameters;
    }

    /**
     * The value of a parameter, or empty if it was not given.
     *
     * @param name the parameter's name in any case
     */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The parameter {@code charset} in lower case, {@code utf-8} for example. */
    public Optional<String> charset() {
        return parameter(CHARSET);
    }

    /** The parameter {@code version}. */
    public Optional<String> version() {
        return parameter("version");
    }

    /** The scheme that the parameter {@code escaping} names; empty if it is absent or names none. */
    public Optional<EscapingScheme> escaping() {
        return parameter("escaping").flatMap(EscapingScheme::byId);
    }

    /**
     * A content type in which that parameter has that value: in its old place if it was there, else as the last one.
     *
     * @param name a token by RFC 9110 section 5.6.2, in any case
     * @param value any text without control characters other than tabs; quoted by {@link #toString()} where needed
     * @throws IllegalArgumentException if the name is no token or the value has a control character
     */
    public ContentType with(String name, String value) {
        if (!HeaderScanner.isToken(name)) {
            throw new IllegalArgumentException("expected a token as parameter name but got \""
                    + InvalidContentTypeException.printable(name) + '"');
        }
        for (int i = 0; i < value.length(); i++) {
            if (!HeaderScanner.isQuotable(value.charAt(i))) {
                throw new IllegalArgumentException("expected a value without control characters for parameter " + name
                        + " but got \"" + InvalidContentTypeException.printable(value) + '"');
            }
        }
        Map<String, String> changed = new LinkedHashMap<>(parameters);
        changed.put(name.toLowerCase(Locale.ROOT), value);
        return new ContentType(type, subtype, changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContentType that
                && type.equals(that.type)
                && subtype.equals(that.subtype)
                && parameters.equals(that.parameters);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * type.hashCode() + subtype.hashCode()) + parameters.hashCode();
    }

    /** The header's value; only parameter values that are no tokens are quoted. {@link #parse} reads it back. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(mediaType());
        parameters.forEach((name, value) -> {
            out.append("; ").append(name).append('=');
            if (HeaderScanner.isToken(value)) {
                out.append(value);
            } else {
                appendQuoted(value, out);
            }
        });
        return out.toString();
    }

    private static void appendQuoted(String value, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }
}

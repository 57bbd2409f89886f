package dev.exposit.graphite;

import dev.exposit.model.Labels;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.ReadLimitException;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadLimits.Limit;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A path taken apart.
 *
 * <pre>
 * path    = name *(";" tag "=" value)                 what ends with a quote and a brace is of the other form
 *         / name "{" [pair *("," pair)] "}"           pair = tag "=" quote value quote
 * name    = 1*character but ";"; but "{" in the other form
 * tag     = 1*character but ; ! ^ =
 * value   = *character but ";"; in quotes, \" and \\ stand for what follows the backslash
 * </pre>
 *
 * @param name the path without its tags, as it stands
 * @param labels the tags, with escapes undone; without one called {@code name}
 * @param isNamedOtherwise whether a tag {@code name} was left out that says something else than the path
 * @param isQuoted whether it has the form with quotes, in which nothing is escaped with percent signs
 */
record SeriesPath(String name, Labels labels, boolean isNamedOtherwise, boolean isQuoted) {
    private static final String NOT_IN_TAGS = ";!^=";
    /** The tag that is the path's own. */
    private static final String NAME = "name";

    /** Takes a path apart; in the exception, places are counted from the path's first character. */
    static SeriesPath of(String path, ReadLimits limits) throws SkipLineException {
        boolean quoted = path.endsWith("\"}") && path.indexOf('{') >= 0;
        int nameEnd = path.indexOf(quoted ? '{' : ';');
        String name = nameEnd < 0 ? path : path.substring(0, nameEnd);
        if (name.isEmpty()) {
            throw new SkipLineException(ErrorCode.INVALID_METRIC_NAME, 0, "a name", "'" + path.charAt(0) + "'");
        }
        refuseLong(name, Limit.NAME_BYTES, "a path is too long", limits);
        Parser parser = new Parser(path, name, quoted, limits);
        if (quoted) {
            parser.readQuoted(nameEnd + 1);
        } else if (nameEnd >= 0) {
            parser.readTags(nameEnd + 1);
        }
        return new SeriesPath(name, Labels.of(parser.labels), parser.isNamedOtherwise, quoted);
    }

    private static void refuseLong(String text, Limit limit, String what, ReadLimits limits) {
        long most = limits.get(limit);
        // Most texts are so short that nobody need count.
        if (text.length() > most / 3 && text.getBytes(StandardCharsets.UTF_8).length > most) {
            throw new ReadLimitException(limit, limits, what);
        }
    }

    /** Reads the tags of one path. */
    private static final class Parser {
        private final String path;
        private final String name;
        private final boolean quoted;
        private final ReadLimits limits;
        private final Map<String, String> labels = new LinkedHashMap<>();
        private boolean isNamedOtherwise;

        private Parser(String path, String name, boolean quoted, ReadLimits limits) {
            this.path = path;
            this.name = name;
            this.quoted = quoted;
            this.limits = limits;
        }

        private void readTags(int from) throws SkipLineException {
            int at = from;
            while (at <= path.length()) {
                int semicolon = path.indexOf(';', at);
                int end = semicolon < 0 ? path.length() : semicolon;
                int equals = path.indexOf('=', at);
                if (equals < 0 || equals > end) {
                    throw new SkipLineException(
                            ErrorCode.MISSING_EQUALS,
                            end,
                            "'=' behind a tag's name",
                            end == path.length() ? "the path's end" : "';'");
                }
                add(at, path.substring(at, equals), path.substring(equals + 1, end));
                at = end + 1;
            }
        }

        private void readQuoted(int from) throws SkipLineException {
            int brace = path.length() - 1;
            int at = from;
            while (at < brace) {
                int equals = path.indexOf('=', at);
                if (equals < 0) {
                    throw new SkipLineException(ErrorCode.MISSING_EQUALS, brace, "'=' behind a tag's name", "'}'");
                }
                if (path.charAt(equals + 1) != '"') {
                    throw new SkipLineException(
                            ErrorCode.UNQUOTED_LABEL_VALUE,
                            equals + 1,
                            "'\"' before a tag's value",
                            Fields.quoted(path.substring(equals + 1)));
                }
                StringBuilder value = new StringBuilder();
                int quote = readValue(equals + 2, value);
                add(at, path.substring(at, equals), value.toString());
                at = quote + 1;
                if (at < brace && path.charAt(at++) != ',') {
                    throw new SkipLineException(
                            ErrorCode.UNTERMINATED_LABELS,
                            at - 1,
                            "',' or '}' behind a tag's value",
                            Fields.quoted(path.substring(at - 1)));
                }
            }
        }

        /** Reads a value; returns the index of the quote behind it. */
        private int readValue(int from, StringBuilder value) throws SkipLineException {
            int at = from;
            while (at < path.length()) {
                char c = path.charAt(at);
                if (c == '"') {
                    return at;
                }
                if (c == '\\') {
                    char escaped = path.charAt(++at);
                    if (escaped != '"' && escaped != '\\') {
                        throw new SkipLineException(
                                ErrorCode.INVALID_ESCAPE,
                                at - 1,
                                "\\\\ or \\\"",
                                "\\" + Character.toString(path.codePointAt(at)));
                    }
                    c = escaped;
                }
                value.append(c);
                at++;
            }
            throw new SkipLineException(
                    ErrorCode.UNTERMINATED_LABEL_VALUE, path.length(), "'\"' behind a tag's value", "the path's end");
        }

        private void add(int at, String tag, String value) throws SkipLineException {
            refuseIllegal(at, tag);
            if (tag.equals(NAME)) {
                isNamedOtherwise |= !value.equals(name);
                return;
            }
            String label = quoted ? tag : PathText.label(tag);
            refuseLong(label, Limit.NAME_BYTES, "a tag's name is too long", limits);
            refuseLong(value, Limit.LABEL_VALUE_BYTES, "a tag's value is too long", limits);
            if (labels.putIfAbsent(label, quoted ? value : PathText.value(value)) != null) {
                throw new SkipLineException(
                        ErrorCode.DUPLICATE_LABEL_NAME, at, "each tag once", Fields.quoted(tag) + " a second time");
            }
            if (labels.size() > limits.get(Limit.LABELS_PER_SERIES)) {
                throw new ReadLimitException(Limit.LABELS_PER_SERIES, limits, "a series has too many tags");
            }
        }

        private static void refuseIllegal(int at, String tag) throws SkipLineException {
            if (tag.isEmpty()) {
                throw new SkipLineException(ErrorCode.INVALID_LABEL_NAME, at, "a tag's name", "'='");
            }
            for (int i = 0; i < tag.length(); i++) {
                if (NOT_IN_TAGS.indexOf(tag.charAt(i)) >= 0) {
                    throw new SkipLineException(
                            ErrorCode.INVALID_LABEL_NAME,
                            at + i,
                            "a tag's name without any of ; ! ^ =",
                            "'" + tag.charAt(i) + "'");
                }
            }
            if (tag.equals("__name__")) {
                throw new SkipLineException(
                        ErrorCode.RESERVED_LABEL_NAME, at, "another tag than __name__", "'__name__'");
            }
        }
    }
}

package dev.exposit.parser;

/** What can be wrong with an exposition. The names are stable: tools may store and compare them. */
public enum ErrorCode {
    /** A metric name is missing or holds a character that a bare name must not have. */
    INVALID_METRIC_NAME,
    /** A quoted name is empty. */
    EMPTY_NAME,
    /** A quoted metric name or label name stands where the format has none (OpenMetrics 1.0). */
    QUOTED_NAME_NOT_ALLOWED,
    /** A label name is missing or holds a character that a bare name must not have. */
    INVALID_LABEL_NAME,
    /** A label is named {@code __name__}, which is the metric name's own place. */
    RESERVED_LABEL_NAME,
    /** A label name stands twice in one label set. */
    DUPLICATE_LABEL_NAME,
    /** No equals sign follows a label name. */
    MISSING_EQUALS,
    /** A label value does not begin with a double quote. */
    UNQUOTED_LABEL_VALUE,
    /** A quoted text does not end on its line. */
    UNTERMINATED_LABEL_VALUE,
    /** Labels do not go on with a comma or end with a brace. */
    UNTERMINATED_LABELS,
    /** A backslash is followed by a character that it does not escape. */
    INVALID_ESCAPE,
    /** Bytes are no UTF-8. */
    INVALID_UTF8,
    /** A sample has no value. */
    MISSING_VALUE,
    /** A value is no number of the format. */
    INVALID_VALUE,
    /** A number is too large for a 64-bit float. */
    VALUE_OUT_OF_RANGE,
    /** A timestamp is no number of the format. */
    INVALID_TIMESTAMP,
    /** A timestamp does not fit 64 bits. */
    TIMESTAMP_OUT_OF_RANGE,
    /** Something stands behind the end of a line's last part. */
    TRAILING_CHARACTERS,
    /** A blank is missing, or one too many or a tab stands there; in Prometheus text only for its scraper. */
    INVALID_SPACING,
    /** A type is none of the format's. */
    UNKNOWN_TYPE,
    /** A family has a second help, type or unit. */
    DUPLICATE_METADATA,
    /** Help, type or unit come after a sample of their family. */
    METADATA_AFTER_SAMPLES,
    /** A unit is not the end of its family's name (OpenMetrics). */
    UNIT_MISMATCH,
    /** An exemplar stands where the format has none. */
    EXEMPLAR_NOT_ALLOWED,
    /** An exemplar's labels have more than 128 characters (OpenMetrics 1.0). */
    EXEMPLAR_TOO_LONG,
    /** A line is empty (OpenMetrics). */
    BLANK_LINE,
    /** A line begins with a hash sign but is neither metadata nor the end (OpenMetrics). */
    COMMENT_NOT_ALLOWED,
    /** The exposition does not end with {@code # EOF} (OpenMetrics). */
    MISSING_EOF,
    /** Something stands behind {@code # EOF} (OpenMetrics). */
    DATA_AFTER_EOF,
    /** The exposition begins with a byte order mark. */
    BYTE_ORDER_MARK,
    /** A line ends with a carriage return before its line feed. */
    CARRIAGE_RETURN,
    /** The last line has no line feed. */
    MISSING_FINAL_NEWLINE,
    /** A family's lines go on after another family's. */
    FAMILY_REOPENED,
    /** Two families could give their samples the same name (OpenMetrics). */
    CLASHING_NAME,
    /** A series stands twice. */
    DUPLICATE_SERIES,
    /** A metric's samples go on after another metric's (OpenMetrics). */
    METRIC_INTERLEAVED,
    /** A metric's samples have different timestamps, or go back in time. */
    MIXED_TIMESTAMPS,
    /** A sample's name does not fit its family's type. */
    UNEXPECTED_SAMPLE,
    /** A bucket has no {@code le}, a quantile no {@code quantile}, a state no label of its family's name. */
    MISSING_LABEL,
    /** An {@code le} or {@code quantile} is no number. */
    INVALID_BOUND,
    /** A stateset's value is neither 0 nor 1, or an info's is not 1. */
    INVALID_STATE,
    /** Bytes or text are no message of the schema: an early end, a length that lies, in text an unknown field (protobuf). */
    MALFORMED_MESSAGE,
    /** Native buckets contradict themselves: spans and counts do not match, or the schema is none (protobuf, JSON). */
    INVALID_BUCKETS,
    /** Bytes are no JSON: a character that does not belong there, an early end, a key that stands twice (JSON). */
    MALFORMED_JSON,
    /** A part of a JSON text is of another kind than its place asks for, such as a number for an object (JSON). */
    UNEXPECTED_JSON,
    /** An object lacks a key without which it says nothing (JSON). */
    MISSING_KEY,
    /** A {@code _created} value is no time that can be held exactly. */
    INVALID_CREATED,
    /** A name begins as escaping {@code values} makes them, but no name is escaped to it (where unescaping was asked for). */
    INVALID_ESCAPED_NAME,
    /** Two names would be one if they were unescaped (where unescaping was asked for). */
    CLASHING_ESCAPED_NAME
}

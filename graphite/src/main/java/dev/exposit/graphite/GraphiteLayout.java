package dev.exposit.graphite;

/**
 * How the Graphite bridges of other client libraries write paths, for those who come from them and want their series to
 * go on under the same paths. Different series may get the same path.
 */
public enum GraphiteLayout {
    /**
     * The bridge of Go's client library. Names keep letters, digits, {@code _}, {@code :} and {@code -}, a blank
     * becomes a dot, all else {@code _}, and several {@code _} in a row one. Labels as {@code .name.value} are treated
     * like names and sorted; tags are written as they are. Theirs come in no order, ours in carbon's, which sorts them
     * anyway. White space in tags, which breaks their line, is escaped as {@code %XX}.
     */
    GO,
    /**
     * The bridge of Python's client library. Names, label names and label values keep letters, digits, {@code _} and
     * {@code -}; all else becomes {@code _}. Labels are sorted by name.
     */
    PYTHON
}

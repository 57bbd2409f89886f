package dev.exposit.graphite;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a path is made of, in order. Immutable.
 *
 * @param pieces the pieces; only {@link Rest} brings the dots or semicolons around it along
 * @param nameBytes how many bytes the series' name may have
 * @param startsWithRest whether the path begins with a dot that is to be taken off
 */
record PathTemplate(List<Piece> pieces, int nameBytes, boolean startsWithRest) {
    /** One piece. */
    sealed interface Piece {}

    /** Text as it is. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Literal(byte[] bytes) implements Piece {
        static Literal of(String text) {
            return new Literal(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The series' name. */
    record Name() implements Piece {}

    /**
     * The value of a label.
     *
     * @param label its name
     * @param index counts such pieces from 0
     * @param bytes how many bytes the value may have
     */
    record Value(String label, int index, int bytes) implements Piece {}

    /** All labels of which no {@link Value} tells. */
    record Rest() implements Piece {}

    private static final int LEAST_BYTES = 32;

    /** The name, then all labels. */
    static PathTemplate nameAndLabels(String prefix) {
        List<Piece> pieces = new ArrayList<>();
        if (!prefix.isEmpty()) {
            pieces.add(Literal.of(prefix + '.'));
        }
        pieces.add(new Name());
        pieces.add(new Rest());
        return new PathTemplate(List.copyOf(pieces), Integer.MAX_VALUE, false);
    }

    /**
     * Reads a template.
     *
     * @param prefix checked, without the dot behind it; may be empty
     * @throws IllegalArgumentException if it is none
     */
    static PathTemplate parse(String template, String prefix, PathRules rules) {
        return new Parser(template, prefix, rules).parse();
    }

    /** The labels whose values have a place of their own. */
    Set<String> placed() {
        Set<String> labels = new HashSet<>();
        for (Piece piece : pieces) {
            if (piece instanceof Value value) {
                labels.add(value.label());
            }
        }
        return labels;
    }

    /** How many pieces are a label's value. */
    int values() {
        return (int) pieces.stream().filter(Value.class::isInstance).count();
    }

    /** Reads a template from its first character to its last. */
    private static final class Parser {
        private final String template;
        private final String prefix;
        private final PathRules rules;
        private final List<Piece> pieces = new ArrayList<>();
        private final List<String> component = new ArrayList<>();
        private int values;
        private int nameBytes = Integer.MAX_VALUE;
        private boolean hasName;
        private boolean hasRest;

        Parser(String template, String prefix, PathRules rules) {
            this.template = template;
            this.prefix = prefix;
            this.rules = rules;
        }

        PathTemplate parse() {
            if (!prefix.isEmpty()) {
                pieces.add(Literal.of(prefix));
            }
            int start = 0;
            for (int i = 0; i < template.length(); ) {
                char c = template.charAt(i);
                if (c == '{') {
                    literal(start, i);
                    int end = template.indexOf('}', i);
                    if (end < 0) {
                        throw wrong("expected '}' for the '{' at character " + (i + 1));
                    }
                    if (end == i + 1) {
                        throw wrong("expected a label's name in the braces at character " + (i + 1));
                    }
                    component.add(template.substring(i, end + 1));
                    start = end + 1;
                    i = start;
                } else if (c == '.') {
                    literal(start, i);
                    endComponent(i);
                    start = i + 1;
                    i = start;
                } else {
                    i++;
                }
            }
            literal(start, template.length());
            endComponent(template.length());
            if (!hasName) {
                throw wrong("expected {__name__} somewhere");
            }
            return new PathTemplate(List.copyOf(pieces), nameBytes, pieces.get(0) instanceof Rest);
        }

        private void literal(int start, int end) {
            if (start == end) {
                return;
            }
            String text = template.substring(start, end);
            if (EscapedText.literal().append(text, new PathBuffer())) {
                throw wrong("expected text that is legal in a path, got \"" + text + '"');
            }
            component.add(text);
        }

        private void endComponent(int at) {
            if (component.isEmpty()) {
                throw wrong("expected a component before character " + (at + 1));
            }
            if (component.contains("{label…}") || component.contains("{label...}")) {
                if (component.size() > 1 || hasRest) {
                    throw wrong("expected {label…} once, in a component of its own");
                }
                hasRest = true;
                pieces.add(new Rest());
            } else {
                addPieces(share());
            }
            component.clear();
        }

        private void addPieces(int share) {
            if (!pieces.isEmpty()) {
                pieces.add(Literal.of("."));
            }
            for (String part : component) {
                if (part.charAt(0) != '{') {
                    pieces.add(Literal.of(part));
                } else if (part.equals("{__name__}")) {
                    hasName = true;
                    nameBytes = Math.min(nameBytes, share);
                    pieces.add(new Name());
                } else {
                    pieces.add(new Value(part.substring(1, part.length() - 1), values++, share));
                }
            }
        }

        /** How many bytes each placeholder of the component may fill. */
        private int share() {
            int bytes = rules.maxComponentBytes();
            int placeholders = 0;
            for (String part : component) {
                if (part.charAt(0) == '{') {
                    placeholders++;
                } else {
                    bytes -= part.getBytes(StandardCharsets.UTF_8).length;
                }
            }
            if (bytes < LEAST_BYTES * placeholders) {
                throw wrong("expected room for " + LEAST_BYTES
                        + " bytes for each placeholder of a component of at most " + rules.maxComponentBytes());
            }
            return placeholders == 0 ? bytes : bytes / placeholders;
        }

        private IllegalArgumentException wrong(String what) {
            return new IllegalArgumentException(what + ", in the template " + template);
        }
    }
}

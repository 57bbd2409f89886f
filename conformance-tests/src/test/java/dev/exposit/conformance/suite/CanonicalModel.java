package dev.exposit.conformance.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The model of an exposition as JSON, made comparable: two models mean the same exactly if their canonical forms are equal.
 * The README of the suite says what the fields are.
 */
final class CanonicalModel {
    private static final Set<String> TEXTS = Set.of("name", "type", "unit", "help");
    private static final Set<String> NUMBERS = Set.of("value", "count", "sum", "zeroThreshold", "zeroCount", "counts");
    /** Numbers that in some formats are the text of a label. */
    private static final Set<String> BOUNDS = Set.of("le", "quantile");

    private static final Set<String> TIMES = Set.of("timestamp", "startTimestamp");
    private static final Set<String> OTHERS = Set.of("info", "schema");
    private static final Set<String> OBJECTS =
            Set.of("histogram", "native", "positive", "negative", "summary", "raw", "exemplar");
    private static final Set<String> LISTS =
            Set.of("families", "metrics", "labels", "points", "exemplars", "buckets", "spans", "quantiles", "states");

    /** Lists whose order says nothing. */
    private static final Set<String> UNORDERED = Set.of("families", "metrics", "labels", "states");
    /** Fields that may as well be absent when empty. */
    private static final Set<String> OPTIONAL = Set.of(
            "unit",
            "help",
            "metrics",
            "labels",
            "exemplars",
            "buckets",
            "quantiles",
            "spans",
            "counts",
            "positive",
            "negative");

    private static final Pattern PLAIN_DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern DECIMAL = Pattern.compile(PLAIN_DECIMAL + "([eE][+-]?[0-9]+)?");

    private final boolean exact;

    private CanonicalModel(boolean exact) {
        this.exact = exact;
    }

    /**
     * The canonical form of a list of families.
     *
     * @param exact whether spellings of bounds and quantiles count, and labels with empty values
     * @throws IllegalArgumentException if it is no such list
     */
    static JsonNode of(JsonNode families, boolean exact) {
        return new CanonicalModel(exact).field("families", families);
    }

    private JsonNode field(String name, JsonNode node) {
        if (TEXTS.contains(name) || (exact && BOUNDS.contains(name))) {
            return JsonNodeFactory.instance.textNode(text(node));
        }
        if (NUMBERS.contains(name) || BOUNDS.contains(name)) {
            return node.isArray() ? list(name, node) : JsonNodeFactory.instance.numberNode(number(text(node)));
        }
        if (TIMES.contains(name)) {
            return JsonNodeFactory.instance.textNode(time(text(node)));
        }
        if (LISTS.contains(name)) {
            return list(name, node);
        }
        if (OBJECTS.contains(name)) {
            return object(node);
        }
        if (OTHERS.contains(name)) {
            return node;
        }
        throw new IllegalArgumentException("unknown field " + name);
    }

    private ObjectNode object(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException("expected an object, got " + node);
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        names.sort(Comparator.naturalOrder());
        for (String name : names) {
            JsonNode value = field(name, node.required(name));
            boolean empty =
                    value.isTextual() ? value.textValue().isEmpty() : value.isContainerNode() && value.isEmpty();
            if (!empty || !OPTIONAL.contains(name)) {
                object.set(name, value);
            }
        }
        return object;
    }

    private ArrayNode list(String name, JsonNode node) {
        List<JsonNode> elements = new ArrayList<>();
        if (name.equals("labels")) {
            elements.addAll(labels(node));
        } else if (node.isArray()) {
            node.forEach(element -> elements.add(element(name, element)));
        } else {
            throw new IllegalArgumentException("expected a list of " + name + ", got " + node);
        }
        if (UNORDERED.contains(name)) {
            elements.sort(Comparator.comparing(JsonNode::toString));
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        elements.forEach(list::add);
        return list;
    }

    /** Pairs of name and value, given as such or as an object. */
    private List<JsonNode> labels(JsonNode node) {
        List<JsonNode> labels = new ArrayList<>();
        if (node.isObject()) {
            node.properties().forEach(label -> addLabel(labels, label.getKey(), text(label.getValue())));
        } else if (node.isArray()) {
            node.forEach(label -> addLabel(labels, text(label.path(0)), text(label.path(1))));
        } else {
            throw new IllegalArgumentException("expected labels, got " + node);
        }
        return labels;
    }

    private void addLabel(List<JsonNode> labels, String name, String value) {
        if (exact || !value.isEmpty()) {
            labels.add(JsonNodeFactory.instance.arrayNode().add(name).add(value));
        }
    }

    private JsonNode element(String list, JsonNode element) {
        return switch (list) {
            case "counts" -> field(list, element);
            // Pairs.
            case "spans", "states" -> element;
            default -> object(element);
        };
    }

    private static String text(JsonNode node) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException("expected a string, got " + node);
        }
        return node.textValue();
    }

    private static double number(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(matching(DECIMAL, text));
        };
    }

    private static String time(String text) {
        return new BigDecimal(matching(PLAIN_DECIMAL, text))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String matching(Pattern pattern, String text) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException("expected a number, got " + text);
        }
        return text;
    }
}

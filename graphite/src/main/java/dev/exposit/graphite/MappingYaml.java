package dev.exposit.graphite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a mapping in the YAML of graphite_exporter, which is that of statsd_exporter. */
final class MappingYaml {
    /** Keys that say something of StatsD's timers, or of how long a daemon keeps a series. */
    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "observer_type", "timer_type", "buckets", "quantiles", "summary_options", "histogram_options", "ttl");

    private static final List<String> OF_RULES = List.of(
            "match", "match_type", "match_metric_type", "action", "name", "labels", "honor_labels", "scale", "help");

    private final GraphiteMapping.Builder mapping = GraphiteMapping.builder();
    private boolean regexByDefault;

    private MappingYaml() {}

    static GraphiteMapping parse(String yaml) {
        MappingYaml reader = new MappingYaml();
        Node document = YamlNodes.document(yaml);
        if (document != null) {
            reader.readDocument(document);
        }
        return reader.mapping.build();
    }

    private void readDocument(Node document) {
        Node rules = null;
        for (Map.Entry<ScalarNode, Node> entry :
                YamlNodes.map(document, "the keys mappings and defaults").entrySet()) {
            switch (entry.getKey().getValue()) {
                case "mappings" -> rules = entry.getValue();
                case "defaults" -> readDefaults(entry.getValue());
                default -> throw unknown(entry.getKey(), "mappings or defaults");
            }
        }
        // The defaults may stand behind the rules.
        if (rules != null) {
            YamlNodes.list(rules, "a list of rules").forEach(this::readRule);
        }
    }

    private static MappingSyntaxException unknown(ScalarNode key, String expected) {
        return YamlNodes.error(key, "expected " + expected + ", got '" + key.getValue() + "'");
    }

    private void readDefaults(Node defaults) {
        YamlNodes.map(defaults, "keys and values").forEach((key, value) -> {
            switch (key.getValue()) {
                case "match_type" -> regexByDefault = isRegex(value);
                case "glob_disable_ordering" -> mapping.ordered(!bool(value));
                default -> {
                    if (!WITHOUT_EFFECT.contains(key.getValue())) {
                        throw unknown(key, "match_type or glob_disable_ordering");
                    }
                    note(key);
                }
            }
        });
    }

    private void note(ScalarNode key) {
        mapping.note(String.valueOf(
                YamlNodes.error(key, "'" + key.getValue() + "' has no effect on Graphite's lines and is ignored")
                        .getMessage()));
    }

    // ---- Rules

    private void readRule(Node node) {
        Map<String, Node> keys = new LinkedHashMap<>();
        YamlNodes.map(node, "a rule with the key match").forEach((key, value) -> {
            keys.put(key.getValue(), value);
            if (WITHOUT_EFFECT.contains(key.getValue())) {
                note(key);
            } else if (!OF_RULES.contains(key.getValue())) {
                throw unknown(key, "one of " + String.join(", ", OF_RULES));
            }
        });
        Node type = keys.get("match_type");
        boolean regex = type == null ? regexByDefault : isRegex(type);
        Node matchNode = required(node, keys.get("match"), "match");
        String match = YamlNodes.text(matchNode, "a glob or regular expression");
        located(matchNode, () -> MappingRule.captures(regex, match));

        MappingRule rule;
        Node action = keys.get("action");
        if (action != null && isDrop(action)) {
            rule = regex ? MappingRule.dropRegex(match) : MappingRule.dropGlob(match);
        } else {
            Node nameNode = required(node, keys.get("name"), "name");
            String name = YamlNodes.text(nameNode, "a metric's name");
            rule = located(nameNode, () -> regex ? MappingRule.regex(match, name) : MappingRule.glob(match, name));
            rule = withDetails(rule, keys);
        }
        Node metricType = keys.get("match_metric_type");
        if (metricType == null || appliesToGauges(metricType)) {
            mapping.add(rule);
        }
    }

    private static MappingRule withDetails(MappingRule plain, Map<String, Node> keys) {
        MappingRule rule = plain;
        Node labels = keys.get("labels");
        if (labels != null) {
            for (Map.Entry<ScalarNode, Node> label :
                    YamlNodes.map(labels, "names and values of labels").entrySet()) {
                rule = withLabel(rule, label.getKey(), label.getValue());
            }
        }
        Node honorLabels = keys.get("honor_labels");
        if (honorLabels != null) {
            rule = rule.withHonorLabels(bool(honorLabels));
        }
        Node scale = keys.get("scale");
        if (scale != null) {
            rule = rule.withScale(number(scale));
        }
        Node help = keys.get("help");
        return help == null ? rule : rule.withHelp(YamlNodes.text(help, "a help text"));
    }

    private static MappingRule withLabel(MappingRule rule, ScalarNode name, Node value) {
        String text = YamlNodes.text(value, "a label's value");
        located(name, () -> {
            MappingRule.requireLabelName(name.getValue());
            return name;
        });
        return located(value, () -> rule.withLabel(name.getValue(), text));
    }

    private static Node required(Node rule, @Nullable Node value, String key) {
        if (value == null) {
            throw YamlNodes.error(rule, "expected a rule with the key " + key + ", got none");
        }
        return value;
    }

    /** Has an exception tell the place of what it complains of. */
    private static <T> T located(Node node, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw YamlNodes.error(node, String.valueOf(e.getMessage()));
        }
    }

    /** To graphite_exporter all that Graphite sends is a gauge, and rules for other types do not apply. */
    private boolean appliesToGauges(Node type) {
        String word = YamlNodes.text(type, "a type");
        boolean applies = word.equals("gauge");
        if (!applies) {
            mapping.note(String.valueOf(YamlNodes.error(
                            type,
                            "'match_metric_type: " + word + "': Graphite's lines count as gauges, so this rule never"
                                    + " applies and is ignored")
                    .getMessage()));
        }
        return applies;
    }

    // ---- Words

    private static boolean isRegex(Node node) {
        return isSecond(node, "glob", "regex");
    }

    private static boolean isDrop(Node node) {
        return isSecond(node, "map", "drop");
    }

    private static boolean bool(Node node) {
        return isSecond(node, "false", "true");
    }

    private static boolean isSecond(Node node, String first, String second) {
        String expected = first + " or " + second;
        String word = YamlNodes.text(node, expected).toLowerCase(Locale.ROOT);
        if (!word.equals(first) && !word.equals(second)) {
            throw YamlNodes.error(node, "expected " + expected + ", got '" + word + "'");
        }
        return word.equals(second);
    }

    private static double number(Node node) {
        String text = YamlNodes.text(node, "a number");
        try {
            return Numbers.value(text, 0);
        } catch (SkipLineException e) {
            throw YamlNodes.error(node, "expected " + e.expected + ", got " + e.got);
        }
    }
}

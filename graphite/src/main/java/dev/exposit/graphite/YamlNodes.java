package dev.exposit.graphite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** YAML as nodes that know their places. No objects are made of it, whatever tags it has. */
final class YamlNodes {
    private static final int MAX_CHARACTERS = 3 << 20;
    /** Nodes are composed by recursion; what we look for lies four levels deep. */
    private static final int MAX_DEPTH = 50;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setCodePointLimit(MAX_CHARACTERS)
            .setLabel("mapping")
            // As YAML 1.1 has it, for which such files were written, ~ is nothing.
            .setSchema(new CoreSchema())
            .build();

    private YamlNodes() {}

    /** The only document, or null if there is none. */
    static @Nullable Node document(String yaml) {
        if (yaml.length() > MAX_CHARACTERS) {
            throw new MappingSyntaxException(
                    1, 1, "expected at most " + MAX_CHARACTERS + " characters, got " + yaml.length());
        }
        try {
            refuseDepth(yaml);
            Optional<Node> document = new Composer(SETTINGS, events(yaml)).getSingleNode();
            return document.filter(node -> !isNull(node)).orElse(null);
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark().or(e::getContextMark);
            throw new MappingSyntaxException(
                    mark.map(Mark::getLine).orElse(0) + 1,
                    mark.map(Mark::getColumn).orElse(0) + 1,
                    "expected YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new MappingSyntaxException(1, 1, "expected YAML: " + e.getMessage());
        }
    }

    private static ParserImpl events(String yaml) {
        return new ParserImpl(SETTINGS, new StreamReader(SETTINGS, yaml));
    }

    private static void refuseDepth(String yaml) {
        int depth = 0;
        ParserImpl events = events(yaml);
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            if (depth > MAX_DEPTH) {
                throw error(event.getStartMark(), "expected at most " + MAX_DEPTH + " levels, got a deeper one");
            }
        }
    }

    static MappingSyntaxException error(Node node, String message) {
        return error(node.getStartMark(), message);
    }

    private static MappingSyntaxException error(Optional<Mark> mark, String message) {
        return new MappingSyntaxException(
                mark.map(Mark::getLine).orElse(0) + 1, mark.map(Mark::getColumn).orElse(0) + 1, message);
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    /** A text as it stands, be it a number or a boolean to YAML. */
    static String text(Node node, String expected) {
        if (node instanceof ScalarNode scalar && !isNull(node)) {
            return scalar.getValue();
        }
        throw error(node, "expected " + expected + ", got " + kind(node));
    }

    static List<Node> list(Node node, String expected) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        throw error(node, "expected " + expected + ", got " + kind(node));
    }

    /** Keys and what stands behind them, without those behind which nothing stands. */
    static Map<ScalarNode, Node> map(Node node, String expected) {
        if (!(node instanceof MappingNode mapping)) {
            throw error(node, "expected " + expected + ", got " + kind(node));
        }
        Map<String, Node> seen = new LinkedHashMap<>();
        Map<ScalarNode, Node> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            String name = text(key, "a key");
            if (seen.put(name, key) != null) {
                throw error(key, "expected each key once, got '" + name + "' a second time");
            }
            if (!isNull(tuple.getValueNode())) {
                entries.put((ScalarNode) key, tuple.getValueNode());
            }
        }
        return entries;
    }

    private static String kind(Node node) {
        if (node instanceof ScalarNode scalar) {
            return isNull(node) ? "nothing" : "'" + scalar.getValue() + "'";
        }
        return node instanceof SequenceNode ? "a list" : "keys and values";
    }
}

package dev.exposit.graphite;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Globs, by component: a path is looked up in a time that hangs on its length and on how many globs begin as it does, not on
 * how many there are. Not changed once it is built, then safe for use by several threads.
 *
 * <p>Of the rules that match, the first in order counts. Without order it is the one that has a literal where the others have
 * {@code *}, from the left.
 */
final class GlobTree {
    /** A rule and what it captured. */
    record Match(CompiledRule rule, Template.Captures captures) {}

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private @Nullable Node any;
        private @Nullable CompiledRule rule;
        private int order = Integer.MAX_VALUE;
        /** The least order of the rules here and below. */
        private int least = Integer.MAX_VALUE;

        private Node child(String component) {
            if (!component.equals("*")) {
                return literals.computeIfAbsent(component, key -> new Node());
            }
            Node its = any;
            if (its == null) {
                its = new Node();
                any = its;
            }
            return its;
        }
    }

    private final boolean ordered;
    private final Node root = new Node();
    private int size;

    GlobTree(boolean ordered) {
        this.ordered = ordered;
    }

    /** Adds a rule behind those that are there. */
    void add(String glob, CompiledRule rule) {
        int order = size++;
        Node node = root;
        for (String component : glob.split("\\.", -1)) {
            node.least = Math.min(node.least, order);
            node = node.child(component);
        }
        node.least = Math.min(node.least, order);
        if (node.rule == null) {
            node.rule = rule;
            node.order = order;
        }
    }

    /** The rule for a path, or null if there is none. */
    @Nullable
    Match find(String path) {
        if (size == 0) {
            return null;
        }
        Search search = new Search(path.split("\\.", -1));
        search.visit(root, 0);
        Node found = search.best;
        if (found == null || found.rule == null) {
            return null;
        }
        List<String> captures = List.of(search.captured);
        return new Match(found.rule, group -> captures.get(group - 1));
    }

    private final class Search {
        private final String[] components;
        /** Which components stand for a {@code *} on the way to the node at hand. */
        private final boolean[] stars;

        private @Nullable Node best;
        private String[] captured = new String[0];

        private Search(String[] components) {
            this.components = components;
            this.stars = new boolean[components.length];
        }

        private void visit(Node node, int depth) {
            Node known = best;
            if (known != null && (!ordered || node.least > known.order)) {
                return;
            }
            if (depth == components.length) {
                if (node.rule != null && (known == null || node.order < known.order)) {
                    best = node;
                    capture();
                }
                return;
            }
            Node literal = node.literals.get(components[depth]);
            if (literal != null) {
                stars[depth] = false;
                visit(literal, depth + 1);
            }
            Node any = node.any;
            if (any != null) {
                stars[depth] = true;
                visit(any, depth + 1);
            }
        }

        private void capture() {
            int count = 0;
            for (boolean star : stars) {
                count += star ? 1 : 0;
            }
            captured = new String[count];
            int next = 0;
            for (int i = 0; i < stars.length; i++) {
                if (stars[i]) {
                    captured[next++] = components[i];
                }
            }
        }
    }
}

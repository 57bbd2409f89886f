package dev.exposit.graphite;

import dev.exposit.model.Label;
import dev.exposit.model.Labels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules by which paths become names and labels, as graphite_exporter has them, whose files can be used.
 *
 * <pre>{@code
 * mappings:
 *   - match: shop.*.orders.*
 *     name: orders_total
 *     labels:
 *       region: $1
 *       outcome: $2
 *   - match: debug\.(.*)
 *     match_type: regex
 *     action: drop
 * }</pre>
 *
 * <p>A rule is matched with the path without its tags, as it stands. Globs come before regular expressions, wherever these
 * stand; within each, the first rule that matches counts. What a rule's name becomes has {@code _} for all but letters,
 * digits, {@code _} and {@code :}, and before a digit that it begins with. Tags are labels besides the rule's, which prevail
 * unless the rule says {@code honor_labels}. A path that no rule matches gets a name in the same way, its tags being its
 * labels; if the mapping is {@linkplain Builder#strict strict} it is dropped.
 *
 * <p>Regular expressions are the JDK's, which can take very long for some paths if they are made so: they are to come from
 * somebody who is trusted. Globs are matched in a time that does not grow with their number.
 *
 * <p>Immutable, hence safe for use by several threads.
 */
public final class GraphiteMapping {
    /**
     * What became of a path.
     *
     * @param name the metric's name
     * @param own the rule's labels
     * @param honorLabels whether tags prevail over them
     * @param scale what values are multiplied by
     * @param help the family's help text, empty if none
     */
    record Mapped(String name, Labels own, boolean honorLabels, double scale, String help) {
        /** The labels of a path with these tags. */
        Labels labels(Labels tags) {
            Labels all = honorLabels ? own : tags;
            for (Label label : honorLabels ? tags : own) {
                all = all.with(label.name(), label.value());
            }
            return all;
        }
    }

    private final List<MappingRule> rules;
    private final boolean ordered;
    private final boolean strict;
    private final List<String> notes;
    private final GlobTree globs;
    private final List<CompiledRule> regexes = new ArrayList<>();

    private GraphiteMapping(List<MappingRule> rules, boolean ordered, boolean strict, List<String> notes) {
        this.rules = List.copyOf(rules);
        this.ordered = ordered;
        this.strict = strict;
        this.notes = List.copyOf(notes);
        this.globs = new GlobTree(ordered);
        for (MappingRule rule : rules) {
            CompiledRule compiled = new CompiledRule(rule);
            if (rule.isRegex()) {
                regexes.add(compiled);
            } else {
                globs.add(rule.match(), compiled);
            }
        }
    }

    /**
     * Reads rules in YAML, in the form of graphite_exporter's {@code --graphite.mapping-config}. Beyond it a rule that drops
     * needs no name, {@code help} is the family's help text, and references such as {@code $1_server}, which stand for nothing
     * there, are refused. What has no effect on Graphite's lines is taken, and told in {@link #notes()}.
     *
     * @param yaml the text, at most 3 MiB
     * @throws MappingSyntaxException if it is malformed
     */
    public static GraphiteMapping parseYaml(String yaml) {
        return MappingYaml.parse(yaml);
    }

    /** A builder for a mapping without rules. */
    public static Builder builder() {
        return new Builder();
    }

    /** This mapping, with paths that no rule matches dropped or not. */
    public GraphiteMapping withStrict(boolean strict) {
        return new GraphiteMapping(rules, ordered, strict, notes);
    }

    /** The rules in their order. */
    public List<MappingRule> rules() {
        return rules;
    }

    /** Whether paths that no rule matches are dropped. */
    public boolean isStrict() {
        return strict;
    }

    /** What in the YAML has no effect, a sentence each with its place; none if the mapping was not read from YAML. */
    public List<String> notes() {
        return notes;
    }

    /** What becomes of a path, given without its tags; null if it is dropped. */
    @Nullable
    Mapped map(String path) {
        GlobTree.Match match = globs.find(path);
        if (match != null) {
            return match.rule().apply(match.captures());
        }
        for (CompiledRule rule : regexes) {
            Template.Captures captures = rule.match(path);
            if (captures != null) {
                return rule.apply(captures);
            }
        }
        return strict ? null : new Mapped(CompiledRule.legacy(path), Labels.of(), false, 1, "");
    }

    /** Builds a {@link GraphiteMapping}; not safe for use by several threads. */
    public static final class Builder {
        private final List<MappingRule> rules = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private boolean ordered = true;
        private boolean strict;

        private Builder() {}

        /** Adds a rule behind those that are there. */
        public Builder add(MappingRule rule) {
            rules.add(rule);
            return this;
        }

        /** Has paths that no rule matches dropped, or not, which is the default. */
        public Builder strict(boolean strict) {
            this.strict = strict;
            return this;
        }

        /**
         * Has the first glob in order count, which is the default, or the one that has a literal where the others have
         * {@code *}, from the left.
         */
        public Builder ordered(boolean ordered) {
            this.ordered = ordered;
            return this;
        }

        Builder note(String note) {
            notes.add(note);
            return this;
        }

        /** The mapping as built so far. */
        public GraphiteMapping build() {
            return new GraphiteMapping(rules, ordered, strict, notes);
        }
    }
}

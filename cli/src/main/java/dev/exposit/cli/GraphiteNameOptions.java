package dev.exposit.cli;

import dev.exposit.graphite.GraphiteLayout;
import dev.exposit.graphite.GraphiteNames;
import dev.exposit.graphite.PathRules;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how names and labels become Graphite's paths. */
final class GraphiteNameOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--tags",
            description = "Write labels as tags, name;label=value. This is the default; with --layout, whose default is"
                    + " components, as that bridge does it.")
    private boolean tags;

    @Option(
            names = "--template",
            paramLabel = "TEMPLATE",
            description =
                    "Write dotted paths, such as {job}.{instance}.{__name__}.{label...}: the series' name, the values of"
                            + " labels, and at {label...} the name and value of each label without a place of its own.")
    private @Nullable String template;

    @Option(
            names = "--layout",
            paramLabel = "BRIDGE",
            converter = Words.Layouts.class,
            completionCandidates = Words.Layouts.class,
            description = "Write the paths of another library's bridge, and treat values as it does:"
                    + " ${COMPLETION-CANDIDATES}.")
    private @Nullable GraphiteLayout layout;

    @Option(names = "--prefix", paramLabel = "PREFIX", description = "Begin each path with this and a dot.")
    private @Nullable String prefix;

    @Option(
            names = "--path-escaping",
            paramLabel = "FORM",
            converter = Words.PathEscapings.class,
            completionCandidates = Words.PathEscapings.class,
            description = "How to write characters that Graphite does not take: ${COMPLETION-CANDIDATES}. percent keeps"
                    + " series apart. Default: percent.")
    private PathRules.@Nullable Escaping escaping;

    /** Whether one of the options was given. */
    boolean isGiven() {
        return tags || template != null || layout != null || prefix != null || escaping != null;
    }

    /** The names that the options describe. */
    GraphiteNames names() {
        if (template != null && (tags || layout != null)) {
            throw wrong("--template excludes --tags and --layout");
        }
        PathRules rules =
                escaping == null ? PathRules.defaults() : PathRules.defaults().withEscaping(escaping);
        try {
            GraphiteNames names;
            if (template != null) {
                names = GraphiteNames.template(template, rules);
            } else if (layout != null) {
                names = GraphiteNames.layout(layout, tags);
            } else {
                names = GraphiteNames.tags(rules);
            }
            return prefix == null ? names : names.withPrefix(prefix);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

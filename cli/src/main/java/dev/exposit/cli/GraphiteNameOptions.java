package dev.exposit.cli;

import dev.exposit.graphite.GraphiteLayout;
import dev.exposit.graphite.GraphiteNames;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options of the commands that write Graphite's paths. */
final class GraphiteNameOptions {
    @ArgGroup
    private @Nullable Form form;

    @Option(
            names = "--prefix",
            paramLabel = "PREFIX",
            description = "Write this and a dot before each path of graphite.")
    private @Nullable String prefix;

    /** What a path looks like. */
    private static final class Form {
        @Option(
                names = "--tags",
                description = "Write paths of graphite with labels as tags, name;label=value, which is the default.")
        @SuppressWarnings("unused") // the default anyway
        private boolean tags;

        @Option(
                names = "--template",
                paramLabel = "TEMPLATE",
                description = "Write paths of graphite by this template, {job}.{__name__}.{label...} for example.")
        private @Nullable String template;

        @Option(
                names = "--layout",
                paramLabel = "LAYOUT",
                converter = Words.GraphiteLayouts.class,
                completionCandidates = Words.GraphiteLayouts.class,
                description = "Write paths of graphite as another bridge does, labels as components:"
                        + " ${COMPLETION-CANDIDATES}.")
        private @Nullable GraphiteLayout layout;
    }

    /** Whether one of the options was given. */
    boolean isGiven() {
        return form != null || prefix != null;
    }

    /**
     * How names and labels become paths.
     *
     * @throws IllegalArgumentException if the template or the prefix is malformed
     */
    GraphiteNames names() {
        GraphiteNames names = GraphiteNames.tags();
        Form given = form;
        if (given != null && given.template != null) {
            names = GraphiteNames.template(given.template);
        } else if (given != null && given.layout != null) {
            names = GraphiteNames.layout(given.layout, false);
        }
        return prefix == null ? names : names.withPrefix(prefix);
    }
}

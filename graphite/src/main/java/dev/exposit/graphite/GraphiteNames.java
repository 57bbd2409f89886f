package dev.exposit.graphite;

import dev.exposit.model.Labels;
import org.jspecify.annotations.Nullable;

/**
 * How the names and labels of a series become a Graphite path, with tags or without.
 *
 * <pre>{@code
 * GraphiteNames.tags()                     // http_requests_total;code=200;method=get
 * GraphiteNames.dotted()                   // http_requests_total.code.200.method.get
 * GraphiteNames.template("{job}.{__name__}.{label…}").withPrefix("prod")
 *                                          // prod.api.http_requests_total.code.200.method.get
 * }</pre>
 *
 * <p>Series that differ have different paths with {@link #tags()} and {@link #dotted()}, and with each template in
 * which {@code {label…}} stands and no component has two placeholders, unless {@link PathRules} other than the defaults
 * say otherwise. A label with an empty value counts as absent. Labels of a source that clash with those of the series
 * are taken as Prometheus takes them, which can make two series one.
 *
 * <p>Immutable, hence safe for use by several threads.
 */
public final class GraphiteNames {
    /** Builds what an encoder needs for a prefix. */
    @FunctionalInterface
    private interface Layout {
        /** Checks the prefix, which may be empty. */
        Compiled compile(String prefix);
    }

    private record Compiled(PathStyle style, PathTemplate template) {}

    private static final int LEAST_BYTES = 32;

    private final Layout layout;
    /** Whose paths these are, if not ours. */
    private final @Nullable GraphiteLayout like;

    private final Compiled compiled;

    private GraphiteNames(Layout layout, @Nullable GraphiteLayout like, String prefix) {
        this.layout = layout;
        this.like = like;
        compiled = layout.compile(prefix);
    }

    /** The name with the labels as tags: {@code name;label=value;label=value}, in carbon's order. */
    public static GraphiteNames tags() {
        return tags(PathRules.defaults());
    }

    /** As {@link #tags()}, by the given rules. */
    public static GraphiteNames tags(PathRules rules) {
        return new GraphiteNames(
                prefix -> {
                    int prefixBytes = prefix.isEmpty() ? 0 : checkPrefix(prefix, rules.maxTagBytes());
                    return new Compiled(PathStyle.tags(rules, prefixBytes), PathTemplate.nameAndLabels(prefix));
                },
                null,
                "");
    }

    /** The name with the labels behind it, sorted by name: the template <code>{__name__}.{label…}</code>. */
    public static GraphiteNames dotted() {
        return dotted(PathRules.defaults());
    }

    /** As {@link #dotted()}, by the given rules. */
    public static GraphiteNames dotted(PathRules rules) {
        return template("{__name__}.{label…}", rules);
    }

    /**
     * Dotted paths by a template. Its components are parted by dots and made of text, which must be legal as it is, and
     * placeholders:
     *
     * <ul>
     *   <li><code>{__name__}</code>, the series' name; at least one
     *   <li><code>{label…}</code> or <code>{label...}</code>, all labels that have no placeholder of their own as
     *       {@code name.value}, sorted by name; at most one, alone in its component. Without it such labels are left
     *       out
     *   <li>any other name in braces, that label's value
     * </ul>
     *
     * @throws IllegalArgumentException if it is no such template
     */
    public static GraphiteNames template(String template) {
        return template(template, PathRules.defaults());
    }

    /**
     * As {@link #template(String)}, by the given rules.
     *
     * @throws IllegalArgumentException if it is no such template
     */
    public static GraphiteNames template(String template, PathRules rules) {
        return new GraphiteNames(
                prefix -> {
                    if (!prefix.isEmpty()) {
                        checkPrefix(prefix, rules.maxComponentBytes());
                    }
                    return new Compiled(PathStyle.dotted(rules), PathTemplate.parse(template, prefix, rules));
                },
                null,
                "");
    }

    /**
     * Paths as another library's bridge writes them, with labels as tags or as components.
     *
     * <p>Its prefix is written as it is.
     */
    public static GraphiteNames layout(GraphiteLayout layout, boolean tags) {
        PathStyle style = PathStyle.of(layout, tags);
        return new GraphiteNames(
                prefix -> {
                    if (prefix.codePoints().anyMatch(Blanks::isNeverKept)) {
                        throw new IllegalArgumentException(
                                "prefix must not hold white space or control characters, got \"" + prefix + '"');
                    }
                    return new Compiled(style, PathTemplate.nameAndLabels(prefix));
                },
                layout,
                "");
    }

    /**
     * The same with a prefix, which stands before each path with a dot between them.
     *
     * @param prefix one component or several, parted by dots, legal as they are; empty for none
     * @throws IllegalArgumentException if it is not legal, or leaves no room for names
     */
    public GraphiteNames withPrefix(String prefix) {
        return new GraphiteNames(layout, like, prefix);
    }

    /** Checks a prefix and answers its length in bytes, with the dot that follows. */
    private static int checkPrefix(String prefix, int limit) {
        PathBuffer written = new PathBuffer();
        for (String component : prefix.split("\\.", -1)) {
            if (component.isEmpty() || EscapedText.literal().append(component, written)) {
                throw new IllegalArgumentException(
                        "prefix must be components that are legal in a path, parted by dots, got \"" + prefix + '"');
            }
            written.add('.');
        }
        if (written.length() + LEAST_BYTES > limit) {
            throw new IllegalArgumentException("prefix must leave " + LEAST_BYTES + " of " + limit
                    + " bytes for names, got " + written.length() + " with its dot");
        }
        return written.length();
    }

    /** Whether labels become tags. */
    boolean usesTags() {
        return compiled.style().isTagged();
    }

    /** What usually becomes of values under these names: with the layout of another bridge what that bridge does. */
    public GraphiteValues usualValues() {
        if (like == null) {
            return GraphiteValues.defaults();
        }
        return switch (like) {
            case GO -> GraphiteValues.ofGo();
            case PYTHON -> GraphiteValues.ofPython();
        };
    }

    /** What usually becomes of two series on one path: other bridges send both. */
    Collisions usualCollisions() {
        return like == null ? Collisions.DROP : Collisions.SEND;
    }

    /**
     * The path of one series.
     *
     * @param sampleName the sample's whole name, {@code rpc_seconds_bucket} for example
     * @param labels all of its labels
     * @return the path, or null if the rules leave the series out
     */
    public @Nullable String path(String sampleName, Labels labels) {
        PathEncoder encoder = encoder(Labels.of());
        encoder.metric(labels);
        PathBuffer path = new PathBuffer();
        return encoder.path(sampleName, null, null, path) == null ? path.toString() : null;
    }

    /**
     * An encoder for the series of one source in one push.
     *
     * @param sourceLabels the labels that the source's series have beyond their own; a label of a series that is named
     *     as one of them becomes {@code exported_…}, as Prometheus has it
     */
    PathEncoder encoder(Labels sourceLabels) {
        return new SeriesPathEncoder(compiled.style(), compiled.template(), sourceLabels);
    }
}

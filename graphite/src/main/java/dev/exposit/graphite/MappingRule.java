package dev.exposit.graphite;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the paths that match: a name and labels, or nothing. Immutable; each {@code with} method answers a changed
 * copy. For those who know graphite_exporter: an entry of {@code mappings}.
 *
 * <p>In names and in the values of labels {@code $1} or {@code ${1}} stands for the first capture, and {@code $$} for a dollar
 * sign. A glob captures what stands for each {@code *}, a regular expression its groups.
 *
 * @param isRegex whether {@code match} is a regular expression, not a glob
 * @param match a glob, whose components, between dots, are {@code *} for any one component or stand for themselves; or a
 *     regular expression of {@link Pattern}, which a part of the path may match
 * @param name the metric's name, or null if such paths are to be dropped
 * @param labels names and values of labels
 * @param honorLabels whether the path's tags prevail where a label has the name of one
 * @param scale what values are multiplied by, 1 by default
 * @param help the family's help text, empty if none; of several rules for a family the first that is met prevails
 */
public record MappingRule(
        boolean isRegex,
        String match,
        @Nullable String name,
        Map<String, String> labels,
        boolean honorLabels,
        double scale,
        String help) {
    private static final Pattern COMPONENT = Pattern.compile("[a-zA-Z0-9_-]++");
    private static final Pattern LABEL_NAME = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*+");

    /** Copies the labels; refuses what cannot be carried out. */
    public MappingRule {
        Objects.requireNonNull(help, "help");
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        int most = captures(isRegex, match);
        int least = isRegex ? 0 : 1;
        if (name != null) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("expected a name, got an empty one");
            }
            Template.of(name, least, most);
        }
        for (Map.Entry<String, String> label : labels.entrySet()) {
            requireLabelName(label.getKey());
            Template.of(label.getValue(), least, most);
        }
    }

    /** Refuses a glob or regular expression that is none; answers how many captures it has. */
    static int captures(boolean isRegex, String match) {
        if (isRegex) {
            try {
                return Pattern.compile(match).matcher("").groupCount();
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException("expected a regular expression, got '" + match + "': "
                        + e.getDescription() + " at character " + (e.getIndex() + 1));
            }
        }
        int stars = 0;
        for (String component : match.split("\\.", -1)) {
            if (component.equals("*")) {
                stars++;
            } else if (!COMPONENT.matcher(component).matches()) {
                throw new IllegalArgumentException("expected components of letters, digits, '_' and '-', or '*',"
                        + " with dots between them, got '" + match + "'");
            }
        }
        return stars;
    }

    /** Refuses a label's name that is none. */
    static void requireLabelName(String name) {
        if (!LABEL_NAME.matcher(name).matches() || name.equals("__name__")) {
            throw new IllegalArgumentException(
                    "expected a label's name of letters, digits and '_', got '" + name + "'");
        }
    }

    private static MappingRule of(boolean isRegex, String match, @Nullable String name) {
        return new MappingRule(isRegex, match, name, Map.of(), false, 1, "");
    }

    /**
     * A rule that names the paths which match a glob.
     *
     * @throws IllegalArgumentException if the glob or the name's references are malformed
     */
    public static MappingRule glob(String match, String name) {
        return of(false, match, Objects.requireNonNull(name, "name"));
    }

    /** A rule that names the paths which match a regular expression somewhere; throws as {@link #glob} does. */
    public static MappingRule regex(String match, String name) {
        return of(true, match, Objects.requireNonNull(name, "name"));
    }

    /** A rule that drops the paths which match a glob; throws as {@link #glob} does. */
    public static MappingRule dropGlob(String match) {
        return of(false, match, null);
    }

    /** A rule that drops the paths which match a regular expression somewhere; throws as {@link #glob} does. */
    public static MappingRule dropRegex(String match) {
        return of(true, match, null);
    }

    /**
     * This rule with one more label, or another value of one.
     *
     * @throws IllegalArgumentException if its name is not of letters, digits and {@code _}, or the value's references are
     *     malformed
     */
    public MappingRule withLabel(String label, String value) {
        Map<String, String> more = new LinkedHashMap<>(labels);
        more.put(label, value);
        return new MappingRule(isRegex, match, name, more, honorLabels, scale, help);
    }

    /** This rule with tags that prevail over its labels, or not. */
    public MappingRule withHonorLabels(boolean honorLabels) {
        return new MappingRule(isRegex, match, name, labels, honorLabels, scale, help);
    }

    /** This rule with another scale. */
    public MappingRule withScale(double scale) {
        return new MappingRule(isRegex, match, name, labels, honorLabels, scale, help);
    }

    /** This rule with another help text. */
    public MappingRule withHelp(String help) {
        return new MappingRule(isRegex, match, name, labels, honorLabels, scale, help);
    }
}

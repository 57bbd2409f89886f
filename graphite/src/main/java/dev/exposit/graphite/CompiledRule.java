package dev.exposit.graphite;

import dev.exposit.graphite.GraphiteMapping.Mapped;
import dev.exposit.model.Labels;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A rule, ready to be applied. Safe for use by several threads. */
final class CompiledRule {
    private final MappingRule rule;
    private final @Nullable Pattern pattern;
    private final @Nullable Template name;
    private final Map<String, Template> labels = new LinkedHashMap<>();

    CompiledRule(MappingRule rule) {
        this.rule = rule;
        this.pattern = rule.isRegex() ? Pattern.compile(rule.match()) : null;
        this.name = rule.name() == null ? null : template(rule.name());
        rule.labels().forEach((label, value) -> labels.put(label, template(value)));
    }

    /** References were checked when the rule was made. */
    private static Template template(String text) {
        return Template.of(text, 0, Integer.MAX_VALUE);
    }

    /** Whether this rule drops what it matches. */
    boolean drops() {
        return name == null;
    }

    /** What captures of the name match, if this is a regular expression and some part does. */
    Template.@Nullable Captures match(String path) {
        Pattern its = pattern;
        if (its == null) {
            return null;
        }
        Matcher matcher = its.matcher(path);
        return matcher.find() ? group -> text(matcher.group(group)) : null;
    }

    private static String text(@Nullable String group) {
        return group == null ? "" : group;
    }

    /** What becomes of a path that matches; null if it is dropped. */
    @Nullable
    Mapped apply(Template.Captures captures) {
        Template its = name;
        if (its == null) {
            return null;
        }
        String[] pairs = new String[2 * labels.size()];
        int i = 0;
        for (Map.Entry<String, Template> label : labels.entrySet()) {
            pairs[i++] = label.getKey();
            pairs[i++] = label.getValue().fill(captures);
        }
        return new Mapped(legacy(its.fill(captures)), Labels.of(pairs), rule.honorLabels(), rule.scale(), rule.help());
    }

    /** A name in which what Prometheus' older versions do not allow is {@code _}; a digit at its beginning stays, behind one. */
    static String legacy(String name) {
        StringBuilder out = new StringBuilder(name.length());
        name.codePoints().forEach(c -> {
            boolean digit = c >= '0' && c <= '9';
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
            if (digit && out.isEmpty()) {
                out.append('_');
            }
            out.appendCodePoint(digit || letter ? c : '_');
        });
        return out.isEmpty() ? "_" : out.toString();
    }
}

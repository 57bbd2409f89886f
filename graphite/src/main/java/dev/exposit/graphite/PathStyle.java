package dev.exposit.graphite;

import dev.exposit.graphite.PathRules.Escaping;
import org.jspecify.annotations.Nullable;

/**
 * How names and labels are written. Immutable.
 *
 * <h2>Why different series have different paths</h2>
 *
 * <p>This holds with tags and for {@code {__name__}.{label…}}, if the rules escape by percent, escape dots and leave
 * out empty values, of series that differ in their name or in their labels without the empty ones. A path can be taken
 * apart again:
 *
 * <ul>
 *   <li>What parts it is in no part. In a tagged path that is {@code ;} for all parts and {@code =} for the names of
 *       tags, in a dotted path {@code .} for all parts. No part is empty.
 *   <li>Each part can be unescaped: see {@link EscapedText}. A part that was shortened has a mark that is in no other,
 *       and the hash of what it was.
 *   <li>The tag's name {@code name} belongs to carbon. A label {@code name}, {@code exported_name} and so on has one
 *       more {@code exported_} as a tag, so taking one off gives the label.
 * </ul>
 *
 * <p>And carbon changes nothing about a path. It reads none as OpenMetrics, for which it would have to end in
 * <code>"}</code>. No name begins with {@code ~}, which it would take off. Tags come in its order, by code point, which
 * is that of UTF-8's bytes, each once. A tagged series' file is named by a hash of the path. A path without tags
 * becomes a file's path: there is no {@code /} in it and no empty component, and it does not begin with {@code
 * _tagged}.
 *
 * @param name how a series' name is written
 * @param labelName how a label's name is written
 * @param labelValue how a label's value is written
 * @param open what stands before a label
 * @param between what stands between a label's name and its value
 * @param order by what labels are sorted
 * @param reservesName whether the label {@code name} must have another name
 * @param keepsEmpty whether labels with an empty value are written like others
 * @param rules the rules for our own styles, null for others
 */
record PathStyle(
        LimitedText name,
        LimitedText labelName,
        LimitedText labelValue,
        char open,
        char between,
        Order order,
        boolean reservesName,
        boolean keepsEmpty,
        @Nullable PathRules rules) {
    /** What labels are sorted by, as UTF-8. */
    enum Order {
        /** By the name as it is written, with what stands behind it: carbon's order of tags. */
        WRITTEN,
        /** By the label's name. */
        NAME,
        /** By the label's name and a blank. */
        NAME_AND_BLANK
    }

    private static final String RESERVED = "name";
    private static final String EXPORTED = "exported_";

    /** Tags by our rules, behind a prefix of so many bytes with its dot. */
    static PathStyle tags(PathRules rules, int prefixBytes) {
        int limit = rules.maxTagBytes();
        return new PathStyle(
                LimitedText.of(EscapedText.name(rules), limit - prefixBytes, rules),
                LimitedText.of(EscapedText.tagName(rules), limit, rules),
                LimitedText.of(EscapedText.tagValue(rules), limit, rules),
                ';',
                '=',
                Order.WRITTEN,
                true,
                false,
                rules);
    }

    /** Dotted paths by our rules. */
    static PathStyle dotted(PathRules rules) {
        LimitedText component = LimitedText.of(EscapedText.component(rules), rules.maxComponentBytes(), rules);
        return new PathStyle(component, component, component, '.', '.', Order.WRITTEN, false, false, rules);
    }

    /** Another bridge's. */
    static PathStyle of(GraphiteLayout layout, boolean tags) {
        boolean go = layout == GraphiteLayout.GO;
        LimitedText name = LimitedText.unlimited(go ? LayoutText.GO : LayoutText.PYTHON);
        LimitedText label = go && tags ? LimitedText.unlimited(LayoutText.GO_TAG) : name;
        return new PathStyle(
                name,
                label,
                label,
                tags ? ';' : '.',
                tags ? '=' : '.',
                !go ? Order.NAME : tags ? Order.WRITTEN : Order.NAME_AND_BLANK,
                false,
                true,
                null);
    }

    /** Whether labels are written as tags. */
    boolean isTagged() {
        return open == ';';
    }

    /** What stands for an empty or missing value; empty if its label is to be left out. */
    String emptyValue() {
        String text = rules == null ? null : rules.emptyValue();
        return text == null ? "" : text;
    }

    /** What stands in a placeholder for a value that is missing and for which the rules have no text. */
    String missing() {
        return rules != null && rules.escaping() == Escaping.PERCENT ? "%" : "_";
    }

    /** A label's name with what stands around it. */
    LabelStart start(String label) {
        boolean renamed = reservesName && isReserved(label);
        PathBuffer written = new PathBuffer();
        written.add(open);
        int flags = labelName.append(renamed ? EXPORTED + label : label, written);
        written.add(between);
        byte[] bytes = written.toBytes();
        byte[] key = switch (order) {
            case WRITTEN -> bytes;
            case NAME -> PercentText.utf8(label);
            case NAME_AND_BLANK -> PercentText.utf8(label + ' ');
        };
        return new LabelStart(bytes, key, renamed ? flags | LimitedText.SANITISED : flags);
    }

    /** Whether a label's name is {@code name} behind any number of {@code exported_}. */
    private static boolean isReserved(String label) {
        if (!label.endsWith(RESERVED)) {
            return false;
        }
        int at = 0;
        while (label.startsWith(EXPORTED, at)) {
            at += EXPORTED.length();
        }
        return at == label.length() - RESERVED.length();
    }
}

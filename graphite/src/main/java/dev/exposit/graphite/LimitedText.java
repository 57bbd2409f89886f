package dev.exposit.graphite;

import dev.exposit.graphite.PathRules.Overlong;
import org.jspecify.annotations.Nullable;

/**
 * A {@link TextRule} with a limit to what is written.
 *
 * @param rule how a text is written
 * @param limit how many bytes of it may be
 * @param shortening what cuts longer ones; null to answer {@link #DROPPED}
 */
record LimitedText(TextRule rule, int limit, @Nullable Shortening shortening) {
    /** The text had to be changed to be legal. */
    static final int SANITISED = 1;
    /** The text is too long, and its series is to be left out. */
    static final int DROPPED = 2;

    /** Without a limit. */
    static LimitedText unlimited(TextRule rule) {
        return new LimitedText(rule, Integer.MAX_VALUE, null);
    }

    /** With a limit and what the rules say of it. */
    static LimitedText of(TextRule rule, int limit, PathRules rules) {
        return new LimitedText(rule, limit, rules.overlong() == Overlong.SHORTEN ? new Shortening(rules) : null);
    }

    /** The same with another limit. */
    LimitedText within(int limit) {
        return new LimitedText(rule, limit, shortening);
    }

    /**
     * Appends a text.
     *
     * @return 0, or the sum of what has become of it
     */
    int append(String text, PathBuffer into) {
        int from = into.length();
        int flags = rule.append(text, into) ? SANITISED : 0;
        if (into.length() - from <= limit) {
            return flags;
        }
        if (shortening == null) {
            return flags | DROPPED;
        }
        shortening.shortenText(into, from, limit);
        return SANITISED;
    }
}

package dev.exposit.graphite;

/** How a name or a value is written as a part of a path. Immutable. */
@FunctionalInterface
interface TextRule {
    /**
     * Appends a text.
     *
     * @return whether it had to be changed
     */
    boolean append(String text, PathBuffer into);
}

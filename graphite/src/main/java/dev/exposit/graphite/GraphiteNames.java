package dev.exposit.graphite;

import dev.exposit.model.Labels;

/**
 * How the names and labels of a series become a Graphite path, with tags or without. Immutable, hence safe for use by several
 * threads.
 */
public abstract class GraphiteNames {
    GraphiteNames() {}

    /**
     * An encoder for the series of one source in one push.
     *
     * @param sourceLabels the labels that the source's series have beyond their own; a label of a series that is named as one
     *     of them becomes {@code exported_…}, as Prometheus has it
     */
    abstract PathEncoder encoder(Labels sourceLabels);
}

package dev.exposit.grammar;

import dev.exposit.model.Labels;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gathers the labels between two braces; no name may stand twice. */
final class LabelSets {
    private final SourceText text;
    private final Set<String> names = new HashSet<>();
    private final List<String> pairs = new ArrayList<>();

    LabelSets(SourceText text) {
        this.text = text;
    }

    void add(int at, String name, String value) {
        if (!names.add(name)) {
            throw text.error(at, "label '" + name + "' a second time");
        }
        pairs.add(name);
        pairs.add(value);
    }

    Labels labels() {
        return Labels.of(pairs.toArray(String[]::new));
    }
}

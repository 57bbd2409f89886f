package dev.exposit.graphite;

import dev.exposit.graphite.LabelPlan.Entry;
import dev.exposit.graphite.LabelPlan.Extra;
import dev.exposit.graphite.PathTemplate.Piece;
import dev.exposit.graphite.PathTemplate.Rest;
import dev.exposit.graphite.PathTemplate.Value;
import dev.exposit.model.Label;
import dev.exposit.model.Labels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes {@link LabelPlan}s for the metrics of one source. Not safe for use by several threads. */
final class LabelPlanner {
    /** More names of labels than this are not remembered: hostile input must not fill the memory. */
    private static final int REMEMBERED = 1_024;

    private static final String EXPORTED = "exported_";

    private final PathStyle style;
    private final PathTemplate template;
    private final Set<String> placed;
    private final Labels source;
    private final Map<String, LabelStart> starts = new HashMap<>();

    LabelPlanner(PathStyle style, PathTemplate template, Labels sourceLabels) {
        this.style = style;
        this.template = template;
        placed = template.placed();
        source = sourceLabels.withoutEmpty();
    }

    /** The plan for metrics with such labels. */
    LabelPlan plan(Labels labels) {
        String[] names = new String[labels.size()];
        Map<String, Entry> entries = new HashMap<>();
        for (Label label : source) {
            entries.put(label.name(), new Entry(label.name(), start(label.name()), -1, label.value()));
        }
        List<Integer> conflicts = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            String name = labels.name(i);
            names[i] = name;
            if (source.contains(name)) {
                conflicts.add(i);
            } else {
                entries.put(name, new Entry(name, start(name), i, ""));
            }
        }
        // Prometheus takes short names first as well.
        conflicts.sort(Comparator.comparingInt(i -> names[i].length()));
        for (int i : conflicts) {
            String name = exported(names[i], entries.keySet());
            entries.put(name, new Entry(name, start(name), i, ""));
        }
        return new LabelPlan(names, Set.copyOf(entries.keySet()), rest(entries), placed(entries));
    }

    private static String exported(String label, Set<String> taken) {
        String name = label;
        while (taken.contains(name)) {
            name = EXPORTED + name;
        }
        return name;
    }

    private Entry[] rest(Map<String, Entry> entries) {
        List<Entry> rest = new ArrayList<>();
        if (template.pieces().stream().noneMatch(Rest.class::isInstance)) {
            return new Entry[0];
        }
        entries.values().stream()
                .filter(entry -> !placed.contains(entry.name()))
                .sorted(Comparator.comparing(Entry::start, LabelStart::compareKey)
                        .thenComparing(Entry::name))
                .forEach(entry -> {
                    // Of tags with the same name carbon takes the last.
                    if (!rest.isEmpty() && isSame(rest.get(rest.size() - 1), entry)) {
                        rest.remove(rest.size() - 1);
                    }
                    rest.add(entry);
                });
        return rest.toArray(new Entry[0]);
    }

    private Entry[] placed(Map<String, Entry> entries) {
        List<Entry> values = new ArrayList<>();
        for (Piece piece : template.pieces()) {
            if (piece instanceof Value value) {
                String label = value.label();
                Entry entry = entries.get(label);
                values.add(entry == null ? new Entry(label, start(label), -1, "") : entry);
            }
        }
        return values.toArray(new Entry[0]);
    }

    /** Where a label belongs that the plan does not have. */
    Extra extra(LabelPlan plan, String label) {
        String name = source.contains(label) ? exported(label, plan.taken()) : label;
        Entry entry = new Entry(name, start(name), -1, "");
        if (placed.contains(name)) {
            return new Extra(label, entry, -1, false);
        }
        Entry[] rest = plan.rest();
        int at = 0;
        while (at < rest.length && !isSame(rest[at], entry) && rest[at].comparePlace(entry) < 0) {
            at++;
        }
        return new Extra(label, entry, at, at < rest.length && isSame(rest[at], entry));
    }

    /** Whether only one of two labels can be in a path. */
    private boolean isSame(Entry first, Entry second) {
        return first.name().equals(second.name())
                || (style.rules() != null && first.start().isSame(second.start()));
    }

    private LabelStart start(String label) {
        if (starts.size() >= REMEMBERED) {
            starts.clear();
        }
        return starts.computeIfAbsent(label, style::start);
    }
}

package dev.exposit.graphite;

import static dev.exposit.graphite.LimitedText.DROPPED;
import static dev.exposit.graphite.LimitedText.SANITISED;

import dev.exposit.graphite.LabelPlan.Entry;
import dev.exposit.graphite.LabelPlan.Extra;
import dev.exposit.graphite.PathRules.Overlong;
import dev.exposit.graphite.PathTemplate.Literal;
import dev.exposit.graphite.PathTemplate.Name;
import dev.exposit.graphite.PathTemplate.Piece;
import dev.exposit.graphite.PathTemplate.Rest;
import dev.exposit.graphite.PathTemplate.Value;
import dev.exposit.model.Labels;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The encoder for all styles. A metric's labels are written once, in order, into a buffer of their own; a series' path
 * is then put together from copies. Where they go is planned anew only if the names of the labels are not those of the
 * metric before.
 */
final class SeriesPathEncoder extends PathEncoder {
    private static final int REMEMBERED = 1_024;

    /** A series' name as it is written. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record WrittenName(String name, byte[] bytes, int flags) {}

    private final PathStyle style;
    private final Piece[] pieces;
    private final boolean startsWithRest;
    private final LabelPlanner planner;
    private final LimitedText nameText;
    private final LimitedText[] placedTexts;
    private final String emptyValue;
    private final boolean leavesOutEmpty;
    private final int limit;

    private final Map<String, WrittenName> names = new HashMap<>();
    private @Nullable WrittenName lastName;

    private LabelPlan plan;
    private @Nullable Extra lastExtra;
    private final PathBuffer rest = new PathBuffer();
    private int[] restEnds = new int[8];
    private final PathBuffer placed = new PathBuffer();
    private final int[] placedEnds;
    private int metricFlags;
    private boolean sanitised;

    SeriesPathEncoder(PathStyle style, PathTemplate template, Labels sourceLabels) {
        this.style = style;
        pieces = template.pieces().toArray(new Piece[0]);
        startsWithRest = template.startsWithRest();
        planner = new LabelPlanner(style, template, sourceLabels);
        nameText = style.name().within(Math.min(style.name().limit(), template.nameBytes()));
        placedTexts = new LimitedText[template.values()];
        for (Piece piece : pieces) {
            if (piece instanceof Value value) {
                placedTexts[value.index()] = style.labelValue().within(value.bytes());
            }
        }
        placedEnds = new int[placedTexts.length];
        emptyValue = style.emptyValue();
        leavesOutEmpty = emptyValue.isEmpty() && !style.keepsEmpty();
        limit = style.rules() == null ? Integer.MAX_VALUE : style.rules().maxPathBytes();
        plan = planner.plan(Labels.of());
        metric(Labels.of());
    }

    @Override
    boolean isSanitised() {
        return sanitised;
    }

    @Override
    void metric(Labels given) {
        Labels labels = leavesOutEmpty && hasEmpty(given) ? given.withoutEmpty() : given;
        if (!plan.fits(labels)) {
            plan = planner.plan(labels);
            lastExtra = null;
            if (restEnds.length < plan.rest().length) {
                restEnds = new int[2 * plan.rest().length];
            }
        }
        metricFlags = 0;
        writeRest(labels);
        writePlaced(labels);
    }

    private static boolean hasEmpty(Labels labels) {
        for (int i = 0; i < labels.size(); i++) {
            if (labels.value(i).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private void writeRest(Labels labels) {
        rest.truncate(0);
        Entry[] entries = plan.rest();
        LimitedText text = style.labelValue();
        for (int i = 0; i < entries.length; i++) {
            LabelStart start = entries[i].start();
            rest.add(start.bytes(), 0, start.bytes().length);
            metricFlags |= start.flags() | text.append(orEmptyValue(entries[i].value(labels)), rest);
            restEnds[i] = rest.length();
        }
    }

    private void writePlaced(Labels labels) {
        placed.truncate(0);
        Entry[] entries = plan.placed();
        for (int i = 0; i < entries.length; i++) {
            String value = orEmptyValue(entries[i].value(labels));
            if (!value.isEmpty()) {
                metricFlags |= placedTexts[i].append(value, placed);
            } else {
                placed.add(style.missing().charAt(0));
            }
            placedEnds[i] = placed.length();
        }
    }

    private String orEmptyValue(String value) {
        return value.isEmpty() ? emptyValue : value;
    }

    @Override
    @Nullable
    DropReason path(String sampleName, @Nullable String label, @Nullable String value, PathBuffer into) {
        sanitised = false;
        if (sampleName.isEmpty()) {
            return DropReason.NAME;
        }
        WrittenName name = name(sampleName);
        String extraValue = value == null ? "" : orEmptyValue(value);
        Extra extra = label == null || (leavesOutEmpty && extraValue.isEmpty()) ? null : extra(label);
        int from = into.length();
        int flags = metricFlags | name.flags();
        for (Piece piece : pieces) {
            if (piece instanceof Literal literal) {
                into.add(literal.bytes(), 0, literal.bytes().length);
            } else if (piece instanceof Name) {
                into.add(name.bytes(), 0, name.bytes().length);
            } else if (piece instanceof Rest) {
                flags |= addRest(extra, extraValue, into);
            } else if (piece instanceof Value placedValue) {
                flags |= addPlaced(placedValue, extra, extraValue, into);
            }
        }
        if (startsWithRest) {
            removeFirst(into, from);
        }
        return end(into, from, flags);
    }

    private int addRest(@Nullable Extra extra, String value, PathBuffer into) {
        if (extra == null || extra.at() < 0) {
            into.add(rest.bytes(), 0, rest.length());
            return 0;
        }
        int at = extra.at();
        int before = at == 0 ? 0 : restEnds[at - 1];
        into.add(rest.bytes(), 0, before);
        LabelStart start = extra.entry().start();
        into.add(start.bytes(), 0, start.bytes().length);
        int flags = start.flags() | style.labelValue().append(value, into);
        int behind = extra.replaces() ? restEnds[at] : before;
        into.add(rest.bytes(), behind, rest.length() - behind);
        return flags;
    }

    private int addPlaced(Value piece, @Nullable Extra extra, String value, PathBuffer into) {
        int i = piece.index();
        if (extra != null && extra.at() < 0 && extra.entry().name().equals(piece.label())) {
            return placedTexts[i].append(value, into);
        }
        int begin = i == 0 ? 0 : placedEnds[i - 1];
        into.add(placed.bytes(), begin, placedEnds[i] - begin);
        return 0;
    }

    private static void removeFirst(PathBuffer path, int from) {
        int length = path.length() - from - 1;
        System.arraycopy(path.bytes(), from + 1, path.bytes(), from, length);
        path.truncate(from + length);
    }

    private @Nullable DropReason end(PathBuffer path, int from, int flags) {
        int all = flags;
        if (path.length() - from > limit && (all & DROPPED) == 0) {
            all |= tooLong(path, from);
        }
        if ((all & DROPPED) != 0) {
            path.truncate(from);
            return DropReason.NAME;
        }
        sanitised = (all & SANITISED) != 0;
        return null;
    }

    private int tooLong(PathBuffer path, int from) {
        PathRules rules = style.rules();
        if (rules == null || rules.overlong() == Overlong.DROP) {
            return DROPPED;
        }
        if (style.isTagged()) {
            new Shortening(rules).shortenTags(path, from, limit);
        } else {
            new Shortening(rules).shortenComponents(path, from, limit);
        }
        return SANITISED;
    }

    private WrittenName name(String sampleName) {
        WrittenName last = lastName;
        if (last != null && last.name().equals(sampleName)) {
            return last;
        }
        WrittenName written = names.get(sampleName);
        if (written == null) {
            PathBuffer buffer = new PathBuffer();
            int flags = nameText.append(sampleName, buffer);
            written = new WrittenName(sampleName, buffer.toBytes(), flags);
            if (names.size() >= REMEMBERED) {
                names.clear();
            }
            names.put(sampleName, written);
        }
        lastName = written;
        return written;
    }

    private Extra extra(String label) {
        Extra extra = lastExtra;
        if (extra == null || !extra.label().equals(label)) {
            extra = planner.extra(plan, label);
            lastExtra = extra;
        }
        return extra;
    }
}

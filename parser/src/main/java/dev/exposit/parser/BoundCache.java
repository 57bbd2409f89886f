package dev.exposit.parser;

import dev.exposit.model.LabelNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The bounds of a family's metrics by their spelling: mostly each metric has those of the one before, in the same order. */
final class BoundCache {
    private static final int MOST = 1024;

    private final List<LabelNumber> bounds = new ArrayList<>(0);
    /** Where each spelling stands among them. */
    private final Map<String, Integer> positions = new HashMap<>(0);
    /** The position of the bound that is likely to come next. */
    private int likely;

    /** The bound of a spelling, or null if it is not known. */
    @Nullable
    LabelNumber get(ByteView spelling) {
        if (likely < bounds.size() && spelling.contentEquals(bounds.get(likely).toString())) {
            return take(likely);
        }
        Integer position = bounds.isEmpty() ? null : positions.get(spelling.toString());
        return position == null ? null : take(position);
    }

    private LabelNumber take(int position) {
        likely = position + 1 < bounds.size() ? position + 1 : 0;
        return bounds.get(position);
    }

    /** Adds a bound that is not known, if there is room. */
    void add(LabelNumber bound) {
        if (bounds.size() < MOST) {
            positions.put(bound.toString(), bounds.size());
            bounds.add(bound);
            likely = 0;
        }
    }
}

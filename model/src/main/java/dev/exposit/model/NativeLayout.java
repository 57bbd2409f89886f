package dev.exposit.model;

import dev.exposit.model.Difference.Part;
import dev.exposit.model.Difference.Part.Kind;
import dev.exposit.model.Facts.Fact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the index of a native bucket means among the facts of a point.
 *
 * @param schema the schema
 * @param bounds the custom bounds
 */
record NativeLayout(int schema, List<Double> bounds) {
    /** The layout that facts state, or null if they state no schema. */
    static @Nullable NativeLayout of(List<Fact> facts) {
        Double schema = null;
        List<Double> bounds = new ArrayList<>();
        for (Fact fact : facts) {
            if (fact.part().kind() == Kind.SCHEMA) {
                schema = (Double) fact.content();
            } else if (fact.part().kind() == Kind.CUSTOM_BOUND) {
                bounds.add((Double) fact.content());
            }
        }
        return schema == null ? null : new NativeLayout(schema.intValue(), bounds);
    }

    static boolean isNative(Kind kind) {
        return kind == Kind.NEGATIVE_BUCKET || kind == Kind.POSITIVE_BUCKET;
    }

    /** The layout in which buckets of both can be compared, or null if there is none. */
    static @Nullable NativeLayout shared(@Nullable NativeLayout a, @Nullable NativeLayout b) {
        if (a == null || b == null || a.equals(b)) {
            return a;
        }
        boolean standard = StandardSchema.isStandard(a.schema) && StandardSchema.isStandard(b.schema);
        return standard ? (a.schema < b.schema ? a : b) : null;
    }

    /** The facts about native buckets joined to the buckets of a lower schema; facts are sorted, and so is the answer. */
    List<Fact> joined(List<Fact> facts, NativeLayout lower) {
        int steps = schema - lower.schema;
        if (steps == 0) {
            return facts;
        }
        List<Fact> joined = new ArrayList<>(facts.size());
        for (Fact fact : facts) {
            if (!isNative(fact.part().kind())) {
                joined.add(fact);
                continue;
            }
            double index = Math.floor((fact.part().number() - 1) / (1 << steps)) + 1;
            Part part = Part.of(fact.part().kind(), index);
            double count = (Double) fact.content();
            Fact last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && last.part().equals(part)) {
                joined.set(joined.size() - 1, new Fact(part, (Double) last.content() + count));
            } else {
                joined.add(new Fact(part, count));
            }
        }
        // Counts of a gauge histogram can add up to nothing.
        joined.removeIf(fact -> isNative(fact.part().kind()) && fact.content().equals(0.0));
        return joined;
    }

    /** A part that names the bounds of its bucket beside the index. */
    Part named(Part part) {
        NativeBucket.Side side =
                part.kind() == Kind.NEGATIVE_BUCKET ? NativeBucket.Side.NEGATIVE : NativeBucket.Side.POSITIVE;
        String interval = NativeWalk.interval(schema, bounds, side, part.number());
        return interval == null ? part : new Part(part.kind(), part.number(), interval);
    }
}

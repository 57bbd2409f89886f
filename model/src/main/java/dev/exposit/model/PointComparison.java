package dev.exposit.model;

import dev.exposit.model.Difference.Part;
import dev.exposit.model.Facts.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares the facts of two points, part by part. */
final class PointComparison {
    /** Where the points are. */
    record Place(String family, Labels labels, @Nullable Timestamp at) {}

    private final Facts facts;

    PointComparison(Facts facts) {
        this.facts = facts;
    }

    /** What tells two points apart, both given by their sorted facts. */
    List<Difference> differences(Place place, List<Fact> left, List<Fact> right) {
        NativeLayout leftLayout = NativeLayout.of(left);
        NativeLayout rightLayout = NativeLayout.of(right);
        NativeLayout layout = NativeLayout.shared(leftLayout, rightLayout);
        if (leftLayout == null || rightLayout == null || layout == null) {
            return differences(place, left, right, layout, leftLayout == null && rightLayout == null);
        }
        return differences(place, leftLayout.joined(left, layout), rightLayout.joined(right, layout), layout, true);
    }

    private List<Difference> differences(
            Place place, List<Fact> left, List<Fact> right, @Nullable NativeLayout layout, boolean nativeBuckets) {
        List<Difference> found = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < left.size() || j < right.size()) {
            Part part = firstOf(
                    i < left.size() ? left.get(i).part() : null,
                    j < right.size() ? right.get(j).part() : null);
            int leftEnd = endOf(part, left, i);
            int rightEnd = endOf(part, right, j);
            boolean ofNative = NativeLayout.isNative(part.kind());
            if (nativeBuckets || !ofNative) {
                Pairing.pair(
                        left.subList(i, leftEnd), right.subList(j, rightEnd), facts::compare, facts::same, (a, b) -> {
                            Part named = ofNative && layout != null ? layout.named(part) : part;
                            found.add(difference(place, named, content(a), content(b)));
                        });
            }
            i = leftEnd;
            j = rightEnd;
        }
        return found;
    }

    private static Part firstOf(@Nullable Part left, @Nullable Part right) {
        if (left == null || right == null) {
            return left != null ? left : Objects.requireNonNull(right);
        }
        return left.compareTo(right) <= 0 ? left : right;
    }

    /** Where the facts about a part end that begin here, if any do. */
    private static int endOf(Part part, List<Fact> facts, int from) {
        int end = from;
        while (end < facts.size() && facts.get(end).part().equals(part)) {
            end++;
        }
        return end;
    }

    private static @Nullable Object content(@Nullable Fact fact) {
        return fact == null ? null : fact.content();
    }

    private static Difference difference(Place place, Part part, @Nullable Object left, @Nullable Object right) {
        String family = place.family();
        Labels labels = place.labels();
        return switch (part.kind()) {
            case TIMESTAMP, START_TIMESTAMP ->
                new Difference.OfTimestamp(family, labels, place.at(), part, (Timestamp) left, (Timestamp) right);
            case EXEMPLAR, BUCKET_EXEMPLAR ->
                new Difference.OfExemplar(family, labels, place.at(), part, (Exemplar) left, (Exemplar) right);
            default -> new Difference.OfNumber(family, labels, place.at(), part, (Double) left, (Double) right);
        };
    }
}

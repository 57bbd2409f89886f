package dev.exposit.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Matches two sorted lists as multisets. A walk over both pairs what is equal and sets aside the smaller element
 * otherwise, as a merge does: linear, and for an equality that is exact it finds every pair there is. It does so too for
 * numbers within a tolerance, where an element's equals are neighbours in the order and no element is ahead of a
 * larger one.
 */
final class Pairing {
    /** Told of what found no equal: of two elements, or of one and null. */
    @FunctionalInterface
    interface Unequal<T> {
        /** One pair. */
        void accept(@Nullable T left, @Nullable T right);
    }

    private Pairing() {}

    /** What found no equal is paired in order, as far as both sides have something left. */
    static <T> void pair(
            List<T> left, List<T> right, Comparator<? super T> order, BiPredicate<T, T> same, Unequal<T> unequal) {
        List<T> onlyLeft = new ArrayList<>();
        List<T> onlyRight = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < left.size() && j < right.size()) {
            if (same.test(left.get(i), right.get(j))) {
                i++;
                j++;
            } else if (order.compare(left.get(i), right.get(j)) < 0) {
                onlyLeft.add(left.get(i++));
            } else {
                onlyRight.add(right.get(j++));
            }
        }
        onlyLeft.addAll(left.subList(i, left.size()));
        onlyRight.addAll(right.subList(j, right.size()));
        for (int k = 0; k < Math.max(onlyLeft.size(), onlyRight.size()); k++) {
            unequal.accept(
                    k < onlyLeft.size() ? onlyLeft.get(k) : null, k < onlyRight.size() ? onlyRight.get(k) : null);
        }
    }
}

package dev.exposit.conformance.others;

import java.util.List;
import java.util.function.BiPredicate;

/**
 * A finding, with what it means for a reader.
 *
 * @param finding the finding
 * @param where the cases that have it
 * @param effect what it makes of what would be expected without it
 * @param <S> the settings of the writer
 * @param <T> its input
 */
record Difference<S, T>(Finding finding, BiPredicate<S, T> where, Effect<S, T> effect) {
    /** What a difference makes of an expectation. */
    @FunctionalInterface
    interface Effect<S, T> {
        Expectation on(Expectation expected, S settings, T input);
    }

    Difference(String what, Finding.Right right, String section, BiPredicate<S, T> where, Effect<S, T> effect) {
        this(new Finding(what, right, section), where, effect);
    }

    /** What is to be expected of a case that has some of the differences, which apply in their order. */
    static <S, T> Expectation expectation(
            List<Difference<S, T>> differences, Expectation withoutAny, S settings, T input) {
        Expectation expected = withoutAny;
        for (Difference<S, T> difference : differences) {
            if (difference.where().test(settings, input)) {
                expected = difference.effect().on(expected, settings, input);
            }
        }
        return expected;
    }

    @Override
    public String toString() {
        return finding.what();
    }
}

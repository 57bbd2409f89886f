package dev.exposit.conformance.others;

import dev.exposit.model.MetricFamily;
import dev.exposit.model.Point;
import dev.exposit.parser.ErrorCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a reader is to make of a text.
 *
 * @param families what it holds, unless it is refused
 * @param refusals the errors it has, of which a reader tells the first
 * @param breaksRules whether it breaks a rule over whole expositions
 */
record Expectation(List<MetricFamily> families, Set<ErrorCode> refusals, boolean breaksRules) {
    static Expectation of(List<MetricFamily> families) {
        return new Expectation(families, Set.of(), false);
    }

    Expectation holding(List<MetricFamily> others) {
        return new Expectation(others, refusals, breaksRules);
    }

    Expectation refused(ErrorCode... codes) {
        Set<ErrorCode> all = EnumSet.noneOf(ErrorCode.class);
        all.addAll(refusals);
        all.addAll(List.of(codes));
        return new Expectation(families, all, breaksRules);
    }

    Expectation breakingRules() {
        return new Expectation(families, refusals, true);
    }

    /** With every point changed. */
    Expectation points(UnaryOperator<Point> change) {
        return holding(families.stream()
                .map(family -> JavaClientModel.points(family, change))
                .toList());
    }
}

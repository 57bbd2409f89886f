package dev.exposit.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.exposit.conformance.suite.SuiteCase.Strictness;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.parser.Exposition;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Every case of the suite, with every reader of its format and in every shape of input. */
class SuiteTest {
    static List<ExpositionFormat> formats() {
        return Stream.of(ExpositionFormat.values())
                .filter(format -> Files.isDirectory(Suite.FOLDER.resolve(format.id())))
                .toList();
    }

    @TestFactory
    List<DynamicContainer> suite() throws IOException {
        List<DynamicContainer> containers = new ArrayList<>();
        for (ExpositionFormat format : formats()) {
            Suite suite = Suite.of(format.id());
            List<DynamicNode> cases = new ArrayList<>();
            for (SuiteCase one : suite.cases()) {
                cases.add(dynamicTest(one.name() + ", reference", () -> reference(one, suite, format)));
                if (Exposition.canRead(format)) {
                    cases.add(dynamicTest(one.name() + ", fast", () -> fast(one, suite, format)));
                }
            }
            containers.add(dynamicContainer(format.id(), cases));
        }
        return containers;
    }

    private static void fast(SuiteCase one, Suite suite, ExpositionFormat format) {
        if (one.valid() || !suite.isForRules(one)) {
            for (InputShape shape : InputShape.all(one.input().length)) {
                require(one, shape.name(), Strictness.PLACE, () -> Readers.fast(one.input(), format, shape));
            }
        }
        if (isDroppedExemplar(one)) {
            assertThat(Readers.lint(one.input(), format))
                    .as("%s by lint: %s", one.name(), one.description())
                    .isInstanceOfSatisfying(
                            Verdict.Refused.class,
                            refused -> assertThat(refused.flaws()).hasSize(1));
            return;
        }
        // Lint tells what is wrong, and no model.
        Strictness strictness = one.valid() ? Strictness.VERDICT : Strictness.PLACE;
        require(one, "lint", strictness, () -> Readers.lint(one.input(), format));
    }

    /** Whether a reader is to drop an exemplar that is malformed, and to take the rest; lint calls the exemplar an error. */
    private static boolean isDroppedExemplar(SuiteCase one) {
        return one.name().startsWith("malformed-exemplars/");
    }

    private static void reference(SuiteCase one, Suite suite, ExpositionFormat format) {
        if (one.valid() || !suite.isForRules(one)) {
            require(one, "reference", Strictness.LINE, () -> Readers.reference(one.input(), format));
        }
        require(one, "rules", Strictness.VERDICT, () -> Readers.referenceRules(one.input(), format));
    }

    private static void require(SuiteCase one, String reader, Strictness strictness, Supplier<Verdict> verdict) {
        assertThat(one.mistake(verdict.get(), strictness))
                .as("%s by %s: %s", one.name(), reader, one.description())
                .isEmpty();
    }
}

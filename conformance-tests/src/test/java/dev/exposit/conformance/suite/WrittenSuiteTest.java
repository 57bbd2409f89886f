package dev.exposit.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.grammar.ReferenceParser;
import dev.exposit.model.Loss;
import dev.exposit.model.LossReport;
import dev.exposit.model.MetricDiff;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ReadOptions;
import dev.exposit.writer.ExpositionWriter;
import dev.exposit.writer.WriteOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** What a valid case of the suite says, our writer of its format can say: nothing is lost, and what it writes is valid. */
class WrittenSuiteTest {
    /** What its schema has no way to say, beside the points of one time. */
    private static boolean isOfProtobuf(Loss loss) {
        return loss.kind() == Loss.Kind.POINT
                || loss.detail().endsWith("not within the years 1 to 9999")
                || loss.detail().endsWith("it has a sum and no count");
    }

    /** OpenMetrics protobuf has the data model of OpenMetrics 1.0, and so can say almost all that its text says. */
    @TestFactory
    List<DynamicNode> openMetrics1InProtobuf() throws IOException {
        List<DynamicNode> cases = new ArrayList<>();
        for (SuiteCase one : Suite.of(ExpositionFormat.OPENMETRICS_1.id()).cases()) {
            if (one.valid()) {
                cases.add(dynamicTest(one.name(), () -> {
                    MetricSet metrics = ReferenceParser.parse(one.input(), ExpositionFormat.OPENMETRICS_1);
                    ByteArrayOutputStream out = new ByteArrayOutputStream();
                    ExpositionFormat format = ExpositionFormat.OPENMETRICS_PROTOBUF;

                    LossReport losses = ExpositionWriter.write(metrics, out, WriteOptions.of(format));

                    assertThat(losses.losses()).allMatch(WrittenSuiteTest::isOfProtobuf);
                    assertReadAs(metrics, losses, out.toByteArray(), format);
                }));
            }
        }
        return cases;
    }

    @TestFactory
    List<DynamicContainer> suite() throws IOException {
        List<DynamicContainer> containers = new ArrayList<>();
        for (ExpositionFormat format : SuiteTest.formats()) {
            if (ExpositionWriter.canWrite(format)) {
                List<DynamicNode> cases = new ArrayList<>();
                for (SuiteCase one : Suite.of(format.id()).cases()) {
                    if (one.valid()) {
                        cases.add(dynamicTest(one.name(), () -> isSaidAgain(one, format)));
                    }
                }
                containers.add(dynamicContainer(format.id(), cases));
            }
        }
        return containers;
    }

    /** OpenMetrics 1.0 may have several points of one time, which we read, but do not write: not everybody takes them. */
    private static boolean isKnown(Loss loss, ExpositionFormat format) {
        return loss.kind() == Loss.Kind.POINT && format == ExpositionFormat.OPENMETRICS_1;
    }

    private static void isSaidAgain(SuiteCase one, ExpositionFormat format) throws IOException {
        MetricSet metrics = ReferenceParser.parse(one.input(), format);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        LossReport losses = ExpositionWriter.write(metrics, out, WriteOptions.of(format));

        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(losses.losses()).as(text).allMatch(loss -> isKnown(loss, format));
        assertThat(ReferenceParser.brokenRules(out.toByteArray(), format))
                .as(text)
                .isEmpty();
        assertReadAs(metrics, losses, out.toByteArray(), format);
    }

    private static void assertReadAs(MetricSet metrics, LossReport losses, byte[] bytes, ExpositionFormat format) {
        MetricSet read = Exposition.parse(bytes, ReadOptions.of(format));
        assertThat(MetricDiff.between(ReferenceParser.parse(bytes, format), read)
                        .differences())
                .isEmpty();
        if (losses.isEmpty()) {
            assertThat(MetricDiff.between(metrics, read).differences())
                    .as(read.toString())
                    .isEmpty();
        }
    }
}

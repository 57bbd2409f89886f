package dev.exposit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.convert.ConversionReport;
import dev.exposit.convert.Converter;
import dev.exposit.convert.Source;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.grammar.ReferenceParser;
import dev.exposit.model.Difference;
import dev.exposit.model.Loss;
import dev.exposit.model.MetricDiff;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.Exposition;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import dev.exposit.writer.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every text that a real exporter answered, to OpenMetrics 2.0: valid there, and nothing is lost. */
class ScrapedOpenMetrics2Test {
    @TestFactory
    List<DynamicTest> nothingIsLost() {
        List<DynamicTest> tests = new ArrayList<>();
        for (String extension : List.of(".prom", ".om")) {
            for (Path file : Outside.files("corpus/scraped", extension)) {
                tests.add(DynamicTest.dynamicTest(
                        file.getFileName().toString(),
                        () -> nothingIsLost(
                                Files.readAllBytes(file),
                                extension.equals(".om")
                                        ? ExpositionFormat.OPENMETRICS_1
                                        : ExpositionFormat.PROMETHEUS_TEXT)));
            }
        }
        return tests;
    }

    private static void nothingIsLost(byte[] scrape, ExpositionFormat from) throws Exception {
        ReadOptions read = ReadOptions.of(from).withRecovery(Recovery.SKIP_LINE);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ConversionReport report = Converter.of(read, WriteOptions.of(ExpositionFormat.OPENMETRICS_2))
                .convert(Source.of(new ByteArrayInputStream(scrape), "scrape"), out);

        List<Loss> losses = report.losses().losses();
        assertThat(losses).allMatch(ScrapedOpenMetrics2Test::isExpected);
        assertThat(ReferenceParser.brokenRules(out.toByteArray(), ExpositionFormat.OPENMETRICS_2))
                .allMatch(rule -> rule.contains("begin with an underscore") && has(losses, Loss.Kind.NAME));
        MetricSet before = Exposition.parse(scrape, read);
        for (MetricSet after : List.of(
                ReferenceParser.parse(out.toByteArray(), ExpositionFormat.OPENMETRICS_2),
                Exposition.parse(out.toByteArray(), ReadOptions.of(ExpositionFormat.OPENMETRICS_2)))) {
            assertThat(MetricDiff.between(before, after).differences())
                    .allMatch(difference ->
                            difference instanceof Difference.OfExemplar && has(losses, Loss.Kind.EXEMPLAR));
        }
    }

    /** Names are written as they are, exemplars elsewhere; digits were lost when the scrape was read. */
    private static boolean isExpected(Loss loss) {
        return switch (loss.kind()) {
            case NAME -> loss.detail().endsWith("written although it is reserved");
            case EXEMPLAR -> loss.detail().startsWith("exemplar moved from its bucket");
            case DIGITS -> true;
            default -> false;
        };
    }

    private static boolean has(List<Loss> losses, Loss.Kind kind) {
        return losses.stream().anyMatch(loss -> loss.kind() == kind);
    }
}

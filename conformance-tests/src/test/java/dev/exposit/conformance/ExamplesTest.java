package dev.exposit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.convert.Converter;
import dev.exposit.convert.Source;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.ReadOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The scrape of {@code examples} that is there in every format: the one in OpenMetrics 2.0, converted. Written anew with
 * {@code -Dexposit.update=true}.
 */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("exposit.root", ".."), "examples");
    private static final Path ORIGINAL = example(ExpositionFormat.OPENMETRICS_2);

    private static Path example(ExpositionFormat format) {
        return EXAMPLES.resolve("shop." + format.id());
    }

    @ParameterizedTest
    @EnumSource(ExpositionFormat.class)
    void eachIsTheSameScrapeConverted(ExpositionFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Converter.to(format).convert(Source.of(ORIGINAL), out);
        if (Boolean.getBoolean("exposit.update")) {
            Files.write(example(format), out.toByteArray());
        }
        assertThat(example(format)).hasBinaryContent(out.toByteArray());
    }

    /** Nobody names the format of a file; it shows. */
    @ParameterizedTest
    @EnumSource(ExpositionFormat.class)
    void eachIsRecognised(ExpositionFormat format) throws IOException {
        MetricSet shown = Source.of(example(format)).read(ReadOptions.defaults());

        assertThat(shown).isEqualTo(Source.of(example(format)).read(ReadOptions.of(format)));
        assertThat(shown.value("orders_total", "channel", "web")).hasValue(1027.0);
        assertThat(shown.family("latency_seconds")).isPresent();
    }
}

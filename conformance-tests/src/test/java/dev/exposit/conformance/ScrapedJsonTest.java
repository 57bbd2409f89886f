package dev.exposit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.convert.Json;
import dev.exposit.convert.JsonForm;
import dev.exposit.convert.Source;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricSet;
import dev.exposit.parser.Dialect;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import dev.exposit.writer.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every real scrape comes back from JSON as it was, text as well as protobuf. */
class ScrapedJsonTest {
    private static final ReadOptions READ =
            ReadOptions.defaults().withDialect(Dialect.PROMETHEUS).withRecovery(Recovery.SKIP_LINE);

    private static List<Path> scrapes() {
        List<Path> files = new ArrayList<>();
        for (String suffix : List.of(".prom", ".om", ".pb")) {
            files.addAll(Outside.files("corpus/scraped", suffix));
        }
        return files;
    }

    @TestFactory
    Stream<DynamicTest> scrapeComesBack() {
        return scrapes().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
    }

    private static void check(Path file) throws IOException {
        MetricSet set = Source.of(file).read(READ);
        assertThat(set.families()).isNotEmpty();
        for (JsonForm form : JsonForm.values()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThat(Json.write(set, out, WriteOptions.of(ExpositionFormat.JSON), form)
                            .isEmpty())
                    .isTrue();

            MetricSet back = Json.parse(new ByteArrayInputStream(out.toByteArray()), ReadOptions.defaults());

            assertThat(back).isEqualTo(set);
        }
    }
}

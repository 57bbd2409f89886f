package dev.exposit.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.MetricType;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.FamilyReader;
import dev.exposit.parser.ReadOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class WorkloadTest {
    private static List<String> lines(Workload workload) {
        return new String(workload.text(), StandardCharsets.US_ASCII)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    private static double share(List<String> lines, Predicate<String> of) {
        return lines.stream().filter(of).count() / (double) lines.size();
    }

    private static boolean isInteger(String line) {
        return line.matches(".* \\d+");
    }

    private static Map<Integer, Long> byLabels(Workload workload) {
        return Sample.ofText(workload.text()).stream()
                .collect(Collectors.groupingBy(sample -> sample.labels().size(), Collectors.counting()));
    }

    @Test
    void wideHasTheShapeOfKubeStateMetrics() {
        List<String> lines = lines(Workload.WIDE);
        assertThat(lines).hasSize(61_061);
        assertThat(Workload.WIDE.text().length).isCloseTo(20_000_000, within(200_000));
        assertThat(lines.stream().mapToInt(line -> line.length() + 1).average().orElseThrow())
                .isCloseTo(328, within(2.0));
        assertThat(share(lines, line -> line.contains("\\"))).isCloseTo(0.014, within(0.001));
        assertThat(share(lines, WorkloadTest::isInteger)).isCloseTo(0.62, within(0.01));
        assertThat(byLabels(Workload.WIDE)).containsOnlyKeys(6, 7, 8, 9, 10);
    }

    @Test
    void nodeHasTheShapeOfTheNodeExporter() {
        assertThat(lines(Workload.NODE)).hasSize(1196);
        assertThat(Workload.NODE.text().length).isCloseTo(100_000, within(1000));
        assertThat(byLabels(Workload.NODE)).containsOnlyKeys(0, 1, 2, 3);
    }

    @Test
    void alltypesHasTheShapeOfPrometheus() throws IOException {
        List<String> lines = lines(Workload.ALLTYPES);
        assertThat(lines.stream().mapToInt(line -> line.length() + 1).average().orElseThrow())
                .isCloseTo(79, within(1.0));
        assertThat(share(lines, WorkloadTest::isInteger)).isCloseTo(0.8, within(0.01));
        assertThat(byLabels(Workload.ALLTYPES)).isEqualTo(Map.of(0, 209L, 1, 558L, 2, 1083L, 3, 7L));
        Map<MetricType, Long> types = Inputs.of(Workload.ALLTYPES).model().stream()
                .collect(Collectors.groupingBy(family -> family.type(), Collectors.counting()));
        assertThat(types)
                .isEqualTo(Map.of(
                        MetricType.COUNTER,
                        112L,
                        MetricType.GAUGE,
                        97L,
                        MetricType.HISTOGRAM,
                        15L,
                        MetricType.SUMMARY,
                        13L));
    }

    /** Results of different days can be compared only as long as these bytes are the same. */
    @ParameterizedTest
    @CsvSource({
        "WIDE, bf4c9c7361c8e0e05bbb020625f3153cee7324234875fddd0275e89fd40051ce",
        "NODE, 19f0a0a479d7c189b6bdb2b7385ff43eef43b961239b5bd1e5c5c506b653a107",
        "ALLTYPES, 4f19684e2c7e3319f9d62690d53e858bbb3baf1294bea039d219d0d43297d757"
    })
    void isTheSameEverywhere(Workload workload, String sha256) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(workload.text());
        assertThat(HexFormat.of().formatHex(digest)).isEqualTo(sha256);
    }

    @ParameterizedTest
    @EnumSource
    void isValidWithoutAProblem(Workload workload) throws IOException {
        ReadOptions options = ReadOptions.of(ExpositionFormat.PROMETHEUS_TEXT);
        try (FamilyReader in = FamilyReader.merging(ExpositionReader.open(workload.text(), options))) {
            while (in.next() != null) {
                assertThat(in.problemCount()).isZero();
            }
        }
    }

    @Test
    void everyWorkloadIsWrittenToAFile(@TempDir Path folder) throws IOException {
        WriteWorkloads.main(new String[] {folder.resolve("new").toString()});
        for (Workload workload : Workload.values()) {
            assertThat(Files.readAllBytes(folder.resolve("new").resolve(workload.label() + ".prom")))
                    .isEqualTo(workload.text());
        }
    }

    @Test
    void namesAreInLowerCase() {
        assertThat(List.of(Workload.values()))
                .allSatisfy(one -> assertThat(Workload.named(one.label())).isSameAs(one))
                .extracting(Workload::label)
                .containsExactly("wide", "node", "alltypes");
    }
}

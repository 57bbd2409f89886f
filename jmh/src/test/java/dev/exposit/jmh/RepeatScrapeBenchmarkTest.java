package dev.exposit.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RepeatScrapeBenchmarkTest {
    @ParameterizedTest
    @EnumSource(names = "WIDE", mode = EnumSource.Mode.EXCLUDE)
    void theSeriesStayAndAThirdOfTheValuesChanges(Workload workload) throws IOException {
        ScrapeVariants variants = new ScrapeVariants();
        variants.make(Inputs.of(workload));
        List<Sample> first = Sample.ofText(workload.text());
        Set<List<Sample>> all = new HashSet<>();
        for (int variant = 0; variant < ScrapeVariants.COUNT; variant++) {
            List<Sample> samples = Sample.ofText(variants.next());
            all.add(samples);
            assertThat(samples).hasSameSizeAs(first);
            List<Integer> changed = new ArrayList<>();
            for (int i = 0; i < samples.size(); i++) {
                assertThat(samples.get(i).name()).isEqualTo(first.get(i).name());
                assertThat(samples.get(i).labels()).isEqualTo(first.get(i).labels());
                if (samples.get(i).value() != first.get(i).value()) {
                    changed.add(i);
                }
            }
            if (variant > 0) {
                assertThat(changed).allMatch(i -> i % 3 == 0).hasSize((first.size() + 2) / 3);
            }
        }
        assertThat(all).hasSize(ScrapeVariants.COUNT);
        assertThat(Sample.ofText(variants.next())).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(names = "WIDE", mode = EnumSource.Mode.EXCLUDE)
    void theCursorReadsOneAfterTheOther(Workload workload) throws IOException {
        ScrapeInput input = Inputs.of(workload);
        ScrapeVariants variants = new ScrapeVariants();
        variants.make(input);
        RepeatScrapeBenchmark benchmark = new RepeatScrapeBenchmark();
        Volume volume = new Volume();
        int samples = Sample.ofText(input.bytes()).size();
        for (int i = 0; i < ScrapeVariants.COUNT; i++) {
            assertThat(benchmark.cursor(variants, volume, Inputs.blackhole())).isEqualTo(samples);
        }
        assertThat(volume.megabytes).isGreaterThanOrEqualTo(ScrapeVariants.COUNT * (input.bytes().length / 1e6));
    }

    @ParameterizedTest
    @EnumSource(names = "WIDE", mode = EnumSource.Mode.EXCLUDE)
    void theCacheReadsOneAfterTheOther(Workload workload) throws IOException {
        ScrapeInput input = Inputs.of(workload);
        ScrapeVariants variants = new ScrapeVariants();
        variants.make(input);
        RepeatScrapeBenchmark.Cache cache = new RepeatScrapeBenchmark.Cache();
        RepeatScrapeBenchmark benchmark = new RepeatScrapeBenchmark();
        int samples = Sample.ofText(input.bytes()).size();
        for (int i = 0; i < ScrapeVariants.COUNT; i++) {
            assertThat(benchmark.exposit(variants, cache, new Volume(), Inputs.blackhole()))
                    .isEqualTo(samples);
        }
    }

    @ParameterizedTest
    @EnumSource(names = "WIDE", mode = EnumSource.Mode.EXCLUDE)
    void renamedScrapesHaveNoSeriesInCommon(Workload workload) throws IOException {
        ScrapeInput input = Inputs.of(workload);
        RenamedScrapes scrapes = new RenamedScrapes();
        scrapes.make(input);
        List<Sample> all = Sample.ofText(input.bytes());
        Set<String> names = new HashSet<>();
        for (int i = 0; i < RenamedScrapes.COUNT; i++) {
            byte[] scrape = scrapes.next();
            assertThat(Sample.ofText(scrape)).hasSameSizeAs(all);
            Sample.ofText(scrape).stream()
                    .map(Sample::name)
                    .distinct()
                    .forEach(name -> assertThat(names.add(name)).isTrue());
        }
        RepeatScrapeBenchmark.Cache cache = new RepeatScrapeBenchmark.Cache();
        RepeatScrapeBenchmark benchmark = new RepeatScrapeBenchmark();
        assertThat(benchmark.cursorOfNew(scrapes, new Volume(), Inputs.blackhole()))
                .isEqualTo(all.size());
        assertThat(benchmark.expositOfNew(scrapes, cache, new Volume(), Inputs.blackhole()))
                .isEqualTo(all.size());
    }
}

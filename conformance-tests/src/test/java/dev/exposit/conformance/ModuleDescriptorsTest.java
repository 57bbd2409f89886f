package dev.exposit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests run on the class path; this one asks whether a modular user's program would start. */
class ModuleDescriptorsTest {
    private static final List<String> LIBRARY_MODULES = List.of(
            "dev.exposit.model",
            "dev.exposit.parser",
            "dev.exposit.writer",
            "dev.exposit.convert",
            "dev.exposit.graphite");

    private final ModuleFinder finder =
            ModuleFinder.of(Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                    .map(Path::of)
                    .filter(ModuleDescriptorsTest::isOurs)
                    .toArray(Path[]::new));

    @Test
    void libraryModulesResolveWithNoOtherJarsButTheParsersOfJsonAndYaml() {
        Configuration resolved = Configuration.resolve(
                finder, List.of(ModuleLayer.boot().configuration()), ModuleFinder.of(), LIBRARY_MODULES);
        assertThat(resolved.modules()).extracting(ResolvedModule::name).containsAll(LIBRARY_MODULES);
    }

    @Test
    void libraryModulesAreNamedByADescriptorOfTheirOwn() {
        assertThat(LIBRARY_MODULES).allSatisfy(name -> {
            ModuleReference module = finder.find(name).orElseThrow();
            assertThat(module.descriptor().isAutomatic()).isFalse();
            assertThat(module.descriptor().exports()).isNotEmpty();
        });
    }

    /** A jar of ours, or a folder of classes where the build stopped short of packing; and the parsers of JSON and YAML. */
    private static boolean isOurs(Path entry) {
        String file = entry.getFileName().toString();
        return Stream.of("exposit-", "jackson-core-", "snakeyaml-engine-").anyMatch(file::startsWith)
                || file.equals("classes");
    }
}

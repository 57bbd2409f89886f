package dev.exposit.conformance;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The stack as a test: which module may use which, and what holds for every package. */
class ArchitectureTest {
    /** A module, the packages it owns (with all packages below them) and the modules it uses directly. */
    private record Module(String name, List<String> packages, List<String> uses) {
        boolean owns(String packageName) {
            return packages.stream().anyMatch(p -> packageName.equals(p) || packageName.startsWith(p + "."));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** The whole stack, with the modules that are still to come: a rule about an absent one holds. */
    private static final List<Module> STACK = List.of(
            new Module("model", List.of("dev.exposit.model", "dev.exposit.format"), List.of()),
            new Module("grammar", List.of("dev.exposit.grammar"), List.of("model")),
            new Module("parser", List.of("dev.exposit.parser", "dev.exposit.lint"), List.of("model")),
            new Module("writer", List.of("dev.exposit.writer"), List.of("model")),
            new Module("convert", List.of("dev.exposit.convert"), List.of("parser", "writer")),
            new Module("graphite", List.of("dev.exposit.graphite"), List.of("convert")),
            new Module("testkit", List.of("dev.exposit.testkit"), List.of("convert")),
            new Module("client", List.of("dev.exposit.client"), List.of("writer")),
            new Module("cli", List.of("dev.exposit.cli"), List.of("convert", "graphite")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.exposit");

    static List<JavaPackage> packages() {
        return CLASSES.stream().map(JavaClass::getPackage).distinct().toList();
    }

    /** Guards every rule below: none of them says anything about a class that was not imported. */
    @Test
    void everyModuleThatThisOneUsesIsLookedAt() {
        assertThat(packages())
                .extracting(JavaPackage::getName)
                .contains(
                        "dev.exposit.model",
                        "dev.exposit.format",
                        "dev.exposit.parser",
                        "dev.exposit.writer",
                        "dev.exposit.convert",
                        "dev.exposit.graphite",
                        "dev.exposit.cli");
    }

    @ParameterizedTest
    @MethodSource("packages")
    void everyPackageBelongsToOneModule(JavaPackage javaPackage) {
        assertThat(STACK)
                .filteredOn(module -> module.owns(javaPackage.getName()))
                .hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("STACK")
    void moduleUsesOnlyTheModulesBelowIt(Module module) {
        Set<Module> reachable = reachableFrom(module);
        noClasses()
                .that(ownedBy(module))
                .should()
                .dependOnClassesThat(describe(
                        "belong to another module than " + reachable,
                        target -> target.getPackageName().startsWith("dev.exposit.")
                                && reachable.stream().noneMatch(m -> m.owns(target.getPackageName()))))
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.exposit.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheCommandLineTouchesTheStandardStreams() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.exposit.cli..")
                .should(ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
    }

    /** What ANTLR and protoc generate says nothing about null, and nobody but the grammar sees it. */
    static List<JavaPackage> ownPackages() {
        return packages().stream()
                .filter(javaPackage -> !javaPackage.getName().startsWith("dev.exposit.grammar.generated"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("ownPackages")
    void packageIsNullMarked(JavaPackage javaPackage) {
        assertThat(javaPackage.isAnnotatedWith(NullMarked.class)).isTrue();
    }

    /** A package in two modules cannot be loaded from a module path. */
    @Test
    void noPackageIsSplitOverModules() {
        Map<String, Set<String>> rootsByPackage = CLASSES.stream()
                .collect(groupingBy(
                        JavaClass::getPackageName,
                        TreeMap::new,
                        mapping(ArchitectureTest::root, toCollection(TreeSet::new))));
        assertThat(rootsByPackage).allSatisfy((name, roots) -> assertThat(roots).hasSize(1));
    }

    /** ANTLR and protobuf-java stay off users' class paths. */
    @Test
    void onlyTheGrammarUsesAntlrAndProtobufJava() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.exposit.grammar..")
                .should()
                .dependOnClassesThat(describe(
                        "are ANTLR's, generated, or protobuf-java's",
                        target -> target.getPackageName().startsWith("org.antlr.")
                                || target.getPackageName().startsWith("dev.exposit.grammar")
                                || target.getPackageName().startsWith("com.google.protobuf")))
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> ownedBy(Module module) {
        return describe("belong to " + module, javaClass -> module.owns(javaClass.getPackageName()));
    }

    private static Set<Module> reachableFrom(Module module) {
        return Stream.concat(
                        Stream.of(module),
                        STACK.stream()
                                .filter(other -> module.uses().contains(other.name()))
                                .flatMap(other -> reachableFrom(other).stream()))
                .collect(toCollection(LinkedHashSet::new));
    }

    /** The folder or jar a class came from. */
    private static String root(JavaClass javaClass) {
        String source = javaClass.getSource().orElseThrow().getUri().toString();
        String file = javaClass.getName().replace('.', '/') + ".class";
        assertThat(source).endsWith(file);
        return source.substring(0, source.length() - file.length());
    }
}

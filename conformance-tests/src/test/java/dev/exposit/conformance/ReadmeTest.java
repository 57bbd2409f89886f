package dev.exposit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows compiles, and what it names is there. */
class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("exposit.root", ".."));
    private static final Pattern SNIPPET = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("^(?:public )?class (\\w+)", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    @TempDir
    Path classes;

    private static String readme() throws Exception {
        return Files.readString(ROOT.resolve("README.md"));
    }

    @TestFactory
    List<DynamicTest> snippetsCompile() throws Exception {
        List<String> snippets =
                SNIPPET.matcher(readme()).results().map(match -> match.group(1)).toList();
        assertThat(snippets)
                .as("call sites for three users, repeated scrapes and writing, lint and Graphite")
                .hasSize(7);
        List<DynamicTest> tests = new ArrayList<>();
        for (String snippet : snippets) {
            String name =
                    CLASS.matcher(snippet).results().findFirst().orElseThrow().group(1);
            tests.add(DynamicTest.dynamicTest(name, () -> compile(name, snippet)));
        }
        return tests;
    }

    private void compile(String name, String snippet) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        List<String> options =
                List.of("-d", classes.toString(), "-proc:none", "-cp", System.getProperty("java.class.path"));
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return snippet;
                    }
                };
        boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(source))
                .call();
        assertThat(compiled).as(messages.toString()).isTrue();
    }

    @Test
    void linksLeadSomewhere() throws Exception {
        List<String> targets = LINK.matcher(readme())
                .results()
                .map((MatchResult link) -> link.group(1))
                .toList();
        assertThat(targets)
                .isNotEmpty()
                .allSatisfy(target -> assertThat(ROOT.resolve(target)).exists());
    }

    @Test
    void theFirstCommandIsThereToRun() throws Exception {
        assertThat(readme()).contains("./exposit convert --to openmetrics-1 examples/node.prom");
        assertThat(ROOT.resolve("exposit")).isExecutable();
        assertThat(Files.readString(ROOT.resolve("examples/node.prom"), StandardCharsets.UTF_8))
                .contains("# TYPE node_cpu_seconds_total counter");
    }
}

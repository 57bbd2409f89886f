package dev.exposit.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner, with shell commands in the place of implementations. */
class RunSuiteTest {
    private static final String MODEL = "{\"families\":[{\"name\":\"a\",\"type\":\"unknown\",\"help\":\"\",\"metrics\":"
            + "[{\"labels\":{\"d\":\"e\",\"b\":\"c\"},\"points\":[{\"value\":\"1.0\"}]}]}]}";

    @TempDir
    Path folder;

    private String output = "";
    private int status;

    @BeforeEach
    void twoCases() throws IOException {
        Files.createDirectory(folder.resolve("group"));
        write("group/good.txt", "good\n");
        write("group/good.json", """
                {"description": "Good.", "covers": ["a"], "valid": true, "families": [{"name": "a", "type": "unknown",
                "metrics": [{"labels": [["b", "c"], ["d", "e"]], "points": [{"value": "1"}]}]}]}""");
        write("group/bad.txt", "bad\n");
        write("group/bad.json", """
                {"description": "Bad.", "covers": ["must-be-good"], "valid": false,
                "error": {"code": "X", "line": 1, "column": 1, "offset": 0}}""");
        write("musts.tsv", "must-be-good\tSection\trules\tIt is good.\n");
    }

    @Test
    void aCommandThatIsRightPasses() {
        run(folder.toString(), "--", "grep", "-qx", "good");
        assertThat(output).isEqualTo("passed 2 of 2\n");
        assertThat(status).isZero();
    }

    @Test
    void eachWrongVerdictIsListed() {
        run(folder.toString(), "--", "sh", "-c", "echo no good >&2; grep -qx bad");
        assertThat(output).isEqualTo("""
                        FAIL group/bad: should be refused: X at line 1, column 1, byte 0
                        FAIL group/good: should be accepted, but was refused: no good
                        passed 0 of 2
                        """);
        assertThat(status).isOne();
    }

    @Test
    void whatOnlyRulesFindCanBeLeftOut() {
        run("--without-rules", folder.toString(), "--", "true");
        assertThat(output).isEqualTo("passed 1 of 1\n");
    }

    @Test
    void theModelIsComparedByMeaning() throws IOException {
        Path model = write("model", MODEL);
        run("--model", folder.toString(), "--", "sh", "-c", "grep -qx good && cat " + model);
        assertThat(output).isEqualTo("passed 2 of 2\n");
    }

    @Test
    void anotherModelFails() throws IOException {
        Path model = write("model", MODEL.replace("1.0", "2"));
        run("--model", folder.toString(), "--", "sh", "-c", "grep -qx good && cat " + model);
        assertThat(output).contains("FAIL group/good: another model").endsWith("passed 1 of 2\n");
    }

    @Test
    void whatIsNoModelFails() {
        run("--model", folder.toString(), "--", "sh", "-c", "grep -qx good && echo '{\"families\":[{\"nam\":\"a\"}]}'");
        assertThat(output)
                .contains("FAIL group/good: no model: unknown field nam")
                .endsWith("passed 1 of 2\n");
        run("--model", folder.toString(), "--", "sh", "-c", "grep -qx good && echo good");
        assertThat(output).contains("FAIL group/good: printed no JSON").endsWith("passed 1 of 2\n");
    }

    @Test
    void aCrashIsNoRefusal() {
        run(folder.toString(), "--", "sh", "-c", "grep -qx good || kill -SEGV $$");
        assertThat(output).isEqualTo("FAIL group/bad: ended by signal 11\npassed 1 of 2\n");
    }

    @Test
    void aCommandThatHangsIsEnded() {
        run("--timeout", "1", folder.toString(), "--", "sh", "-c", "grep -qx good || sleep 60");
        assertThat(output).isEqualTo("FAIL group/bad: did not end within 1 s\npassed 1 of 2\n");
    }

    @Test
    void casesMayBeFoldersOfTheirOwn() throws IOException {
        Path foreign = Files.createDirectories(folder.resolve("foreign/bad_one"));
        write("foreign/bad_one/metrics", "bad\n");
        write("foreign/bad_one/test.json", "{\"type\":\"text\",\"file\":\"metrics\",\"shouldParse\":false}");
        run(foreign.getParent().toString(), "--", "true");
        assertThat(output).isEqualTo("FAIL bad_one: should be refused\npassed 0 of 1\n");
    }

    @Test
    void aCommandThatRefusesEverythingIsSuspicious() {
        run(folder.toString(), "--", "sh", "no such script");
        assertThat(output).contains("FAIL group/good: ").endsWith("""
                the command accepted nothing at all; does it run?
                passed 1 of 2
                """);
        assertThat(status).isOne();
    }

    @Test
    void wrongUsageIsExplained() {
        for (List<String> wrong : List.of(
                List.of(folder.toString()),
                List.of(folder.toString(), "--"),
                List.of("--", "true"),
                List.of("--modle", folder.toString(), "--", "true"),
                List.of("--timeout", "0", folder.toString(), "--", "true"),
                List.of(folder.toString(), "another", "--", "true"))) {
            run(wrong.toArray(String[]::new));
            assertThat(output).startsWith("usage: run-suite");
            assertThat(status).isEqualTo(2);
        }
    }

    @Test
    void whatCannotBeRunIsNamed() {
        run(folder.resolve("none").toString(), "--", "true");
        assertThat(output).startsWith("run-suite: there is no suite ");
        assertThat(status).isEqualTo(4);
        run(folder.toString(), "--", folder.resolve("none").toString());
        assertThat(output).contains("none");
        assertThat(status).isEqualTo(4);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private void run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        status = RunSuite.run(new ArrayList<>(List.of(arguments)), stream, stream);
        output = out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }
}

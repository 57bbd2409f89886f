package dev.exposit.conformance.graphite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.graphite.GraphiteLayout;
import dev.exposit.graphite.GraphiteNames;
import dev.exposit.graphite.GraphiteTarget;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** In the layouts of Go's and Python's clients we write the lines that their own bridges write. */
class LayoutTest {
    @TestFactory
    List<DynamicTest> go() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Setting setting : settings()) {
            tests.add(DynamicTest.dynamicTest(setting.toString(), () -> {
                GraphiteNames names = GraphiteNames.layout(GraphiteLayout.GO, setting.tags());
                List<PushedLine> ours = ours(setting, names);
                if (setting.exposition().equals("illegal") && setting.tags()) {
                    // Most of what Go's writes here is no line for carbon. Ours are.
                    assertThat(ours).hasSize(14);
                } else {
                    List<PushedLine> theirs = PushedLine.parse(
                            Bridges.go(setting.exposition(), setting.prefix(), setting.tags()), Long.MAX_VALUE);
                    assertThat(ours).containsExactlyInAnyOrderElementsOf(theirs);
                }
            }));
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> python() throws Exception {
        long begin = Instant.now().getEpochSecond();
        List<Setting> settings = settings();
        List<Bridges.Push> pushes = new ArrayList<>();
        for (Setting setting : settings) {
            pushes.add(new Bridges.Push(Bridges.exposition(setting.exposition()), setting.prefix(), setting.tags()));
        }
        List<String> theirs = Bridges.python(pushes);
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < theirs.size(); i++) {
            Setting setting = settings.get(i);
            List<PushedLine> lines = PushedLine.parse(theirs.get(i), begin);
            tests.add(DynamicTest.dynamicTest(setting.toString(), () -> {
                GraphiteNames names = GraphiteNames.layout(GraphiteLayout.PYTHON, setting.tags());
                assertThat(ours(setting, names)).containsExactlyInAnyOrderElementsOf(lines);
            }));
        }
        return tests;
    }

    private record Setting(String exposition, String prefix, boolean tags) {}

    private static List<Setting> settings() {
        List<Setting> settings = new ArrayList<>();
        for (String exposition : Bridges.expositions()) {
            for (String prefix : Bridges.PREFIXES) {
                settings.add(new Setting(exposition, prefix, false));
                settings.add(new Setting(exposition, prefix, true));
            }
        }
        return settings;
    }

    private static List<PushedLine> ours(Setting setting, GraphiteNames names) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (LineReceiver receiver = new LineReceiver()) {
            long begin = Instant.now().getEpochSecond();
            Future<String> received = thread.submit(receiver::receive);
            Push.scrape(
                    GraphiteTarget.tcp("127.0.0.1", receiver.port()),
                    names.withPrefix(setting.prefix()),
                    Bridges.exposition(setting.exposition()).getBytes(UTF_8));
            return PushedLine.parse(received.get(), begin);
        } finally {
            thread.shutdownNow();
        }
    }
}

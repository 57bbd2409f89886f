package dev.exposit.conformance.suite;

import dev.exposit.conformance.Outside;
import dev.exposit.format.ExpositionFormat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Other people's readers that the suites are run with, each as a command. */
enum Peer {
    /** Prometheus' command line, which has the text parser of its Go libraries. */
    PROMTOOL("promtool", "/usr/bin/promtool --version 2>&1 | sed -n 's/^promtool, version \\([^ ]*\\).*/\\1/p'") {
        @Override
        Optional<List<String>> command(ExpositionFormat format) {
            // 3: it could be read, but promtool has advice.
            String command = "/usr/bin/promtool check metrics >/dev/null; s=$?; [ $s -eq 3 ] || exit $s";
            return format == ExpositionFormat.PROMETHEUS_TEXT
                    ? Optional.of(List.of("sh", "-c", command))
                    : Optional.empty();
        }
    },

    /** The client library for Python, which has a parser for each text format but the newest. */
    PYTHON(
            "Python prometheus_client",
            "dpkg-query -W -f '${Version}' python3-prometheus-client 2>/dev/null | sed 's/[-+].*//'") {
        @Override
        Optional<List<String>> command(ExpositionFormat format) {
            return switch (format) {
                case PROMETHEUS_TEXT -> Optional.of(Outside.pythonParser("prometheus_client.parser"));
                case OPENMETRICS_1 -> Optional.of(Outside.pythonParser("prometheus_client.openmetrics.parser"));
                default -> Optional.empty();
            };
        }
    };

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final String title;
    private final String versionCommand;

    Peer(String title, String versionCommand) {
        this.title = title;
        this.versionCommand = versionCommand;
    }

    /** The command that reads a format, or empty if the peer has no reader for it. */
    abstract Optional<List<String>> command(ExpositionFormat format);

    /** The reader's name. */
    String title() {
        return title;
    }

    /** Which version is installed; empty if none is. */
    String version() throws Exception {
        return Outside.output("sh", "-c", versionCommand).strip();
    }

    /** The peer's reader of a format, or empty if it has none. */
    Optional<Score.Judge> judge(ExpositionFormat format) {
        return command(format).map(command -> new CommandReader(command, false, TIMEOUT)::read);
    }
}

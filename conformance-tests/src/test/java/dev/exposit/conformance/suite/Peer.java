package dev.exposit.conformance.suite;

import dev.exposit.conformance.Outside;
import dev.exposit.format.ExpositionFormat;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Other people's readers that the suites are run with, each as a command for the runner. */
enum Peer {
    /** Prometheus' command line, which has the text parser of its Go libraries. */
    PROMTOOL("promtool", "/usr/bin/promtool --version 2>&1 | sed -n 's/^promtool, version \\([^ ]*\\).*/\\1/p'") {
        @Override
        Optional<List<String>> command(ExpositionFormat format) {
            // 3: it could be read, but promtool has advice.
            String command = """
                    while read -r file; do
                      /usr/bin/promtool check metrics <"$file" >/dev/null 2>&1
                      case $? in 0|3) echo valid ;; *) echo invalid ;; esac
                    done
                    """;
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
                case PROMETHEUS_TEXT -> Optional.of(python("prometheus_client.parser"));
                case OPENMETRICS_1 -> Optional.of(python("prometheus_client.openmetrics.parser"));
                default -> Optional.empty();
            };
        }

        private List<String> python(String module) {
            String script = """
                    import sys
                    from %s import text_string_to_metric_families
                    for name in sys.stdin:
                        try:
                            with open(name.rstrip("\\n"), "rb") as file:
                                for family in text_string_to_metric_families(file.read().decode("utf-8")):
                                    list(family.samples)
                            print("valid")
                        except Exception:
                            print("invalid")
                    """;
            return List.of(Outside.PYTHON, "-c", script.formatted(module));
        }
    };

    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final String title;
    private final String versionCommand;

    Peer(String title, String versionCommand) {
        this.title = title;
        this.versionCommand = versionCommand;
    }

    /** The command that reads a format in a batch, or empty if the peer has no reader for it. */
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
        return command(format).map(command -> new BatchReader(command, TIMEOUT)::read);
    }
}

package dev.exposit.conformance.graphite;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.exposit.conformance.Outside;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * What the Graphite bridges of Prometheus' clients for Go and Python write for some expositions of our own. Python's runs
 * here; Go's has been recorded, and is recorded anew, from this module's folder, with Debian's golang-go and
 * golang-github-prometheus-client-golang-dev, by
 *
 * <pre>{@code
 * GO111MODULE=off GOPATH=/usr/share/gocode go run src/test/go/graphitebridge/main.go \
 *     src/test/resources/dev/exposit/conformance/graphite/bridges
 * }</pre>
 */
final class Bridges {
    /** The prefixes with which Go's bridge was recorded. */
    static final List<String> PREFIXES = List.of("", "pre.fix");

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What a bridge is to do.
     *
     * @param exposition Prometheus text
     * @param prefix empty for none
     * @param tags whether labels become tags
     */
    record Push(String exposition, String prefix, boolean tags) {}

    private Bridges() {}

    /** The expositions, by their names without suffix. */
    static List<String> expositions() {
        return List.of("created", "illegal", "labels", "odd", "timestamps", "types", "values");
    }

    /** One of them. */
    static String exposition(String name) throws IOException {
        return Files.readString(Resources.file("bridges/" + name + ".prom"));
    }

    /** What Go's bridge writes for one of them, once for each of the settings; a line that was broken is left broken. */
    static String go(String exposition, String prefix, boolean tags) throws IOException {
        String all = Files.readString(Resources.file("bridges/" + exposition + ".go.txt"));
        String heading = "# prefix=" + prefix + " tags=" + tags + "\n";
        int begin = all.indexOf(heading);
        if (begin < 0) {
            throw new AssertionError(exposition + ".go.txt has no " + heading);
        }
        int end = all.indexOf("\n# prefix=", begin);
        return all.substring(begin + heading.length(), end < 0 ? all.length() : end + 1);
    }

    /** What Python's bridge writes, push by push. */
    static List<String> python(List<Push> pushes) throws Exception {
        try (LineReceiver receiver = new LineReceiver()) {
            // What is sent waits in the sockets' buffers until it is received.
            Outside.pythonClient(
                    Resources.file("push_graphite.py"),
                    JSON.writeValueAsBytes(pushes),
                    String.valueOf(receiver.port()));
            List<String> received = new ArrayList<>();
            for (int i = 0; i < pushes.size(); i++) {
                received.add(receiver.receive());
            }
            return received;
        }
    }
}

package dev.exposit.jmh;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A cluster's objects, as kube-state-metrics shows them: 61 families of 1,001 series each. A line has some 328 bytes, a
 * family's lines have the same label names, and neighbours share the beginning of many values.
 */
final class WideScrape {
    static final int FAMILIES = 61;
    static final int SERIES = 1001;

    private static final double INTEGERS = 0.62;
    private static final double ESCAPED = 0.0133;

    private static final List<String> KINDS =
            List.of("pod_container", "pod", "pod_init_container", "replicaset", "statefulset", "job", "daemonset");
    private static final List<String> FACTS = List.of(
            "resource_requests",
            "resource_limits",
            "status_restarts_total",
            "status_ready",
            "status_last_terminated_reason",
            "status_waiting_reason",
            "info",
            "state_started",
            "created");
    private static final List<String> APPS = List.of(
            "checkout-api",
            "inventory-sync",
            "ledger-writer",
            "recommendation-engine",
            "session-store",
            "thumbnail-worker",
            "payment-gateway");
    private static final List<String> NAMESPACES =
            List.of("payments-production", "storefront-production", "data-platform", "kube-system", "observability");
    private static final List<String> CONTAINERS = List.of("main", "istio-proxy", "log-forwarder", "config-reloader");
    private static final List<String> ZONES = List.of("eu-central-1a", "eu-central-1b", "eu-central-1c");
    private static final List<String> ESCAPES = List.of(
            "exit code 137: \\\"OOMKilled\\\" by the kernel",
            "C:\\\\containers\\\\volumes\\\\data",
            "back-off 5m0s restarting\\nfailed container",
            "probe \\\"/healthz\\\" failed\\n");
    private static final List<String> REASONS =
            List.of("Completed", "CrashLoopBackOff", "ContainerCreating", "Error", "ImagePullBackOff", "OOMKilled");

    private final RandomText random = new RandomText(0x5eed_0001L);
    private final TextLines lines = new TextLines(21_000_000);
    /** The pods, which all families are about. */
    private final List<String[]> pods;

    private WideScrape() {
        pods = IntStream.range(0, SERIES)
                .mapToObj(i -> pod())
                .sorted(Comparator.comparing(pod -> pod[1] + pod[3]))
                .toList();
    }

    static byte[] text() {
        WideScrape scrape = new WideScrape();
        for (int family = 0; family < FAMILIES; family++) {
            scrape.family(family);
        }
        return scrape.lines.bytes();
    }

    /** What every family says of a pod: the first six labels, names and values. */
    private String[] pod() {
        String app = random.one(APPS);
        String pod = app + '-' + random.safe(10) + '-' + random.safe(5);
        return new String[] {
            "namespace",
            random.one(NAMESPACES),
            "pod",
            pod,
            "uid",
            random.uuid(),
            "container",
            random.one(CONTAINERS),
            "node",
            "ip-10-" + random.below(256) + '-' + random.below(256) + ".compute.internal",
            "image",
            "registry.example.com/" + app + ":v1." + random.below(80) + '.' + random.below(20)
        };
    }

    private void family(int family) {
        String fact = FACTS.get(family % FACTS.size());
        String name = "kube_" + KINDS.get(family / FACTS.size()) + '_' + fact;
        lines.family(
                name,
                fact.endsWith("_total") ? "counter" : "gauge",
                "Describes " + fact.replace('_', ' ') + " of the objects of a cluster.");
        int labels = 6 + family % 5;
        for (String[] pod : pods) {
            String[] all = Arrays.copyOf(pod, 2 * labels);
            for (int label = 6; label < labels; label++) {
                extra(all, label);
            }
            if (random.chance(ESCAPED)) {
                // Instead of the container's name, in the middle of the line.
                all[7] = random.one(ESCAPES);
            }
            lines.sample(name, random.chance(INTEGERS) ? random.integer() : random.longFloat(), all);
        }
    }

    private void extra(String[] all, int label) {
        switch (label) {
            case 6 -> set(all, label, "container_id", "containerd://" + random.hex(16));
            case 7 -> set(all, label, "zone", random.one(ZONES));
            case 8 -> set(all, label, "reason", random.one(REASONS));
            default -> set(all, label, "host_ip", "10." + random.below(256) + '.' + random.below(256) + ".17");
        }
    }

    private static void set(String[] all, int label, String name, String value) {
        all[2 * label] = name;
        all[2 * label + 1] = value;
    }
}

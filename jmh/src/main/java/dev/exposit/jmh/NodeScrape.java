package dev.exposit.jmh;

import java.util.List;
import java.util.stream.IntStream;

/** A machine as the node exporter shows it: groups of families whose names begin the same and whose labels are the same. */
final class NodeScrape {
    private static final List<String> WORDS = List.of(
            "bytes",
            "errors",
            "requests",
            "queue",
            "active",
            "read",
            "written",
            "time_seconds",
            "pages",
            "packets",
            "dropped",
            "merged",
            "faults",
            "free",
            "cached",
            "inodes");
    private static final List<String> MODES =
            List.of("idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user");
    private static final List<String> DEVICES =
            IntStream.range(0, 8).mapToObj(i -> "nvme" + i + "n1").toList();
    private static final List<String> INTERFACES =
            List.of("bond0", "docker0", "eno1", "eno2", "lo", "tailscale0", "veth1f3a9c2", "veth77b0e41");
    private static final List<String> MOUNTS =
            List.of("/", "/boot", "/boot/efi", "/home", "/run", "/run/lock", "/srv/data", "/tmp", "/var/lib/docker");
    private static final List<String> COLLECTORS = IntStream.range(0, 46)
            .mapToObj(i -> WORDS.get(i % WORDS.size()) + (i < WORDS.size() ? "" : "_" + i / WORDS.size()))
            .toList();
    private static final List<String> QUANTILES = List.of("0", "0.25", "0.5", "0.75", "1");

    private final RandomText random = new RandomText(0x5eed_0002L);
    private final TextLines lines = new TextLines(110_000);

    static byte[] text() {
        NodeScrape scrape = new NodeScrape();
        scrape.runtime();
        scrape.processors();
        scrape.perLabel("node_disk", 22, "device", DEVICES);
        scrape.filesystems();
        scrape.plain("node_memory", 52);
        scrape.perLabel("node_network", 50, "device", INTERFACES);
        scrape.plain("node_netstat", 43);
        scrape.perLabel("node_scrape_collector", 2, "collector", COLLECTORS);
        scrape.perLabel(
                "node_softnet",
                4,
                "cpu",
                IntStream.range(0, 8).mapToObj(Integer::toString).toList());
        scrape.plain("node_sockstat", 34);
        scrape.perLabel("node_systemd_unit", 3, "state", MODES);
        scrape.plain("node_timex", 48);
        scrape.plain("node_vmstat", 97);
        return scrape.lines.bytes();
    }

    private void runtime() {
        String name = "go_gc_duration_seconds";
        lines.family(name, "summary", "A summary of the pause duration of garbage collection cycles.");
        for (String quantile : QUANTILES) {
            lines.sample(name, random.longFloat() / 1e9, "quantile", quantile);
        }
        lines.sample(name + "_sum", random.longFloat()).sample(name + "_count", random.below(100_000));
    }

    private void processors() {
        String name = "node_cpu_seconds_total";
        lines.family(name, "counter", "Seconds the CPUs spent in each mode.");
        for (int cpu = 0; cpu < 16; cpu++) {
            for (String mode : MODES) {
                lines.sample(name, random.below(100_000_000) / 100.0, "cpu", Integer.toString(cpu), "mode", mode);
            }
        }
    }

    private void filesystems() {
        for (int family = 0; family < 7; family++) {
            String name = family(family, "node_filesystem");
            for (String mount : MOUNTS) {
                lines.sample(name, value(), "device", "/dev/mapper/vg0", "fstype", "ext4", "mountpoint", mount);
            }
        }
    }

    private void perLabel(String prefix, int families, String label, List<String> values) {
        for (int family = 0; family < families; family++) {
            String name = family(family, prefix);
            for (String value : values) {
                lines.sample(name, value(), label, value);
            }
        }
    }

    private void plain(String prefix, int families) {
        for (int family = 0; family < families; family++) {
            lines.sample(family(family, prefix), value());
        }
    }

    /** Begins a family of a group, whose names tell by their number and a word which one it is. */
    private String family(int family, String prefix) {
        boolean counter = family % 2 == 0;
        String name = prefix
                + '_'
                + WORDS.get(family % WORDS.size())
                + '_'
                + (char) ('a' + family / WORDS.size())
                + (counter ? "_total" : "");
        lines.family(name, counter ? "counter" : "gauge", "Field " + family + " of the kernel's statistics.");
        return name;
    }

    /** Two thirds are whole. */
    private double value() {
        return random.chance(0.67) ? random.integer() : random.longFloat();
    }
}

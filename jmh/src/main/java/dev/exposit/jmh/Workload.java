package dev.exposit.jmh;

import java.util.Locale;

/**
 * Scrapes to measure with, in Prometheus text. The same bytes in every run, on every JDK; {@code ScrapeInput} takes any
 * file instead.
 */
public enum Workload {
    /** Kube-state-metrics' shape: 20 MB of 61,061 samples with 6 to 10 labels each, 1.4 % of the lines with escapes. */
    WIDE {
        @Override
        byte[] text() {
            return WideScrape.text();
        }
    },
    /** The node exporter's shape: 100 KB of 1,196 samples with none to 3 labels, many families of one or few samples. */
    NODE {
        @Override
        byte[] text() {
            return NodeScrape.text();
        }
    },
    /** A Prometheus server's own shape: 237 families of all four types, 1,857 samples. */
    ALLTYPES {
        @Override
        byte[] text() {
            return AllTypesScrape.text();
        }
    };

    /** The workload of a name, which is written in lower case on command lines. */
    static Workload named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** The name on command lines. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Makes the text. */
    abstract byte[] text();
}

package dev.exposit.jmh;

import dev.exposit.writer.NumberText;
import java.util.ArrayList;
import java.util.List;

/**
 * What a Prometheus server shows of itself: 112 counters, 97 gauges, 15 histograms and 13 summaries. Of the 1,857
 * samples 209 have no label, 558 one, 1,083 two and 7 three.
 */
final class AllTypesScrape {
    private static final double[] QUANTILES = {0.01, 0.05, 0.5, 0.9, 0.99};
    private static final List<String> PARTS = List.of(
            "prometheus_tsdb", "prometheus_engine", "prometheus_remote_storage", "go_memstats", "net_conntrack");
    private static final List<String> THINGS = List.of(
            "compaction_chunk",
            "head_series",
            "query_duration",
            "samples_appended",
            "wal_segment",
            "dialer_conn_failed",
            "symbol_table_size",
            "notifications_dropped");

    private final RandomText random = new RandomText(0x5eed_0003L);
    private final TextLines lines = new TextLines(210_000);
    private int families;

    static byte[] text() {
        AllTypesScrape scrape = new AllTypesScrape();
        scrape.numbers(163, 1, 0);
        scrape.numbers(30, 4, 1);
        scrape.numbers(14, 6, 2);
        scrape.numbers(1, 5, 2);
        scrape.numbers(1, 7, 3);
        scrape.histogram(46, 10);
        scrape.histogram(46, 9);
        for (int i = 0; i < 13; i++) {
            scrape.histogram(0, 12);
        }
        for (int i = 0; i < 3; i++) {
            scrape.summary(8);
        }
        for (int i = 0; i < 10; i++) {
            scrape.summary(0);
        }
        return scrape.lines.bytes();
    }

    /** Counters and gauges; of the 209 of them, 112 are counters. */
    private void numbers(int count, int series, int labels) {
        for (int i = 0; i < count; i++) {
            boolean counter = families * 112 / 209 < (families + 1) * 112 / 209;
            String name = family(counter ? "counter" : "gauge", counter ? "_total" : "");
            for (int one = 0; one < series; one++) {
                String[] pairs = new String[2 * labels];
                for (int label = 0; label < labels; label++) {
                    pairs[2 * label] =
                            List.of("dialer_name", "reason", "interval").get(label);
                    pairs[2 * label + 1] = label == 0 ? "alertmanager-" + one : random.safe(9);
                }
                lines.sample(name, random.chance(0.79) ? random.integer() : random.longFloat(), pairs);
            }
        }
    }

    /** A histogram of one series without labels, or of some series with one. */
    private void histogram(int series, int buckets) {
        String name = family("histogram", "_seconds");
        for (int one = 0; one < Math.max(series, 1); one++) {
            List<String> labels = new ArrayList<>();
            if (series > 0) {
                labels.addAll(List.of("handler", "/api/" + random.safe(4) + one));
            }
            String[] own = labels.toArray(String[]::new);
            labels.addAll(List.of("le", ""));
            int count = 0;
            for (int bucket = 1; bucket <= buckets; bucket++) {
                count += random.below(200);
                labels.set(labels.size() - 1, bucket == buckets ? "+Inf" : NumberText.of(bucket * bucket * 0.1));
                lines.sample(name + "_bucket", count, labels.toArray(String[]::new));
            }
            lines.sample(name + "_sum", random.longFloat(), own).sample(name + "_count", count, own);
        }
    }

    private void summary(int series) {
        String name = family("summary", "_seconds");
        for (int one = 0; one < Math.max(series, 1); one++) {
            String[] own = series == 0 ? new String[0] : new String[] {"scrape_job", "config-" + one};
            for (double quantile : QUANTILES) {
                List<String> labels = new ArrayList<>(List.of(own));
                labels.addAll(List.of("quantile", NumberText.of(quantile)));
                lines.sample(name, random.longFloat(), labels.toArray(String[]::new));
            }
            lines.sample(name + "_sum", random.longFloat(), own).sample(name + "_count", random.below(100_000), own);
        }
    }

    private String family(String type, String suffix) {
        int family = families++;
        String name =
                PARTS.get(family % PARTS.size()) + '_' + THINGS.get(family % THINGS.size()) + '_' + family + suffix;
        lines.family(name, type, "What the server counts of its own work as number " + family + ", since its start.");
        return name;
    }
}

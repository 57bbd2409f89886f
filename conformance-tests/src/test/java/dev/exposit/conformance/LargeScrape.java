package dev.exposit.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A valid exposition in Prometheus text of any size, made as it is read: 200 families, of which the first is a
 * histogram of a fifth of the whole and the others counters and gauges of equal sizes. The same size gives the same
 * bytes. Also a program: {@code LargeScrape BYTES FILE} writes one.
 */
final class LargeScrape extends InputStream {
    static final int FAMILIES = 200;

    private static final double[] BOUNDS = {0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    private final long histogramBytes;
    private final long otherBytes;
    private int family = -1;
    private long series;
    private long familyBytes;
    private byte[] chunk = {};
    private int at;

    LargeScrape(long bytes) {
        histogramBytes = bytes / 5;
        otherBytes = (bytes - histogramBytes) / (FAMILIES - 1);
    }

    /** Writes an exposition of some bytes to a file. */
    public static void main(String[] args) throws IOException {
        try (InputStream in = new LargeScrape(Long.parseLong(args[0]));
                OutputStream out = Files.newOutputStream(Path.of(args[1]))) {
            in.transferTo(out);
        }
    }

    @Override
    public int read() {
        return fill() ? chunk[at++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int n = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, target, offset, n);
        at += n;
        return n;
    }

    /** Makes the next lines if the last are used up; false at the end. */
    private boolean fill() {
        if (at < chunk.length) {
            return true;
        }
        StringBuilder lines = new StringBuilder(1 << 13);
        boolean full = family >= 0 && familyBytes >= (family == 0 ? histogramBytes : otherBytes);
        if (family < 0 || full) {
            family++;
            series = 0;
            familyBytes = 0;
            if (family == FAMILIES) {
                family--;
                familyBytes = Long.MAX_VALUE;
                return false;
            }
            header(lines);
        }
        while (lines.length() < 1 << 12) {
            if (family == 0) {
                histogram(lines);
            } else {
                number(lines);
            }
            series++;
        }
        chunk = lines.toString().getBytes(StandardCharsets.US_ASCII);
        at = 0;
        familyBytes += chunk.length;
        return true;
    }

    private String name() {
        return family == 0
                ? "rpc_duration_seconds"
                : family % 2 == 0 ? "queue_length_" + family : "jobs_" + family + "_total";
    }

    private void header(StringBuilder lines) {
        String type = family == 0 ? "histogram" : family % 2 == 0 ? "gauge" : "counter";
        lines.append("# HELP ")
                .append(name())
                .append(" Made up, family ")
                .append(family)
                .append(".\n");
        lines.append("# TYPE ").append(name()).append(' ').append(type).append('\n');
    }

    private void number(StringBuilder lines) {
        lines.append(name())
                .append("{instance=\"host-")
                .append(series)
                .append("\",zone=\"z")
                .append(series % 7);
        lines.append("\"} ").append(series * 37 % 1_000_003).append(series % 3 == 0 ? ".25\n" : "\n");
    }

    private void histogram(StringBuilder lines) {
        long count = 0;
        for (int i = 0; i <= BOUNDS.length; i++) {
            count += (series + i) % 5;
            lines.append(name())
                    .append("_bucket{instance=\"host-")
                    .append(series)
                    .append("\",le=\"");
            lines.append(i == BOUNDS.length ? "+Inf" : Double.toString(BOUNDS[i]))
                    .append("\"} ")
                    .append(count)
                    .append('\n');
        }
        lines.append(name())
                .append("_sum{instance=\"host-")
                .append(series)
                .append("\"} ")
                .append(count)
                .append(".5\n");
        lines.append(name())
                .append("_count{instance=\"host-")
                .append(series)
                .append("\"} ")
                .append(count)
                .append('\n');
    }
}

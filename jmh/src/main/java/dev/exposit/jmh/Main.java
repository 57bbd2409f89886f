package dev.exposit.jmh;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What {@code benchmarks.jar} runs: JMH, with one thing added. Whoever names a file with {@code -p file=PATH} wants that
 * file alone, not once for each workload.
 */
public final class Main {
    private Main() {}

    /**
     * Runs JMH.
     *
     * @param args JMH's own, see {@code -h}
     * @throws IOException if JMH does
     */
    public static void main(String[] args) throws IOException {
        org.openjdk.jmh.Main.main(withOneWorkload(args));
    }

    static String[] withOneWorkload(String[] args) {
        if (!sets("file", args) || sets("workload", args)) {
            return args;
        }
        return Stream.concat(Arrays.stream(args), Stream.of("-p", "workload=" + ScrapeInput.NO_WORKLOAD))
                .toArray(String[]::new);
    }

    private static boolean sets(String parameter, String[] args) {
        return Arrays.stream(args)
                .anyMatch(arg -> arg.startsWith(parameter + "=") || arg.startsWith("-p" + parameter + "="));
    }
}

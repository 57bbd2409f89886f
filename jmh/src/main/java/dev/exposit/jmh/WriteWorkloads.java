package dev.exposit.jmh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A program that writes the workloads to a folder, for measuring programs in other languages on the same bytes. */
public final class WriteWorkloads {
    private WriteWorkloads() {}

    /**
     * Writes {@code wide.prom}, {@code node.prom} and {@code alltypes.prom}.
     *
     * @param args the folder, which is made if need be
     * @throws IOException if a file cannot be written
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException("expected one argument, the folder to write to");
        }
        Path folder = Files.createDirectories(Path.of(args[0]));
        for (Workload workload : Workload.values()) {
            Files.write(folder.resolve(workload.label() + ".prom"), workload.text());
        }
    }
}

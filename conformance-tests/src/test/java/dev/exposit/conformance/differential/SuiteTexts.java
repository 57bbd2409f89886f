package dev.exposit.conformance.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The texts of the conformance suite. */
final class SuiteTexts {
    private SuiteTexts() {}

    /** The texts of a format's cases. */
    static List<byte[]> of(String format) throws IOException {
        Path folder = Path.of(System.getProperty("exposit.root", ".."), "conformance-tests/suite", format);
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> texts = files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
            byte[][] contents = new byte[texts.size()][];
            for (int i = 0; i < contents.length; i++) {
                contents[i] = Files.readAllBytes(texts.get(i));
            }
            return List.of(contents);
        }
    }
}

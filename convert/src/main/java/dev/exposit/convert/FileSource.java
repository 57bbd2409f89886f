package dev.exposit.convert;

import dev.exposit.parser.ReadOptions;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file, or whatever else a path leads to: pipes and devices can be read, once. */
final class FileSource extends Source {
    private final Path file;

    FileSource(Path file) {
        super(file.toString());
        this.file = file;
    }

    @Override
    Body open(ReadOptions options) throws IOException {
        if (Files.isDirectory(file)) {
            // Else it is opened, and only reading fails, with a message that does not name it.
            throw new FileSystemException(file.toString(), null, "is a directory");
        }
        return decompressed(Files.newInputStream(file), options.limits());
    }

    @Override
    boolean isRepeatable() {
        return Files.isRegularFile(file);
    }
}

package dev.exposit.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where the result goes: standard output, or a file that is there only once it is whole. Until then it is written
 * beside its place, under another name.
 */
final class Target implements Closeable {
    private final Output stream;
    private final @Nullable Path place;
    private final @Nullable Path temporary;
    private final boolean own;
    private boolean whole;

    private Target(String name, OutputStream out, boolean own, @Nullable Path place, @Nullable Path temporary) {
        this.stream = new Output(name, out);
        this.own = own;
        this.place = place;
        this.temporary = temporary;
    }

    /** Standard output, which stays open. */
    static Target of(OutputStream out) {
        return new Target("standard output", out, false, null, null);
    }

    /** A file, or a device or pipe, which is written as it is. */
    static Target of(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a directory");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return new Target(file.toString(), Files.newOutputStream(file), true, null, null);
        }
        // Where a link is, the file it leads to is replaced, not the link.
        Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path temporary = place.resolveSibling("." + place.getFileName() + "." + UUID.randomUUID() + ".tmp");
        OutputStream out = create(temporary, file);
        // Where the program is told to stop.
        temporary.toFile().deleteOnExit();
        return new Target(file.toString(), out, true, place, temporary);
    }

    private static OutputStream create(Path temporary, Path file) throws IOException {
        try {
            // Not by createTempFile: the file is to have the permissions that a new one has.
            return Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            throw new FileSystemException(file.toString(), null, "cannot be written, the folder is missing");
        } catch (AccessDeniedException e) {
            throw new FileSystemException(file.toString(), null, "cannot be written, the folder allows no new files");
        }
    }

    /** Where to write. */
    OutputStream stream() {
        return stream;
    }

    /** The failure to write, if there was one. */
    @Nullable
    IOException failure() {
        return stream.failure;
    }

    /** What messages call it. */
    String name() {
        return stream.name;
    }

    /** Whether somebody has part of the result already, and not all of it. */
    boolean isPartlyVisible() {
        return temporary == null && stream.written && !whole;
    }

    /** Takes what was written for the whole result. */
    void complete() throws IOException {
        stream.flush();
        if (own) {
            stream.close();
        }
        if (place != null && temporary != null) {
            try {
                Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(temporary, place, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        whole = true;
    }

    @Override
    public void close() throws IOException {
        if (own) {
            stream.close();
        }
        if (temporary != null && !whole) {
            Files.deleteIfExists(temporary);
        }
    }

    /** Remembers that writing failed, so that this is told apart from failures to read. */
    private static final class Output extends OutputStream {
        private final String name;
        private final OutputStream out;
        private boolean written;
        private @Nullable IOException failure;

        Output(String name, OutputStream out) {
            this.name = name;
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                written = true;
                out.write(bytes, offset, length);
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }
    }
}

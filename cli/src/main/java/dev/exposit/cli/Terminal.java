package dev.exposit.cli;

import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The streams that the program talks to.
 *
 * @param in standard input
 * @param out standard output, for results: bytes
 * @param err standard error, for messages: UTF-8
 * @param inIsKeyboard whether somebody would have to type the input
 * @param color whether messages may be coloured
 */
record Terminal(InputStream in, OutputStream out, PrintStream err, boolean inIsKeyboard, boolean color) {
    /** Those of this process. {@code System.out} is not among them, since it swallows errors. */
    static Terminal ofProcess() {
        String noColor = System.getenv("NO_COLOR");
        return new Terminal(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                isTerminal(0),
                (noColor == null || noColor.isEmpty()) && isTerminal(2));
    }

    /** Whether a file descriptor is a terminal: where Linux shows what it is, else as the JDK answers for all. */
    private static boolean isTerminal(int descriptor) {
        try {
            String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return hasConsole();
        }
    }

    @SuppressWarnings("SystemConsoleNull") // Newer JDKs always have a console, and say by a method what it is.
    private static boolean hasConsole() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}

package dev.exposit.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The program run inside the test: what it is given, and what came of it. */
final class Run {
    private final ByteArrayOutputStream captured = new ByteArrayOutputStream();
    private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
    private InputStream in = InputStream.nullInputStream();
    private OutputStream out = captured;
    private boolean keyboard;
    private boolean color;
    private int status;

    static Run exposit(String... args) {
        return new Run().with(args);
    }

    static Run withInput(String text) {
        return withInput(text.getBytes(StandardCharsets.UTF_8));
    }

    static Run withInput(byte[] bytes) {
        Run run = new Run();
        run.in = new ByteArrayInputStream(bytes);
        return run;
    }

    static Run atKeyboard() {
        Run run = new Run();
        run.keyboard = true;
        return run;
    }

    Run inColor() {
        color = true;
        return this;
    }

    Run writingTo(OutputStream target) {
        out = target;
        return this;
    }

    Run with(String... args) {
        PrintStream err = new PrintStream(messages, true, StandardCharsets.UTF_8);
        status = Main.run(new Terminal(in, out, err, keyboard, color), args);
        return this;
    }

    int status() {
        return status;
    }

    String out() {
        return captured.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return messages.toString(StandardCharsets.UTF_8);
    }
}

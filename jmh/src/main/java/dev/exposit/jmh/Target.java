package dev.exposit.jmh;

import java.io.OutputStream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Where a benchmark writes to: nowhere, so that the writer's own work is measured, or wherever a test wants it. */
@State(Scope.Thread)
public class Target {
    private OutputStream stream = OutputStream.nullOutputStream();

    void set(OutputStream stream) {
        this.stream = stream;
    }

    CountingStream open() {
        return new CountingStream(stream);
    }
}

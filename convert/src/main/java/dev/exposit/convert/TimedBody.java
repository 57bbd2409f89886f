package dev.exposit.convert;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body as a stream that waits only so long for the server. The time-out of a request ends with the answer's
 * headers, and the client's own stream waits for ever.
 *
 * <p>Only the time spent waiting counts, so that a slow consumer does not make the server late. One piece is asked for
 * at a time, and hence held at most. Closing the stream before its end closes the connection.
 */
final class TimedBody extends InputStream implements HttpResponse.BodySubscriber<TimedBody> {
    /** What came: buffers, or the end, which is a failure or not. */
    private record Piece(
            List<ByteBuffer> buffers,
            boolean last,
            @Nullable Throwable failure) {}

    private final LongSupplier nanos;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();

    // Set by the client's threads and the reader's.
    private Flow.@Nullable Subscription subscription;
    private boolean closed;

    // The reader's own.
    private @Nullable Piece piece;
    private int buffer;
    private long nanosLeft = -1;
    private boolean timedOut;

    private TimedBody(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Makes such bodies.
     *
     * @param nanos how long one waits in nanoseconds, asked when it is first read
     */
    static HttpResponse.BodyHandler<TimedBody> handler(LongSupplier nanos) {
        return info -> new TimedBody(nanos);
    }

    // ---- The client's side

    @Override
    public CompletionStage<TimedBody> getBody() {
        // At once: whoever waits for the headers need not wait for the body.
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        if (closed) {
            subscription.cancel();
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.add(new Piece(buffers, false, null));
    }

    @Override
    public void onError(Throwable failure) {
        pieces.add(new Piece(List.of(), true, failure));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece(List.of(), true, null));
    }

    // ---- The reader's side

    /** Whether the server took too long. */
    boolean isTimedOut() {
        return timedOut;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuffer from = fill();
        if (from == null) {
            return -1;
        }
        int n = Math.min(length, from.remaining());
        from.get(target, offset, n);
        return n;
    }

    @Override
    public int available() {
        ByteBuffer from = unread();
        return from == null ? 0 : from.remaining();
    }

    /** A buffer with something in it, or null at the end. */
    private @Nullable ByteBuffer fill() throws IOException {
        while (true) {
            if (isClosed()) {
                throw new IOException("the stream is closed");
            }
            ByteBuffer unread = unread();
            if (unread != null) {
                return unread;
            }
            if (piece != null) {
                if (piece.failure != null) {
                    throw new IOException(
                            "the body ends before it is complete: " + piece.failure.getMessage(), piece.failure);
                }
                if (piece.last) {
                    return null;
                }
                request();
            }
            piece = take();
            buffer = 0;
        }
    }

    /** A buffer with something in it that has come already, or null. */
    private @Nullable ByteBuffer unread() {
        if (piece != null) {
            for (; buffer < piece.buffers.size(); buffer++) {
                if (piece.buffers.get(buffer).hasRemaining()) {
                    return piece.buffers.get(buffer);
                }
            }
        }
        return null;
    }

    private synchronized void request() {
        if (subscription != null) {
            subscription.request(1);
        }
    }

    private Piece take() throws IOException {
        if (nanosLeft < 0) {
            nanosLeft = Math.max(0, nanos.getAsLong());
        }
        long began = System.nanoTime();
        Piece taken = null;
        try {
            taken = pieces.poll(nanosLeft, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            throw new InterruptedIOException("interrupted");
        }
        nanosLeft = Math.max(0, nanosLeft - (System.nanoTime() - began));
        if (taken == null) {
            timedOut = true;
            close();
            throw new IOException("timed out");
        }
        return taken;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (subscription != null && (piece == null || !piece.last)) {
            subscription.cancel();
        }
    }
}

package dev.exposit.graphite;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A target with faults: takes what carbon takes, remembers what has arrived and how many times, and breaks connections as it
 * is told, all by one test's thread. A last line without its end counts for nothing, as with carbon.
 */
final class SinkServer implements AutoCloseable {
    /** What is spoken. */
    enum Speech {
        LINES,
        PICKLES,
        PROTOBUF
    }

    /** What becomes of a connection. */
    enum End {
        /** Everything is read; when the client has ended the connection it is closed. */
        READ,
        /** Reset after some bytes, unless the client ends the connection before. */
        RESET,
        /** Closed after some bytes, which becomes a reset if there are more. */
        CLOSE,
        /** Never read, once some bytes have been. */
        DEAF,
        /** Everything is read, but the connection is never closed. */
        KEEP
    }

    /** A connection's fate. */
    record Fate(End end, long afterBytes) {
        static final Fate READ = new Fate(End.READ, 0);
    }

    /** A path with a time. */
    record Point(String path, long seconds) {}

    private final Speech speech;
    private final @Nullable SSLSocketFactory tls;
    private final int port;
    private final Map<Point, AtomicInteger> arrived = new ConcurrentHashMap<>();
    private final Map<Point, Double> values = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Throwable> bad = new ArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Supplier<Fate> fates = () -> Fate.READ;
    private @Nullable ServerSocket listener;
    private @Nullable Thread acceptor;

    SinkServer(Speech speech) throws IOException {
        this(speech, null);
    }

    SinkServer(Speech speech, @Nullable SSLSocketFactory tls) throws IOException {
        this.speech = speech;
        this.tls = tls;
        port = listen(0);
    }

    private int listen(int wanted) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        // Small, so that a deaf server is noticed after few bytes.
        socket.setReceiveBufferSize(16 << 10);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
        listener = socket;
        acceptor = thread("accept", () -> accept(socket));
        return socket.getLocalPort();
    }

    private static Thread thread(String name, Runnable body) {
        Thread thread = new Thread(body, "sink " + name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    int port() {
        return port;
    }

    /** The fate of each connection from now on. */
    void fates(Supplier<Fate> fates) {
        this.fates = fates;
    }

    /**
     * Refuses connections from now on, and then closes those that there are, in the order in which carbon goes down. A socket
     * on which a thread waits is closed by the kernel only when that thread has left it.
     */
    void down() throws IOException {
        ServerSocket socket = listener;
        Thread thread = acceptor;
        if (socket != null && thread != null) {
            listener = null;
            socket.close();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        closeConnections();
    }

    /** Takes connections again, on the same port. */
    void up() throws IOException {
        listen(port);
    }

    /** Closes all connections; in order, where everything had been read. */
    void closeConnections() throws IOException {
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** How many connections there have been, with those over which nothing came. */
    int accepted() {
        return accepted.get();
    }

    /** How many connections there have been over which something came. */
    int connections() {
        return connections.get();
    }

    /** How many connections there are. */
    int openConnections() {
        return open.size();
    }

    /** What has arrived, and how many times each. */
    Map<Point, AtomicInteger> arrived() {
        return arrived;
    }

    /** The values that arrived last. */
    Map<Point, Double> values() {
        return values;
    }

    /** How many samples have arrived, with those that arrived again. */
    long total() {
        return arrived.values().stream().mapToLong(AtomicInteger::get).sum();
    }

    /** What could not be read. */
    List<Throwable> bad() {
        synchronized (bad) {
            return List.copyOf(bad);
        }
    }

    /** Waits half a minute at most; false if it has not come true. */
    static boolean await(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                return false;
            }
            Thread.sleep(2);
        }
        return true;
    }

    private void accept(ServerSocket from) {
        try {
            while (true) {
                Socket raw = from.accept();
                Socket socket = tls == null ? raw : server(tls, raw);
                open.add(socket);
                accepted.incrementAndGet();
                Fate fate = fates.get();
                thread("connection", () -> serve(raw, socket, fate));
            }
        } catch (IOException e) {
            // Down.
        }
    }

    private static Socket server(SSLSocketFactory tls, Socket raw) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(raw, null, true);
        socket.setUseClientMode(false);
        return socket;
    }

    private void serve(Socket raw, Socket socket, Fate fate) {
        try (socket) {
            read(socket, fate, raw);
        } catch (IOException e) {
            // Broken; what counts is what had arrived before.
        } finally {
            if (fate.end() != End.DEAF && fate.end() != End.KEEP) {
                open.remove(socket);
            }
        }
    }

    private void read(Socket socket, Fate fate, Socket raw) throws IOException {
        boolean all = fate.end() == End.READ || fate.end() == End.KEEP;
        InputStream in = socket.getInputStream();
        Receiver receiver = new Receiver();
        byte[] buffer = new byte[8 << 10];
        boolean first = true;
        long left = all ? Long.MAX_VALUE : fate.afterBytes();
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (count < 0) {
                if (fate.end() == End.KEEP) {
                    hold(socket);
                }
                return;
            }
            if (first) {
                first = false;
                connections.incrementAndGet();
            }
            left -= count;
            receiver.take(buffer, count);
        }
        switch (fate.end()) {
            case RESET -> {
                raw.setSoLinger(true, 0);
                raw.close();
            }
            case DEAF -> hold(socket);
            case READ, KEEP, CLOSE -> {}
        }
    }

    private static void hold(Socket socket) {
        try {
            while (!socket.isClosed()) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void arrived(Wires.Arrived sample) {
        Point point = new Point(sample.path(), sample.seconds());
        values.put(point, sample.value());
        arrived.computeIfAbsent(point, p -> new AtomicInteger()).incrementAndGet();
    }

    @Override
    public void close() throws IOException {
        down();
    }

    /** Makes samples of the bytes of one connection. */
    private final class Receiver {
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

        void take(byte[] bytes, int count) throws IOException {
            pending.write(bytes, 0, count);
            byte[] all = pending.toByteArray();
            int used = 0;
            try {
                used = speech == Speech.LINES ? lines(all) : frames(all);
            } catch (RuntimeException e) {
                synchronized (bad) {
                    bad.add(e);
                }
                throw new IOException("cannot be read", e);
            }
            pending.reset();
            pending.write(all, used, all.length - used);
        }

        private int lines(byte[] all) {
            int begin = 0;
            for (int i = 0; i < all.length; i++) {
                if (all[i] == '\n') {
                    arrived(Wires.line(new String(all, begin, i - begin, StandardCharsets.UTF_8)));
                    begin = i + 1;
                }
            }
            return begin;
        }

        private int frames(byte[] all) throws IOException {
            int at = 0;
            while (all.length - at >= 4) {
                DataInputStream in = new DataInputStream(new ByteArrayInputStream(all, at, all.length - at));
                int length = in.readInt();
                if (all.length - at - 4 < length) {
                    break;
                }
                byte[] frame = in.readNBytes(length);
                (speech == Speech.PICKLES ? Wires.pickle(frame) : Wires.protobuf(frame))
                        .forEach(SinkServer.this::arrived);
                at += 4 + length;
            }
            return at;
        }
    }
}

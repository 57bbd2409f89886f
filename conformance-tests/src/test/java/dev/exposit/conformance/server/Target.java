package dev.exposit.conformance.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** What is scraped: a server with a page for each case. */
final class Target implements AutoCloseable {
    /** An answer to a scrape. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(String contentType, byte[] body) {}

    /** What a page answers. */
    @FunctionalInterface
    interface Page {
        /** The answer to a request with these lines of the header {@code Accept}. */
        Answer answer(List<String> accept) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Set<String> pages;

    /** Serves pages, each by its name. */
    Target(Map<String, Page> pages) throws IOException {
        this.pages = pages.keySet();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        pages.forEach((name, page) -> server.createContext("/" + name, exchange -> answer(exchange, page)));
        server.start();
    }

    private static void answer(HttpExchange exchange, Page page) throws IOException {
        Answer answer = page.answer(exchange.getRequestHeaders().get("Accept"));
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        exchange.sendResponseHeaders(200, answer.body().length);
        exchange.getResponseBody().write(answer.body());
        exchange.close();
    }

    Set<String> pages() {
        return pages;
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}

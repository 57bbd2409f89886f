package dev.exposit.conformance.graphite;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * What people run in front of carbon, which knows no TLS: takes connections with TLS 1.3 for {@code localhost} or 127.0.0.1
 * and hands on what comes, in either direction, its end too.
 */
final class TlsProxy implements AutoCloseable {
    private static final char[] PASSWORD = "of a test only".toCharArray();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SSLContext context;
    private final SSLServerSocket server;
    private final int target;

    /** A proxy in front of a port of 127.0.0.1. */
    TlsProxy(int target) throws Exception {
        this.target = target;
        context = context(certificate());
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setEnabledProtocols(new String[] {"TLSv1.3"});
        threads.execute(this::accept);
    }

    /** A new key with a certificate that it signs itself. */
    private static KeyStore certificate() throws Exception {
        Path folder = Files.createTempDirectory("exposit-tls");
        Path file = folder.resolve("keys.p12");
        try {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "proxy",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "san=dns:localhost,ip:127.0.0.1",
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            new String(PASSWORD),
                            "-keystore",
                            file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!keytool.waitFor(1, TimeUnit.MINUTES) || keytool.exitValue() != 0) {
                keytool.destroyForcibly();
                throw new AssertionError("keytool made no key");
            }
            return KeyStore.getInstance(file.toFile(), PASSWORD);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    /** For both sides: who has the key trusts the certificate. */
    private static SSLContext context(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        try {
            trusted.load(null, null);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        trusted.setCertificateEntry("proxy", keys.getCertificate("proxy"));
        TrustManagerFactory others = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        others.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), others.getTrustManagers(), null);
        return context;
    }

    int port() {
        return server.getLocalPort();
    }

    /** For connections to it. */
    SSLContext trusting() {
        return context;
    }

    private void accept() {
        while (true) {
            try {
                Socket client = server.accept();
                threads.execute(() -> handOn(client));
            } catch (IOException e) {
                return; // It was closed.
            }
        }
    }

    private void handOn(Socket client) {
        try (client;
                Socket carbon = new Socket(InetAddress.getLoopbackAddress(), target)) {
            Future<?> there = threads.submit(() -> copy(client, carbon));
            copy(carbon, client);
            there.get();
        } catch (Exception e) {
            // One side broke off, and both are closed now: that is all the other gets to know.
        }
    }

    private static Void copy(Socket from, Socket to) throws IOException {
        InputStream in = from.getInputStream();
        byte[] buffer = new byte[8_192];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            to.getOutputStream().write(Arrays.copyOf(buffer, read));
        }
        to.shutdownOutput();
        return null;
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}

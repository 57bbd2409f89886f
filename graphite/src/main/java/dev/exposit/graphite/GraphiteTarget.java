package dev.exposit.graphite;

import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where samples go, and how. Immutable; each {@code with} method answers a changed copy.
 *
 * <p>The host's name is looked up anew for each connection. The JVM remembers what it found for as long as the security
 * property {@code networkaddress.cache.ttl} says, 30 s unless set.
 *
 * @param host a name or an address, of IPv6 without brackets; all addresses of a name are tried
 * @param port 1 to 65,535
 * @param transport what is spoken there
 * @param connectTimeout how long looking up, connecting and TLS's handshake may take in all; more than zero. Default 5 s
 * @param writeTimeout how long one batch may take to be written; more than zero. Default 30 s
 * @param confirmTimeout how long the target may take to close a connection that we have ended, which is how it shows that
 *     it has read everything; zero not to wait for it, so that what was on its way when the target went down is lost. UDP
 *     has nothing to wait for. Default 10 s
 * @param connectionLifetime how long a connection is kept; zero for one a push. Default 1 min
 * @param datagramBytes the longest datagram over UDP, 64 to 65,507; carbon takes no more than 8,192. Default 1,400
 * @param tls what says whom TLS trusts, or null for the JDK's default
 */
public record GraphiteTarget(
        String host,
        int port,
        Transport transport,
        Duration connectTimeout,
        Duration writeTimeout,
        Duration confirmTimeout,
        Duration connectionLifetime,
        int datagramBytes,
        @Nullable SSLContext tls) {
    /** What a target speaks. */
    public enum Transport {
        /** Lines over TCP, carbon's port 2003. */
        TCP,
        /** Lines over UDP, whole ones in each datagram. Nothing tells whether they arrive. */
        UDP,
        /** Lines over TCP with TLS, to a proxy in front of carbon; the host's name is checked. */
        TLS,
        /** Pickles over TCP, carbon's port 2004. */
        PICKLE,
        /** carbon's protobuf over TCP. */
        PROTOBUF
    }

    /** Refuses values out of range. */
    public GraphiteTarget {
        Objects.requireNonNull(transport, "transport");
        if (host.isEmpty()) {
            throw new IllegalArgumentException("host must not be empty");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be 1 to 65535, got " + port);
        }
        positive("connectTimeout", connectTimeout);
        positive("writeTimeout", writeTimeout);
        notNegative("confirmTimeout", confirmTimeout);
        notNegative("connectionLifetime", connectionLifetime);
        if (datagramBytes < 64 || datagramBytes > 65_507) {
            throw new IllegalArgumentException("datagramBytes must be 64 to 65507, got " + datagramBytes);
        }
    }

    private static void positive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " must be more than zero, got " + duration);
        }
    }

    private static void notNegative(String name, Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException(name + " must not be negative, got " + duration);
        }
    }

    /** A target with the defaults. */
    public static GraphiteTarget of(String host, int port, Transport transport) {
        return new GraphiteTarget(
                host,
                port,
                transport,
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                1_400,
                null);
    }

    /** A target that takes lines over TCP. */
    public static GraphiteTarget tcp(String host, int port) {
        return of(host, port, Transport.TCP);
    }

    /** A target that takes lines over UDP. */
    public static GraphiteTarget udp(String host, int port) {
        return of(host, port, Transport.UDP);
    }

    /** A target that takes lines over TCP with TLS, and whose certificate the JDK trusts. */
    public static GraphiteTarget tls(String host, int port) {
        return of(host, port, Transport.TLS);
    }

    /** A target that takes pickles over TCP. */
    public static GraphiteTarget pickle(String host, int port) {
        return of(host, port, Transport.PICKLE);
    }

    /** A target that takes carbon's protobuf over TCP. */
    public static GraphiteTarget protobuf(String host, int port) {
        return of(host, port, Transport.PROTOBUF);
    }

    /** The same with another time to connect in. */
    public GraphiteTarget withConnectTimeout(Duration connectTimeout) {
        return new GraphiteTarget(
                host,
                port,
                transport,
                connectTimeout,
                writeTimeout,
                confirmTimeout,
                connectionLifetime,
                datagramBytes,
                tls);
    }

    /** The same with another time to write a batch in. */
    public GraphiteTarget withWriteTimeout(Duration writeTimeout) {
        return new GraphiteTarget(
                host,
                port,
                transport,
                connectTimeout,
                writeTimeout,
                confirmTimeout,
                connectionLifetime,
                datagramBytes,
                tls);
    }

    /** The same with another time to confirm in. */
    public GraphiteTarget withConfirmTimeout(Duration confirmTimeout) {
        return new GraphiteTarget(
                host,
                port,
                transport,
                connectTimeout,
                writeTimeout,
                confirmTimeout,
                connectionLifetime,
                datagramBytes,
                tls);
    }

    /** The same with another time for which a connection is kept. */
    public GraphiteTarget withConnectionLifetime(Duration connectionLifetime) {
        return new GraphiteTarget(
                host,
                port,
                transport,
                connectTimeout,
                writeTimeout,
                confirmTimeout,
                connectionLifetime,
                datagramBytes,
                tls);
    }

    /** The same with another longest datagram. */
    public GraphiteTarget withDatagramBytes(int datagramBytes) {
        return new GraphiteTarget(
                host,
                port,
                transport,
                connectTimeout,
                writeTimeout,
                confirmTimeout,
                connectionLifetime,
                datagramBytes,
                tls);
    }

    /** The same with another choice of whom TLS trusts. */
    public GraphiteTarget withTls(@Nullable SSLContext tls) {
        return new GraphiteTarget(
                host,
                port,
                transport,
                connectTimeout,
                writeTimeout,
                confirmTimeout,
                connectionLifetime,
                datagramBytes,
                tls);
    }

    /** Host and port as messages name them. */
    String address() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** Whether the target shows that it has read everything. */
    boolean confirms() {
        return transport != Transport.UDP && !confirmTimeout.isZero();
    }
}

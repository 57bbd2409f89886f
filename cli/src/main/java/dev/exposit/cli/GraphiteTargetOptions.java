package dev.exposit.cli;

import dev.exposit.graphite.GraphiteTarget;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say where samples go. */
final class GraphiteTargetOptions {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--to",
            paramLabel = "HOST:PORT",
            required = true,
            description = "Where Graphite listens; an IPv6 address stands in brackets.")
    @SuppressWarnings("NullAway.Init")
    private String to;

    @Option(
            names = "--transport",
            paramLabel = "TRANSPORT",
            defaultValue = "tcp",
            converter = Words.Transports.class,
            completionCandidates = Words.Transports.class,
            description =
                    "What is spoken there: ${COMPLETION-CANDIDATES}. tcp, udp and tls send lines; pickle and protobuf"
                            + " have ports of their own. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private GraphiteTarget.Transport transport;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            description = "Trust these certificates (PEM) instead of those that the JDK trusts.")
    private @Nullable Path tlsCa;

    @Option(
            names = "--no-confirm",
            description =
                    "Do not wait for the target to close connections that we have ended, which is how it shows that it"
                            + " has read everything. For targets that never do; what was on its way when one goes down is lost.")
    private boolean unconfirmed;

    /** Where samples go, in words. */
    String address() {
        return to;
    }

    GraphiteTarget target() {
        int colon = to.lastIndexOf(':');
        String host = colon < 0 ? "" : to.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw wrong("expected an IPv6 address in brackets, [" + to + "]:2003 for example, got '" + to + "'");
        }
        try {
            GraphiteTarget target = GraphiteTarget.of(host, Integer.parseInt(to.substring(colon + 1)), transport);
            if (unconfirmed) {
                target = target.withConfirmTimeout(Duration.ZERO);
            }
            return tlsCa == null ? target : target.withTls(trusting(tlsCa));
        } catch (IllegalArgumentException e) {
            throw wrong("expected HOST:PORT for --to, got '" + to + "'");
        }
    }

    private SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("ca" + trusted.size(), certificate);
            }
            if (trusted.size() == 0) {
                throw wrong(file + ": no certificate in it");
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw wrong(Messages.why(e));
        } catch (GeneralSecurityException e) {
            throw wrong(file + ": " + e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** The host and port of a URL. */
    static String authority(String url) {
        URI uri = URI.create(url);
        int port = uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        return uri.getHost() + ':' + port;
    }
}

package dev.exposit.graphite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exposit.graphite.GraphiteTarget.Transport;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DeliverySettingsTest {
    private static final GraphiteTarget TARGET = GraphiteTarget.tcp("carbon", 2003);
    private static final DeliveryOptions OPTIONS = DeliveryOptions.defaults();
    private static final Duration ODD = Duration.ofSeconds(77);

    @Test
    void eachFactoryHasItsTransport() {
        assertThat(List.of(
                        GraphiteTarget.tcp("h", 1),
                        GraphiteTarget.udp("h", 1),
                        GraphiteTarget.tls("h", 1),
                        GraphiteTarget.pickle("h", 1),
                        GraphiteTarget.protobuf("h", 1)))
                .extracting(GraphiteTarget::transport)
                .containsExactly(Transport.values());
        assertThat(GraphiteTarget.tcp("::1", 1).address()).isEqualTo("[::1]:1");
        assertThat(GraphiteTarget.udp("h", 1).confirms()).isFalse();
    }

    @Test
    void eachChangeChangesItsPartOnly() throws Exception {
        SSLContext tls = SSLContext.getDefault();
        GraphiteTarget changed = TARGET.withConnectTimeout(ODD)
                .withWriteTimeout(ODD.plusSeconds(1))
                .withConfirmTimeout(ODD.plusSeconds(2))
                .withConnectionLifetime(ODD.plusSeconds(3))
                .withDatagramBytes(512)
                .withTls(tls);
        assertThat(changed)
                .isEqualTo(new GraphiteTarget(
                        "carbon",
                        2003,
                        Transport.TCP,
                        ODD,
                        ODD.plusSeconds(1),
                        ODD.plusSeconds(2),
                        ODD.plusSeconds(3),
                        512,
                        tls));
        assertThat(OPTIONS.withQueue(50_000, 1 << 20)
                        .withQueueFull(QueueFull.BLOCK)
                        .withBlockTimeout(ODD)
                        .withBatch(500, 40_000)
                        .withBackoff(Duration.ofMillis(3), ODD))
                .isEqualTo(new DeliveryOptions(
                        50_000, 1 << 20, QueueFull.BLOCK, ODD, 500, 40_000, Duration.ofMillis(3), ODD));
    }

    static Stream<Arguments> targets() {
        return Stream.of(
                refused("connectTimeout", target -> target.withConnectTimeout(Duration.ZERO)),
                refused("writeTimeout", target -> target.withWriteTimeout(Duration.ZERO)),
                refused("confirmTimeout", target -> target.withConfirmTimeout(Duration.ofNanos(-1))),
                refused("connectionLifetime", target -> target.withConnectionLifetime(Duration.ofNanos(-1))),
                refused("datagramBytes", target -> target.withDatagramBytes(63)),
                refused("datagramBytes", target -> target.withDatagramBytes(65_508)),
                refused("host", target -> GraphiteTarget.tcp("", 1)),
                refused("port", target -> GraphiteTarget.tcp("h", 0)));
    }

    private static Arguments refused(String name, UnaryOperator<GraphiteTarget> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void targetsOutOfRangeAreRefused(String name, UnaryOperator<GraphiteTarget> change) {
        assertThatThrownBy(() -> change.apply(TARGET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + " must ");
    }

    static Stream<Arguments> options() {
        return Stream.of(
                refusedOption("queueSamples", options -> options.withQueue(9_999, 1 << 20)),
                refusedOption("queueBytes", options -> options.withQueue(10_000, 1)),
                refusedOption("batchSamples", options -> options.withBatch(0, 64 << 10)),
                refusedOption("batchBytes", options -> options.withBatch(1, (32 << 10) - 1)),
                refusedOption("batchBytes", options -> options.withBatch(1, (1 << 20) + 1)),
                refusedOption("blockTimeout", options -> options.withBlockTimeout(Duration.ofNanos(-1))),
                refusedOption("backoffFirst", options -> options.withBackoff(Duration.ZERO, ODD)),
                refusedOption("backoffMax", options -> options.withBackoff(ODD, ODD.minusNanos(1))));
    }

    private static Arguments refusedOption(String name, UnaryOperator<DeliveryOptions> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest
    @MethodSource("options")
    void optionsOutOfRangeAreRefused(String name, UnaryOperator<DeliveryOptions> change) {
        assertThatThrownBy(() -> change.apply(OPTIONS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + " must ");
    }
}

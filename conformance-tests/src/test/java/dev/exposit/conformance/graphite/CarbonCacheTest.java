package dev.exposit.conformance.graphite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.graphite.GraphiteTarget.Transport;
import java.io.ByteArrayOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** That {@link CarbonCache} tells what carbon has stored, whatever way it came: lines and bytes that we write by hand. */
class CarbonCacheTest {
    @Test
    void tellsWhatWasStored() throws Exception {
        try (CarbonCache carbon = CarbonCache.start()) {
            long now = System.currentTimeMillis() / 1000;
            String lines = """
                    plain.a.b 1 NOW
                    tags;z=1;a=\u00e9;b=x.y 0.1234567890123456789 NOW
                    newest 1 NOW
                    newest 2 NOW
                    .dot 4 NOW
                    twice..dot 5e-324 NOW
                    infinite +Inf NOW
                    open{a="b"} 6 NOW
                    three words 7 NOW
                    no-number x NOW
                    none NaN NOW
                    tag;name=x 8 NOW
                    lost 9 NOW""".replace("NOW", String.valueOf(now));
            send(carbon.port(Transport.TCP), lines.getBytes(UTF_8));
            datagram(carbon.port(Transport.UDP), "udp;a=b 1.5 %1$d\nudp.c 1.7976931348623157e308 %1$d".formatted(now));
            send(carbon.port(Transport.PICKLE), withLength(pickle("pickled, with blanks", -0.5, now)));
            send(carbon.port(Transport.PROTOBUF), withLength(protobuf("protobuf;b=2;a=1", 2.5, now)));

            carbon.settle(12);

            Map<String, Double> expected = new LinkedHashMap<>();
            expected.put("plain.a.b", 1.0);
            expected.put("tags;a=\u00e9;b=x.y;z=1", 0.12345678901234568);
            expected.put("newest", 2.0);
            expected.put(".dot", 4.0);
            expected.put("twice..dot", Double.MIN_VALUE);
            expected.put("infinite", Double.POSITIVE_INFINITY);
            expected.put("open;a=b", 6.0);
            expected.put("tag", 8.0);
            expected.put("udp;a=b", 1.5);
            expected.put("udp.c", Double.MAX_VALUE);
            expected.put("pickled, with blanks", -0.5);
            expected.put("protobuf;a=1;b=2", 2.5);
            Map<String, Received> series = carbon.series();
            assertThat(series.keySet()).containsExactlyInAnyOrderElementsOf(expected.keySet());
            expected.forEach(
                    (name, value) -> assertThat(series).as(name).containsEntry(name, new Received(now, value)));
            assertThat(carbon.log())
                    .contains("ignoring [three words 7 " + now + "]", "ignoring [no-number x " + now + "]");
        }
    }

    @Test
    void isReachedThroughTls() throws Exception {
        try (CarbonCache carbon = CarbonCache.start();
                TlsProxy proxy = new TlsProxy(carbon.port(Transport.TCP))) {
            long now = System.currentTimeMillis() / 1000;
            for (String host : List.of("localhost", "127.0.0.1")) {
                try (SSLSocket socket =
                        (SSLSocket) proxy.trusting().getSocketFactory().createSocket(host, proxy.port())) {
                    SSLParameters parameters = socket.getSSLParameters();
                    parameters.setEndpointIdentificationAlgorithm("HTTPS");
                    socket.setSSLParameters(parameters);
                    String lines = IntStream.range(0, 500)
                            .mapToObj(i -> "%s.n%d %d %d%n".formatted(host, i, i, now))
                            .collect(Collectors.joining());
                    sendAndEnd(socket, lines.getBytes(UTF_8));
                }
            }
            carbon.settle(1_000);
            assertThat(carbon.series())
                    .hasSize(1_000)
                    .containsEntry("localhost.n499", new Received(now, 499))
                    .containsEntry("127.0.0.1.n0", new Received(now, 0));
        }
    }

    /** The limits that a sender has to know, each with the longest that fits and one byte more. */
    @Test
    void hasLimits() throws Exception {
        try (CarbonCache carbon = CarbonCache.start()) {
            long now = System.currentTimeMillis() / 1000;
            String end = " 1 " + now;

            // A line of 16 KiB, its end not counted. With a longer one the connection is lost, and what follows with
            // it.
            int line = 16_384 - end.length();
            lose(carbon.port(Transport.TCP), (padded("fits;a=", line) + end + "\nnext" + end + "\n").getBytes(UTF_8));
            lose(
                    carbon.port(Transport.TCP),
                    (padded("long;a=", line + 1) + end + "\nlost" + end + "\n").getBytes(UTF_8));
            // A datagram of 8 KiB. Of a longer one the end is cut off, here a digit of the timestamp.
            int datagram = 8_192 - "first \n".length() - 2 * end.length() + 1;
            datagram(carbon.port(Transport.UDP), "first" + end + "\n" + padded("whole;a=", datagram) + end);
            datagram(carbon.port(Transport.UDP), "first" + end + "\n" + padded("cut;a=", datagram + 1) + end);
            // Pickles and protobuf of 1 MiB. What stands behind a pickle is ignored, and so is a field that nobody
            // knows.
            byte[] pickle = pickle("pickle", 1, now);
            lose(carbon.port(Transport.PICKLE), withLength(Arrays.copyOf(pickle, 1 << 20)));
            byte[] longer = pickle("long.pickle", 1, now);
            lose(carbon.port(Transport.PICKLE), withLength(Arrays.copyOf(longer, (1 << 20) + 1)));
            lose(carbon.port(Transport.PROTOBUF), withLength(extended(protobuf("protobuf", 1, now), 1 << 20)));
            lose(
                    carbon.port(Transport.PROTOBUF),
                    withLength(extended(protobuf("long.protobuf", 1, now), (1 << 20) + 1)));
            carbon.settle(6);

            assertThat(carbon.series().keySet().stream().map(name -> name.replaceFirst(";.*", "")))
                    .containsExactlyInAnyOrder("fits", "next", "first", "whole", "pickle", "protobuf");
        }
    }

    private static String padded(String text, int length) {
        return text + "x".repeat(length - text.length());
    }

    /** A message made as long as that with a field of which nobody knows. */
    private static byte[] extended(byte[] message, int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(message);
        int rest = length - message.length - 4;
        out.write(15 << 3 | 2);
        out.write((rest & 0x7f) | 0x80);
        out.write(((rest >>> 7) & 0x7f) | 0x80);
        out.write(rest >>> 14);
        out.writeBytes(new byte[rest]);
        return out.toByteArray();
    }

    /** Sends bytes to a server that may close the connection at any time, and waits until it does. */
    private static void lose(int port, byte[] bytes) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            try {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            } catch (SocketException e) {
                // It was closed with bytes unread.
            }
        }
    }

    /** Sends bytes and waits until the server has read them all. */
    static void send(int port, byte[] bytes) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            sendAndEnd(socket, bytes);
        }
    }

    private static void sendAndEnd(Socket socket, byte[] bytes) throws Exception {
        socket.setSoTimeout(20_000);
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    static void datagram(int port, String lines) throws Exception {
        byte[] bytes = lines.getBytes(UTF_8);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        }
    }

    /** A pickle in protocol 0, which is text. */
    private static byte[] pickle(String path, double value, long seconds) {
        return "(l(V%s\n(I%d\nF%s\ntta.".formatted(path, seconds, value).getBytes(UTF_8);
    }

    private static byte[] protobuf(String path, double value, long seconds) {
        ByteArrayOutputStream point = new ByteArrayOutputStream();
        point.write(1 << 3);
        for (long rest = seconds; rest != 0; rest >>>= 7) {
            point.write((int) (rest & 0x7f) | (rest < 0x80 ? 0 : 0x80));
        }
        point.write(2 << 3 | 1);
        point.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putDouble(value)
                .array());
        ByteArrayOutputStream metric = new ByteArrayOutputStream();
        field(metric, 1, path.getBytes(UTF_8));
        field(metric, 2, point.toByteArray());
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        field(payload, 1, metric.toByteArray());
        return payload.toByteArray();
    }

    /** Writes a field of less than 128 bytes. */
    private static void field(ByteArrayOutputStream out, int number, byte[] bytes) {
        out.write(number << 3 | 2);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private static byte[] withLength(byte[] bytes) {
        return ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }
}

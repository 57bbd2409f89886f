package dev.exposit.conformance.graphite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.exposit.graphite.GraphiteTarget.Transport;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
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
            send(carbon.port(Transport.PICKLE), pickle("pickled, with blanks", -0.5, now));
            send(carbon.port(Transport.PROTOBUF), protobuf("protobuf;b=2;a=1", 2.5, now));

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

    private static void send(int port, byte[] bytes) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isEqualTo(-1); // It has read everything.
        }
    }

    private static void datagram(int port, String lines) throws Exception {
        byte[] bytes = lines.getBytes(UTF_8);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        }
    }

    /** A pickle in protocol 0, which is text. */
    private static byte[] pickle(String path, double value, long seconds) throws Exception {
        return withLength(
                "(l(V%s\n(I%d\nF%s\ntta.".formatted(path, seconds, value).getBytes(UTF_8));
    }

    private static byte[] protobuf(String path, double value, long seconds) throws Exception {
        ByteArrayOutputStream point = new ByteArrayOutputStream();
        point.write(1 << 3);
        for (long rest = seconds; rest != 0; rest >>>= 7) {
            point.write((int) (rest & 0x7f) | (rest < 0x80 ? 0 : 0x80));
        }
        point.write(2 << 3 | 1);
        new DataOutputStream(point).writeLong(Long.reverseBytes(Double.doubleToLongBits(value)));
        ByteArrayOutputStream metric = new ByteArrayOutputStream();
        field(metric, 1, path.getBytes(UTF_8));
        field(metric, 2, point.toByteArray());
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        field(payload, 1, metric.toByteArray());
        return withLength(payload.toByteArray());
    }

    /** Writes a field of less than 128 bytes. */
    private static void field(ByteArrayOutputStream out, int number, byte[] bytes) {
        out.write(number << 3 | 2);
        out.write(bytes.length);
        out.writeBytes(bytes);
    }

    private static byte[] withLength(byte[] bytes) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(bytes.length);
        data.write(bytes);
        return out.toByteArray();
    }
}

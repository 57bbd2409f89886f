package dev.exposit.conformance.graphite;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;

/** Ports of 127.0.0.1 for servers that cannot choose one themselves. */
final class Ports {
    private static final int TRIES = 20;

    private Ports() {}

    /** Some ports, each other than the others; nobody else has them over TCP, nor over UDP. */
    static int[] free(int count) throws IOException {
        ServerSocket[] held = new ServerSocket[count];
        int[] ports = new int[count];
        try {
            for (int i = 0; i < count; i++) {
                held[i] = hold();
                ports[i] = held[i].getLocalPort();
            }
        } finally {
            for (ServerSocket socket : held) {
                if (socket != null) {
                    socket.close();
                }
            }
        }
        return ports;
    }

    private static ServerSocket hold() throws IOException {
        for (int i = 0; ; i++) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            try {
                new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort()))
                        .close();
                return socket;
            } catch (SocketException e) {
                socket.close();
                if (i == TRIES) {
                    throw e;
                }
            }
        }
    }
}

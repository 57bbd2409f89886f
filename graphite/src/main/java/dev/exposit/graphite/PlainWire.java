package dev.exposit.graphite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The socket itself. */
final class PlainWire implements Wire {
    private static final int READ_BYTES = 1_024;

    private final SocketChannel channel;
    private final ByteBuffer waste = ByteBuffer.allocate(READ_BYTES);

    PlainWire(SocketChannel channel) {
        this.channel = channel;
    }

    /** One read is enough: the thread comes back as long as there is more, and so a peer that never stops cannot hold it. */
    @Override
    public boolean drain() throws IOException {
        waste.clear();
        return channel.read(waste) >= 0;
    }

    @Override
    public boolean write(ByteBuffer source) throws IOException {
        channel.write(source);
        return !source.hasRemaining();
    }

    @Override
    public boolean end() throws IOException {
        channel.shutdownOutput();
        return true;
    }

    @Override
    public boolean takesByte() {
        return takesByte(channel);
    }

    /** The byte is a line's end, as the least that it can be if somebody reads it after all. */
    static boolean takesByte(SocketChannel channel) {
        try {
            return channel.write(ByteBuffer.wrap(new byte[] {'\n'})) == 1;
        } catch (IOException e) {
            return false;
        }
    }
}

package dev.exposit.graphite;

import java.io.IOException;

/**
 * Python's pickle, protocol 2, of a list {@code [(path, (seconds, value)), …]}, behind its length in four bytes. Names are
 * BINUNICODE, so that any character of Unicode may be in them; nothing is memoised, which unpicklers do not ask for. The
 * opcodes are those of Python's {@code pickletools}. The message stays below carbon's limit of 1 MiB, since a batch does.
 */
final class PickleEncoder implements BatchEncoder {
    private static final byte PROTO = (byte) 0x80;
    private static final byte EMPTY_LIST = ']';
    private static final byte MARK = '(';
    private static final byte BINUNICODE = 'X';
    private static final byte BININT = 'J';
    private static final byte LONG1 = (byte) 0x8a;
    private static final byte BINFLOAT = 'G';
    private static final byte TUPLE2 = (byte) 0x86;
    private static final byte APPENDS = 'e';
    private static final byte STOP = '.';

    private static final byte[] HEAD = {0, 0, 0, 0, PROTO, 2, EMPTY_LIST, MARK};
    private static final byte[] TAIL = {APPENDS, STOP};
    /** What a sample has beside its path: the path's opcode and length, the longer form of the time, value and tuples. */
    private static final int BESIDE_PATH = 5 + 7 + 9 + 2;

    private final BatchBuffer buffer;

    PickleEncoder(BatchBuffer buffer) {
        this.buffer = buffer;
        buffer.frame(HEAD, TAIL);
    }

    @Override
    public boolean add(PathBuffer path, double value, long seconds) throws IOException {
        int pathLength = path.length();
        if (pathLength > buffer.room() - BESIDE_PATH) {
            return false;
        }
        byte[] bytes = buffer.bytes();
        int at = buffer.length();
        bytes[at++] = BINUNICODE;
        BatchBuffer.littleEndian(pathLength, bytes, at);
        at += Integer.BYTES;
        System.arraycopy(path.bytes(), 0, bytes, at, pathLength);
        at += pathLength;
        at = writeSeconds(seconds, bytes, at);
        long bits = Double.doubleToRawLongBits(value);
        bytes[at++] = BINFLOAT;
        BatchBuffer.bigEndian((int) (bits >>> 32), bytes, at);
        BatchBuffer.bigEndian((int) bits, bytes, at + 4);
        at += Double.BYTES;
        bytes[at++] = TUPLE2;
        bytes[at++] = TUPLE2;
        buffer.accept(at);
        return true;
    }

    /** BININT is signed, so that the seconds from 2038 on take LONG1 with a fifth byte of zero. */
    private static int writeSeconds(long seconds, byte[] bytes, int from) {
        int at = from;
        boolean fits = seconds <= Integer.MAX_VALUE;
        if (fits) {
            bytes[at++] = BININT;
        } else {
            bytes[at++] = LONG1;
            bytes[at++] = 5;
        }
        BatchBuffer.littleEndian((int) seconds, bytes, at);
        at += Integer.BYTES;
        if (!fits) {
            bytes[at++] = 0;
        }
        return at;
    }

    @Override
    public void flush() throws IOException {
        buffer.flush();
    }
}

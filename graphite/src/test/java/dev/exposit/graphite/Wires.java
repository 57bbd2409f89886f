package dev.exposit.graphite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads what goes over the wire, as plainly as possible: to check the encoders, and as the sink's receiver. */
final class Wires {
    /** A sample that arrived. */
    record Arrived(String path, double value, long seconds) {}

    private static final Object MARK = new Object();

    private Wires() {}

    /** One line without its end. */
    static Arrived line(String line) {
        String[] parts = line.split(" ", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not three parts: " + line);
        }
        double value = switch (parts[1]) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(parts[1]);
        };
        return new Arrived(parts[0], value, Long.parseLong(parts[2]));
    }

    /** Whole lines. */
    static List<Arrived> lines(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("the last line has no end: " + text);
        }
        return text.lines().map(Wires::line).toList();
    }

    /** A pickle with only the opcodes that a list of samples needs. */
    @SuppressWarnings("unchecked")
    static List<Arrived> pickle(byte[] pickle) {
        ByteBuffer in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
        Deque<Object> stack = new ArrayDeque<>();
        while (true) {
            int opcode = in.get() & 0xff;
            switch (opcode) {
                case 0x80 -> {
                    if (in.get() != 2) {
                        throw new IllegalArgumentException("not protocol 2");
                    }
                }
                case ']' -> stack.push(new ArrayList<>());
                case '(' -> stack.push(MARK);
                case 'X' -> stack.push(text(in, in.getInt()));
                case 'J' -> stack.push((long) in.getInt());
                case 0x8a -> stack.push(longOf(in, in.get()));
                case 'G' -> {
                    stack.push(in.order(ByteOrder.BIG_ENDIAN).getDouble());
                    in.order(ByteOrder.LITTLE_ENDIAN);
                }
                case 0x86 -> {
                    Object second = stack.pop();
                    stack.push(List.of(stack.pop(), second));
                }
                case 'e' -> {
                    Deque<Object> items = new ArrayDeque<>();
                    for (Object item = stack.pop(); item != MARK; item = stack.pop()) {
                        items.push(item);
                    }
                    ((List<Object>) stack.element()).addAll(items);
                }
                case '.' -> {
                    if (in.hasRemaining() || stack.size() != 1) {
                        throw new IllegalArgumentException("something is left");
                    }
                    return ((List<List<Object>>) stack.pop())
                            .stream().map(Wires::arrived).toList();
                }
                default -> throw new IllegalArgumentException("opcode " + opcode);
            }
        }
    }

    private static Arrived arrived(List<Object> item) {
        List<?> point = (List<?>) item.get(1);
        return new Arrived((String) item.get(0), (Double) point.get(1), (Long) point.get(0));
    }

    private static long longOf(ByteBuffer in, int length) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            value |= (in.get() & 0xffL) << (8 * i);
        }
        return value;
    }

    private static String text(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** carbon's Payload. */
    static List<Arrived> protobuf(byte[] payload) {
        List<Arrived> samples = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            expect(in, 0x0a);
            ByteBuffer metric = part(in);
            expect(metric, 0x0a);
            ByteBuffer path = part(metric);
            String name = text(path, path.remaining());
            while (metric.hasRemaining()) {
                expect(metric, 0x12);
                ByteBuffer point = part(metric);
                expect(point, 0x08);
                long seconds = varint(point);
                expect(point, 0x11);
                samples.add(new Arrived(name, point.getDouble(), seconds));
                if (point.hasRemaining()) {
                    throw new IllegalArgumentException("a point has more");
                }
            }
        }
        return samples;
    }

    private static void expect(ByteBuffer in, int tag) {
        int found = in.get();
        if (found != tag) {
            throw new IllegalArgumentException("expected tag " + tag + ", got " + found);
        }
    }

    private static ByteBuffer part(ByteBuffer in) {
        int length = (int) varint(in);
        ByteBuffer part = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + length);
        return part;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}

package dev.exposit.parser;

import dev.exposit.model.Location;
import java.util.Arrays;

/**
 * Where the parts of a message stand in the text that it was made of: for indexes of the message, in rising order, a place each.
 * It holds for what follows the index as well, up to the next one's.
 *
 * <p>Each is kept as what it adds to the one before, in varints: mostly four or five bytes. Who asks for one place after the
 * other, as readers do, is answered from where the last answer was.
 */
final class TextPlaces {
    /** An index, an offset, a line and a column. */
    private static final int LONGEST_ENTRY = 4 * 10;

    /** An entry, and where the next one is. */
    private static final class Entry {
        int next;
        int index;
        long offset;
        long line;
        long column;

        void set(Entry other) {
            next = other.next;
            index = other.index;
            offset = other.offset;
            line = other.line;
            column = other.column;
        }
    }

    private byte[] steps = new byte[256];
    private final Entry last = new Entry();
    private final Entry found = new Entry();
    private final Entry ahead = new Entry();
    private static final Entry NONE = new Entry();

    void clear() {
        last.set(NONE);
        found.set(NONE);
    }

    /** Adds a place; neither the index nor the offset is less than the one's before. */
    void add(int index, long offset, long line, long column) {
        if (steps.length - last.next < LONGEST_ENTRY) {
            steps = Arrays.copyOf(steps, (int) Math.min(2L * steps.length, Integer.MAX_VALUE - 16));
        }
        put(index - last.index);
        put(offset - last.offset);
        put(line - last.line);
        put(line == last.line ? column - last.column : column);
        last.index = index;
        last.offset = offset;
        last.line = line;
        last.column = column;
    }

    private void put(long step) {
        long rest = step;
        while (rest > 0x7F) {
            steps[last.next++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        steps[last.next++] = (byte) rest;
    }

    /** The place of an index, at or behind the first one added. */
    Location location(int index) {
        if (index < found.index) {
            found.set(NONE);
        }
        while (found.next < last.next) {
            ahead.set(found);
            take();
            if (ahead.index > index) {
                break;
            }
            found.set(ahead);
        }
        return new Location(found.line, found.column, found.offset);
    }

    private void take() {
        ahead.index += (int) step();
        ahead.offset += step();
        long lines = step();
        ahead.line += lines;
        ahead.column = lines == 0 ? ahead.column + step() : step();
    }

    private long step() {
        long step = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = steps[ahead.next++];
            step |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return step;
            }
        }
    }
}

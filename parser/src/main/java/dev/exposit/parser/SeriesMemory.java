package dev.exposit.parser;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The series of a target's scrapes, each known by the bytes that it is spelled with.
 *
 * <p>A target answers the same series in the same order again and again. So a line is first compared with the series that
 * stood there the last time; only one that is another is looked up among all.
 *
 * <p>A series is a number from 1, in the order in which they were met. What is known of them lies in arrays in this order, so that
 * the processor fetches it before it is asked for; objects of their own would be scattered by the collector, which costs more
 * than all the rest.
 */
final class SeriesMemory {
    /** Instead of a series. */
    static final int NONE = 0;

    // What is known of a series: so many ints.
    private static final int INTS = 9;

    /** Where its spelling begins, which ends {@value #VALUE_ROOM} bytes before the next one's begins. */
    private static final int START = 0;
    /** Where in the spelling the sample's name lies. */
    private static final int NAME_FROM = 1;

    private static final int NAME_TO = 2;
    /** A number that series have in common if they have one name and were met one behind the other. */
    private static final int NAME = 3;
    /** The series that stood behind it the last time. */
    private static final int FOLLOWER = 4;
    /** The number of the scrape that had it last. */
    private static final int SCRAPE = 5;

    private static final int HASH = 6;
    /** The next one in its slot of the table. */
    private static final int NEXT = 7;
    /** How many bytes behind its spelling are the value that it had last and the line feed; none if it is not remembered. */
    private static final int VALUE_BYTES = 8;

    /** Room behind a spelling for a value, which as the shortest text of a double has 24 characters at most, hardly ever all. */
    private static final int VALUE_ROOM = 24;

    /** What a series takes besides its spellings: its ints, its place in the table, its value, and what was made of it. */
    private static final int BYTES = Integer.BYTES * (INTS + 1) + Double.BYTES + 8;

    /** One in so many scrapes is a trial where no series ever comes back. */
    private static final int TRIALS = 8;
    /** So many series are remembered in a trial, and of those behind them one in {@value #SAMPLING}. */
    private static final int LEAST_SAMPLE = 64;

    private static final int SAMPLING = 16;

    private final long most;

    /** Of {@link #NONE} as well, which stands before the first series of a scrape. */
    private int[] known = new int[32 * INTS];

    private byte[] spellings = new byte[1 << 10];
    private double[] values = new double[32];
    private @Nullable Object[] made = new Object[32];
    private int size;
    private int names;

    /** By slot, the first of the series whose hash leads there; at least as many slots as series. */
    private int[] table = new int[32];

    /** The series of the line before. */
    private int last = NONE;
    /** Whether the series recognised last has the value here that it had the last time. */
    private boolean sameValue;

    private int scrape;
    /** How many series were met in this scrape, one met twice counted twice. */
    private int met;
    /** How many of them were new. */
    private int fresh;
    /** Whether a series of this scrape found no room. */
    private boolean isFull;

    /** How many scrapes one after the other had none of the series that were remembered. */
    private int strangeScrapes;

    /**
     * Which of the new series of a scrape are remembered. To remember costs more than reading does: too much where it has been for
     * nothing twice. Then mostly none are, and in a trial now and then some, which tell whether it is still so: as soon as one of
     * them comes back, all are remembered again.
     */
    private enum Remembered {
        ALL,
        SOME,
        NONE
    }

    private Remembered remembered = Remembered.ALL;

    /**
     * Nothing known yet.
     *
     * @param most the most memory in bytes, as estimated
     */
    SeriesMemory(long most) {
        this.most = Math.min(most, Integer.MAX_VALUE - 64);
    }

    /** How many series are remembered. */
    int size() {
        return size;
    }

    /** What the cache's owner made of the series, or null if nobody asked yet. */
    @Nullable
    Object made(int series) {
        return made[series];
    }

    void setMade(int series, Object what) {
        made[series] = what;
    }

    /** How many bytes the series is spelled with. */
    int length(int series) {
        return start(series + 1) - VALUE_ROOM - start(series);
    }

    /** How many bytes its value takes that it had last, with the line feed behind. */
    int valueBytes(int series) {
        return known[series * INTS + VALUE_BYTES];
    }

    /** The value that it had last, if it has {@link #valueBytes}. */
    double value(int series) {
        return values[series];
    }

    /**
     * Remembers the value of a series, spelled at {@code [from, to)} and followed by a line feed; one that is spelled too long
     * is not.
     */
    void setValue(int series, byte[] b, int from, int to, double value) {
        int bytes = to + 1 - from;
        if (bytes <= VALUE_ROOM) {
            System.arraycopy(b, from, spellings, start(series) + length(series), bytes);
            values[series] = value;
            known[series * INTS + VALUE_BYTES] = bytes;
        }
    }

    /** Where in the series' spelling the sample's name begins. */
    int nameFrom(int series) {
        return known[series * INTS + NAME_FROM];
    }

    /** Where in the series' spelling the sample's name ends. */
    int nameTo(int series) {
        return known[series * INTS + NAME_TO];
    }

    /** The same for series of one name that were met one behind the other. */
    int name(int series) {
        return known[series * INTS + NAME];
    }

    private int start(int series) {
        return known[series * INTS + START];
    }

    // ---- Scrapes

    /** Begins a scrape. */
    void begin() {
        scrape++;
        met = 0;
        fresh = 0;
        isFull = false;
        last = NONE;
        remembered = strangeScrapes < 2 ? Remembered.ALL : scrape % TRIALS == 0 ? Remembered.SOME : Remembered.NONE;
    }

    /** Ends a scrape that was read to its end: forgets the series that are gone, as soon as they are many. */
    void end() {
        if (remembered == Remembered.NONE) {
            return;
        }
        boolean isStrange = remembered == Remembered.SOME || (met == fresh && met < size);
        strangeScrapes = isStrange ? strangeScrapes + 1 : 0;
        // One that is gone may come back soon, and to forget costs a pass over all.
        if (size - met > met / 2 || isFull) {
            forgetGone();
        }
    }

    private void forgetGone() {
        int[] numbers = new int[size + 1];
        int kept = 0;
        for (int series = 1; series <= size; series++) {
            if (known[series * INTS + SCRAPE] == scrape) {
                numbers[series] = ++kept;
            }
        }
        int sizeBefore = size;
        size = 0;
        Arrays.fill(table, NONE);
        known[FOLLOWER] = numbers[known[FOLLOWER]];
        for (int series = 1; series <= sizeBefore; series++) {
            if (numbers[series] != NONE) {
                moveDown(series, numbers[known[series * INTS + FOLLOWER]]);
            }
        }
        Arrays.fill(made, size + 1, sizeBefore + 1, null);
    }

    /** Moves a series to the first free number, which is no higher than its own. */
    private void moveDown(int series, int follower) {
        int from = series * INTS;
        int start = start(series);
        int valueStart = start + length(series);
        int valueBytes = valueBytes(series);
        append(spellings, start, valueStart, known[from + HASH]);
        System.arraycopy(spellings, valueStart, spellings, start(size) + length(size), valueBytes);
        values[size] = values[series];
        int to = size * INTS;
        known[to + VALUE_BYTES] = valueBytes;
        known[to + NAME_FROM] = known[from + NAME_FROM];
        known[to + NAME_TO] = known[from + NAME_TO];
        known[to + NAME] = known[from + NAME];
        known[to + FOLLOWER] = follower;
        known[to + SCRAPE] = scrape;
        made[size] = made[series];
    }

    private static int roomFor(int series) {
        return series + series / 2 + 32;
    }

    // ---- Series

    /**
     * The series that stood here the last time, if the line at {@code from} begins with its spelling, which a blank ends; else
     * {@link #NONE}. It is the one at hand then.
     *
     * @param limit the end of the whole lines
     */
    int recognise(byte[] b, int from, int limit) {
        sameValue = false;
        int series = known[last * INTS + FOLLOWER];
        int length = length(series);
        if (series == NONE || from + length > limit || b[from + length - 1] != ' ') {
            return NONE;
        }
        // One look for both: how far two texts are the same costs no more than whether they are.
        int whole = Math.min(length + valueBytes(series), limit - from);
        int start = start(series);
        int same = EightBytes.mismatch(spellings, start, b, from, whole);
        sameValue = same < 0 && whole > length && whole < limit - from;
        return same < 0 || same >= length ? meetAgain(series) : NONE;
    }

    /** Whether the value that stands behind the series recognised last, and the line feed behind it, are those of the last time. */
    boolean isSameValue() {
        return sameValue;
    }

    /**
     * The series of a spelling, remembered from here on if it is new; {@link #NONE} if there is no room for it, or no use. It is
     * the one at hand then.
     *
     * @param nameFrom where in the spelling the sample's name begins
     * @param nameTo where it ends
     */
    int find(byte[] b, int from, int to, int nameFrom, int nameTo) {
        int expected = known[last * INTS + FOLLOWER];
        if (expected != NONE && isSpelled(expected, b, from, to)) {
            return meetAgain(expected);
        }
        if (remembered == Remembered.NONE) {
            return NONE;
        }
        int hash = (int) TextHash.of(b, from, to);
        if (remembered == Remembered.SOME && !isOfSample(hash)) {
            return NONE;
        }
        int found = lookUp(hash, b, from, to);
        if (found == NONE) {
            if (spellings() + to - from + VALUE_ROOM + (size + 1L) * BYTES > most) {
                isFull = true;
                return NONE;
            }
            found = append(b, from, to, hash);
            fresh++;
            setName(found, nameFrom, nameTo);
            known[found * INTS + FOLLOWER] = expected;
        } else {
            remembered = Remembered.ALL;
        }
        known[last * INTS + FOLLOWER] = found;
        return meet(found);
    }

    /** Whether a series is remembered in a trial. The sample does not depend on where series stand; low bits lead to their slots. */
    private boolean isOfSample(int hash) {
        return fresh < LEAST_SAMPLE || (hash >>> 16) % SAMPLING == 0;
    }

    /** How many bytes all spellings have, with the room for values. */
    private long spellings() {
        return start(size + 1);
    }

    private boolean isSpelled(int series, byte[] b, int from, int to) {
        return Arrays.equals(spellings, start(series), start(series) + length(series), b, from, to);
    }

    private int meetAgain(int series) {
        if (remembered != Remembered.ALL) {
            remembered = Remembered.ALL;
        }
        return meet(series);
    }

    private int meet(int series) {
        known[series * INTS + SCRAPE] = scrape;
        met++;
        last = series;
        return series;
    }

    private void setName(int series, int from, int to) {
        int start = start(series);
        int lastStart = start(last);
        boolean sameName = Arrays.equals(
                spellings, start + from, start + to, spellings, lastStart + nameFrom(last), lastStart + nameTo(last));
        int at = series * INTS;
        known[at + NAME_FROM] = from;
        known[at + NAME_TO] = to;
        known[at + NAME] = sameName ? name(last) : ++names;
    }

    private int append(byte[] b, int from, int to, int hash) {
        size++;
        // Behind the last stands where the next would begin.
        if ((size + 2) * INTS > known.length) {
            known = Arrays.copyOf(known, roomFor(size + 2) * INTS);
            values = Arrays.copyOf(values, roomFor(size + 2));
            made = Arrays.copyOf(made, roomFor(size + 2));
        }
        int start = start(size);
        int end = start + to - from + VALUE_ROOM;
        if (end > spellings.length) {
            spellings = Arrays.copyOf(spellings, (int) Math.min(most, 2L * end));
        }
        System.arraycopy(b, from, spellings, start, to - from);
        known[(size + 1) * INTS + START] = end;
        known[size * INTS + HASH] = hash;
        known[size * INTS + VALUE_BYTES] = 0;
        if (size > table.length) {
            growTable();
        } else {
            put(size);
        }
        return size;
    }

    // ---- The table

    private int lookUp(int hash, byte[] b, int from, int to) {
        int series = table[hash & (table.length - 1)];
        while (series != NONE && (known[series * INTS + HASH] != hash || !isSpelled(series, b, from, to))) {
            series = known[series * INTS + NEXT];
        }
        return series;
    }

    private void put(int series) {
        int slot = known[series * INTS + HASH] & (table.length - 1);
        known[series * INTS + NEXT] = table[slot];
        table[slot] = series;
    }

    private void growTable() {
        table = new int[2 * table.length];
        for (int series = 1; series <= size; series++) {
            put(series);
        }
    }
}

package dev.exposit.writer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What comes before the value of a label, its name above all, made ready for writing once and not on each line. Keeps a
 * bounded number of names; of more than that it begins anew.
 */
final class LabelHeads {
    private static final int MOST_NAMES = 1024;
    private static final int MOST_CHARS = 256;
    private static final int MOST_POSITIONS = 64;

    private final Function<String, byte[]> prepare;
    private final Map<String, byte[]> byName = new HashMap<>();

    // What stood at each position last. Mostly it stands there again, and is the same object.
    private String[] names = {};
    private byte[][] heads = {};

    /** Heads that are made of names by a function. */
    LabelHeads(Function<String, byte[]> prepare) {
        this.prepare = prepare;
    }

    /** The head of a name that stands at a position, from 0; not to be changed. */
    @SuppressWarnings("ReferenceEquality") // other objects of the same name are found by it
    byte[] head(int position, String name) {
        return position < names.length && names[position] == name ? heads[position] : find(position, name);
    }

    private byte[] find(int position, String name) {
        if (name.length() > MOST_CHARS) {
            return prepare.apply(name);
        }
        byte[] head = byName.get(name);
        if (head == null) {
            if (byName.size() == MOST_NAMES) {
                byName.clear();
            }
            head = prepare.apply(name);
            byName.put(name, head);
        }
        if (position < MOST_POSITIONS) {
            remember(position, name, head);
        }
        return head;
    }

    private void remember(int position, String name, byte[] head) {
        int known = names.length;
        if (position >= known) {
            names = Arrays.copyOf(names, position + 1);
            heads = Arrays.copyOf(heads, position + 1);
            Arrays.fill(names, known, position, "");
            Arrays.fill(heads, known, position, head);
        }
        names[position] = name;
        heads[position] = head;
    }
}

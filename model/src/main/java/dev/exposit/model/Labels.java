package dev.exposit.model;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of labels. It keeps the order in which the labels stood on the wire, yet two sets with the same
 * labels are equal whatever their order. A label with an empty value is kept and counts in equality; see
 * {@link #withoutEmpty()} for the sense in which Prometheus takes it as absent.
 *
 * <p>One array holds names and values in turn, so that a set of <i>n</i> labels is two objects and its strings.
 * Look-up walks the array: up to a dozen labels that beats hashing. Larger sets carry an index sorted by name.
 *
 * <pre>{@code
 * Labels labels = Labels.of("method", "get", "code", "200");
 * String code = labels.get("code"); // "200", or null if there were none
 * }</pre>
 */
public final class Labels implements Iterable<Label> {
    private static final int INDEX_FROM = 12;
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    /** Another one in each JVM. */
    private static final long SALT = new SplittableRandom().nextLong();

    private static final Labels EMPTY = new Labels(new String[0], null);

    private final String[] namesAndValues;
    /** Positions of the names in alphabetical order, only for {@value #INDEX_FROM} labels and more. */
    private final int @Nullable [] byName;

    /**
     * 0 until asked for: most sets are never a key. Threads that race for it reckon the same. Negative if a value is empty, so
     * that who looks for that need not touch the values again; equal sets agree in that, too.
     */
    private int hash;

    private Labels(String[] namesAndValues, int @Nullable [] byName) {
        this.namesAndValues = namesAndValues;
        this.byName = byName;
    }

    /**
     * Hashes a text so that nobody who does not know the salt can make many that collide, as is easy with
     * {@link String#hashCode()}: label values come from the network and label sets are keys of hash tables.
     */
    private static long hash(long start, String text) {
        long hash = start;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * MULTIPLIER;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    /**
     * Spreads each bit over all others. Without it the sums of {@code {a="1",b="2"}} and {@code {a="2",b="1"}} are the
     * same, and label sets that form a grid share a few hashes.
     *
     * <p>Reference: Austin Appleby, MurmurHash3, the 64-bit finalizer.
     */
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 33)) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ (mixed >>> 33);
    }

    /** The set without labels. */
    public static Labels of() {
        return EMPTY;
    }

    /**
     * A set from names and values in turn.
     *
     * @throws IllegalArgumentException if their number is odd, a name is empty or a name stands twice
     */
    public static Labels of(String... namesAndValues) {
        return fromOwned(namesAndValues.clone());
    }

    /**
     * A set from a map, in its order.
     *
     * @throws IllegalArgumentException if a name is empty
     */
    public static Labels of(Map<String, String> labels) {
        String[] pairs = new String[labels.size() * 2];
        int i = 0;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            pairs[i++] = label.getKey();
            pairs[i++] = label.getValue();
        }
        return fromOwned(pairs);
    }

    /** Makes a set of an array that nobody else will change. */
    private static Labels fromOwned(String[] pairs) {
        if (pairs.length == 0) {
            return EMPTY;
        }
        if (pairs.length % 2 != 0) {
            throw new IllegalArgumentException("names and values must come in pairs, got " + pairs.length + " strings");
        }
        for (int i = 0; i < pairs.length; i += 2) {
            Objects.requireNonNull(pairs[i + 1], "value");
            if (pairs[i].isEmpty()) {
                throw new IllegalArgumentException("a label's name must not be empty");
            }
        }
        int[] byName = pairs.length / 2 < INDEX_FROM ? null : sortedByName(pairs);
        refuseDuplicates(pairs, byName);
        return new Labels(pairs, byName);
    }

    private static int[] sortedByName(String[] pairs) {
        Integer[] order = new Integer[pairs.length / 2];
        Arrays.setAll(order, i -> 2 * i);
        Arrays.sort(order, (a, b) -> pairs[a].compareTo(pairs[b]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    private static void refuseDuplicates(String[] pairs, int @Nullable [] byName) {
        if (byName != null) {
            for (int i = 1; i < byName.length; i++) {
                if (pairs[byName[i]].equals(pairs[byName[i - 1]])) {
                    throw duplicate(pairs[byName[i]]);
                }
            }
            return;
        }
        for (int i = 2; i < pairs.length; i += 2) {
            for (int j = 0; j < i; j += 2) {
                if (pairs[i].equals(pairs[j])) {
                    throw duplicate(pairs[i]);
                }
            }
        }
    }

    private static IllegalArgumentException duplicate(String name) {
        return new IllegalArgumentException("label name " + Quoting.quote(name) + " stands twice");
    }

    /** How many labels there are. */
    public int size() {
        return namesAndValues.length / 2;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return namesAndValues.length == 0;
    }

    /**
     * The name of the label at a position in wire order, from 0.
     *
     * @throws IndexOutOfBoundsException if there are not so many
     */
    public String name(int index) {
        return namesAndValues[2 * Objects.checkIndex(index, size())];
    }

    /**
     * The value of the label at a position in wire order, from 0.
     *
     * @throws IndexOutOfBoundsException if there are not so many
     */
    public String value(int index) {
        return namesAndValues[2 * Objects.checkIndex(index, size()) + 1];
    }

    /** The value of the label of that name, or null if there is none. */
    public @Nullable String get(String name) {
        int at = find(name);
        return at < 0 ? null : namesAndValues[at + 1];
    }

    /** Whether there is a label of that name. */
    public boolean contains(String name) {
        return find(name) >= 0;
    }

    private int find(String name) {
        if (byName == null) {
            for (int i = 0; i < namesAndValues.length; i += 2) {
                if (namesAndValues[i].equals(name)) {
                    return i;
                }
            }
            return -1;
        }
        int low = 0;
        int high = byName.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = namesAndValues[byName[middle]].compareTo(name);
            if (order == 0) {
                return byName[middle];
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** This set with a label added at the end, or with its value replaced in place. */
    public Labels with(String name, String value) {
        int at = find(name);
        String[] pairs = Arrays.copyOf(namesAndValues, at < 0 ? namesAndValues.length + 2 : namesAndValues.length);
        int target = at < 0 ? namesAndValues.length : at;
        pairs[target] = name;
        pairs[target + 1] = value;
        return fromOwned(pairs);
    }

    /** This set without the label of that name; itself if there is none. */
    public Labels without(String name) {
        int at = find(name);
        if (at < 0) {
            return this;
        }
        String[] pairs = new String[namesAndValues.length - 2];
        System.arraycopy(namesAndValues, 0, pairs, 0, at);
        System.arraycopy(namesAndValues, at + 2, pairs, at, pairs.length - at);
        return fromOwned(pairs);
    }

    /** This set without labels whose value is empty, which Prometheus takes as absent; itself if there are none. */
    public Labels withoutEmpty() {
        if (!hasEmptyValue()) {
            return this;
        }
        String[] pairs = new String[namesAndValues.length];
        int kept = 0;
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!namesAndValues[i + 1].isEmpty()) {
                pairs[kept++] = namesAndValues[i];
                pairs[kept++] = namesAndValues[i + 1];
            }
        }
        return fromOwned(Arrays.copyOf(pairs, kept));
    }

    private boolean hasEmptyValue() {
        int known = hash;
        return known == 0 ? findEmptyValue() : known < 0;
    }

    private boolean findEmptyValue() {
        for (int i = 1; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i].isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** The labels as a map in wire order, a copy. */
    public Map<String, String> toMap() {
        Map<String, String> map = new LinkedHashMap<>();
        for (Label label : this) {
            map.put(label.name(), label.value());
        }
        return map;
    }

    @Override
    public Iterator<Label> iterator() {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < size();
            }

            @Override
            public Label next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                Label label = new Label(name(next), value(next));
                next++;
                return label;
            }
        };
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof Labels that)
                || hashCode() != that.hashCode()
                || namesAndValues.length != that.namesAndValues.length) {
            return false;
        }
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = namesAndValues[i];
            // Mostly the other set has the same order: then the label stands at the same place.
            int at = that.namesAndValues[i].equals(name) ? i : that.find(name);
            if (at < 0 || !that.namesAndValues[at + 1].equals(namesAndValues[i + 1])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            long sum = 0;
            for (int i = 0; i < namesAndValues.length; i += 2) {
                // A sum does not depend on order; each pair is mixed so that swapped values differ.
                sum += mix(hash(hash(SALT, namesAndValues[i]) + 1, namesAndValues[i + 1]));
            }
            int magnitude = Long.hashCode(sum) & Integer.MAX_VALUE;
            known = findEmptyValue() ? -magnitude : magnitude;
            hash = known;
        }
        return known;
    }

    /** The labels as the text formats write them: {@code {a="b",c="d"}}, or {@code {}}. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("{");
        for (Label label : this) {
            if (out.length() > 1) {
                out.append(',');
            }
            out.append(label);
        }
        return out.append('}').toString();
    }
}

package dev.exposit.model;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of labels. It keeps the order in which the labels stood on the wire, yet two sets with the same
 * labels are equal whatever their order. A label with an empty value is kept and counts in equality; see
 * {@link #withoutEmpty()} for the sense in which Prometheus takes it as absent.
 *
 * <p>The sets of one family mostly have the same names in the same order; those made {@linkplain #withValues of each other}
 * share them, so that each of <i>n</i> labels is two objects, one with <i>n</i> references, and its values. Look-up walks the
 * names: up to a dozen labels that beats hashing. Larger sets carry an index sorted by name.
 *
 * <pre>{@code
 * Labels labels = Labels.of("method", "get", "code", "200");
 * String code = labels.get("code"); // "200", or null if there were none
 * }</pre>
 */
public final class Labels implements Iterable<Label> {
    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;
    /** Another one in each JVM. */
    private static final long SALT = new SplittableRandom().nextLong();

    /** Which ASCII characters stand for themselves in quotes. */
    private static final boolean[] PLAIN_TEXT = new boolean[0x80];

    static {
        Arrays.fill(PLAIN_TEXT, true);
        PLAIN_TEXT['\\'] = false;
        PLAIN_TEXT['"'] = false;
        PLAIN_TEXT['\n'] = false;
    }

    private static final Labels EMPTY = new Labels(new LabelNames(new String[0]), new String[0]);

    private final LabelNames names;
    /** As many as there are names. */
    private final String[] values;

    /**
     * What has been asked of this set before, 0 at first: most sets are never a key. A hash, never 0 once it is known, and bits
     * that are of meaning once it is, or one of those for {@link #isPlainText}. In one field, which saves eight bytes for each set;
     * threads that race for it find out the same, and if one loses what the other found, it is found again.
     */
    private int known;

    private static final int HASH = (1 << 29) - 1;
    private static final int EMPTY_VALUE = 1 << 29;
    private static final int PLAIN = 1 << 30;
    private static final int NOT_PLAIN = 1 << 31;

    private Labels(LabelNames names, String[] values) {
        this.names = names;
        this.values = values;
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
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "names and values must come in pairs, got " + namesAndValues.length + " strings");
        }
        String[] names = new String[namesAndValues.length / 2];
        String[] values = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = namesAndValues[2 * i];
            values[i] = namesAndValues[2 * i + 1];
        }
        return fromOwned(names, values);
    }

    /**
     * A set from a map, in its order.
     *
     * @throws IllegalArgumentException if a name is empty
     */
    public static Labels of(Map<String, String> labels) {
        return fromOwned(labels.keySet().toArray(new String[0]), labels.values().toArray(new String[0]));
    }

    /** Makes a set of arrays that nobody else will change. */
    private static Labels fromOwned(String[] names, String[] values) {
        if (names.length == 0) {
            return EMPTY;
        }
        return new Labels(new LabelNames(names), requireValues(values));
    }

    private static String[] requireValues(String[] values) {
        for (String value : values) {
            Objects.requireNonNull(value, "value");
        }
        return values;
    }

    /** How many labels there are. */
    public int size() {
        return values.length;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return values.length == 0;
    }

    /**
     * The name of the label at a position in wire order, from 0.
     *
     * @throws IndexOutOfBoundsException if there are not so many
     */
    public String name(int index) {
        return names.get(index);
    }

    /**
     * The value of the label at a position in wire order, from 0.
     *
     * @throws IndexOutOfBoundsException if there are not so many
     */
    public String value(int index) {
        return values[index];
    }

    /** The value of the label of that name, or null if there is none. */
    public @Nullable String get(String name) {
        int at = names.find(name);
        return at < 0 ? null : values[at];
    }

    /** Whether there is a label of that name. */
    public boolean contains(String name) {
        return names.find(name) >= 0;
    }

    /** This set with a label added at the end, or with its value replaced in place. */
    public Labels with(String name, String value) {
        int at = names.find(name);
        String[] replaced = Arrays.copyOf(values, at < 0 ? values.length + 1 : values.length);
        replaced[at < 0 ? values.length : at] = Objects.requireNonNull(value, "value");
        return new Labels(at < 0 ? names.and(name) : names, replaced);
    }

    /**
     * A set of the same names, in their order, with other values. It shares the names with this set, which saves checking
     * them, and the memory that they take.
     *
     * @throws IllegalArgumentException if there are not as many values as this set has names
     */
    public Labels withValues(String... values) {
        if (values.length != size()) {
            throw new IllegalArgumentException("expected " + size() + " values, got " + values.length);
        }
        return values.length == 0 ? EMPTY : new Labels(names, requireValues(values.clone()));
    }

    /** This set without the label of that name; itself if there is none. */
    public Labels without(String name) {
        int at = names.find(name);
        return at < 0 ? this : only(i -> i != at, size() - 1);
    }

    /** This set without labels whose value is empty, which Prometheus takes as absent; itself if there are none. */
    public Labels withoutEmpty() {
        if (!hasEmptyValue()) {
            return this;
        }
        int empty = 0;
        for (String value : values) {
            if (value.isEmpty()) {
                empty++;
            }
        }
        return only(i -> !values[i].isEmpty(), size() - empty);
    }

    private boolean hasEmptyValue() {
        int facts = known;
        return (facts & HASH) == 0 ? findEmptyValue() : (facts & EMPTY_VALUE) != 0;
    }

    private boolean findEmptyValue() {
        for (String value : values) {
            if (value.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether each value is ASCII without backslash, double quote and line feed, and so is what text formats write of it, byte for
     * byte. That is looked up once; who asks again need not touch the values.
     */
    public boolean isPlainText() {
        int facts = known & (PLAIN | NOT_PLAIN);
        if (facts == 0) {
            facts = findPlainText() ? PLAIN : NOT_PLAIN;
            known |= facts;
        }
        return facts == PLAIN;
    }

    private boolean findPlainText() {
        for (String value : values) {
            if (!isPlainText(value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlainText(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= PLAIN_TEXT.length || !PLAIN_TEXT[c]) {
                return false;
            }
        }
        return true;
    }

    /** The labels at those positions, so many. */
    private Labels only(IntPredicate isKept, int count) {
        String[] keptNames = new String[count];
        String[] keptValues = new String[count];
        int kept = 0;
        for (int i = 0; i < size(); i++) {
            if (isKept.test(i)) {
                keptNames[kept] = names.get(i);
                keptValues[kept++] = values[i];
            }
        }
        return fromOwned(keptNames, keptValues);
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
        if (!(other instanceof Labels that) || size() != that.size()) {
            return false;
        }
        if (names == that.names) {
            return Arrays.equals(values, that.values);
        }
        if (hashCode() != that.hashCode()) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            String name = names.get(i);
            // Mostly the other set has the same order: then the label stands at the same place.
            int at = that.names.get(i).equals(name) ? i : that.names.find(name);
            if (at < 0 || !that.values[at].equals(values[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = known & HASH;
        if (hash == 0) {
            long sum = 0;
            for (int i = 0; i < values.length; i++) {
                // A sum does not depend on order; each pair is mixed so that swapped values differ.
                sum += mix(hash(hash(SALT, names.get(i)) + 1, values[i]));
            }
            hash = Math.max(Long.hashCode(sum) & HASH, 1);
            known |= hash | (findEmptyValue() ? EMPTY_VALUE : 0);
        }
        return hash;
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

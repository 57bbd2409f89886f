package dev.exposit.model;

import java.util.Arrays;

/** The names of a label set in wire order, each once. Immutable; shared by the sets that have the same. */
final class LabelNames {
    private static final int INDEX_FROM = 12;

    private final String[] names;
    /** Positions of the names in alphabetical order, only for {@value #INDEX_FROM} and more; else empty. */
    private final int[] byName;

    /** Checks the names of an array that nobody else will change. */
    LabelNames(String[] names) {
        this.names = names;
        for (String name : names) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a label's name must not be empty");
            }
        }
        byName = names.length < INDEX_FROM ? new int[0] : sortedByName(names);
        refuseDuplicates();
    }

    private static int[] sortedByName(String[] names) {
        Integer[] order = new Integer[names.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> names[a].compareTo(names[b]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }

    private void refuseDuplicates() {
        if (byName.length > 0) {
            for (int i = 1; i < byName.length; i++) {
                if (names[byName[i]].equals(names[byName[i - 1]])) {
                    throw duplicate(names[byName[i]]);
                }
            }
            return;
        }
        for (int i = 1; i < names.length; i++) {
            for (int j = 0; j < i; j++) {
                if (names[i].equals(names[j])) {
                    throw duplicate(names[i]);
                }
            }
        }
    }

    private static IllegalArgumentException duplicate(String name) {
        return new IllegalArgumentException("label name " + Quoting.quote(name) + " stands twice");
    }

    String get(int index) {
        return names[index];
    }

    /** The position of a name, or -1. */
    int find(String name) {
        if (byName.length == 0) {
            for (int i = 0; i < names.length; i++) {
                if (names[i].equals(name)) {
                    return i;
                }
            }
            return -1;
        }
        int low = 0;
        int high = byName.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = names[byName[middle]].compareTo(name);
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

    /** These names and another one at the end. */
    LabelNames and(String name) {
        String[] more = Arrays.copyOf(names, names.length + 1);
        more[names.length] = name;
        return new LabelNames(more);
    }
}

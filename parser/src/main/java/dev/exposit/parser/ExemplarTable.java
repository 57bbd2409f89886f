package dev.exposit.parser;

import dev.exposit.model.Exemplar;
import dev.exposit.model.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The exemplars of one sample, reused from line to line. */
final class ExemplarTable {
    private LabelTable[] labels = {new LabelTable()};
    private double[] values = new double[1];
    private boolean[] timed = new boolean[1];
    private long[] seconds = new long[1];
    private int[] nanos = new int[1];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** The empty table for the labels of the next exemplar, which {@link #add} is to complete. */
    LabelTable begin() {
        if (size == labels.length) {
            labels = Arrays.copyOf(labels, 2 * size);
            for (int i = size; i < labels.length; i++) {
                labels[i] = new LabelTable();
            }
            values = Arrays.copyOf(values, labels.length);
            timed = Arrays.copyOf(timed, labels.length);
            seconds = Arrays.copyOf(seconds, labels.length);
            nanos = Arrays.copyOf(nanos, labels.length);
        }
        labels[size].clear();
        labels[size].forget();
        return labels[size];
    }

    /** Adds the exemplar whose labels stand in the table that was begun last. */
    void add(double value) {
        values[size] = value;
        timed[size] = false;
        size++;
    }

    /** Adds the exemplar whose labels stand in the table that was begun last. */
    void add(double value, long atSeconds, int atNanos) {
        values[size] = value;
        timed[size] = true;
        seconds[size] = atSeconds;
        nanos[size] = atNanos;
        size++;
    }

    /** Moves all exemplars of another table behind those of this one. */
    void takeAll(ExemplarTable other) {
        for (int i = 0; i < other.size; i++) {
            LabelTable unused = begin();
            labels[size] = other.labels[i];
            other.labels[i] = unused;
            values[size] = other.values[i];
            timed[size] = other.timed[i];
            seconds[size] = other.seconds[i];
            nanos[size] = other.nanos[i];
            size++;
        }
        other.clear();
    }

    double value(int index) {
        return values[index];
    }

    Exemplar get(int index, StringCache strings) {
        return new Exemplar(
                labels[index].toLabels(strings),
                values[index],
                timed[index] ? new Timestamp(seconds[index], nanos[index]) : null);
    }

    List<Exemplar> toList(StringCache strings) {
        if (size == 0) {
            return List.of();
        }
        List<Exemplar> all = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            all.add(get(i, strings));
        }
        return all;
    }
}

package dev.exposit.grammar;

import dev.exposit.model.MetricType;
import java.util.ArrayList;
import java.util.List;

/** The lines of one metric family, which stand together. */
final class FamilyLines {
    final String name;
    MetricType type = MetricType.UNKNOWN;
    String help = "";
    String unit = "";
    boolean hasType;
    boolean hasHelp;
    boolean hasUnit;
    final List<Line.Sample> samples = new ArrayList<>();

    FamilyLines(String name) {
        this.name = name;
    }
}

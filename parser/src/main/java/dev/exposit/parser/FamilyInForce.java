package dev.exposit.parser;

import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The metric family that the lines being read belong to: its name, what was said of it so far, and whether anybody wants
 * it. Its name is a copy, since the buffer moves on.
 */
final class FamilyInForce {
    private final EventReader format;
    private final @Nullable Set<String> names;
    /** Histograms and summaries that nobody wants, whose samples may come back behind another family. */
    private final Map<String, MetricType> unwanted = new HashMap<>();

    private List<String> leftOut = new ArrayList<>();
    private long leftOutOrdinal = -1;
    private final ByteView look = new ByteView(new ByteView.Lease());

    private final KeptName wireName = new KeptName();
    /** Whether the family was entered by a bare name: a quoted one could be any text, such as a line's first bytes. */
    private boolean isBare;

    /** A bare name that a line of this family is likely to have: its own, or the sample's read last; empty if there is none. */
    private final KeptName likelyName = new KeptName();

    private long ordinal = -1;
    private @Nullable String exposedName;
    private MetricType type = MetricType.UNKNOWN;
    private boolean hasHelp;
    private boolean hasType;
    private boolean hasUnit;
    private boolean hasSamples;
    private boolean wanted;

    /** The families of a format, of which those of some exposed names are wanted, or all. */
    FamilyInForce(EventReader format, @Nullable Set<String> names) {
        this.format = format;
        this.names = names;
    }

    long ordinal() {
        return ordinal;
    }

    MetricType type() {
        return type;
    }

    boolean hasSamples() {
        return hasSamples;
    }

    ByteView view(ByteView view) {
        wireName.keep();
        return wireName.view(view);
    }

    String wireName() {
        return wireName.view(look).toString();
    }

    /** Copies the names that still lie in the reader's buffer, which is about to change. */
    void keepNames() {
        wireName.keep();
        likelyName.keep();
    }

    String exposedName() {
        String name = exposedName;
        if (name == null) {
            name = format.exposedName(wireName(), type);
            exposedName = name;
        }
        return name;
    }

    /** Begins a family of that name, whatever the one in force. */
    void begin(ByteView name) {
        wireName.copyOf(name);
        isBare = false;
        start(false);
    }

    /** Enters the family of that name, if it is not the one in force. */
    void enter(ByteView name) {
        if (wireName.length() != name.length() || !wireName.isStartOf(name)) {
            begin(name);
        }
    }

    /** Enters the family of a bare name in the buffer, and expects it in the next line. */
    void enterByBareName(byte[] b, int from, int to) {
        if (ordinal < 0 || !wireName.is(b, from, to)) {
            wireName.set(b, from, to);
            isBare = true;
            start(false);
        }
        likelyName.set(b, from, to);
    }

    /**
     * Enters the family of a sample of that name. It is the one in force if the sample's name is the family's, with one
     * of its type's suffixes or none.
     */
    void enterBySample(ByteView name) {
        if (!isNameOfSample(name)) {
            wireName.copyOf(name);
            isBare = false;
            start(true);
        }
        enterBySample();
    }

    /** Enters the family of a sample of a bare name in the buffer, which it expects in the next line. */
    void enterByBareSample(ByteView name) {
        if (!isNameOfSample(name)) {
            wireName.set(name.array(), name.from(), name.to());
            isBare = true;
            start(true);
        }
        likelyName.set(name.array(), name.from(), name.to());
        enterBySample();
    }

    /**
     * The index behind the bare name at {@code i}, if it is that of the family in force, entered by a bare name, with one of its
     * type's suffixes or none. The family is entered then by a sample, whose name is expected in the next line. Else -1.
     */
    int enterByLikelySample(byte[] b, int i) {
        int stemEnd = isBare ? wireName.endAt(b, i) : -1;
        if (stemEnd < 0) {
            return -1;
        }
        int end = EightBytes.metricNameEnd(b, stemEnd);
        if (!isSuffix(b, stemEnd, end)) {
            return -1;
        }
        likelyName.set(b, i, end);
        enterBySample();
        return end;
    }

    private boolean isNameOfSample(ByteView name) {
        return ordinal >= 0
                && wireName.isStartOf(name)
                && isSuffix(name.array(), name.from() + wireName.length(), name.to());
    }

    /** Enters the family in force by one more sample of it. */
    void enterBySample() {
        if (!hasSamples && names != null && !hasType) {
            wanted = wanted && (names.contains(exposedName()) || isPartOf(names));
        }
        hasSamples = true;
    }

    /** The index behind the name at {@code i}, if it is the bare name that a line of this family is likely to have; else -1. */
    int endOfLikelyName(byte[] b, int i) {
        int end = likelyName.endAt(b, i);
        return end > i && !ByteClass.is(ByteClass.METRIC_NAME, b[end]) ? end : -1;
    }

    private void start(boolean bySample) {
        likelyName.clear();
        ordinal++;
        exposedName = null;
        type = MetricType.UNKNOWN;
        hasHelp = false;
        hasType = false;
        hasUnit = false;
        hasSamples = false;
        wanted = names == null || couldBe(names) || (bySample && isPartOf(names));
        wanted = wanted && !(bySample && isPartOfUnwanted());
    }

    private boolean isSuffix(byte[] b, int from, int to) {
        if (from == to) {
            return true;
        }
        List<SampleRole> roles = format.roles(type);
        // By index: an iterator would be an object for each sample whose name is another one than the sample's before.
        for (int i = 0; i < roles.size(); i++) {
            if (isAscii(roles.get(i).suffix(), b, from, to)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAscii(String text, byte[] b, int from, int to) {
        if (text.length() != to - from) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != b[from + i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the family could be one of these, whatever type it will turn out to have. */
    private boolean couldBe(Set<String> names) {
        return couldBe(wireName(), names);
    }

    private boolean couldBe(String name, Set<String> names) {
        for (MetricType possible : MetricType.values()) {
            if (names.contains(format.exposedName(name, possible))) {
                return true;
            }
        }
        return false;
    }

    /** Whether the family could be samples of one of these that come back behind another family. */
    private boolean isPartOf(Set<String> names) {
        String name = wireName();
        for (SampleRole role : SampleRole.values()) {
            int stem = name.length() - role.suffix().length();
            if (stem > 0 && name.endsWith(role.suffix()) && couldBe(name.substring(0, stem), names)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the family is samples of a known one that nobody wants. */
    private boolean isPartOfUnwanted() {
        if (unwanted.isEmpty()) {
            return false;
        }
        String name = wireName();
        for (SampleRole role : SampleRole.values()) {
            int stem = name.length() - role.suffix().length();
            MetricType known = stem > 0 && name.endsWith(role.suffix()) ? unwanted.get(name.substring(0, stem)) : null;
            if (known != null && format.roles(known).contains(role)) {
                return true;
            }
        }
        return false;
    }

    /** Takes note of a metadata line; false if the family had one of its kind before. */
    boolean addMetadata(Event kind) {
        boolean known;
        if (kind == Event.HELP) {
            known = hasHelp;
            hasHelp = true;
        } else if (kind == Event.TYPE) {
            known = hasType;
            hasType = true;
        } else {
            known = hasUnit;
            hasUnit = true;
        }
        return !known;
    }

    void setType(MetricType type) {
        this.type = type;
        exposedName = null;
        wanted = wanted && (names == null || names.contains(exposedName()));
        if (!wanted) {
            unwanted.put(wireName(), type);
        }
    }

    /** Whether nobody wants the family, or it is to be left out. */
    boolean isUnwanted() {
        return !wanted || leftOutOrdinal == ordinal;
    }

    /** Leaves the rest of the family out. */
    void leaveOut() {
        if (ordinal >= 0) {
            leftOutOrdinal = ordinal;
            leftOut.add(wireName());
        }
    }

    /** The wire names of the families left out since this was asked last. */
    List<String> takeLeftOut() {
        if (leftOut.isEmpty()) {
            return List.of();
        }
        List<String> taken = leftOut;
        leftOut = new ArrayList<>();
        return taken;
    }
}

package dev.exposit.parser;

import dev.exposit.model.MetricType;
import dev.exposit.model.SampleRole;
import java.util.ArrayList;
import java.util.Arrays;
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

    private byte[] wireName = new byte[64];
    private int length;
    /** A bare name that a line of this family is likely to have: its own, or the sample's read last. */
    private byte[] likelyName = new byte[64];

    /** Its length; 0 if there is none. */
    private int likelyLength;

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
        return view.set(wireName, 0, length);
    }

    String wireName() {
        return view(look).toString();
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
        start(name, false);
    }

    /** Enters the family of that name, if it is not the one in force. */
    void enter(ByteView name) {
        if (length != name.length() || !isStartOf(name)) {
            start(name, false);
        }
    }

    /**
     * Enters the family of a sample of that name. It is the one in force if the sample's name is the family's, with one
     * of its type's suffixes or none.
     */
    void enterBySample(ByteView name) {
        if (ordinal < 0 || !isStartOf(name) || !isSuffix(name)) {
            start(name, true);
        }
        enterBySample();
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
        int end = i + likelyLength;
        return likelyLength > 0
                        && EightBytes.same(likelyName, 0, b, i, likelyLength)
                        && !ByteClass.is(ByteClass.METRIC_NAME, b[end])
                ? end
                : -1;
    }

    /** Expects that bare name, of this family or a sample of it, in the next line. */
    void expect(ByteView bareName) {
        likelyLength = bareName.length();
        // Room for eight bytes behind it, so that it is compared fast.
        if (likelyLength > likelyName.length - Long.BYTES) {
            likelyName = new byte[2 * likelyLength + Long.BYTES];
        }
        bareName.copyTo(likelyName, 0);
    }

    private void start(ByteView name, boolean bySample) {
        likelyLength = 0;
        length = name.length();
        if (length > wireName.length) {
            wireName = new byte[Math.max(2 * wireName.length, length)];
        }
        name.copyTo(wireName, 0);
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

    private boolean isStartOf(ByteView name) {
        return name.length() >= length
                && Arrays.equals(wireName, 0, length, name.array(), name.from(), name.from() + length);
    }

    private boolean isSuffix(ByteView name) {
        int rest = name.length() - length;
        if (rest == 0) {
            return true;
        }
        List<SampleRole> roles = format.roles(type);
        // By index: an iterator would be an object for each sample whose name is another one than the sample's before.
        for (int i = 0; i < roles.size(); i++) {
            String suffix = roles.get(i).suffix();
            if (suffix.length() == rest && name.endsWith(suffix)) {
                return true;
            }
        }
        return false;
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
        boolean known = switch (kind) {
            case HELP -> hasHelp;
            case TYPE -> hasType;
            default -> hasUnit;
        };
        switch (kind) {
            case HELP -> hasHelp = true;
            case TYPE -> hasType = true;
            default -> hasUnit = true;
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

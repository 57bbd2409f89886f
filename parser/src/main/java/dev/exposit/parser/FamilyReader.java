package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.Location;
import dev.exposit.model.LossReport;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.model.SampleRole;
import dev.exposit.parser.ReadLimits.Limit;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds metric families from an {@link ExpositionReader}'s samples and checks the rules over the whole exposition:
 * families that come back, series that stand twice, names that clash.
 *
 * <p>A family of up to some megabytes comes in one {@link FamilyPart}; a larger one in several, as its metrics become
 * complete, so that memory does not grow with it. A family whose lines do not stand together is an error by the
 * specifications; where reading goes on nevertheless, it comes once for each place where it stood, unless the reader
 * was opened {@linkplain #merging merging}. Not safe for use by several threads; exceptions are those of
 * {@link ExpositionReader}.
 */
public final class FamilyReader implements Closeable {
    /** From this estimated size on, in bytes, complete metrics of a family are let go before its end. */
    private static final long PART_BYTES = 4L << 20;

    private final EventReader in;
    private final boolean merging;
    /** Whether classic histograms are to have custom bounds. */
    private final boolean customBuckets;

    /** Whether the samples of different families could have one name. */
    private final boolean clashing;
    /** Types of the families met so far, by wire name. */
    private final Map<String, MetricType> types = new HashMap<>();
    /** In OpenMetrics 1.0, every name that a sample of the families met so far could have. */
    private final Set<String> claimed = new HashSet<>();

    /** The families held to the end if merging, by wire name. */
    private final Map<String, FamilyAssembly> held = new LinkedHashMap<>();
    /** Where those began, by wire name. */
    private final Map<String, Location> heldPlaces = new HashMap<>();

    private final Deque<FamilyPart> ready = new ArrayDeque<>();
    private @Nullable FamilyAssembly current;
    private String currentName = "";
    private long ordinal = -1;
    private boolean first;
    /** Whether the family at hand was met before. */
    private boolean reopened;
    /** The families that were left out, by wire name. */
    private final Set<String> broken = new HashSet<>();
    /** The estimated size in bytes from which complete metrics of the family at hand are let go. */
    private long releaseAt;

    private @Nullable ReadObserver observer;
    /** What names are to be unescaped with, if at all. */
    private @Nullable NameUnescaping unescaping;
    /** At the end, where the families held began, by exposed name. */
    private final Map<String, Location> places = new HashMap<>();
    /** Where the family at hand began. */
    private Location place = new Location(1, 1, 0);

    private boolean ended;
    private final long assembledBytes;
    private long heldBytes;
    /** Whether large families are to come in parts. */
    private boolean inParts;
    /** Families that were read at once and wait to be held; null if there are none. */
    private final @Nullable WholeMessages whole;
    /** Where samples are gathered that need not become objects; null if all do. */
    private @Nullable PlainSamples plain;

    FamilyReader(ExpositionReader in, boolean merging) {
        this(in, merging, merging);
    }

    /** A reader that may read families at once where that gives the same, or reads all by events. */
    FamilyReader(ExpositionReader in, boolean merging, boolean atOnce) {
        this.in = EventReader.beneath(in);
        this.customBuckets = in instanceof CustomBucketsReader;
        this.merging = merging;
        this.inParts = !merging;
        this.assembledBytes = this.in.options.limits().get(Limit.ASSEMBLED_BYTES);
        this.clashing =
                in.format() == ExpositionFormat.OPENMETRICS_1 || in.format() == ExpositionFormat.OPENMETRICS_PROTOBUF;
        this.in.keepComposites();
        this.in.typesBefore = types;
        this.unescaping = NameUnescaping.of(this.in.options, this::report);
        boolean takesAll = atOnce && unescaping == null && this.in.options.names() == null;
        this.whole = takesAll ? this.in.readWhole(types.keySet(), () -> heldBytes) : null;
    }

    /**
     * A reader that holds all families until the exposition's end and so brings together what stands apart: samples of
     * a family that comes back, metadata behind samples. {@link ReadLimits.Limit#ASSEMBLED_BYTES} bounds the memory.
     */
    public static FamilyReader merging(ExpositionReader in) {
        return new FamilyReader(in, true);
    }

    /** As {@link ExpositionReader#assembled()}, with somebody who is shown all that is read, under the names that stand there. */
    public static FamilyReader observed(ExpositionReader in, ReadObserver observer) {
        FamilyReader reader = new FamilyReader(in, false);
        reader.unescaping = null;
        reader.observer = observer;
        reader.in.log.observe(observer);
        return reader;
    }

    /**
     * As {@link ExpositionReader#assembled()}, for somebody who hands families on to a writer: the metrics of a family of
     * Prometheus text are {@link dev.exposit.model.PlainMetrics} where they can be, which become objects only when asked for.
     */
    public static FamilyReader passing(ExpositionReader in) {
        FamilyReader reader = new FamilyReader(in, false);
        if (reader.unescaping == null) {
            reader.plain = new PlainSamples(reader.in.strings);
        }
        return reader;
    }

    /** The next family or part of one, or null at the end. */
    public @Nullable FamilyPart next() {
        while (ready.isEmpty() && !ended) {
            takeNext(in.next());
        }
        FamilyPart part = ready.poll();
        return part != null && customBuckets ? CustomBuckets.of(part) : part;
    }

    /** All families, for somebody who has not asked for any yet. */
    List<MetricFamily> all() {
        WholeMessages messages = whole;
        if (messages != null && !customBuckets) {
            Event event = in.next();
            if (event == Event.END && messages.hasAll()) {
                ended = true;
                return messages.families();
            }
            takeNext(event);
        }
        List<MetricFamily> families = new ArrayList<>();
        for (FamilyPart part = next(); part != null; part = next()) {
            families.add(part.family());
        }
        return families;
    }

    private void takeNext(Event event) {
        if (event == Event.END) {
            ended = true;
            leaveFamily();
            finishHeld();
        } else if (event != Event.COMMENT) {
            take(event);
        }
    }

    private void take(Event event) {
        FamilyAssembly family = current;
        if (family == null || in.familyOrdinal() != ordinal) {
            family = enterFamily(event);
        }
        switch (event) {
            case HELP -> family.setHelp(in.text().toString());
            case UNIT -> family.setUnit(in.text().toString());
            case TYPE -> takeType(family);
            default -> takeSample(family);
        }
        ReadObserver watching = observer;
        if (watching != null) {
            watching.event(in, currentName, family.type());
        }
    }

    private void takeType(FamilyAssembly family) {
        family.setType(in.type());
        types.put(currentName, family.type());
        for (SampleRole role : family.type().roles()) {
            if (!reopened && !role.suffix().isEmpty()) {
                claim(currentName + role.suffix());
            }
        }
    }

    private void takeSample(FamilyAssembly family) {
        long before = family.size();
        family.add();
        heldBytes += family.size() - before;
        if (inParts && family.size() > releaseAt) {
            release(family);
        }
        if (heldBytes > assembledBytes) {
            throw new ReadLimitException(Limit.ASSEMBLED_BYTES, in.options.limits(), "too much waits to be complete");
        }
    }

    /** Makes the family of the event the one at hand. */
    private FamilyAssembly enterFamily(Event event) {
        String name = in.familyName().toString();
        if (event == Event.SAMPLE || event == Event.COMPOSITE) {
            name = in.familyOfSample(name, types);
        }
        FamilyAssembly known = current;
        if (known != null && event == Event.SAMPLE && name.equals(currentName) && in.familyOrdinal() == ordinal + 1) {
            // Further samples of a histogram that came back, which the cursor takes for a family of their own.
            ordinal = in.familyOrdinal();
            return known;
        }
        leaveFamily();
        holdWhole();
        ordinal = in.familyOrdinal();
        currentName = name;
        place = in.location();
        first = true;
        releaseAt = PART_BYTES;
        reopened = types.containsKey(name);
        if (reopened) {
            in.finding(
                    ErrorCode.FAMILY_REOPENED,
                    "all lines of a family together",
                    "more of " + LineScanner.quote(name) + " behind another family");
        } else {
            types.put(name, in.type());
            in.refuseFamilies(types.size());
            claim(name);
        }
        FamilyAssembly family = held.get(name);
        if (family == null) {
            family = in.assembly(name);
            family.setType(types.getOrDefault(name, MetricType.UNKNOWN));
            PlainSamples samples = plain;
            if (samples != null) {
                family.gatherIn(samples);
            }
            if (merging) {
                held.put(name, family);
                heldPlaces.put(name, place);
            }
        }
        current = family;
        return family;
    }

    /** Where families wait that were read at once; null if none are. */
    @Nullable
    WholeMessages whole() {
        return whole;
    }

    /** Holds the families that were read at once like those that come event by event. */
    private void holdWhole() {
        WholeMessages messages = whole;
        if (messages == null) {
            return;
        }
        messages.handOver((family, bytes) -> {
            FamilyAssembly assembly = in.assembly(family.name());
            assembly.adopt(family, bytes);
            heldBytes += bytes;
            types.put(family.name(), family.type());
            held.put(family.name(), assembly);
        });
    }

    /** In OpenMetrics 1.0, takes a name that a sample of the family could have, and reports one taken before. */
    private void claim(String name) {
        if (clashing && !claimed.add(name)) {
            in.finding(
                    ErrorCode.CLASHING_NAME,
                    "names that no other family's samples can have",
                    LineScanner.quote(name) + " a second time");
        }
    }

    /** Lets the complete metrics of a large family go. */
    private void release(FamilyAssembly family) {
        long before = family.size();
        MetricFamily part = family.release();
        heldBytes -= before - family.size();
        // Not again before as much has come as stays: walking all metrics for each sample would take too long.
        releaseAt = Math.max(PART_BYTES, 2 * family.size());
        if (!part.metrics().isEmpty() && !isBroken(currentName) && isWanted(part)) {
            handOut(part, first, false);
            first = false;
        }
    }

    private void leaveFamily() {
        FamilyAssembly family = current;
        if (family == null) {
            return;
        }
        current = null;
        if (merging) {
            return;
        }
        heldBytes -= family.size();
        MetricFamily rest = family.finish();
        if (!isBroken(currentName) && isWanted(rest)) {
            handOut(rest, first, true);
        } else if (!first) {
            // Some of it is out already; the rest is left out, and the end must be told.
            handOut(new MetricFamily(rest.metadata(), List.of()), false, true);
        }
    }

    private void handOut(MetricFamily family, boolean isFirst, boolean isLast) {
        FamilyPart part = new FamilyPart(family, isFirst, isLast);
        NameUnescaping undoing = unescaping;
        FamilyPart named = undoing == null ? part : undoing.undo(part);
        if (named != null) {
            ready.add(named);
        }
    }

    /** Takes note of a name that could not be unescaped, where its family began. */
    private void report(ErrorCode code, Severity severity, String family, String expected, String got) {
        Location at = places.getOrDefault(family, place);
        in.log.violation(code, new Problem(code.name(), severity, at, expected, got, family, 0));
        in.log.endLine();
    }

    /** Whether the family has a line that could not be read and is therefore to be left out. */
    private boolean isBroken(String name) {
        for (String leftOut : in.family.takeLeftOut()) {
            broken.add(in.familyOfSample(leftOut, types));
        }
        return broken.contains(name);
    }

    /** Whether the family is one of the wanted; the cursor cannot always tell before it has seen more. */
    private boolean isWanted(MetricFamily family) {
        Set<String> names = in.options.names();
        // Where names are unescaped only that tells whether somebody wants it.
        return names == null || unescaping != null || names.contains(family.name());
    }

    /** Hands out the families held to the end, each exposed name once. */
    private void finishHeld() {
        WholeMessages messages = whole;
        if (messages != null && messages.hasAll()) {
            messages.handOver((family, bytes) -> handOut(family, true, true));
            return;
        }
        holdWhole();
        Map<String, MetricFamily> families = new LinkedHashMap<>();
        held.keySet().removeIf(this::isBroken);
        for (FamilyAssembly assembly : held.values()) {
            // Two names on the wire may be one exposed name, which was reported as a clash.
            boolean clash = families.containsKey(assembly.exposedName());
            MetricFamily family = clash ? assembly.finishRaw() : assembly.finish();
            places.putIfAbsent(family.name(), heldPlaces.getOrDefault(assembly.wireName, place));
            families.merge(family.name(), family, (one, other) -> {
                List<Metric> metrics = new ArrayList<>(one.metrics());
                metrics.addAll(other.metrics());
                return new MetricFamily(one.metadata(), metrics);
            });
        }
        held.clear();
        NameUnescaping undoing = unescaping;
        if (undoing != null) {
            undoing.announce(families.keySet());
        }
        families.values().stream().filter(this::isWanted).forEach(family -> handOut(family, true, true));
    }

    /** The families from here on, each whole; closing the stream closes this reader. */
    public Stream<MetricFamily> families() {
        inParts = false;
        return Stream.generate(this::next)
                .takeWhile(Objects::nonNull)
                .map(part -> Objects.requireNonNull(part).family())
                .onClose(() -> {
                    try {
                        close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /** The format that is read. */
    public ExpositionFormat format() {
        return in.format();
    }

    /** As {@link ExpositionReader#problems()}. */
    public List<Problem> problems() {
        return in.problems();
    }

    /** As {@link ExpositionReader#problemCount()}. */
    public long problemCount() {
        return in.problemCount();
    }

    /** As {@link ExpositionReader#losses()}. */
    public LossReport losses() {
        return in.losses();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

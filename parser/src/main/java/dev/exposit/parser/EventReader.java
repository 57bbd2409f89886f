package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.LossReport;
import dev.exposit.model.MetricType;
import dev.exposit.model.Problem;
import dev.exposit.model.SampleRole;
import dev.exposit.model.Timestamp;
import dev.exposit.parser.ReadLimits.Limit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all readers share: the event at hand and the views of its parts, the family that it belongs to, and what whoever
 * builds families asks for. How a format is read stands in its reader, which fills in the parts.
 */
abstract sealed class EventReader implements ExpositionReader permits LineScanner, MessageReader {
    /** Up to here a double holds every integer. */
    private static final long EXACT = 1L << 53;

    final ReadOptions options;
    final ProblemLog log;
    private final LossReport.Collector losses = new LossReport.Collector();
    final StringCache strings = new StringCache();
    private final LabelSets labelSets = new LabelSets(strings);

    // Limits that are asked for in each event.
    private final int nameBytes;
    private final int labelValueBytes;
    private final int labelsPerSeries;
    private final long mostSamples;
    private long samples;

    Event event = Event.COMMENT;
    private Views views = new Views();

    final FamilyInForce family;
    /** Types of the families met before by wire name, kept by whoever builds families; a bare cursor keeps none. */
    Map<String, MetricType> typesBefore = Map.of();

    /** Where the places of names and labels lie, unless they are in a scratch buffer. */
    byte[] b = {};

    // What the event at hand is made of.
    private byte[] textBytes = {};
    private int textFrom;
    private int textTo;
    private int nameFrom;
    private int nameTo;
    final LabelTable labels = new LabelTable();
    final ExemplarTable exemplars = new ExemplarTable();
    final Composite composite = new Composite(strings);
    private double value;
    private int valueFrom;
    private int valueTo;
    private boolean hasTimestamp;
    private long timestampSeconds;
    private int timestampNanos;
    private int timestampFrom;
    private int timestampTo;
    private boolean hasStartTimestamp;
    private long startSeconds;
    private int startNanos;
    private int startFrom;
    private int startTo;

    /** The series of the event at hand, if a {@link SeriesMemory} is in use and it has been found there. */
    int known = SeriesMemory.NONE;

    /** Whether the labels at hand are still those of an earlier line, since the series was recognised without them. */
    boolean labelsUnread;

    private @Nullable Expansion expansion;

    /** What one event hands out, with the lease that ends when the reader goes on. */
    static final class Views {
        final ByteView.Lease lease = new ByteView.Lease();
        final ByteView sampleName = new ByteView(lease);
        final ByteView familyName = new ByteView(lease);
        final ByteView text = new ByteView(lease);
        final ByteView valueText = new ByteView(lease);
        final ByteView timestampText = new ByteView(lease);
        final ByteView startTimestampText = new ByteView(lease);
    }

    EventReader(ReadOptions options) {
        this.options = options;
        this.log = new ProblemLog(options);
        this.nameBytes = options.limits().intValue(Limit.NAME_BYTES);
        this.labelValueBytes = options.limits().intValue(Limit.LABEL_VALUE_BYTES);
        this.labelsPerSeries = options.limits().intValue(Limit.LABELS_PER_SERIES);
        this.mostSamples = options.limits().get(Limit.SAMPLES);
        this.family = new FamilyInForce(this, options.escapedNames());
    }

    // ---- What readers tell of themselves

    /** Takes note of a broken rule that the event at hand shows. */
    abstract void finding(ErrorCode code, String expected, String got);

    /** Takes note of something odd that the event at hand shows. */
    abstract void oddity(ErrorCode code, String expected, String got);

    /** How many bytes the event at hand takes in the exposition. */
    abstract int eventBytes();

    /**
     * Reads what it can of the families at once from here on, instead of making events of it.
     *
     * @param others the names of the families that come by events, as they come
     * @param othersBytes what those take in memory, estimated
     * @return where those families wait, or null if the format has no way to do so
     */
    @Nullable
    WholeMessages readWhole(Set<String> others, LongSupplier othersBytes) {
        return null;
    }

    // ---- What readers fill in

    /** Forgets what not all samples have. */
    final void clearOptionalParts() {
        hasTimestamp = false;
        hasStartTimestamp = false;
        known = SeriesMemory.NONE;
        labelsUnread = false;
        exemplars.clear();
    }

    /** Reads the labels of a series that was recognised without them. */
    void readLabels() {}

    /** The labels of the sample or composite at hand. */
    final LabelTable labels() {
        if (labelsUnread) {
            labelsUnread = false;
            readLabels();
        }
        return labels;
    }

    /** Counts samples that come without an event; false if that would be more than there may be, and they were not counted. */
    final boolean takeSamples(int count) {
        boolean fits = samples + count <= mostSamples;
        samples += fits ? count : 0;
        return fits;
    }

    /** Makes what was read the event at hand. */
    final void enter(Event found) {
        // A reference stored costs more than one compared, and mostly it is the same.
        if (event != found) {
            event = found;
        }
        if (isSeries() && ++samples > mostSamples) {
            throw new ReadLimitException(Limit.SAMPLES, options.limits(), "the exposition has too many samples");
        }
        Expansion expanding = expansion;
        if (expanding != null && event == Event.COMPOSITE) {
            labels();
            expanding.begin(nameFrom, nameTo, b);
            isExpandedFurther();
        }
    }

    /** Moves to the next sample of the composite that is being taken apart; false if there is none. */
    final boolean isExpandedFurther() {
        Expansion expanding = expansion;
        if (expanding == null || !expanding.next(b)) {
            return false;
        }
        event = Event.SAMPLE;
        known = SeriesMemory.NONE;
        nameFrom = expanding.nameFrom();
        nameTo = expanding.nameTo();
        value = expanding.value();
        return true;
    }

    /** Takes note of the text of a metadata line or comment. */
    final void setText(byte[] bytes, int from, int to) {
        textBytes = bytes;
        textFrom = from;
        textTo = to;
    }

    /** Takes note of the sample's value, spelled at {@code [from, to)}; not spelled at all if that is no stretch. */
    final void setValue(double number, int from, int to) {
        value = number;
        valueFrom = from;
        valueTo = to;
    }

    /** Takes note of the sample's timestamp, spelled at {@code [from, to)}; not spelled at all if that is no stretch. */
    final void setTimestamp(long seconds, int nanos, int from, int to) {
        hasTimestamp = true;
        timestampFrom = from;
        timestampTo = to;
        timestampSeconds = seconds;
        timestampNanos = nanos;
    }

    /** Takes note of something of the family at hand that could not be kept. */
    final void lose(Loss.Kind kind, String detail) {
        losses.add(kind, exposedFamilyName(), detail);
    }

    /** Takes note of digits that a timestamp could not hold. */
    final void reportLostDigits(String what, String text, Timestamp read) {
        losses.add(Loss.Kind.DIGITS, exposedFamilyName(), what + ' ' + LineScanner.crop(text) + " read as " + read);
    }

    /** Takes note of an unsigned integer that a double cannot hold. */
    final void reportLostDigits(long integer, double read) {
        if (integer < 0 || integer > EXACT) {
            reportLostDigits(Long.toUnsignedString(integer), read);
        }
    }

    /** Takes note of an integer that a double cannot hold. */
    final void reportLostDigits(long integer) {
        if (integer < -EXACT || integer > EXACT) {
            reportLostDigits(Long.toString(integer), (double) integer);
        }
    }

    private void reportLostDigits(String integer, double read) {
        if (new BigDecimal(integer).compareTo(new BigDecimal(read)) != 0) {
            lose(Loss.Kind.DIGITS, "integer " + integer + " read as " + read);
        }
    }

    /** Takes note of when the sample began to count, spelled at {@code [from, to)}; not at all if that is no stretch. */
    final void setStartTimestamp(long seconds, int nanos, int from, int to) {
        hasStartTimestamp = true;
        startFrom = from;
        startTo = to;
        startSeconds = seconds;
        startNanos = nanos;
    }

    /** As {@link LabelTable#readPlain}, within this reader's limits. */
    final int plainLabels(LabelTable table, int i) {
        return table.readPlain(b, i, nameBytes, labelValueBytes, labelsPerSeries);
    }

    /** As {@link LabelTable#readFields}, within this reader's limits. */
    final int plainLabels(byte tag, int from, int to) {
        return labels.readFields(b, tag, from, to, nameBytes, labelValueBytes, labelsPerSeries);
    }

    final void refuseLonger(int length, int most, Limit limit, String what) {
        if (length > most) {
            throw new ReadLimitException(limit, options.limits(), what);
        }
    }

    /** Adds a label whose parts lie at these places; its name begins at {@code at}. */
    final void addLabel(LabelTable table, int at, int nameFrom, int nameTo, int valueFrom, int valueTo) {
        // Places in the scratch buffer have their bits flipped, and so run backwards.
        refuseLabel(table, Math.abs(nameTo - nameFrom), Math.abs(valueTo - valueFrom));
        table.add(b, at, nameFrom, nameTo, valueFrom, valueTo);
    }

    /** Refuses one more label than there may be, and too long a one. */
    final void refuseLabel(LabelTable table, int nameLength, int valueLength) {
        if (table.size() == labelsPerSeries) {
            throw new ReadLimitException(Limit.LABELS_PER_SERIES, options.limits(), "a series has too many labels");
        }
        refuseLonger(nameLength, nameBytes, Limit.NAME_BYTES, "a label name is too long");
        refuseLonger(valueLength, labelValueBytes, Limit.LABEL_VALUE_BYTES, "a label value is too long");
    }

    // ---- The family in force

    final void refuseLongName(int length) {
        refuseLonger(length, nameBytes, Limit.NAME_BYTES, "a metric name is too long");
    }

    /** Makes the family of the name at {@code [from, to)}, a place, the one in force, if it is not yet. */
    final void enterFamily(int from, int to) {
        refuseLongName(Math.abs(to - from));
        family.enter(place(from, to));
    }

    /** Makes another family the one in force, even if it has the name of the one before. */
    final void beginFamily(int from, int to) {
        refuseLongName(Math.abs(to - from));
        family.begin(place(from, to));
    }

    /** Takes note of where a sample's name lies. */
    final void setSampleName(int from, int to) {
        nameFrom = from;
        nameTo = to;
    }

    /** Where the sample's name begins, a place. */
    final int sampleNameFrom() {
        return nameFrom;
    }

    final int sampleNameTo() {
        return nameTo;
    }

    /** Makes the family of a sample of the name at {@code [from, to)}, a place, the one in force. */
    final void enterFamilyOfSample(int from, int to) {
        setSampleName(from, to);
        refuseLongName(Math.abs(to - from));
        family.enterBySample(place(from, to));
    }

    /** Refuses more families than may be kept; those who keep their names ask, with how many they have. */
    final void refuseFamilies(int kept) {
        if (kept > options.limits().get(Limit.FAMILIES)) {
            throw new ReadLimitException(Limit.FAMILIES, options.limits(), "the exposition has too many families");
        }
    }

    /** Whether the format is strict about what samples of a family there are; Prometheus text has but conventions. */
    final boolean isStrict() {
        return format() != ExpositionFormat.PROMETHEUS_TEXT && format() != ExpositionFormat.PROMETHEUS_TEXT_0_0_4;
    }

    /** Whether a metric may be measured at several times in one exposition. */
    boolean hasSeveralPoints() {
        return isStrict();
    }

    /** Whether the point at hand may belong to the same metric as the one before. */
    boolean continuesMetric() {
        return hasSeveralPoints();
    }

    /** Whether points that {@linkplain #continuesMetric() continue} a metric may have labels that others of it had. */
    boolean mixesLabels() {
        return false;
    }

    /** Whether a metric that is a number may have several points of one time. */
    boolean repeatsTimes() {
        return false;
    }

    /** A family to be built of what is read. */
    FamilyAssembly assembly(String wireName) {
        return new SampleFamily(this, wireName);
    }

    /** A family's exposed name by its name on the wire. */
    String exposedName(String wireName, MetricType type) {
        return wireName;
    }

    /** The samples that the format knows for a type; none where samples have their family's name. */
    List<SampleRole> roles(MetricType type) {
        return List.of();
    }

    /**
     * The wire name of the family of a sample whose line alone says that it begins one: a known family whose samples
     * come back, as a histogram does with {@code x_count}, else the sample's own name.
     *
     * @param known the types of the families met before, by wire name
     */
    final String familyOfSample(String name, Map<String, MetricType> known) {
        if (known.containsKey(name)) {
            return name;
        }
        for (SampleRole role : SampleRole.values()) {
            int stem = name.length() - role.suffix().length();
            if (stem > 0 && stem < name.length() && name.endsWith(role.suffix())) {
                MetricType type = known.get(name.substring(0, stem));
                if (type != null && roles(type).contains(role)) {
                    return name.substring(0, stem);
                }
            }
        }
        return name;
    }

    /** The type of the sample's family: as was just stated, or as it was where the family stood before. */
    final MetricType typeOfSample() {
        MetricType stated = type();
        if (stated != MetricType.UNKNOWN || typesBefore.isEmpty()) {
            return stated;
        }
        String name = familyOfSample(place(nameFrom, nameTo).toString(), typesBefore);
        return typesBefore.getOrDefault(name, MetricType.UNKNOWN);
    }

    final boolean sampleNameEndsWith(SampleRole role) {
        return place(nameFrom, nameTo).endsWith(role.suffix());
    }

    /** Whether the family in force is to be passed over: nobody wants it, or it is broken and to be left out. */
    final boolean isUnwanted() {
        return family.isUnwanted();
    }

    /** A view of a place for a look, not to be handed out. */
    final ByteView place(int from, int to) {
        return labels.place(look, from, to, b);
    }

    private final ByteView look = new ByteView(new ByteView.Lease());

    // ---- What callers see

    /** Ends the views of the event before; runs only where assertions are switched on. */
    final boolean endLease() {
        views.lease.ended = true;
        views = new Views();
        labels.endLease();
        return true;
    }

    private void require(boolean fits, String what) {
        if (!fits) {
            throw new IllegalStateException(what + " is not part of " + event);
        }
    }

    @Override
    public final Event event() {
        return event;
    }

    @Override
    public final ByteView familyName() {
        require(event != Event.COMMENT && event != Event.END, "a family name");
        return family.view(views.familyName);
    }

    @Override
    public final String exposedFamilyName() {
        return family.exposedName();
    }

    @Override
    public final long familyOrdinal() {
        return family.ordinal();
    }

    @Override
    public final MetricType type() {
        return family.type();
    }

    @Override
    public final ByteView text() {
        require(event == Event.HELP || event == Event.UNIT || event == Event.COMMENT, "a text");
        return views.text.set(textBytes, textFrom, textTo);
    }

    @Override
    public final ByteView sampleName() {
        requireSeries("a sample name");
        return labels.place(views.sampleName, nameFrom, nameTo, b);
    }

    final boolean isSeries() {
        return event == Event.SAMPLE || event == Event.COMPOSITE;
    }

    private void requireSeries(String what) {
        require(isSeries(), what);
    }

    @Override
    public final int labelCount() {
        requireSeries("a label");
        return labels().size();
    }

    @Override
    public final ByteView labelName(int index) {
        requireSeries("a label");
        return labels().name(Objects.checkIndex(index, labels.size()));
    }

    @Override
    public final ByteView labelValue(int index) {
        requireSeries("a label");
        return labels().value(Objects.checkIndex(index, labels.size()));
    }

    @Override
    public final Labels toLabels() {
        requireSeries("a label");
        return toLabels(-1);
    }

    /** The labels but for the one at a position, or all for -1; {@link #fingerprint()} then is theirs. */
    final Labels toLabels(int apart) {
        return labelSets.read(labels(), apart);
    }

    /** Of the labels that {@link #toLabels(int)} had last: see {@link LabelSets#fingerprint()}. */
    final long fingerprint() {
        return labelSets.fingerprint();
    }

    @Override
    public final double value() {
        require(event == Event.SAMPLE, "a value");
        return value;
    }

    @Override
    public final ByteView valueText() {
        require(event == Event.SAMPLE && !isExpanding() && valueFrom <= valueTo, "a value's spelling");
        return views.valueText.set(b, valueFrom, valueTo);
    }

    @Override
    public final Composite composite() {
        require(event == Event.COMPOSITE, "a composite value");
        return composite.leased(views.lease);
    }

    @Override
    public final boolean hasTimestamp() {
        return isSeries() && hasTimestamp;
    }

    @Override
    public final @Nullable Timestamp timestamp() {
        return hasTimestamp() ? new Timestamp(timestampSeconds, timestampNanos) : null;
    }

    @Override
    public final ByteView timestampText() {
        require(hasTimestamp() && timestampFrom <= timestampTo, "a timestamp's spelling");
        return views.timestampText.set(b, timestampFrom, timestampTo);
    }

    @Override
    public final boolean hasStartTimestamp() {
        return isSeries() && hasStartTimestamp;
    }

    @Override
    public final @Nullable Timestamp startTimestamp() {
        return hasStartTimestamp() ? new Timestamp(startSeconds, startNanos) : null;
    }

    @Override
    public final ByteView startTimestampText() {
        require(hasStartTimestamp() && startFrom <= startTo, "a start timestamp's spelling");
        return views.startTimestampText.set(b, startFrom, startTo);
    }

    @Override
    public final boolean hasExemplar() {
        return isSeries() && (isExpanding() ? !exemplars().isEmpty() : exemplars.size() > 0);
    }

    @Override
    public final @Nullable Exemplar exemplar() {
        if (!hasExemplar()) {
            return null;
        }
        return isExpanding() ? exemplars().get(0) : exemplars.get(0, strings);
    }

    @Override
    public final List<Exemplar> exemplars() {
        if (!isSeries()) {
            return List.of();
        }
        Expansion expanding = expansion;
        if (expanding == null || !expanding.isGoing()) {
            return exemplars.toList(strings);
        }
        List<Exemplar> own = new ArrayList<>();
        Exemplar ofBucket = expanding.bucket() < 0 ? null : composite.bucketExemplar(expanding.bucket());
        if (ofBucket != null) {
            own.add(ofBucket);
        }
        for (int i = 0; i < exemplars.size(); i++) {
            if (expanding.hasExemplar(exemplars.value(i))) {
                own.add(exemplars.get(i, strings));
            }
        }
        return own;
    }

    private boolean isExpanding() {
        Expansion expanding = expansion;
        return expanding != null && expanding.isGoing();
    }

    @Override
    public final List<Problem> problems() {
        return log.problems();
    }

    @Override
    public final long problemCount() {
        return log.count();
    }

    @Override
    public final LossReport losses() {
        return losses.report();
    }

    @Override
    public final ExpositionReader expanded() {
        expansion = new Expansion(labels, composite);
        return this;
    }

    @Override
    public final ExpositionReader withCustomBuckets() {
        keepComposites();
        return new CustomBucketsReader(this);
    }

    /** The reader at the bottom of one that was opened. */
    static EventReader beneath(ExpositionReader in) {
        return in instanceof CustomBucketsReader custom ? custom.beneath() : (EventReader) in;
    }

    /** The sample's value as seconds since the epoch, rounded down to the nanosecond, or null if it is no time. */
    final @Nullable DecimalSeconds valueAsSeconds() {
        return Double.isFinite(value) ? DecimalSeconds.of(valueText().toString(), value) : null;
    }

    /** Undoes {@link #expanded()}. */
    final void keepComposites() {
        expansion = null;
    }

    @Override
    public final FamilyReader assembled() {
        return new FamilyReader(this, false);
    }
}

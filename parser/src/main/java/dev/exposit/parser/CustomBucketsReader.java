package dev.exposit.parser;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.Labels;
import dev.exposit.model.Location;
import dev.exposit.model.LossReport;
import dev.exposit.model.MetricType;
import dev.exposit.model.Problem;
import dev.exposit.model.SampleRole;
import dev.exposit.model.Timestamp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Shows each classic histogram as one composite with custom bounds, see {@link ExpositionReader#withCustomBuckets()}.
 *
 * <p>It gathers the samples of a histogram, which stand one behind the other, until the reader beneath comes upon something
 * else. Then it shows the composite, and only with the next call that other event, which the reader beneath is still at.
 */
final class CustomBucketsReader implements ExpositionReader {
    private final EventReader in;
    private final Composite composite;
    private final NumberReader numbers = new NumberReader();

    /** Whether the event at hand is a histogram that was gathered; {@link #in} is at the event behind it then. */
    private boolean isGathered;
    /** Whether the reader beneath is at an event that was not looked at yet. */
    private boolean isPending;

    // The histogram that is gathered.
    private boolean isGathering;
    private Location location = new Location(1, 1, 0);
    private String familyName = "";
    private String exposedFamilyName = "";
    private long familyOrdinal = -1;
    private MetricType type = MetricType.HISTOGRAM;
    private Labels labels = Labels.of();
    private @Nullable Timestamp timestamp;
    private @Nullable Timestamp start;
    private final List<Exemplar> exemplars = new ArrayList<>();

    private ByteView.Lease lease = new ByteView.Lease();

    CustomBucketsReader(EventReader in) {
        this.in = in;
        this.composite = new Composite(in.strings);
    }

    EventReader beneath() {
        return in;
    }

    // ---- Gathering

    @Override
    public Event next() {
        lease.ended = true;
        lease = new ByteView.Lease();
        isGathered = false;
        while (true) {
            if (!isPending) {
                in.next();
            }
            isPending = false;
            if (isGathering && !belongs()) {
                isGathering = false;
                isGathered = true;
                isPending = true;
                composite.makeCustom();
                return Event.COMPOSITE;
            }
            SampleRole role = role();
            if (role == null || !gather(role)) {
                return in.event() == Event.COMPOSITE ? convert() : in.event();
            }
        }
    }

    /** Shows the composite that the reader beneath is at with custom bounds, if it is a classic histogram. */
    private Event convert() {
        // Its buckets are gone then, and their exemplars with them.
        if (in.composite().makeCustom()) {
            in.exemplars.takeAll(in.composite().bucketExemplars());
        }
        return Event.COMPOSITE;
    }

    /** What the event beneath is to a classic histogram, or null if it is nothing. */
    private @Nullable SampleRole role() {
        boolean histogram = in.type() == MetricType.HISTOGRAM || in.type() == MetricType.GAUGE_HISTOGRAM;
        if (in.event() != Event.SAMPLE || !histogram) {
            return null;
        }
        int suffix = in.sampleName().length() - in.familyName().length();
        for (SampleRole role : in.type().roles()) {
            if (suffix == role.suffix().length() && in.sampleNameEndsWith(role)) {
                return role;
            }
        }
        return null;
    }

    /** Whether the event beneath is one more sample of the histogram that is gathered. */
    private boolean belongs() {
        SampleRole role = role();
        if (role == null || in.familyOrdinal() != familyOrdinal) {
            return false;
        }
        boolean first = switch (role) {
            case COUNT, GCOUNT -> !composite.hasCount();
            case SUM, GSUM -> !composite.hasSum();
            case CREATED -> start == null;
            default -> true;
        };
        return first && hasLabels(role == SampleRole.BUCKET) && Objects.equals(in.timestamp(), timestamp);
    }

    /** Whether the sample beneath has the histogram's labels in their order. */
    private boolean hasLabels(boolean bucket) {
        int own = 0;
        for (int i = 0; i < in.labelCount(); i++) {
            if (bucket && in.labelName(i).contentEquals("le")) {
                continue;
            }
            if (own == labels.size()
                    || !in.labelName(i).contentEquals(labels.name(own))
                    || !in.labelValue(i).contentEquals(labels.value(own))) {
                return false;
            }
            own++;
        }
        return own == labels.size();
    }

    /** Takes the sample beneath; false if it is no part of a histogram after all, and must be shown as it is. */
    private boolean gather(SampleRole role) {
        ByteView le = role == SampleRole.BUCKET ? le() : null;
        double bound = le == null ? Double.NaN : number(le);
        DecimalSeconds created = role == SampleRole.CREATED ? in.valueAsSeconds() : null;
        boolean fits = switch (role) {
            case BUCKET -> !Double.isNaN(bound);
            case CREATED -> created != null;
            default -> true;
        };
        if (!fits) {
            return false;
        }
        if (!isGathering) {
            begin(role == SampleRole.BUCKET);
        }
        switch (role) {
            case BUCKET -> composite.add(bound, in.value(), Objects.requireNonNull(le));
            case COUNT, GCOUNT -> composite.setCount(in.value());
            case SUM, GSUM -> composite.setSum(in.value());
            default -> start = created == null ? null : created.time();
        }
        exemplars.addAll(in.exemplars());
        return true;
    }

    private void begin(boolean bucket) {
        isGathering = true;
        location = in.location();
        familyName = in.familyName().toString();
        exposedFamilyName = in.exposedFamilyName();
        familyOrdinal = in.familyOrdinal();
        type = in.type();
        labels = bucket ? in.toLabels().without("le") : in.toLabels();
        timestamp = in.timestamp();
        start = null;
        exemplars.clear();
        composite.begin(
                type == MetricType.HISTOGRAM ? Composite.Kind.HISTOGRAM : Composite.Kind.GAUGE_HISTOGRAM, new byte[0]);
    }

    private @Nullable ByteView le() {
        for (int i = 0; i < in.labelCount(); i++) {
            if (in.labelName(i).contentEquals("le")) {
                return in.labelValue(i);
            }
        }
        return null;
    }

    /** The number that is spelled so, NaN if none is. */
    private double number(ByteView spelling) {
        byte[] text = (spelling + "\n").getBytes(StandardCharsets.UTF_8);
        boolean number = numbers.read(text, 0) == text.length - 1 && !numbers.overflow();
        return number ? numbers.value() : Double.NaN;
    }

    // ---- What callers see

    private ByteView view(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new ByteView(lease).set(bytes, 0, bytes.length);
    }

    private static IllegalStateException noPart(String what) {
        return new IllegalStateException(what + " is not part of " + Event.COMPOSITE);
    }

    @Override
    public ExpositionFormat format() {
        return in.format();
    }

    @Override
    public Event event() {
        return isGathered ? Event.COMPOSITE : in.event();
    }

    @Override
    public Location location() {
        return isGathered ? location : in.location();
    }

    @Override
    public ByteView familyName() {
        return isGathered ? view(familyName) : in.familyName();
    }

    @Override
    public String exposedFamilyName() {
        return isGathered ? exposedFamilyName : in.exposedFamilyName();
    }

    @Override
    public long familyOrdinal() {
        return isGathered ? familyOrdinal : in.familyOrdinal();
    }

    @Override
    public MetricType type() {
        return isGathered ? type : in.type();
    }

    @Override
    public ByteView text() {
        if (isGathered) {
            throw noPart("a text");
        }
        return in.text();
    }

    @Override
    public ByteView sampleName() {
        return isGathered ? view(familyName) : in.sampleName();
    }

    @Override
    public int labelCount() {
        return isGathered ? labels.size() : in.labelCount();
    }

    @Override
    public ByteView labelName(int index) {
        return isGathered ? view(labels.name(index)) : in.labelName(index);
    }

    @Override
    public ByteView labelValue(int index) {
        return isGathered ? view(labels.value(index)) : in.labelValue(index);
    }

    @Override
    public Labels toLabels() {
        return isGathered ? labels : in.toLabels();
    }

    @Override
    public double value() {
        if (isGathered) {
            throw noPart("a value");
        }
        return in.value();
    }

    @Override
    public ByteView valueText() {
        if (isGathered) {
            throw noPart("a value's spelling");
        }
        return in.valueText();
    }

    @Override
    public Composite composite() {
        return isGathered ? composite : in.composite();
    }

    @Override
    public boolean hasTimestamp() {
        return isGathered ? timestamp != null : in.hasTimestamp();
    }

    @Override
    public @Nullable Timestamp timestamp() {
        return isGathered ? timestamp : in.timestamp();
    }

    @Override
    public ByteView timestampText() {
        if (isGathered) {
            throw noPart("a timestamp's spelling");
        }
        return in.timestampText();
    }

    @Override
    public boolean hasStartTimestamp() {
        return isGathered ? start != null : in.hasStartTimestamp();
    }

    @Override
    public @Nullable Timestamp startTimestamp() {
        return isGathered ? start : in.startTimestamp();
    }

    @Override
    public ByteView startTimestampText() {
        if (isGathered) {
            throw noPart("a start timestamp's spelling");
        }
        return in.startTimestampText();
    }

    @Override
    public boolean hasExemplar() {
        return isGathered ? !exemplars.isEmpty() : in.hasExemplar();
    }

    @Override
    public @Nullable Exemplar exemplar() {
        return isGathered ? (exemplars.isEmpty() ? null : exemplars.get(0)) : in.exemplar();
    }

    @Override
    public List<Exemplar> exemplars() {
        return isGathered ? List.copyOf(exemplars) : in.exemplars();
    }

    @Override
    public Problem problem(String code, Problem.Severity severity, @Nullable ByteView at, String expected, String got) {
        return isGathered
                ? new Problem(code, severity, location, expected, got, familyName, 0)
                : in.problem(code, severity, at, expected, got);
    }

    @Override
    public List<Problem> problems() {
        return in.problems();
    }

    @Override
    public long problemCount() {
        return in.problemCount();
    }

    @Override
    public LossReport losses() {
        return in.losses();
    }

    /** Taken apart, a histogram with custom bounds is the classic one that it was made of. */
    @Override
    public ExpositionReader expanded() {
        return in.expanded();
    }

    @Override
    public ExpositionReader withCustomBuckets() {
        return this;
    }

    @Override
    public FamilyReader assembled() {
        return new FamilyReader(this, false);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

package dev.exposit.convert;

import dev.exposit.format.EscapingScheme;
import dev.exposit.format.Names;
import dev.exposit.model.ClassicForm;
import dev.exposit.model.Exemplar;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.HistogramValue.Bucket;
import dev.exposit.model.Labels;
import dev.exposit.model.Loss;
import dev.exposit.model.LossReport;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.NativeBuckets;
import dev.exposit.model.Point;
import dev.exposit.model.RawValue;
import dev.exposit.model.SampleRole;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.StateSetValue.State;
import dev.exposit.model.Value;
import dev.exposit.parser.SeriesSet;
import dev.exposit.writer.LossPolicy;
import dev.exposit.writer.LossRefusedException;
import dev.exposit.writer.NativeHistograms;
import dev.exposit.writer.StartTimestamps;
import dev.exposit.writer.WriteOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes families as the options ask for; by itself JSON carries everything but half a character in a key. Escapes names,
 * leaves start timestamps out, makes native buckets classic ones, and keeps the account of it.
 */
final class JsonFit {
    private final WriteOptions options;
    private final EscapingScheme scheme;
    private final LossReport.Collector losses = new LossReport.Collector();
    /** The names of the families written, as far as escaping can make two of them one. */
    private final Set<String> written = new HashSet<>();

    private boolean leftOut;
    /** The series of the family at hand as they are written, as far as escaping can make two of them one. */
    private SeriesSet series = new SeriesSet();
    /** Whether a metric of the family at hand had labels that were escaped. */
    private boolean changed;

    /** Whether the options ask for something to be changed. */
    private final boolean changesAll;

    JsonFit(WriteOptions options) {
        this.options = options;
        this.scheme = options.escaping();
        this.changesAll = scheme != EscapingScheme.ALLOW_UTF_8
                || options.startTimestamps() == StartTimestamps.OMIT
                || options.nativeHistograms() == NativeHistograms.CLASSIC;
    }

    LossReport losses() {
        return losses.report();
    }

    /** A piece of a family as it is to be written; null if it is not. */
    @Nullable
    MetricFamily fit(FamilyPart part) {
        MetricFamily family = part.family();
        if (!changesAll && family.metrics().stream().allMatch(JsonFit::hasPlainKeys)) {
            return family;
        }
        String name = scheme.escapeMetricName(family.name());
        if (part.first()) {
            series = new SeriesSet();
            changed = false;
            leftOut = scheme != EscapingScheme.ALLOW_UTF_8 && !written.add(name);
            if (leftOut) {
                lose(Loss.Kind.TYPE, family, "left out: name " + name + " is taken by another family");
            } else {
                escaped(family.name(), name, family);
            }
        }
        if (leftOut) {
            for (Metric metric : family.metrics()) {
                leaveOut(metric, family, "name " + name + " is taken by another family");
            }
            return null;
        }
        List<Metric> metrics = new ArrayList<>(family.metrics().size());
        for (Metric metric : family.metrics()) {
            Metric fitted = fit(metric, family);
            if (fitted != null) {
                metrics.add(fitted);
            }
        }
        return new MetricFamily(new Metadata(name, family.type(), family.unit(), family.help()), metrics);
    }

    private @Nullable Metric fit(Metric metric, MetricFamily family) {
        Labels labels = escaped(metric.labels(), family);
        if (labels == null) {
            leaveOut(metric, family, "two label names of " + metric.labels() + " fall together when escaped");
            return null;
        }
        if (fallsTogether(metric, labels, family)) {
            leaveOut(metric, family, "its series and another one fall together when escaped");
            return null;
        }
        List<Point> points = new ArrayList<>(metric.points().size());
        for (Point point : metric.points()) {
            Point fitted = point.withValue(fit(point.value(), family));
            if (point.startTimestamp() != null && options.startTimestamps() == StartTimestamps.OMIT) {
                losses.add(Loss.Kind.START_TIMESTAMP, family.name(), "start timestamp left out as asked for");
                fitted = fitted.startedAt(null);
            }
            List<Exemplar> exemplars = new ArrayList<>();
            for (Exemplar exemplar : point.exemplars()) {
                Exemplar other = fit(exemplar, family);
                if (other != null) {
                    exemplars.add(other);
                }
            }
            points.add(fitted.withExemplars(exemplars.toArray(new Exemplar[0])));
        }
        return new Metric(labels, points);
    }

    /** Whether escaping makes the metric's series that of another one. Series that stood twice before may do so. */
    private boolean fallsTogether(Metric metric, Labels escaped, MetricFamily family) {
        if (scheme == EscapingScheme.ALLOW_UTF_8) {
            return false;
        }
        changed |= !escaped.equals(metric.labels());
        String name = metric.value() instanceof RawValue raw ? rawName(raw.sampleName(), family.name()) : "";
        return !series.add(name, escaped) && changed;
    }

    private @Nullable Exemplar fit(@Nullable Exemplar exemplar, MetricFamily family) {
        if (exemplar == null) {
            return null;
        }
        Labels labels = escaped(exemplar.labels(), family);
        if (labels == null) {
            lose(Loss.Kind.EXEMPLAR, family, "exemplar left out: two label names fall together when escaped");
            return null;
        }
        return new Exemplar(labels, exemplar.value(), exemplar.timestamp());
    }

    private Value fit(Value value, MetricFamily family) {
        if (value instanceof RawValue raw) {
            String name = rawName(raw.sampleName(), family.name());
            escaped(raw.sampleName(), name, family);
            return new RawValue(name, raw.value());
        }
        if (value instanceof StateSetValue set) {
            return fit(set, family);
        }
        return value instanceof HistogramValue histogram ? fit(histogram, family) : value;
    }

    private StateSetValue fit(StateSetValue set, MetricFamily family) {
        Map<String, State> states = new LinkedHashMap<>();
        for (State state : set.states()) {
            String name = key(state.name());
            escaped(state.name(), name, family);
            if (states.putIfAbsent(name, new State(name, state.enabled())) != null) {
                lose(Loss.Kind.SAMPLE, family, "state left out: another is written " + name);
            }
        }
        return new StateSetValue(List.copyOf(states.values()));
    }

    private HistogramValue fit(HistogramValue histogram, MetricFamily family) {
        boolean asClassic = options.nativeHistograms() == NativeHistograms.CLASSIC;
        HistogramValue fitted = asClassic ? classic(histogram, family) : histogram;
        List<Bucket> buckets = new ArrayList<>(fitted.buckets().size());
        for (Bucket bucket : fitted.buckets()) {
            buckets.add(new Bucket(bucket.le(), bucket.cumulativeCount(), fit(bucket.exemplar(), family)));
        }
        return new HistogramValue(fitted.count(), fitted.sum(), buckets, fitted.nativeBuckets());
    }

    private void leaveOut(Metric metric, MetricFamily family, String why) {
        for (int i = 0; i < metric.points().size(); i++) {
            lose(Loss.Kind.SAMPLE, family, "metric left out: " + why);
        }
    }

    // ---- Names

    /** A sample's name that begins with its family's goes on doing so, whatever the scheme. */
    private String rawName(String sample, String family) {
        if (sample.startsWith(family)) {
            String rest = sample.substring(family.length());
            for (SampleRole role : SampleRole.values()) {
                if (rest.equals(role.suffix())) {
                    return scheme.escapeMetricName(family) + rest;
                }
            }
        }
        return scheme.escapeMetricName(sample);
    }

    /** Labels with names as they are written; null if two become one. */
    private @Nullable Labels escaped(Labels labels, MetricFamily family) {
        String[] pairs = new String[2 * labels.size()];
        Set<String> names = new HashSet<>();
        for (int i = 0; i < labels.size(); i++) {
            pairs[2 * i] = scheme.escapeLabelName(key(labels.name(i)));
            pairs[2 * i + 1] = labels.value(i);
            if (!names.add(pairs[2 * i])) {
                return null;
            }
        }
        for (int i = 0; i < labels.size(); i++) {
            escaped(labels.name(i), pairs[2 * i], family);
        }
        return Labels.of(pairs);
    }

    /** A key that every JSON reader takes: half a character, which a value may have as an escape, becomes a ? in it. */
    private static String key(String name) {
        return isPlain(name) ? name : new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static boolean isPlain(String name) {
        return name.isEmpty() || Names.isValidUtf8Name(name);
    }

    /** Whether all names that are keys in JSON can be such. */
    private static boolean hasPlainKeys(Metric metric) {
        return hasPlainKeys(metric.labels()) && metric.points().stream().allMatch(JsonFit::hasPlainKeys);
    }

    private static boolean hasPlainKeys(Point point) {
        for (Exemplar exemplar : point.exemplars()) {
            if (!hasPlainKeys(exemplar.labels())) {
                return false;
            }
        }
        if (point.value() instanceof HistogramValue histogram) {
            return histogram.buckets().stream()
                    .allMatch(bucket -> bucket.exemplar() == null
                            || hasPlainKeys(bucket.exemplar().labels()));
        }
        return !(point.value() instanceof StateSetValue set)
                || set.states().stream().allMatch(state -> isPlain(state.name()));
    }

    private static boolean hasPlainKeys(Labels labels) {
        for (int i = 0; i < labels.size(); i++) {
            if (!isPlain(labels.name(i))) {
                return false;
            }
        }
        return true;
    }

    private void escaped(String name, String written, MetricFamily family) {
        if (!name.equals(written)) {
            lose(Loss.Kind.NAME, family, "name " + name + " written " + written);
        }
    }

    // ---- Native buckets

    private HistogramValue classic(HistogramValue histogram, MetricFamily family) {
        NativeBuckets buckets = histogram.nativeBuckets();
        if (buckets == null) {
            return histogram;
        }
        String defect = histogram.buckets().isEmpty() ? buckets.defect().orElse(null) : null;
        if (defect != null) {
            lose(Loss.Kind.NATIVE_BUCKETS, family, "native buckets left out: " + defect);
            return new HistogramValue(histogram.count(), histogram.sum(), histogram.buckets(), null);
        }
        ClassicForm form = histogram.toClassic();
        String words = form.lost().isEmpty() ? "custom buckets written as classic ones" : form.lostInWords();
        if (form.lost().contains(ClassicForm.Lost.BEYOND_COUNT)) {
            lose(Loss.Kind.NATIVE_BUCKETS, family, words);
        } else {
            losses.add(Loss.Kind.NATIVE_BUCKETS, family.name(), words);
        }
        return form.histogram();
    }

    /** Takes note of a loss, or refuses it; what was asked for is never refused. */
    private void lose(Loss.Kind kind, MetricFamily family, String detail) {
        if (options.onLoss() == LossPolicy.FAIL) {
            throw new LossRefusedException(new Loss(kind, family.name(), detail, 1));
        }
        losses.add(kind, family.name(), detail);
    }
}

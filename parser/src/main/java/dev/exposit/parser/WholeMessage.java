package dev.exposit.parser;

import dev.exposit.model.Labels;
import dev.exposit.model.Metadata;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricType;
import dev.exposit.model.Point;
import dev.exposit.model.Timestamp;
import dev.exposit.model.Value;
import dev.exposit.parser.ReadLimits.Limit;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an {@code io.prometheus.client.MetricFamily} at once into a family of the model: each metric is whole in its message,
 * so nothing need be gathered from events, and fields come in an order that shows what the next means.
 *
 * <p>It knows the usual only: fields of the schema, each once where it may stand once, the type before the metrics, labels in
 * front of a metric's value; classic histograms with rising bounds; no exemplars, no native buckets, no bounds with a spelling
 * of their own. What is otherwise, too long, wrong or inexact it does not read at all, so that whoever reads events says what
 * there is to be said. {@code WholeMessageTest} holds it to the same families.
 *
 * <pre>
 * in the family     name, help, unit: kept; type: only before metrics; metric: read; others: odd
 * in a metric       labels, then in any order the value of the family's type and a timestamp; others: odd
 * </pre>
 */
final class WholeMessage {
    private static final int NAME = (1 << 3) | MetricParts.BYTES;
    private static final int HELP = (2 << 3) | MetricParts.BYTES;
    private static final int TYPE = (3 << 3) | MetricParts.VARINT;
    private static final int METRIC = (4 << 3) | MetricParts.BYTES;
    private static final int UNIT = (5 << 3) | MetricParts.BYTES;
    private static final int TIMESTAMP = (6 << 3) | MetricParts.VARINT;

    private final List<MetricType> types;
    /** By a type's number, the tag of the field that has the value of its metrics. */
    private final int[] valueTags;

    private final int longestName;
    private final PlainWire wire = new PlainWire();
    private final WholeLabels labels;
    private final WholeValues values;
    private final SeenFingerprints seen = new SeenFingerprints();

    private MetricType type = MetricType.UNKNOWN;
    /** The field that a metric's value of the type is. */
    private int valueTag;

    private Metric[] metrics = new Metric[16];
    private int count;
    private long bytes;
    private long mostBytes;
    private long nameHash;

    WholeMessage(List<MetricType> types, StringCache strings, ReadLimits limits) {
        this.types = types;
        this.valueTags = types.stream().mapToInt(WholeMessage::valueTag).toArray();
        this.longestName = limits.intValue(Limit.NAME_BYTES);
        this.labels = new WholeLabels(wire, strings, limits);
        this.values = new WholeValues(wire);
    }

    /** What the family read last takes in memory, as {@link FamilyAssembly#size()} estimates it. */
    long bytes() {
        return bytes;
    }

    /** The {@link TextHash} of the name of the family read last. */
    long nameHash() {
        return nameHash;
    }

    /**
     * The family of the message at {@code [from, to)}, or null if something about it is not usual.
     *
     * @param most how many bytes it may take in memory, estimated
     */
    @Nullable
    MetricFamily read(byte[] b, int from, int to, long most) {
        begin(b, from);
        mostBytes = most;
        String name = null;
        String help = null;
        String unit = null;
        boolean hasType = false;
        while (wire.at < to) {
            int tag = b[wire.at++];
            if (tag == METRIC) {
                if (!metric(wire.end(to))) {
                    return null;
                }
            } else if (tag == NAME && name == null) {
                name = text(to);
                if (name == null || name.isEmpty() || wire.at - textFrom > longestName) {
                    return null;
                }
                nameHash = TextHash.of(b, textFrom, wire.at);
            } else if (tag == HELP && help == null) {
                help = text(to);
                if (help == null) {
                    return null;
                }
            } else if (tag == TYPE && !hasType && count == 0) {
                hasType = true;
                if (!type(to)) {
                    return null;
                }
            } else if (tag == UNIT && unit == null) {
                unit = text(to);
                if (unit == null) {
                    return null;
                }
            } else {
                return null;
            }
        }
        return name == null
                ? null
                : new MetricFamily(
                        new Metadata(name, type, unit == null ? "" : unit, help == null ? "" : help), metrics());
    }

    private void begin(byte[] b, int from) {
        wire.enter(b, from);
        labels.begin();
        seen.clear();
        count = 0;
        bytes = 0;
        enterType(0);
    }

    private List<Metric> metrics() {
        return count == 1 ? List.of(metrics[0]) : List.of(Arrays.copyOf(metrics, count));
    }

    // ---- What is said of the family

    private int textFrom;

    private @Nullable String text(int to) {
        int end = wire.end(to);
        if (end == PlainWire.ODD) {
            return null;
        }
        byte[] b = wire.b;
        textFrom = wire.at;
        wire.at = end;
        if (EightBytes.asciiEnd(b, textFrom, end) == end) {
            return new String(b, textFrom, end - textFrom, StandardCharsets.ISO_8859_1);
        }
        return Utf8.isValid(b, textFrom, end) ? new String(b, textFrom, end - textFrom, StandardCharsets.UTF_8) : null;
    }

    private boolean type(int to) {
        long number = wire.integer(to);
        if (number < 0 || number >= types.size()) {
            return false;
        }
        enterType((int) number);
        return true;
    }

    private void enterType(int number) {
        type = types.get(number);
        valueTag = valueTags[number];
    }

    private static int valueTag(MetricType type) {
        int field = switch (type) {
            case GAUGE -> 2;
            case COUNTER -> 3;
            case SUMMARY -> 4;
            case UNKNOWN -> 5;
            default -> 7;
        };
        return (field << 3) | MetricParts.BYTES;
    }

    // ---- Metrics

    private boolean metric(int to) {
        int from = wire.at;
        if (to == PlainWire.ODD) {
            return false;
        }
        Labels its = labels.read(to);
        if (its == null || !seen.add(labels.fingerprint())) {
            return false;
        }
        Value value = null;
        long timestampMs = 0;
        while (wire.at < to) {
            int tag = wire.b[wire.at++];
            if (tag == valueTag && value == null) {
                value = value(wire.end(to));
                if (value == null) {
                    return false;
                }
            } else if (tag == TIMESTAMP) {
                timestampMs = wire.integer(to);
                if (timestampMs == PlainWire.ODD) {
                    return false;
                }
            } else {
                return false;
            }
        }
        if (value == null) {
            return false;
        }
        add(new Metric(its, point(value, timestampMs)));
        bytes += FamilyAssembly.sizeOf(to - from);
        return bytes <= mostBytes;
    }

    private @Nullable Value value(int to) {
        if (to == PlainWire.ODD) {
            return null;
        }
        return switch (type) {
            case SUMMARY -> labels.shape().hasQuantile ? null : values.summary(to);
            case HISTOGRAM, GAUGE_HISTOGRAM -> labels.shape().hasLe ? null : values.histogram(to);
            default -> values.number(type == MetricType.COUNTER, to);
        };
    }

    private Point point(Value value, long timestampMs) {
        Timestamp start = values.start();
        return timestampMs == 0 && start == null
                ? Point.of(value)
                : new Point(value, timestampMs == 0 ? null : Timestamp.ofMillis(timestampMs), start, List.of());
    }

    private void add(Metric metric) {
        if (count == metrics.length) {
            metrics = Arrays.copyOf(metrics, 2 * count);
        }
        metrics[count++] = metric;
    }
}

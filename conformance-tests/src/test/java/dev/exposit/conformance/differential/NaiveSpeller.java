package dev.exposit.conformance.differential;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.Exemplar;
import dev.exposit.model.HistogramValue;
import dev.exposit.model.Label;
import dev.exposit.model.Labels;
import dev.exposit.model.Metric;
import dev.exposit.model.MetricFamily;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.NumberValue;
import dev.exposit.model.Point;
import dev.exposit.model.StateSetValue;
import dev.exposit.model.SummaryValue;
import dev.exposit.model.Timestamp;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Spells metric sets as texts in all the ways that a format allows: blanks, quotes, escapes, numbers, the order of what has
 * no order. It knows nothing of our writers.
 */
final class NaiveSpeller {
    private final SplittableRandom random;
    private final boolean openMetrics;
    private final boolean version2;
    private final StringBuilder out = new StringBuilder();

    NaiveSpeller(SplittableRandom random, ExpositionFormat format) {
        this.random = random;
        this.version2 = format == ExpositionFormat.OPENMETRICS_2;
        this.openMetrics = version2 || format == ExpositionFormat.OPENMETRICS_1;
    }

    String spell(MetricSet metrics) {
        for (MetricFamily family : metrics) {
            String name = openMetrics && !version2 ? wireName(family) : family.name();
            metadata(family, name);
            for (Metric metric : family.metrics()) {
                if (version2) {
                    wholePoints(name, family.type(), metric);
                } else {
                    metric.points().forEach(point -> point(name, family.type(), metric.labels(), point));
                }
            }
        }
        if (openMetrics) {
            out.append(chance(90) ? "# EOF\n" : "# EOF");
        }
        return out.toString();
    }

    private static String wireName(MetricFamily family) {
        String suffix = family.type().exposedSuffix();
        return family.name().substring(0, family.name().length() - suffix.length());
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String pick(String... from) {
        return from[random.nextInt(from.length)];
    }

    // ---- Blanks

    /** Nothing, or blanks where the format has them. */
    private String blanks() {
        return openMetrics || chance(70) ? "" : pick(" ", "\t", "  ", " \t ");
    }

    /** One blank, or more where the format has them. */
    private String gap() {
        return openMetrics || chance(70) ? " " : pick("\t", "  ", "\t ");
    }

    private void endLine() {
        out.append(blanks()).append('\n');
        if (!openMetrics && chance(10)) {
            out.append(pick("\n", " \t\n", "# a comment\n", "#\n", "# TYPEA x\n", "# EOF\n", "\t#HELPX y\n"));
        }
    }

    // ---- Metadata

    private void metadata(MetricFamily family, String name) {
        List<String> lines = new ArrayList<>();
        // A family of no metrics has at least one line.
        if (family.type() != MetricType.UNKNOWN || family.metrics().isEmpty() || chance(50)) {
            boolean untyped = family.type() == MetricType.UNKNOWN && !openMetrics;
            lines.add("TYPE" + gap() + metadataName(name) + gap()
                    + (untyped ? "untyped" : family.type().keyword()));
        }
        if (!family.help().isEmpty() || chance(20)) {
            lines.add("HELP" + gap() + metadataName(name) + gap() + help(family.help()));
        }
        if (!family.unit().isEmpty() || (openMetrics && chance(20))) {
            lines.add("UNIT " + metadataName(name) + ' ' + family.unit());
        }
        Collections.shuffle(lines, new Random(random.nextLong()));
        for (String line : lines) {
            out.append(blanks())
                    .append('#')
                    .append(openMetrics ? " " : blanks())
                    .append(line);
            // Blanks behind a docstring would be part of it.
            if (line.startsWith("HELP")) {
                out.append('\n');
            } else {
                endLine();
            }
        }
    }

    private String metadataName(String name) {
        boolean bare = openMetrics && !version2;
        return bare || (isBare(name) && chance(80)) ? name : quoted(name);
    }

    private static boolean isBare(String name) {
        return name.matches("[a-zA-Z_:][a-zA-Z0-9_:]*");
    }

    private String help(String help) {
        String escaped = help.replace("\\", "\\\\").replace("\n", "\\n");
        return openMetrics ? escaped.replace("\"", "\\\"") : escaped;
    }

    // ---- Samples

    private void point(String name, MetricType type, Labels labels, Point point) {
        List<Runnable> samples = new ArrayList<>();
        List<Runnable> inOrder = new ArrayList<>();
        Timestamp at = point.timestamp();
        Timestamp start = point.startTimestamp();
        if (start != null) {
            samples.add(() -> sample(name + "_created", labels, seconds(start), at, null));
        }
        if (point.value() instanceof HistogramValue histogram) {
            boolean gauge = type == MetricType.GAUGE_HISTOGRAM;
            total(samples, name + (gauge ? "_gcount" : "_count"), labels, histogram.count(), at);
            total(samples, name + (gauge ? "_gsum" : "_sum"), labels, histogram.sum(), at);
            for (HistogramValue.Bucket bucket : histogram.buckets()) {
                inOrder.add(() -> sample(
                        name + "_bucket",
                        with(labels, "le", number(bucket.upperBound())),
                        number(bucket.cumulativeCount()),
                        at,
                        bucket.exemplar()));
            }
        } else if (point.value() instanceof SummaryValue summary) {
            total(samples, name + "_count", labels, summary.count(), at);
            total(samples, name + "_sum", labels, summary.sum(), at);
            for (SummaryValue.Quantile quantile : summary.quantiles()) {
                Labels all = with(labels, "quantile", number(quantile.quantile().value()));
                inOrder.add(() -> sample(name, all, number(quantile.value()), at, null));
            }
        } else if (point.value() instanceof StateSetValue states) {
            for (StateSetValue.State state : states.states()) {
                Labels all = with(labels, name, state.name());
                inOrder.add(() -> sample(name, all, number(state.enabled() ? 1 : 0), at, null));
            }
        } else {
            double value = point.value() instanceof NumberValue number ? number.value() : 1;
            Exemplar exemplar =
                    point.exemplars().isEmpty() ? null : point.exemplars().get(0);
            String suffix = openMetrics ? type.exposedSuffix() : "";
            samples.add(() -> sample(name + suffix, labels, number(value), at, exemplar));
        }
        Collections.shuffle(samples, new Random(random.nextLong()));
        for (Runnable sample : inOrder) {
            samples.add(random.nextInt(samples.size() + 1), () -> {});
            samples.add(sample);
        }
        samples.forEach(Runnable::run);
    }

    private void total(
            List<Runnable> samples, String name, Labels labels, @Nullable Double total, @Nullable Timestamp at) {
        if (total != null) {
            samples.add(() -> sample(name, labels, number(total), at, null));
        }
    }

    /** The labels and one more, anywhere among them. */
    private Labels with(Labels labels, String name, String value) {
        List<String> pairs = new ArrayList<>();
        int at = random.nextInt(labels.size() + 1);
        for (Label label : labels) {
            if (pairs.size() == 2 * at) {
                pairs.add(name);
                pairs.add(value);
            }
            pairs.add(label.name());
            pairs.add(label.value());
        }
        if (at == labels.size()) {
            pairs.add(name);
            pairs.add(value);
        }
        return Labels.of(pairs.toArray(String[]::new));
    }

    private void sample(
            String name, Labels labels, String value, @Nullable Timestamp timestamp, @Nullable Exemplar exemplar) {
        series(name, labels, value);
        if (timestamp != null) {
            out.append(gap()).append(openMetrics ? seconds(timestamp) : millis(timestamp));
        }
        if (exemplar != null) {
            exemplar(exemplar);
        }
        endLine();
    }

    private void series(String name, Labels labels, String value) {
        boolean inBraces = (!openMetrics || version2) && (!isBare(name) || chance(10));
        out.append(blanks());
        if (inBraces) {
            out.append('{').append(blanks()).append(quoted(name)).append(blanks());
            if (labels.isEmpty()) {
                out.append(!openMetrics && chance(20) ? "," + blanks() : "").append('}');
            } else {
                out.append(',');
                labels(labels);
            }
        } else {
            out.append(name);
            if (!labels.isEmpty() || chance(20)) {
                out.append(blanks()).append('{');
                labels(labels);
            }
        }
        boolean behindBrace = out.charAt(out.length() - 1) == '}';
        out.append(behindBrace ? (openMetrics ? " " : blanks()) : gap()).append(value);
    }

    // ---- OpenMetrics 2.0

    private void wholePoints(String name, MetricType type, Metric metric) {
        if (type == MetricType.STATE_SET) {
            states(name, metric);
            return;
        }
        CompositeSpeller values = new CompositeSpeller(this::number);
        for (Point point : metric.points()) {
            wholePoint(name, metric.labels(), values.value(point.value(), type), point, point.exemplars());
        }
    }

    /** State by state, all times of one together; the exemplars of a point stand at its first state. */
    private void states(String name, Metric metric) {
        Set<String> names = new TreeSet<>();
        metric.points().forEach(point -> states(point).forEach(state -> names.add(state.name())));
        Set<Point> begun = new HashSet<>();
        for (String state : names) {
            Labels all = with(metric.labels(), name, state);
            for (Point point : metric.points()) {
                for (StateSetValue.State one : states(point)) {
                    if (one.name().equals(state)) {
                        List<Exemplar> exemplars = begun.add(point) ? point.exemplars() : List.of();
                        wholePoint(name, all, number(one.enabled() ? 1 : 0), point, exemplars);
                    }
                }
            }
        }
    }

    private static List<StateSetValue.State> states(Point point) {
        return ((StateSetValue) point.value()).states();
    }

    private void wholePoint(String name, Labels labels, String value, Point point, List<Exemplar> exemplars) {
        series(name, labels, value);
        Timestamp timestamp = point.timestamp();
        if (timestamp != null) {
            out.append(' ').append(seconds(timestamp));
        }
        Timestamp start = point.startTimestamp();
        if (start != null) {
            out.append(" st@").append(seconds(start));
        }
        exemplars.forEach(this::exemplar);
        endLine();
    }

    /** Labels behind what opens them, and the brace that closes them. */
    private void labels(Labels labels) {
        String separator = "";
        for (Label label : labels) {
            boolean bare = label.name().matches("[a-zA-Z_][a-zA-Z0-9_]*") && ((openMetrics && !version2) || chance(90));
            out.append(separator).append(blanks()).append(bare ? label.name() : quoted(label.name()));
            out.append(blanks())
                    .append('=')
                    .append(blanks())
                    .append(quoted(label.value()))
                    .append(blanks());
            separator = ",";
        }
        boolean comma = !openMetrics && !labels.isEmpty() && chance(10);
        out.append(comma ? "," + blanks() : "").append(blanks()).append('}');
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"") + '"';
    }

    private void exemplar(Exemplar exemplar) {
        out.append(" # {");
        labels(exemplar.labels());
        out.append(' ').append(number(exemplar.value()));
        Timestamp timestamp = exemplar.timestamp();
        if (timestamp != null) {
            out.append(' ').append(seconds(timestamp));
        }
    }

    // ---- Numbers and times

    private String number(double number) {
        if (Double.isNaN(number)) {
            return pick("NaN", "nan", "NAN", "nAn");
        }
        if (Double.isInfinite(number)) {
            String sign = number < 0 ? "-" : pick("+", "");
            return sign + pick("Inf", "inf", "INF", "Infinity", "infinity", "iNfInItY");
        }
        String sign = Double.doubleToRawLongBits(number) < 0 ? "-" : pick("", "", "", "+");
        BigDecimal exact = new BigDecimal(Double.toString(Math.abs(number)));
        String digits = switch (random.nextInt(6)) {
            case 0 -> exact.toString();
            case 1 ->
                exact.scale() < 30 && exact.precision() - exact.scale() < 30 ? exact.toPlainString() : exact.toString();
            case 2 ->
                exact.unscaledValue() + pick("e", "E") + (exact.scale() > 0 ? "-" : pick("", "+")) + "0"
                        + Math.abs(exact.scale());
            case 3 -> "0." + exact.unscaledValue() + "e" + (exact.precision() - exact.scale());
            case 4 -> "00" + exact;
            default -> Double.toString(Math.abs(number)).toLowerCase(Locale.ROOT);
        };
        if (digits.matches("[0-9]+\\.0*")) {
            digits = pick(digits, digits.replaceFirst("\\.0*$", ""), digits.replaceFirst("0*$", ""), digits + "0");
        } else if (digits.matches("0+\\.[0-9]+")) {
            digits = pick(digits, digits.replaceFirst("^0+", ""));
        }
        return sign + digits;
    }

    private String seconds(Timestamp timestamp) {
        String plain = timestamp.toString();
        return plain.contains(".")
                ? pick(plain, plain + "0", "0" + plain, plain + "e0")
                : pick(plain, plain + ".0", "+" + plain, plain + ".", plain + "e+00");
    }

    private String millis(Timestamp timestamp) {
        return pick("", "", "0", "+") + timestamp.toMillis();
    }
}

package dev.exposit.graphite;

import dev.exposit.convert.FamilySource;
import dev.exposit.graphite.GraphiteMapping.Mapped;
import dev.exposit.graphite.Numbers.Time;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.Labels;
import dev.exposit.model.Location;
import dev.exposit.model.LossReport;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.Dialect;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.Excerpt;
import dev.exposit.parser.NameUnescaping;
import dev.exposit.parser.ReadLimitException;
import dev.exposit.parser.ReadLimits;
import dev.exposit.parser.ReadLimits.Limit;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Graphite's lines to their end, and then hands out families; {@link GraphiteInput} says how. Each path is taken apart
 * once.
 */
final class GraphiteReader implements FamilySource {
    /** What a series takes besides twice its path, and what a point takes, in bytes, estimated. */
    private static final int SERIES_BYTES = 400;

    private static final int POINT_BYTES = 100;

    /** Where the samples of a path go, and what their values are multiplied by. */
    private record Route(HeldSeries series, double scale) {}

    private final LineInput lines;
    private final ReadOptions options;
    private final ReadLimits limits;
    private final GraphiteLog log;
    private final @Nullable MappingCache mapping;
    private final @Nullable NameUnescaping unescaping;

    /** The families by name, in the order in which they began, until they are handed out. */
    private final Map<String, HeldFamily> families = new LinkedHashMap<>();
    /** The series by path; more than one path may lead to a series. */
    private final Map<String, Route> routes = new HashMap<>();

    private @Nullable Iterator<HeldFamily> ready;
    /** Where the family began that was handed out last. */
    private Spot handedOut = new Spot(new Location(1, 1, 0), new Excerpt("", 0));

    private long samples;
    private long heldBytes;

    GraphiteReader(InputStream in, @Nullable GraphiteMapping mapping, ReadOptions options) {
        this.lines = new LineInput(in, options.limits());
        this.options = options;
        this.limits = options.limits();
        this.log = new GraphiteLog(options);
        this.mapping = mapping == null ? null : new MappingCache(mapping);
        this.unescaping = NameUnescaping.of(options, this::report);
    }

    @Override
    public String format() {
        return "graphite";
    }

    @Override
    public @Nullable FamilyPart next() throws IOException {
        Iterator<HeldFamily> rest = ready;
        if (rest == null) {
            rest = readAll().iterator();
            ready = rest;
        }
        while (rest.hasNext()) {
            HeldFamily family = rest.next();
            rest.remove();
            handedOut = family.spot;
            FamilyPart part = FamilyPart.whole(family.toFamily());
            FamilyPart named = unescaping == null ? part : unescaping.undo(part);
            if (named != null) {
                return named;
            }
        }
        return null;
    }

    /** Reads all, and tells the families' names. */
    Set<String> readNames() throws IOException {
        readAll();
        return families.keySet();
    }

    private Iterable<HeldFamily> readAll() throws IOException {
        while (lines.next()) {
            readLine();
        }
        routes.clear();
        families.values().removeIf(family -> family.isLeftOut() || family.isEmpty());
        if (unescaping != null) {
            unescaping.announce(families.keySet());
        }
        return families.values();
    }

    // ---- Lines

    private void readLine() {
        if (lines.number() == 1) {
            skipByteOrderMark();
        }
        String line = text();
        if (line == null || Fields.isBlank(line)) {
            return;
        }
        if (!lines.isTerminated()) {
            boolean fine = options.lastLineFeedOptional() || options.dialect() == Dialect.PROMETHEUS;
            log.report(
                    ErrorCode.MISSING_FINAL_NEWLINE,
                    fine ? Severity.WARNING : Severity.ERROR,
                    Spot.of(lines, lines.to()),
                    "a line feed behind the last line",
                    "the end");
        }
        try {
            readSample(line);
        } catch (SkipLineException e) {
            report(e.code, Severity.ERROR, line, e.at, e.expected, e.got);
        }
    }

    private void skipByteOrderMark() {
        byte[] bytes = lines.bytes();
        int at = lines.from();
        if (lines.to() - at >= 3
                && bytes[at] == (byte) 0xEF
                && bytes[at + 1] == (byte) 0xBB
                && bytes[at + 2] == (byte) 0xBF) {
            log.report(ErrorCode.BYTE_ORDER_MARK, Severity.ERROR, Spot.of(lines, at), "no byte order mark", "U+FEFF");
            lines.skip(3);
        }
    }

    /** The line as text, or null if it is no UTF-8. */
    private @Nullable String text() {
        ByteBuffer bytes = ByteBuffer.wrap(lines.bytes(), lines.from(), lines.to() - lines.from());
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            // The decoder has stopped before what it could not read.
            log.report(
                    ErrorCode.INVALID_UTF8,
                    Severity.ERROR,
                    Spot.of(lines, bytes.position()),
                    "UTF-8",
                    "bytes that are none");
            return null;
        }
    }

    private void readSample(String line) throws SkipLineException {
        Fields fields = Fields.of(line);
        Route route = routes.get(fields.path());
        if (route == null) {
            route = findRoute(fields, line);
        }
        if (route == null || route.series.family.isLeftOut()) {
            return;
        }
        try {
            add(route, fields, line);
        } catch (SkipLineException e) {
            if (options.recovery() == Recovery.SKIP_FAMILY) {
                route.series.family.leaveOut();
            }
            throw e;
        }
    }

    private void add(Route route, Fields fields, String line) throws SkipLineException {
        HeldSeries series = route.series;
        double value = Numbers.value(fields.value(), fields.valueAt());
        Time time = Numbers.time(fields.timestamp(), fields.timestampAt());
        if (++samples > limits.get(Limit.SAMPLES)) {
            throw new ReadLimitException(Limit.SAMPLES, limits, "there are too many samples");
        }
        switch (series.add(value * route.scale, time.time())) {
            case ADDED -> hold(POINT_BYTES);
            case REPLACED ->
                report(
                        ErrorCode.DUPLICATE_SERIES,
                        Severity.WARNING,
                        line,
                        fields.pathAt(),
                        "each path once for a timestamp",
                        "a path a second time, whose value counts");
            case REFUSED ->
                throw new SkipLineException(
                        ErrorCode.MIXED_TIMESTAMPS,
                        fields.timestampAt(),
                        "timestamps with all samples of a path, or with none",
                        Fields.quoted(fields.timestamp()));
        }
        if (Numbers.losesDigits(fields.value(), value)) {
            log.lose(series.family.name, "integer " + fields.value() + " read as " + value);
        }
        if (!time.isExact()) {
            log.lose(series.family.name, "timestamp " + fields.timestamp() + " read as " + time.time());
        }
    }

    // ---- Paths

    /** Finds out what a path that was not there before leads to; null if nobody wants it. */
    private @Nullable Route findRoute(Fields fields, String line) throws SkipLineException {
        SeriesPath path;
        try {
            path = SeriesPath.of(fields.path(), limits);
        } catch (SkipLineException e) {
            throw e.movedBy(fields.pathAt());
        }
        Mapped mapped = mapping == null ? null : mapping.map(path.name());
        String name;
        Labels labels = path.labels();
        if (mapping == null) {
            name = path.isQuoted() ? path.name() : PathText.name(path.name());
        } else if (mapped == null) {
            return null;
        } else {
            name = mapped.name();
            labels = mapped.labels(labels);
        }
        // Where names are unescaped only that tells whether somebody wants it.
        Set<String> wanted = unescaping == null ? options.names() : null;
        if (wanted != null && !wanted.contains(name)) {
            return null;
        }
        if (path.isNamedOtherwise()) {
            report(
                    ErrorCode.RESERVED_LABEL_NAME,
                    Severity.WARNING,
                    line,
                    fields.pathAt(),
                    "no tag 'name', which is the path's own",
                    "one, which is left out");
        }
        HeldFamily family = families.get(name);
        if (family == null) {
            family = new HeldFamily(name, Spot.of(lines, index(line, fields.pathAt())));
            families.put(name, family);
            if (families.size() > limits.get(Limit.FAMILIES)) {
                throw new ReadLimitException(Limit.FAMILIES, limits, "there are too many names");
            }
        }
        if (mapped != null) {
            family.setHelp(mapped.help());
        }
        Route route = new Route(family.series(labels), mapped == null ? 1 : mapped.scale());
        routes.put(fields.path(), route);
        hold(SERIES_BYTES + 2L * fields.path().length());
        return route;
    }

    private void hold(long bytes) {
        heldBytes += bytes;
        if (heldBytes > limits.get(Limit.ASSEMBLED_BYTES)) {
            throw new ReadLimitException(Limit.ASSEMBLED_BYTES, limits, "too much waits for the end of the input");
        }
    }

    // ---- The account

    private void report(ErrorCode code, Severity severity, String line, int at, String expected, String got) {
        log.report(code, severity, Spot.of(lines, index(line, at)), expected, got);
    }

    /** The index in the buffer of a character of the line. */
    private int index(String line, int at) {
        return lines.from() + line.substring(0, at).getBytes(StandardCharsets.UTF_8).length;
    }

    /** Takes note of a name that could not be unescaped, where its family began. */
    private void report(ErrorCode code, Severity severity, String name, String expected, String got) {
        HeldFamily family = families.get(name);
        log.report(code, severity, family == null ? handedOut : family.spot, expected, got);
    }

    @Override
    public LossReport losses() {
        return log.losses();
    }

    @Override
    public List<Problem> problems() {
        return log.problems();
    }

    @Override
    public long problemCount() {
        return log.count();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

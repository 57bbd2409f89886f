package dev.exposit.convert;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.exposit.convert.JsonInput.Spot;
import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.LossReport;
import dev.exposit.model.MetricType;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.NameUnescaping;
import dev.exposit.parser.ReadLimitException;
import dev.exposit.parser.ReadLimits.Limit;
import dev.exposit.parser.ReadOptions;
import dev.exposit.parser.Recovery;
import dev.exposit.parser.Survey;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads metric families in JSON, as an array or one after the other; docs/json.md has the keys. A metric is in memory at
 * a time, and those of one family up to some megabytes, if its name and type stand before them.
 *
 * <pre>
 * at               reads
 * start            [ : families up to ], then the end; { : a family, then further ones up to the end
 * family           name, help, type, unit: kept; metrics: metrics up to ]; another key: skipped; } : the family's end
 * </pre>
 */
final class JsonReader implements FamilySource {
    private static final int MAX_DEPTH = 1000;

    /** Whether what is to come is within an array of families, or it is not known yet. */
    private enum Place {
        START,
        ARRAY,
        LINES,
        END
    }

    /** Limits are ours: what Jackson would refuse by itself is let through to them. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // Bounded anyway, and an exception of its own would be a stranger's.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final ReadOptions options;
    private final boolean merging;
    private final JsonInput input;
    private final JsonTokens json;
    private final JsonLog log;
    private final JsonMetrics metrics;
    private final @Nullable NameUnescaping unescaping;

    private Place place = Place.START;
    private @Nullable JsonFamily family;
    /** That, or the one before. */
    private @Nullable JsonFamily last;
    /** How deep the family at hand stands, and whether its metrics are being read. */
    private int depth;

    private boolean inMetrics;

    /** The types of the families read so far, by name. */
    private final Map<String, MetricType> types = new LinkedHashMap<>();

    private boolean scattered;
    /** If merging, the families by name, each as far as it is read. */
    private final Map<String, JsonFamily> held = new LinkedHashMap<>();

    private @Nullable Iterator<JsonFamily> ready;
    private long heldBytes;

    JsonReader(InputStream in, ReadOptions options, boolean merging) throws IOException {
        this.options = options;
        this.merging = merging;
        this.input = new JsonInput(in, options.limits());
        this.log = new JsonLog(options);
        this.unescaping = NameUnescaping.of(options, this::report);
        int skipped = input.begin();
        if (skipped > 0) {
            log.warn(ErrorCode.BYTE_ORDER_MARK, input.spot(0), "no byte order mark", "one");
        }
        JsonParser parser = FACTORY.createParser(input);
        this.json = new JsonTokens(parser, input, skipped);
        this.metrics = new JsonMetrics(json, log, options.limits());
    }

    @Override
    public String format() {
        return ExpositionFormat.JSON.id();
    }

    @Override
    public @Nullable FamilyPart next() throws IOException {
        NameUnescaping undoing = unescaping;
        FamilyPart part = read();
        if (undoing == null) {
            return part;
        }
        FamilyPart named = null;
        while (part != null && named == null) {
            named = undoing.undo(part);
            part = named == null ? read() : part;
        }
        return named;
    }

    /** The next family or part of one under the names that stand there, or null at the end. */
    private @Nullable FamilyPart read() throws IOException {
        try {
            return merging ? nextMerged() : nextPart();
        } catch (StreamConstraintsException e) {
            throw input.exception(
                    ErrorCode.UNEXPECTED_JSON, json.offset(e), "at most " + MAX_DEPTH + " levels", "a deeper one");
        } catch (JsonProcessingException e) {
            throw json.malformed(e);
        }
    }

    /** Reads to the end for the names and types only. */
    Survey survey() throws IOException {
        for (FamilyPart part = read(); part != null; part = read()) {
            if (part.last()) {
                // Only here it is known of some families what they are.
                types.put(part.family().name(), part.family().type());
            }
        }
        return Survey.of(types, scattered, options);
    }

    // ---- Families

    private @Nullable FamilyPart nextMerged() throws IOException {
        Iterator<JsonFamily> families = ready;
        if (families == null) {
            // Each family is held as it ends, so there is no part before the end.
            nextPart();
            NameUnescaping undoing = unescaping;
            if (undoing != null) {
                undoing.announce(held.keySet());
            }
            families = held.values().iterator();
            ready = families;
        }
        return families.hasNext() ? families.next().finish() : null;
    }

    /** The next part; null at the end. */
    private @Nullable FamilyPart nextPart() throws IOException {
        FamilyPart part = null;
        while (part == null && (family != null || enterFamily())) {
            part = readFamily(Objects.requireNonNull(family));
        }
        return part;
    }

    private boolean enterFamily() throws IOException {
        while (true) {
            JsonToken token = nextElement();
            if (token == null) {
                return false;
            }
            json.keepFromHere();
            if (place == Place.END) {
                throw input.exception(ErrorCode.UNEXPECTED_JSON, json.offset(), "the end", json.got());
            }
            depth = token.isStructStart() ? json.depth() : json.depth() + 1;
            if (token == JsonToken.START_OBJECT) {
                log.beginFamily();
                family = new JsonFamily(json.spot(), log, options.recovery() == Recovery.SKIP_FAMILY);
                last = family;
                inMetrics = false;
                return true;
            }
            skipElement();
        }
    }

    private @Nullable JsonToken nextElement() throws IOException {
        JsonToken token = json.next();
        if (place == Place.START) {
            place = token == JsonToken.START_ARRAY ? Place.ARRAY : Place.LINES;
            token = place == Place.ARRAY ? json.next() : token;
        }
        if (place == Place.ARRAY && token == JsonToken.END_ARRAY) {
            place = Place.END;
            token = json.next();
        }
        return token;
    }

    /** Skips what is no family. */
    private void skipElement() throws IOException {
        try {
            throw json.unexpected(log, "a metric family, an object");
        } catch (JsonLog.Skip skip) {
            json.skipTo(depth - 1);
        }
    }

    /** Reads the family at hand on, to its end or as far as it makes a part; null if there is nothing to hand out. */
    private @Nullable FamilyPart readFamily(JsonFamily family) throws IOException {
        try {
            while (true) {
                JsonToken token = json.next();
                if (!inMetrics && token == JsonToken.END_OBJECT) {
                    return leaveFamily(family);
                }
                if (!inMetrics) {
                    readKey(family);
                } else if (token == JsonToken.END_ARRAY) {
                    inMetrics = false;
                } else {
                    readMetric(family, Objects.requireNonNull(token));
                    if (!merging && family.isLarge()) {
                        return family.release();
                    }
                }
            }
        } catch (JsonLog.Skip skip) {
            json.skipTo(depth - 1);
            this.family = null;
            return family.leaveOut();
        }
    }

    private void readKey(JsonFamily family) throws IOException {
        json.keepFromHere();
        String key = json.key();
        JsonToken token = json.next();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        switch (key) {
            case "name" -> nameFamily(family, json.text(log, "the family's name, a text"));
            case "help" -> family.setHelp(json.text(log, "a help text"), json);
            case "type" -> family.setType(json.text(log, "the family's type, a text"), json);
            case "unit" -> family.setUnit(json.text(log, "a unit, a text"), json);
            case "metrics" -> {
                if (token != JsonToken.START_ARRAY) {
                    throw json.unexpected(log, "metrics, an array");
                }
                if (isUnwanted(family)) {
                    json.skipValue();
                } else {
                    inMetrics = true;
                }
            }
            default -> json.skipValue();
        }
        json.refuseTooLong();
    }

    private void nameFamily(JsonFamily family, String name) {
        Spot spot = json.spot();
        metrics.refuseName(name);
        if (name.isEmpty()) {
            throw log.error(ErrorCode.EMPTY_NAME, spot, "a family's name", "an empty one");
        }
        log.nameFamily(name);
        family.setName(name);
        if (isUnwanted(family)) {
            return;
        }
        if (types.putIfAbsent(name, MetricType.UNKNOWN) != null) {
            scattered = true;
            log.finding(
                    ErrorCode.FAMILY_REOPENED, spot, "each family once", JsonTokens.quoted(name) + " a second time");
        }
        if (types.size() > options.limits().get(Limit.FAMILIES)) {
            throw new ReadLimitException(Limit.FAMILIES, options.limits(), "there are too many metric families");
        }
    }

    private boolean isUnwanted(JsonFamily family) {
        String name = family.name();
        // Where names are unescaped only that tells whether somebody wants it.
        return unescaping == null
                && name != null
                && options.names() != null
                && !options.names().contains(name);
    }

    private void readMetric(JsonFamily family, JsonToken token) throws IOException {
        json.keepFromHere();
        int outside = token.isStructStart() ? json.depth() - 1 : json.depth();
        try {
            if (token != JsonToken.START_OBJECT) {
                throw json.unexpected(log, "a metric, an object");
            }
            family.add(metrics.read());
        } catch (JsonLog.Skip skip) {
            if (options.recovery() == Recovery.SKIP_FAMILY) {
                throw skip;
            }
            json.skipTo(outside);
        }
        if (heldBytes + family.size() > options.limits().get(Limit.ASSEMBLED_BYTES)) {
            throw new ReadLimitException(Limit.ASSEMBLED_BYTES, options.limits(), "too much waits to be complete");
        }
    }

    /** The family's end; null if there is nothing to hand out. */
    private @Nullable FamilyPart leaveFamily(JsonFamily left) {
        String name = left.name();
        if (name == null) {
            throw log.error(ErrorCode.MISSING_KEY, left.spot(), "a family with a name", "one without");
        }
        family = null;
        if (isUnwanted(left)) {
            return null;
        }
        left.resolve();
        if (!merging) {
            return left.finish();
        }
        heldBytes += left.size();
        JsonFamily earlier = held.putIfAbsent(name, left);
        if (earlier != null) {
            earlier.addAll(left);
        }
        return null;
    }

    // ---- The account

    /** Takes note of a name that could not be unescaped, where its family began. */
    private void report(ErrorCode code, Severity severity, String name, String expected, String got) {
        JsonFamily its = held.getOrDefault(name, last);
        Spot spot = its == null ? json.spot() : its.spot();
        if (severity == Severity.ERROR) {
            log.finding(code, spot, expected, got);
        } else {
            log.warn(code, spot, expected, got);
        }
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
        json.close();
        input.close();
    }
}

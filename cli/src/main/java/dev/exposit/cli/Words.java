package dev.exposit.cli;

import dev.exposit.format.EscapingScheme;
import dev.exposit.graphite.GraphiteLayout;
import dev.exposit.graphite.GraphiteTarget;
import dev.exposit.graphite.GraphiteValues;
import dev.exposit.graphite.PathRules;
import dev.exposit.graphite.QueueFull;
import dev.exposit.parser.Dialect;
import dev.exposit.parser.Recovery;
import dev.exposit.writer.LossPolicy;
import dev.exposit.writer.NativeHistograms;
import dev.exposit.writer.StartTimestamps;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The words that an option takes for the constants of an enum: {@code skip-line} for {@code SKIP_LINE}. */
abstract class Words<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {
    private final Map<String, E> constants = new LinkedHashMap<>();

    Words(Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            constants.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
    }

    @Override
    public E convert(String word) {
        E constant = constants.get(word);
        if (constant == null) {
            throw new TypeConversionException(
                    "expected one of " + String.join(", ", constants.keySet()) + ", got '" + word + "'");
        }
        return constant;
    }

    @Override
    public Iterator<String> iterator() {
        return constants.keySet().iterator();
    }

    /** Words for {@code --dialect}. */
    static final class Dialects extends Words<Dialect> {
        Dialects() {
            super(Dialect.class);
        }
    }

    /** Words for {@code --on-error}; the first error ends reading, which the user calls to fail. */
    static final class Recoveries extends Words<Recoveries.OnError> {
        /** {@link Recovery} in the user's words. */
        enum OnError {
            FAIL(Recovery.THROW),
            SKIP_LINE(Recovery.SKIP_LINE),
            SKIP_FAMILY(Recovery.SKIP_FAMILY);

            final Recovery recovery;

            OnError(Recovery recovery) {
                this.recovery = recovery;
            }
        }

        Recoveries() {
            super(OnError.class);
        }
    }

    /** Words for {@code --on-loss}. */
    static final class LossPolicies extends Words<LossPolicy> {
        LossPolicies() {
            super(LossPolicy.class);
        }
    }

    /** Words for {@code --start-timestamps}. */
    static final class StartTimestampForms extends Words<StartTimestamps> {
        StartTimestampForms() {
            super(StartTimestamps.class);
        }
    }

    /** Words for {@code --native-histograms}. */
    static final class NativeHistogramForms extends Words<NativeHistograms> {
        NativeHistogramForms() {
            super(NativeHistograms.class);
        }
    }

    /** Words for {@code --escaping}. */
    static final class Escapings extends Words<EscapingScheme> {
        Escapings() {
            super(EscapingScheme.class);
        }
    }

    /** Words for {@code --layout}. */
    static final class GraphiteLayouts extends Words<GraphiteLayout> {
        GraphiteLayouts() {
            super(GraphiteLayout.class);
        }
    }

    /** Words for {@code --unescape}: the schemes that can be undone. */
    static final class Unescapings extends Words<Unescapings.Scheme> {
        /** {@link EscapingScheme}, as far as it can be undone. */
        enum Scheme {
            VALUES(EscapingScheme.VALUES),
            DOTS(EscapingScheme.DOTS);

            final EscapingScheme scheme;

            Scheme(EscapingScheme scheme) {
                this.scheme = scheme;
            }
        }

        Unescapings() {
            super(Scheme.class);
        }
    }

    /** Words for {@code --transport}. */
    static final class Transports extends Words<GraphiteTarget.Transport> {
        Transports() {
            super(GraphiteTarget.Transport.class);
        }
    }

    /** Words for {@code --when-full}. */
    static final class QueueFulls extends Words<QueueFull> {
        QueueFulls() {
            super(QueueFull.class);
        }
    }

    /** Words for {@code --histograms}. */
    static final class HistogramForms extends Words<GraphiteValues.Histograms> {
        HistogramForms() {
            super(GraphiteValues.Histograms.class);
        }
    }

    /** Words for {@code --counters}. */
    static final class CounterForms extends Words<GraphiteValues.Counters> {
        CounterForms() {
            super(GraphiteValues.Counters.class);
        }
    }

    /** Words for {@code --not-finite}. */
    static final class NotFinites extends Words<GraphiteValues.NotFinite> {
        NotFinites() {
            super(GraphiteValues.NotFinite.class);
        }
    }

    /** Words for {@code --times}. */
    static final class TimesOf extends Words<GraphiteValues.Times> {
        TimesOf() {
            super(GraphiteValues.Times.class);
        }
    }

    /** Words for {@code --layout}. */
    static final class Layouts extends Words<GraphiteLayout> {
        Layouts() {
            super(GraphiteLayout.class);
        }
    }

    /** Words for {@code --path-escaping}. */
    static final class PathEscapings extends Words<PathRules.Escaping> {
        PathEscapings() {
            super(PathRules.Escaping.class);
        }
    }
}

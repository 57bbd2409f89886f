package dev.exposit.lint;

import dev.exposit.format.ExpositionFormat;
import dev.exposit.model.FamilyPart;
import dev.exposit.model.MetricSet;
import dev.exposit.model.MetricType;
import dev.exposit.model.Problem;
import dev.exposit.model.Problem.Severity;
import dev.exposit.model.SampleRole;
import dev.exposit.parser.Composite;
import dev.exposit.parser.ErrorCode;
import dev.exposit.parser.Event;
import dev.exposit.parser.ExpositionReader;
import dev.exposit.parser.FamilyReader;
import dev.exposit.parser.ReadObserver;
import dev.exposit.parser.ReadOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One exposition on its way past all checks. */
final class LintRun implements ReadObserver {
    private static final int NANOSECOND_DIGITS = 9;
    /** A number with the digits of its fraction, up to the last that is not 0, and its exponent. */
    private static final Pattern FRACTION = Pattern.compile("[+-]?[0-9]*\\.?([0-9]*?)0*(?:[eE]([+-]?[0-9]+))?");

    /** The specification says "short enough to be used as a tooltip". Of the public expositions' texts 99 % are shorter. */
    private static final int LONGEST_HELP = 300;

    private final ExpositionReader in;
    private final FamilyReader families;
    private final boolean openMetrics;
    private final Findings findings;
    private final List<Check> checks;
    private final Set<String> names = new HashSet<>();
    private @Nullable LintedFamily current;
    private long samples;

    LintRun(ExpositionReader in, ReadOptions options, @Nullable MetricSet earlier) {
        this.in = in;
        this.families = FamilyReader.observed(in, this);
        this.openMetrics = LintRule.isOpenMetrics(in.format());
        this.findings = new Findings(in.format(), options);
        this.checks = new ArrayList<>(List.of(
                new MetadataCheck(findings),
                new NameCheck(findings),
                new CollisionCheck(findings),
                new LabelCheck(findings),
                new ValueCheck(findings),
                new BoundCheck(findings),
                new TimeCheck(findings)));
        checks.addAll(
                in.format() == ExpositionFormat.OPENMETRICS_2 ? checksOfPoints(findings) : checksOfSamples(findings));
        if (earlier != null) {
            checks.add(new EarlierCheck(findings, earlier));
        }
    }

    /** Where histograms and summaries consist of several samples. */
    private static List<Check> checksOfSamples(Findings findings) {
        return List.of(
                new ExemplarCheck(findings),
                new HistogramCheck(findings),
                new SummaryCheck(findings),
                new CreatedCheck(findings));
    }

    /** Where each sample is a whole point. */
    private static List<Check> checksOfPoints(Findings findings) {
        return List.of(
                new SuffixCheck(findings),
                new ExemplarsCheck(findings),
                new CompositeCheck(findings),
                new NativeCheck(findings),
                new StartCheck(findings));
    }

    LintReport report() {
        FamilyPart part = families.next();
        while (part != null) {
            part = families.next();
        }
        leave();
        checks.forEach(Check::end);
        return findings.report(names.size(), samples);
    }

    @Override
    public void event(ExpositionReader reader, String familyName, MetricType type) {
        LintedFamily family = current;
        if (family == null || !family.wireName.equals(familyName)) {
            leave();
            family = enter(familyName);
        }
        // First: a family that comes back has its type without any TYPE line.
        family.setType(type);
        switch (reader.event()) {
            case HELP -> takeHelp(family);
            case TYPE -> takeType(family);
            case UNIT -> takeUnit(family);
            case SAMPLE -> takeSample(family, family.role(in.sampleName()));
            case COMPOSITE -> takeComposite(family, in.composite());
            case COMMENT, END -> throw new IllegalStateException(Event.COMMENT + " or " + Event.END);
        }
    }

    private LintedFamily enter(String name) {
        findings.enterFamily();
        LintedFamily family = new LintedFamily(name, in.format(), !names.add(name), Spot.of(in));
        current = family;
        for (Check check : checks) {
            check.enter(family);
        }
        return family;
    }

    private void takeHelp(LintedFamily family) {
        family.help = in.text().toString();
        int characters = family.help.codePointCount(0, family.help.length());
        if (characters > LONGEST_HELP) {
            findings.add(
                    LintRule.LONG_HELP,
                    in,
                    in.text(),
                    "at most " + LONGEST_HELP + " characters, which fit a tooltip",
                    characters + " of them");
        }
    }

    private void takeType(LintedFamily family) {
        family.hasType = true;
        if (family.hasUnit || !family.help.isEmpty()) {
            findings.add(LintRule.METADATA_ORDER, in, null, "TYPE before UNIT and HELP", "TYPE behind another one");
        }
    }

    private void takeUnit(LintedFamily family) {
        family.hasUnit = true;
        family.unit = in.text().toString();
        family.unitSpot = Spot.of(in);
        if (!family.help.isEmpty()) {
            findings.add(LintRule.METADATA_ORDER, in, null, "UNIT before HELP", "UNIT behind HELP");
        }
    }

    private void takeSample(LintedFamily family, @Nullable SampleRole role) {
        samples++;
        for (Check check : checks) {
            check.sample(in, family, role);
        }
    }

    private void takeComposite(LintedFamily family, Composite composite) {
        if (!family.fits(composite)) {
            takeSample(family, null); // The reader tells.
            return;
        }
        samples++;
        for (Check check : checks) {
            check.composite(in, family, composite);
        }
    }

    private void leave() {
        LintedFamily family = current;
        if (family != null) {
            for (Check check : checks) {
                check.leave(family);
            }
        }
    }

    @Override
    public void problem(Problem problem) {
        findings.add(isOurLimit(problem) ? asWarning(problem) : problem);
    }

    /** Whether the specification has nothing against it, only our data model. */
    private boolean isOurLimit(Problem problem) {
        if (!openMetrics) {
            return false;
        }
        if (problem.code().equals(ErrorCode.TIMESTAMP_OUT_OF_RANGE.name())) {
            return true;
        }
        return problem.code().equals(ErrorCode.DUPLICATE_SERIES.name()) && mayBeCut();
    }

    /** Whether the time has digits past the nanosecond, so that times which were different may have become equal. */
    private boolean mayBeCut() {
        if (!in.hasTimestamp()) {
            return false;
        }
        Matcher time = FRACTION.matcher(in.timestampText().toString());
        return time.matches() && time.group(1).length() - exponent(time.group(2)) > NANOSECOND_DIGITS;
    }

    /** An exponent as far as it matters to a time that fits 64 bits of seconds. */
    private static int exponent(@Nullable String text) {
        return text == null ? 0 : text.length() > 5 ? -NANOSECOND_DIGITS : Integer.parseInt(text);
    }

    private static Problem asWarning(Problem problem) {
        return new Problem(
                problem.code(),
                Severity.WARNING,
                problem.location(),
                problem.expected(),
                problem.got(),
                problem.excerpt(),
                problem.caret());
    }
}

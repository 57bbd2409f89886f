package dev.exposit.cli;

import dev.exposit.convert.InputFormat;
import dev.exposit.convert.Source;
import dev.exposit.graphite.BridgeListener;
import dev.exposit.graphite.DeliveryOptions;
import dev.exposit.graphite.GraphiteBridge;
import dev.exposit.graphite.GraphiteNames;
import dev.exposit.graphite.MappingSyntaxException;
import dev.exposit.graphite.PushReport;
import dev.exposit.graphite.QueueFull;
import dev.exposit.graphite.SourceException;
import dev.exposit.model.Labels;
import dev.exposit.model.NumberValue;
import dev.exposit.parser.ExpositionSyntaxException;
import dev.exposit.parser.ReadLimitException;
import dev.exposit.parser.ReadOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code exposit graphite}. */
@Command(
        name = "graphite",
        description = {
            "Pushes metrics to Graphite, once or again and again.",
            "Each push is told in one line on standard error. SIGTERM and SIGINT end it: what is queued is sent first."
        },
        sortOptions = false,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:pushed once, or ended by a signal",
            "1:the input is malformed, with --once",
            "2:the command line is wrong",
            "4:reading or sending failed, or a limit was exceeded, with --once"
        })
final class GraphiteCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final Messages messages;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private final GraphiteTargetOptions target = new GraphiteTargetOptions();

    @Mixin
    private final GraphiteNameOptions names = new GraphiteNameOptions();

    @Mixin
    private final GraphiteValueOptions values = new GraphiteValueOptions();

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            defaultValue = "60s",
            converter = TimeSpan.class,
            description = "How long it is from one push to the next: 500ms, 10s, 1m. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Duration interval;

    @Option(names = "--once", description = "Push once, tell whether all arrived, and end.")
    private boolean once;

    @Option(
            names = "--queue",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many samples may wait while the target is down or slow. Default: ${DEFAULT-VALUE}.")
    private int queue;

    @Option(
            names = "--when-full",
            paramLabel = "ACTION",
            defaultValue = "drop-oldest",
            converter = Words.QueueFulls.class,
            completionCandidates = Words.QueueFulls.class,
            description = "What to do when more would wait: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private QueueFull whenFull;

    @Option(
            names = "--label",
            paramLabel = "NAME=VALUE",
            description = "Give every series this label; may be given several times. A series' own label of that name"
                    + " becomes exported_NAME. With several URLs each gets a label instance, HOST:PORT, unless there is one"
                    + " here.")
    private Map<String, String> labels = new LinkedHashMap<>();

    @Option(
            names = "--own-metrics",
            description = "Send along what the bridge counts about itself: exposit_graphite_sent_total and others.")
    private boolean ownMetrics;

    @Option(
            names = "--on-error",
            paramLabel = "ACTION",
            defaultValue = "fail",
            converter = Words.Recoveries.class,
            completionCandidates = Words.Recoveries.class,
            description =
                    "What to do about malformed input: ${COMPLETION-CANDIDATES}. With fail the whole input is left"
                            + " out of the push. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private Words.Recoveries.OnError onError;

    @Mixin
    private final InputOptions from = new InputOptions();

    @Mixin
    private final MappingOptions mapping = new MappingOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE|URL|-",
            description =
                    "What to read, anew for each push: files, compressed with gzip or not; URLs of http or https; - for"
                            + " standard input, with --once only.")
    private List<String> inputs = new ArrayList<>();

    GraphiteCommand(Terminal terminal) {
        this.terminal = terminal;
        this.messages = new Messages(terminal);
    }

    @Override
    public Integer call() {
        GraphiteNames asked = names.names();
        GraphiteBridge.Builder builder = GraphiteBridge.builder(target.target())
                .names(asked)
                .values(values.values(asked))
                .interval(interval)
                .delivery(delivery())
                .listener(new Log());
        try {
            addSources(builder);
        } catch (MappingSyntaxException e) {
            messages.tell(mapping.malformed(e));
            return ExitCode.USAGE;
        } catch (IOException e) {
            messages.tell(text(e));
            return ExitCode.FAILED;
        }
        if (ownMetrics) {
            builder.ownMetrics(asArray(labels));
        }
        GraphiteBridge bridge = builder.build();
        return once ? pushOnce(bridge) : pushUntilStopped(bridge);
    }

    private int pushOnce(GraphiteBridge bridge) {
        try (bridge) {
            tell(bridge.pushOnce());
            return ExitCode.DONE;
        } catch (IOException e) {
            return failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            messages.tell("interrupted");
            return ExitCode.FAILED;
        }
    }

    private int failed(IOException e) {
        messages.tell(text(e));
        return e.getCause() instanceof ExpositionSyntaxException && e instanceof SourceException
                ? ExitCode.MALFORMED
                : ExitCode.FAILED;
    }

    /** Pushes until the process is told to end; the hook then sends what is queued, and ends the process with 0. */
    private int pushUntilStopped(GraphiteBridge bridge) {
        CountDownLatch stopped = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();
        Thread hook = new Thread(
                () -> {
                    if (ended.compareAndSet(false, true)) {
                        close(bridge);
                        stopped.countDown();
                        terminal.err().flush();
                        Runtime.getRuntime().halt(ExitCode.DONE);
                    }
                },
                "exposit-shutdown");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            bridge.start();
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (ended.compareAndSet(false, true)) {
                close(bridge);
                Runtime.getRuntime().removeShutdownHook(hook);
            }
        }
        return ExitCode.DONE;
    }

    private void close(GraphiteBridge bridge) {
        bridge.close();
        messages.tell("ended; " + inAll(bridge));
    }

    private static String inAll(GraphiteBridge bridge) {
        return "sent " + total(bridge, "exposit_graphite_sent_total") + " samples in all, dropped "
                + total(bridge, "exposit_graphite_dropped_total");
    }

    private static long total(GraphiteBridge bridge, String family) {
        return bridge.metrics().family(family).stream()
                .flatMap(found -> found.metrics().stream())
                .mapToLong(metric -> metric.value() instanceof NumberValue number ? (long) number.value() : 0)
                .sum();
    }

    private void addSources(GraphiteBridge.Builder builder) throws IOException {
        List<String> read = inputs.isEmpty() ? List.of("-") : inputs;
        ReadOptions options = from.readOptions().withRecovery(onError.recovery);
        InputFormat format = mapping.input(from, messages);
        long standardInputs = read.stream().filter("-"::equals).count();
        if (standardInputs > (once ? 1 : 0)) {
            throw new ParameterException(
                    spec.commandLine(), "standard input can be read once only; give --once, or a FILE or URL");
        }
        for (String input : read) {
            Source source = from.source(inputs.isEmpty() ? null : input, terminal);
            builder.source(source.name(), () -> source.read(format, options), labels(input, read.size() > 1));
        }
    }

    private Labels labels(String input, boolean several) {
        Labels all = Labels.of(labels);
        if (several && !all.contains("instance") && input.contains("://")) {
            return all.with("instance", GraphiteTargetOptions.authority(input));
        }
        return all;
    }

    private static String[] asArray(Map<String, String> labels) {
        return labels.entrySet().stream()
                .flatMap(label -> Stream.of(label.getKey(), label.getValue()))
                .toArray(String[]::new);
    }

    private DeliveryOptions delivery() {
        if (queue < 1) {
            throw new ParameterException(spec.commandLine(), "expected at least 1 sample for --queue, got " + queue);
        }
        DeliveryOptions defaults = DeliveryOptions.defaults();
        return defaults.withBatch(Math.min(queue, defaults.batchSamples()), defaults.batchBytes())
                .withQueue(queue, defaults.queueBytes())
                .withQueueFull(whenFull);
    }

    private void tell(PushReport push) {
        messages.tell("pushed " + push.samples() + " samples of " + push.sources()
                + (push.sources() == 1 ? " source" : " sources") + " to " + target.address() + " in "
                + push.took().toMillis() + " ms" + (push.dropped() > 0 ? ", left out " + push.dropped() : "")
                + (push.collisions() > 0 ? ", " + push.collisions() + " with the path of another" : ""));
    }

    private static String text(Throwable why) {
        if (why instanceof SourceException source && source.getCause() instanceof ReadLimitException limit) {
            return source.source() + ": " + Messages.why(limit);
        }
        if (why instanceof SourceException source && source.getCause() instanceof IOException io) {
            return Messages.why(io);
        }
        return why instanceof IOException io ? Messages.why(io) : why.toString();
    }

    /** One line for each push, and one for each change between failing and delivering. */
    private final class Log implements BridgeListener {
        @Override
        public void pushed(PushReport report) {
            tell(report);
        }

        @Override
        public void sourceFailed(SourceException why) {
            messages.tell(text(why));
        }

        @Override
        public void pushFailed(Throwable why) {
            messages.tell("push failed: " + why);
        }

        @Override
        public void ticksSkipped(long count) {
            messages.tell("a push took longer than --interval; left out " + count);
        }

        @Override
        public void deliveryFailed(Throwable why, int failures, Duration retryIn) {
            // Of a target that stays away the first time is told, then ever more rarely.
            if (Integer.bitCount(failures) == 1) {
                messages.tell(text(why) + "; trying again in " + retryIn.toMillis() + " ms");
            }
        }

        @Override
        public void deliveryRecovered(int failures) {
            messages.tell("the target takes samples again");
        }
    }
}

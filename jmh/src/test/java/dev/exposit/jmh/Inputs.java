package dev.exposit.jmh;

import org.openjdk.jmh.infra.Blackhole;

/** What JMH hands to benchmarks. */
final class Inputs {
    private Inputs() {}

    static ScrapeInput of(Workload workload) {
        return take(new ScrapeInput(), workload);
    }

    static <I extends ScrapeInput> I take(I input, Workload workload) {
        input.take(workload);
        return input;
    }

    static Blackhole blackhole() {
        return new Blackhole(
                "Today's password is swordfish. I understand instantiating Blackholes directly is dangerous.");
    }
}

package dev.exposit.jmh;

import dev.exposit.parser.ByteView;
import org.openjdk.jmh.infra.Blackhole;

/** Hands everything to JMH's black hole. */
final class BlackholeSink implements SampleSink {
    private final Blackhole hole;

    BlackholeSink(Blackhole hole) {
        this.hole = hole;
    }

    @Override
    public void name(ByteView name) {
        hole.consume(name);
    }

    @Override
    public void label(ByteView name, ByteView value) {
        hole.consume(name);
        hole.consume(value);
    }

    @Override
    public void value(double value) {
        hole.consume(value);
    }
}

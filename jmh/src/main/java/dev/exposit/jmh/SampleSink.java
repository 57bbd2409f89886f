package dev.exposit.jmh;

import dev.exposit.parser.ByteView;

/** What the parts of samples are handed to, each as soon as the cursor shows it. */
interface SampleSink {
    /** The name of a sample, or of a histogram or summary in one piece. */
    void name(ByteView name);

    void label(ByteView name, ByteView value);

    /** A number: a sample's, or one of those of a histogram or summary. */
    void value(double value);
}

package dev.exposit.jmh;

import dev.exposit.parser.ReadOptions;
import java.io.ByteArrayOutputStream;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The scrape several times, no two of which have a series in common: another letter stands before each sample's name. Often enough
 * that a cache has forgotten a scrape before it comes again.
 */
@State(Scope.Benchmark)
public class RenamedScrapes {
    static final int COUNT = 10;

    private byte[][] scrapes = {};
    private ReadOptions options = ReadOptions.defaults();
    private int next;

    /** Makes the scrapes. */
    @Setup
    public void make(ScrapeInput input) {
        options = input.options();
        scrapes = new byte[COUNT][];
        for (int i = 0; i < COUNT; i++) {
            scrapes[i] = renamed(input.bytes(), 'a' + i);
        }
    }

    private static byte[] renamed(byte[] scrape, int letter) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(scrape.length + scrape.length / 8);
        boolean atStart = true;
        for (byte b : scrape) {
            if (atStart && (Character.isLetter(b) || b == '_')) {
                out.write(letter);
            }
            out.write(b);
            atStart = b == '\n';
        }
        return out.toByteArray();
    }

    ReadOptions options() {
        return options;
    }

    /** The next scrape; after the last comes the first. */
    byte[] next() {
        byte[] scrape = scrapes[next];
        next = (next + 1) % COUNT;
        return scrape;
    }
}

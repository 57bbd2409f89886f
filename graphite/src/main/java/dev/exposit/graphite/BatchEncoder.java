package dev.exposit.graphite;

import java.io.IOException;

/**
 * Encodes samples the way a transport wants them and hands over a batch whenever one is full. Not safe for use by several
 * threads.
 */
interface BatchEncoder {
    /** Takes batches. */
    @FunctionalInterface
    interface Sink {
        /** Takes one batch. */
        void take(Batch batch) throws IOException;
    }

    /**
     * Adds a sample.
     *
     * @param path holds the path; may be changed afterwards
     * @param value any double
     * @param seconds since the epoch, 0 to 4,294,967,295
     * @return whether the transport can carry it; false if its path is too long for it
     */
    boolean add(PathBuffer path, double value, long seconds) throws IOException;

    /** Hands over what has been added since the last batch, if anything. */
    void flush() throws IOException;

    /** An encoder for what a target speaks. */
    static BatchEncoder of(GraphiteTarget target, DeliveryOptions options, Sink sink) {
        BatchBuffer buffer = new BatchBuffer(
                target.transport() == GraphiteTarget.Transport.UDP ? target.datagramBytes() : options.batchBytes(),
                options.batchSamples(),
                sink);
        return switch (target.transport()) {
            case TCP, TLS, UDP -> new PlaintextEncoder(buffer);
            case PICKLE -> new PickleEncoder(buffer);
            case PROTOBUF -> new ProtobufEncoder(buffer);
        };
    }
}

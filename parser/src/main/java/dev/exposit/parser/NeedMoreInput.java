package dev.exposit.parser;

/**
 * Tells {@link TextReader#next()} that the line being read goes on behind the buffer's end, so that it is to be read
 * again with more of it in the buffer. Only a line feed inside a label value needs it, in dialect PROMETHEUS. Never
 * leaves the package.
 */
final class NeedMoreInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NeedMoreInput() {
        super(null, null, false, false);
    }
}

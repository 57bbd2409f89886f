package dev.exposit.parser;

/** Resolves backslash escapes. */
final class Escapes {
    private Escapes() {}

    /**
     * Copies a text with {@code \n} and {@code \\}, and {@code \"} if quotes are escaped in it, resolved. A backslash
     * before anything else stays as it is.
     *
     * @return the index behind the copy, which is at most as long as the text
     */
    static int resolve(byte[] b, int from, int to, boolean quotes, byte[] target, int at) {
        int out = at;
        for (int i = from; i < to; i++) {
            byte c = b[i];
            if (c == '\\' && i + 1 < to) {
                byte escaped = b[i + 1];
                if (escaped == 'n') {
                    c = '\n';
                    i++;
                } else if (escaped == '\\' || (quotes && escaped == '"')) {
                    c = escaped;
                    i++;
                }
            }
            target[out++] = c;
        }
        return out;
    }
}

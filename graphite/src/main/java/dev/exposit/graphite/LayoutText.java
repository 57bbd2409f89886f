package dev.exposit.graphite;

/**
 * How the bridges of other libraries write texts; see {@link GraphiteLayout}. They look at characters, not at UTF-16's
 * halves.
 */
enum LayoutText implements TextRule {
    /** Python: a letter, a digit, {@code _} or {@code -}, or else {@code _}. */
    PYTHON {
        @Override
        public boolean append(String text, PathBuffer into) {
            boolean changed = false;
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                boolean kept = isWord(c) || c == '-';
                into.add(kept ? (char) c : '_');
                changed |= !kept;
                i += Character.charCount(c);
            }
            return changed;
        }
    },
    /** Go, for names and for labels in dotted paths: with {@code :}, a blank as a dot, and {@code _} never twice. */
    GO {
        @Override
        public boolean append(String text, PathBuffer into) {
            boolean changed = false;
            boolean afterUnderscore = false;
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                char written = c == ' ' ? '.' : isWord(c) || c == '-' || c == ':' ? (char) c : '_';
                boolean repeated = afterUnderscore && written == '_';
                if (!repeated) {
                    into.add(written);
                }
                changed |= repeated || written != c;
                afterUnderscore = written == '_';
                i += Character.charCount(c);
            }
            return changed;
        }
    },
    /** Go, for tags: as it is. Only what carbon cannot read as one line is escaped. */
    GO_TAG {
        @Override
        public boolean append(String text, PathBuffer into) {
            boolean changed = false;
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                if (Blanks.isBlank(c) || Blanks.isUnpaired(c)) {
                    PercentText.appendEscaped(c, into);
                    changed = true;
                } else {
                    PercentText.appendUtf8(c, into);
                }
                i += Character.charCount(c);
            }
            return changed;
        }
    };

    private static boolean isWord(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
}

package dev.exposit.writer;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of families that stand behind the one being written, which gives rise to all of them at once: its start
 * timestamps, or its counts when it is taken apart. They are written in the order in which they began.
 */
final class HeldFamilies {
    private final Map<String, TextOutput> texts = new LinkedHashMap<>();
    private long limit;
    private long held;

    /** Forgets everything, and from now on holds so many bytes at most. */
    void reset(long limit) {
        texts.clear();
        this.limit = limit;
        this.held = 0;
    }

    /** The text of the family of that name, or null if it has not begun. */
    @Nullable
    TextOutput find(String name) {
        return texts.get(name);
    }

    /** Begins a family; its header and first line are written next. */
    TextOutput begin(String name) {
        TextOutput text = TextOutput.inMemory();
        texts.put(name, text);
        return text;
    }

    /**
     * Keeps what was written to the family's text since it was so long, or takes it back if that is too much.
     *
     * @return whether it was kept
     */
    boolean keep(String name, TextOutput text, int since) {
        int added = text.length() - since;
        if (held + added > limit) {
            text.truncate(since);
            if (since == 0) {
                texts.remove(name);
            }
            return false;
        }
        held += added;
        return true;
    }

    /** Writes all families and forgets them. */
    void writeTo(TextOutput out) throws IOException {
        for (TextOutput text : texts.values()) {
            out.append(text);
        }
        reset(0);
    }
}

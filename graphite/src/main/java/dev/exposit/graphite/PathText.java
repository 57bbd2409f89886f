package dev.exposit.graphite;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Undoes what was done to names and values so that they can stand in a path with tags. */
final class PathText {
    private static final String ESCAPED = "%;=!^~{}\"";
    private static final String EXPORTED = "exported_";

    private PathText() {}

    /** A name or value with its escapes undone, or as it stands if some escape in it is none of ours. */
    static String unescaped(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes.write(raw[i]);
                continue;
            }
            int high = i + 2 < raw.length ? hex(raw[i + 1]) : -1;
            int low = i + 2 < raw.length ? hex(raw[i + 2]) : -1;
            int b = 16 * high + low;
            if (high < 0 || low < 0 || !isEscaped(b)) {
                return text;
            }
            bytes.write(b);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }

    /** Upper case only, since lower case is not ours. */
    private static int hex(byte digit) {
        if (digit >= '0' && digit <= '9') {
            return digit - '0';
        }
        return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
    }

    private static boolean isEscaped(int b) {
        return b <= ' ' || b >= 0x7F || ESCAPED.indexOf(b) >= 0;
    }

    /** The label that a tag stands for: {@code name} is the path's own, hence written {@code exported_name}. */
    static String labelName(String tag) {
        if (!tag.startsWith(EXPORTED)) {
            return tag;
        }
        String rest = tag.substring(EXPORTED.length());
        String bare = rest;
        while (bare.startsWith(EXPORTED)) {
            bare = bare.substring(EXPORTED.length());
        }
        return bare.equals("name") ? rest : tag;
    }
}

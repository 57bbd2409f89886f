package dev.exposit.parser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Test cases in a file: a line for each, its columns between tabs, lines that begin with {@code ##} left out. Columns
 * that hold text as it goes over the wire may use {@code \n}, {@code \r}, {@code \t}, {@code \\} and {@code \xHH} for
 * any byte.
 */
final class CaseTable {
    private CaseTable() {}

    /** The rows of a table next to this class, each with that many columns. */
    static List<List<String>> rows(String file, int columns) {
        List<List<String>> rows = new ArrayList<>();
        try (InputStream in = CaseTable.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + file);
            }
            String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : table.lines().toList()) {
                if (!line.startsWith("##") && !line.isEmpty()) {
                    List<String> row = Arrays.asList(line.split("\t", -1));
                    if (row.size() != columns) {
                        throw new IllegalStateException(row.size() + " columns instead of " + columns + ": " + line);
                    }
                    rows.add(row);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }

    /** The bytes that a column stands for. */
    static byte[] bytes(String column) {
        byte[] in = column.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int i = 0;
        while (i < in.length) {
            if (in[i] != '\\') {
                out.write(in[i]);
                i++;
                continue;
            }
            switch (in[i + 1]) {
                case 'n' -> out.write('\n');
                case 'r' -> out.write('\r');
                case 't' -> out.write('\t');
                case '\\' -> out.write('\\');
                case 'x' -> {
                    out.write(Integer.parseInt(new String(in, i + 2, 2, StandardCharsets.US_ASCII), 16));
                    i += 2;
                }
                default -> throw new IllegalStateException("unknown escape in " + column);
            }
            i += 2;
        }
        return out.toByteArray();
    }
}

package dev.exposit.writer;

import dev.exposit.model.Loss;
import dev.exposit.model.Metadata;

/** Help texts as their line can carry them. What stands at either end of one is not always read as part of it. */
final class HelpText {
    private final boolean keepsLeadingBlanks;
    private final Losses losses;

    /** For a format that takes blanks in front of the text as part of it, as OpenMetrics does, or does not. */
    HelpText(boolean keepsLeadingBlanks, Losses losses) {
        this.keepsLeadingBlanks = keepsLeadingBlanks;
        this.losses = losses;
    }

    /** The metadata with a help text that is read back as it is written; what is cut off is reported. */
    Metadata fit(Metadata metadata) {
        String help = metadata.help();
        int begin = 0;
        while (!keepsLeadingBlanks && begin < help.length() && isBlank(help.charAt(begin))) {
            begin++;
        }
        int end = help.length();
        // Before the line feed it would be half of a Windows line ending.
        while (end > begin && help.charAt(end - 1) == '\r') {
            end--;
        }
        if (begin == 0 && end == help.length()) {
            return metadata;
        }
        losses.add(
                Loss.Kind.HELP,
                metadata.name(),
                (begin > 0 ? "blanks at the beginning" : "a carriage return at the end") + " of the help left out");
        return new Metadata(metadata.name(), metadata.type(), metadata.unit(), help.substring(begin, end));
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}

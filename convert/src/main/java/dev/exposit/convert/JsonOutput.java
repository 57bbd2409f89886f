package dev.exposit.convert;

import dev.exposit.model.Outline;
import dev.exposit.writer.LossPolicy;
import dev.exposit.writer.StartTimestamps;
import dev.exposit.writer.WriteOptions;
import java.io.IOException;
import java.io.OutputStream;

/** JSON in one of its forms. */
record JsonOutput(WriteOptions options, JsonForm form) implements OutputFormat {
    JsonOutput {
        if (options.startTimestamps() == StartTimestamps.CREATED) {
            throw new IllegalArgumentException(
                    "json has a key of its own for start timestamps; expected BY_FORMAT or OMIT, got CREATED");
        }
    }

    @Override
    public String id() {
        return form == JsonForm.ARRAY ? "json" : "json-lines";
    }

    @Override
    public LossPolicy onLoss() {
        return options.onLoss();
    }

    @Override
    public FamilyTarget open(OutputStream out, Outline outline) throws IOException {
        return new JsonWriter(out, options, form);
    }
}

package brink.trainer.cli;

import brink.trainer.data.DataDescription;
import brink.trainer.publish.DataMessage;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;

/**
 * Data as JSON, in the manner of the API: the message that goes into a run's record, by protobuf's
 * own rules, and the first rows beside it.
 */
final class DataJson {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer()
          .preservingProtoFieldNames()
          .alwaysPrintFieldsWithNoPresence()
          .omittingInsignificantWhitespace();

  private DataJson() {}

  static JsonObject of(String source, DataDescription data, FirstRows first) {
    JsonObject json = new JsonObject();
    json.addProperty("source", source);
    json.add("data", JsonParser.parseString(print(data)));
    JsonArray rows = new JsonArray();
    for (FirstRows.Row row : first.rows()) {
      JsonObject example = new JsonObject();
      JsonArray features = new JsonArray();
      row.features().forEach(features::add);
      example.add("features", features);
      example.addProperty("target", row.target());
      rows.add(example);
    }
    json.add("first_rows", rows);
    return json;
  }

  private static String print(DataDescription data) {
    try {
      return PRINTER.print(DataMessage.of(data));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a message without Any cannot fail to print", e);
    }
  }
}

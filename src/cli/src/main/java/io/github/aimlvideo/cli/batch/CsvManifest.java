package io.github.aimlvideo.cli.batch;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.aimlvideo.cli.ErrorMessage;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a CSV manifest (RFC 4180) into objects with the names of the header. */
final class CsvManifest {
  private final Violations violations;
  private final Map<Integer, JsonObject> rows = new LinkedHashMap<>();

  private CsvManifest(Violations violations) {
    this.violations = violations;
  }

  /** Rows by number; the header is row 1. An empty cell is not a property. */
  static Map<Integer, JsonObject> read(String text, Violations violations) {
    CsvManifest rows = new CsvManifest(violations);
    List<String> header = null;
    int number = 0;
    CsvReader.CsvReaderBuilder lenient =
        CsvReader.builder()
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE);
    try (CsvReader<CsvRecord> reader = lenient.ofCsvRecord(text)) {
      for (CsvRecord record : reader) {
        number++;
        if (record.getFieldCount() == 1 && record.getField(0).isBlank()) continue;
        if (header == null) header = rows.header(number, record.getFields());
        else rows.row(number, header, record.getFields());
      }
    } catch (CsvParseException e) {
      violations.add(number + 1, null, "not valid CSV: " + ErrorMessage.reason(e));
    } catch (IOException e) {
      throw new AssertionError("reading a string does not fail", e);
    }
    return rows.rows;
  }

  private List<String> header(int number, List<String> names) {
    List<String> header = names.stream().map(String::strip).toList();
    if (header.size() == 1 && header.get(0).contains(";")) {
      violations.add(number, null, "columns are separated by ';'; use ','");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i);
      if (name.isEmpty()) violations.add(number, null, "column " + (i + 1) + " has no name");
      else if (!seen.add(name)) violations.add(number, name, "appears twice");
    }
    return header;
  }

  private void row(int number, List<String> header, List<String> cells) {
    if (cells.size() != header.size()) {
      violations.add(number, null, cells.size() + " columns, but the header has " + header.size());
      return;
    }
    JsonObject row = new JsonObject();
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.get(i).isEmpty()) row.add(header.get(i), value(cells.get(i)));
    }
    rows.put(number, row);
  }

  /** A cell is a string; a list or an object is JSON. */
  private JsonElement value(String cell) {
    if (!cell.startsWith("{") && !cell.startsWith("[")) return new JsonPrimitive(cell);
    try {
      return JsonParser.parseString(cell);
    } catch (JsonParseException e) {
      return new JsonPrimitive(cell); // perhaps a prompt; otherwise validation finds the wrong type
    }
  }
}

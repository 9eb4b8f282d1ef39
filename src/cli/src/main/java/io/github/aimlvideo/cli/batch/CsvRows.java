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
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The records of a CSV file (RFC 4180) as objects with the names of the header. */
final class CsvRows {
  private final Faults faults;
  private final Map<Integer, JsonObject> rows = new LinkedHashMap<>();

  private CsvRows(Faults faults) {
    this.faults = faults;
  }

  /** By their numbers; the header is row 1, as in a spreadsheet. An empty cell is no property. */
  static Map<Integer, JsonObject> read(String text, Faults faults) {
    CsvRows rows = new CsvRows(faults);
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
      faults.add(number + 1, null, "no CSV: " + e.getMessage());
    } catch (IOException e) {
      throw new AssertionError("a text was read", e);
    }
    return rows.rows;
  }

  private List<String> header(int number, List<String> names) {
    List<String> header = names.stream().map(String::strip).toList();
    if (header.size() == 1 && header.get(0).contains(";")) {
      faults.add(number, null, "the columns are separated by ';', not by ',' as in RFC 4180");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i);
      if (name.isEmpty()) faults.add(number, null, "column " + (i + 1) + " has no name");
      else if (!seen.add(name)) faults.add(number, name, "is there twice");
    }
    return header;
  }

  private void row(int number, List<String> header, List<String> cells) {
    if (cells.size() != header.size()) {
      faults.add(number, null, cells.size() + " columns where the header has " + header.size());
      return;
    }
    JsonObject row = new JsonObject();
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.get(i).isEmpty()) row.add(header.get(i), value(cells.get(i)));
    }
    rows.put(number, row);
  }

  /** A cell is a text, but for a list or an object, which are JSON. */
  private JsonElement value(String cell) {
    if (!cell.startsWith("{") && !cell.startsWith("[")) return new JsonPrimitive(cell);
    try {
      return JsonParser.parseString(cell);
    } catch (JsonParseException e) {
      return new JsonPrimitive(cell); // a prompt may begin so; else its type is found wrong
    }
  }
}
